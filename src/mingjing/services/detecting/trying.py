"""A threshold tried on the past: who would have been found, compared with today's, and how much by chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mingjing.domain.dates.periods import Period
from mingjing.domain.expressions.reading import Value
from mingjing.domain.indicators.chance import Expected, expected, share_beyond
from mingjing.domain.indicators.counts import Direction, Indicator
from mingjing.domain.indicators.detecting import Detector
from mingjing.domain.indicators.figures import SCALES
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.detecting.checking import WHOLE
from mingjing.services.detecting.finding import Hit, Report, detector_on, judge
from mingjing.services.detecting.suspects import suspects_of
from mingjing.services.figures.asked import indicator_on
from mingjing.services.figures.ranges import ranges_on, warns
from mingjing.services.figures.reading import Group, groups, not_shown, ready_keys
from mingjing.services.figures.sight import AXES, whole
from mingjing.services.permissions import NotVisible
from mingjing.storage.people.models import Person

NOBODY = "（未填）"


class WrongSetting(Refusal):
    """A setting that the rule does not have, or a value of another kind."""

    code = "wrong-setting"


@dataclass(frozen=True, slots=True)
class Member:
    """One judge: rows in range, found today, found by the draft. ``luck``: the chance that the draft finds so
    many or more of these rows though nobody did anything, None where the rule does not say."""

    name: str
    rows: int
    now: int
    draft: int
    luck: float | None

    @property
    def difference(self) -> int:
        """How many more the draft finds."""
        return self.draft - self.now


@dataclass(frozen=True, slots=True)
class Trial:
    """A detector as it is and as drafted over the same rows."""

    now: Report
    draft: Report
    members: tuple[Member, ...]
    gained: tuple[Hit, ...]
    lost: tuple[Hit, ...]


def read_settings(detector: Detector, texts: Mapping[str, str]) -> dict[str, Value]:
    """What was typed as the settings of a rule; what was left empty stays as it is.

    Raises
    ------
    WrongSetting   a name or a value the rule cannot have
    """
    found: dict[str, Value] = {}
    for name, text in texts.items():
        if name not in detector.settings:
            raise WrongSetting(f"这条规则没有“{name}”。", allowed=tuple(detector.settings))
        if (typed := text.strip()) == "":
            continue
        old = detector.settings[name]
        if isinstance(old, bool):
            if typed not in ("是", "否"):
                raise WrongSetting(f"“{name}”要填 是 或者 否。", allowed=("是", "否"))
            found[name] = typed == "是"
        else:
            if not typed.isascii() or not typed.isdecimal() or len(typed) > 7:
                raise WrongSetting(
                    f"“{name}”要填不大于 9999999 的整数，现在是“{typed[:12]}”。", example=str(old)
                )
            found[name] = Decimal(typed)
    return found


def try_settings(actor: Actor, detector_id: str, settings: Mapping[str, Value], period: Period) -> Trial:
    """Ask the rule as it is and with other settings of the same past.

    Raises
    ------
    NotVisible        the actor does not see the whole court
    UnknownDetector   no such rule
    """
    if actor.scope not in WHOLE:
        raise NotVisible
    detector = detector_on(actor.court, detector_id, actor.on)
    rows = suspects_of(actor.court, detector, period, actor.on)
    now = judge(actor.court, detector, period, rows)
    draft = judge(actor.court, detector.tuned(settings), period, rows)
    before, after = ({hit.suspect.key for hit in one.hits} for one in (now, draft))
    return Trial(
        now,
        draft,
        _members(now, draft),
        tuple(hit for hit in draft.hits if hit.suspect.key not in before),
        tuple(hit for hit in now.hits if hit.suspect.key not in after),
    )


def _members(now: Report, draft: Report) -> tuple[Member, ...]:
    """Every judge of whom the draft or the rule finds something, in the order of staff numbers."""
    found = {hit.suspect.person_id for report in (now, draft) for hit in report.hits}
    people = Person.objects.filter(pk__in=[one for one in found if one is not None])
    listed: list[tuple[int | None, str]] = [(one.pk, one.name) for one in people.order_by("staff_number")]
    if None in found:
        listed.append((None, NOBODY))
    return tuple(_member(pk, name, now, draft) for pk, name in listed)


def _member(pk: int | None, name: str, now: Report, draft: Report) -> Member:
    hits = [sum(hit.suspect.person_id == pk for hit in report.hits) for report in (now, draft)]
    chances = [chance for one, chance in draft.looked if one.person_id == pk]
    by_luck: Expected | None = expected(chances)
    luck = by_luck.surprise(hits[1]) if by_luck is not None and hits[1] else None
    return Member(name, len(chances), hits[0], hits[1], luck)


@dataclass(frozen=True, slots=True)
class LineMember:
    """One member under a draft line. ``luck``: the chance that it falls beyond the line by chance alone."""

    group: Group
    now: bool
    draft: bool
    luck: float | None


@dataclass(frozen=True, slots=True)
class LineTrial:
    """A warning line tried: who lies on its worse side. ``by_chance`` is how many would by chance alone,
    None where the figure is not so many out of so many."""

    indicator: Indicator
    today: Decimal | None
    draft: Decimal
    members: tuple[LineMember, ...]
    centre: Decimal | None
    by_chance: float | None

    @property
    def flagged(self) -> tuple[int, int]:
        """How many are flagged today, and by the draft."""
        return sum(one.now for one in self.members), sum(one.draft for one in self.members)


def try_line(actor: Actor, indicator_id: str, draft: Decimal, period: Period, split: str) -> LineTrial:
    """Try a warning line on the figures of a period, taken apart by ``split``.

    Raises
    ------
    NotVisible      the actor does not see the whole court
    UnknownIndicator
    WrongSetting    the indicator takes no side, has no figure here, or cannot be taken apart so
    """
    if actor.scope not in WHOLE:
        raise NotVisible
    indicator = indicator_on(actor.court, indicator_id, period.last)
    if indicator.direction is Direction.NEITHER:
        raise WrongSetting(f"“{indicator.label}”不分好坏，不设预警线。请看控制线。")
    if split not in AXES:
        raise WrongSetting(f"不能按“{split}”分。", allowed=tuple(AXES))
    seen = whole(actor)
    if why := not_shown(indicator, ready_keys(seen)):
        raise WrongSetting(why)
    range_ = ranges_on(actor.court, period.last).get(indicator.id)
    today = range_.warning if range_ is not None else None
    listed = groups(actor, seen, indicator, AXES[split], period)
    centre = _centre(indicator, listed)
    members = tuple(_line_member(indicator, one, today, draft, centre) for one in listed)
    lucks = [one.luck for one in members if one.group.number]
    by_chance = None if centre is None else sum(one for one in lucks if one is not None)
    shown = None if centre is None else round(Decimal(centre) * Decimal(str(_scale(indicator))), 2)
    return LineTrial(indicator, today, draft, members, shown, by_chance)


def _line_member(
    indicator: Indicator, group: Group, today: Decimal | None, draft: Decimal, centre: float | None
) -> LineMember:
    value = group.figure.value
    now = value is not None and today is not None and warns(indicator, value, today)
    luck = None
    if centre is not None and group.number:
        line = Fraction(draft) / Fraction(str(_scale(indicator)))
        low, high = (line, None) if indicator.direction is Direction.UP else (None, line)
        luck = share_beyond(low, high, group.number, centre)
    return LineMember(group, now, value is not None and warns(indicator, value, draft), luck)


def _scale(indicator: Indicator) -> int:
    return int(SCALES.get(indicator.unit, Fraction(1)))


def _centre(indicator: Indicator, listed: Sequence[Group]) -> float | None:
    """The rate of all together, where the indicator is so many out of so many."""
    if indicator.proportion is None:
        return None
    part, of = indicator.proportion
    numbers = [(one.figure.parts.get(part), one.figure.parts.get(of)) for one in listed]
    number = sum(float(whole_) for _, whole_ in numbers if whole_ is not None)
    return sum(float(hits) for hits, _ in numbers if hits is not None) / number if number else None
