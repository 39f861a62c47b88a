"""Keeping a figure: the same number tomorrow under the same address, and what has changed since."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from itertools import islice

from mingjing.domain.dates.periods import Period
from mingjing.domain.indicators.counts import CASES, Indicator
from mingjing.domain.indicators.figures import Figure
from mingjing.domain.reasons import Answer, Refusal
from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.figures.asked import Keys, indicator_at, indicator_on
from mingjing.services.figures.opening import Opened, Wanted, behind, item_ids
from mingjing.services.figures.reading import counted, not_shown, ready_keys
from mingjing.services.figures.registered import Registered
from mingjing.services.figures.sight import NotYours, Seen, part
from mingjing.services.figures.summing import sums
from mingjing.services.installation import now
from mingjing.services.permissions import NotVisible
from mingjing.storage.indicators.models import KeptFigure

MOST = 50_000
"""So many cases (or events, or records) of a count are kept; a longer list says that it was cut."""
SHOWN = 50
"""So many of what came in or left are named."""


class NotCounted(Refusal):
    """The figure is not there yet, so it cannot be kept."""

    code = "figure-not-counted"


@dataclass(frozen=True, slots=True)
class Moved:
    """What has changed for one count since a figure was kept: what came in and what left.

    ``more`` came in or left and are not named: too many, or not for this reader to see.
    """

    label: str
    was: str
    now: str
    entered: Opened
    left: Opened
    more: int = 0


@dataclass(frozen=True, slots=True)
class Since:
    """A kept figure today: its value now, None where it can no longer be counted, and what moved."""

    answer: Answer[Figure] | None
    moved: list[Moved]


def keep_figure(actor: Actor, *, indicator_id: str, period: Period, seen: Seen) -> KeptFigure:
    """Keep a figure as it is now, with the cases behind each of its counts.

    Raises
    ------
    NotAllowed         no role of the actor lists the act
    UnknownIndicator   no such indicator
    NotCounted         its counts are not all there yet
    """
    with act(actor, "保存指标数字", needs="保存指标数字", subject_kind="指标", subject_id="") as record:
        indicator = indicator_on(actor.court, indicator_id, period.last)
        if why := not_shown(indicator, ready_keys(seen)):
            raise NotCounted(why)
        [found] = sums(seen.place, [period], today=actor.on, only=Keys.of([indicator]))
        known = Registered.of(actor.court, seen.place.courts, [indicator])
        answer = known.figure(indicator, counted(indicator, period, found))
        lists = {one.label: _ids(indicator, one.label, period, seen) for one in indicator.parts}
        kept = KeptFigure.objects.create(
            token=secrets.token_urlsafe(12),
            court=actor.court,
            indicator=indicator.id,
            definition=answer.definition,
            label=indicator.label,
            scope=seen.query,
            place=seen.name,
            reach=_reach(seen),
            first=period.first,
            last=period.last,
            value=answer.value.value,
            shown=answer.value.text,
            working=[[step.amount, step.text, step.law] for step in answer.steps],
            missing=answer.value.missing,
            cases={label: ids[:MOST] for label, ids in lists.items()},
            over={one.label: indicator.lineage(one.label)[0].over for one in indicator.parts},
            truncated=any(len(ids) > MOST for ids in lists.values()),
            query=f"{indicator.label}　{seen.name}　{period.first} 至 {period.last}",
            cut_off=now(),
            kept_by=actor.person,
        )
        record.subject_id, record.definition = kept.token, answer.definition
        record.payload = {"数字": kept.shown, "条件": kept.query}
    return kept


def _ids(indicator: Indicator, label: str, period: Period, seen: Seen) -> list[int]:
    return list(islice(item_ids(seen, Wanted.of(indicator, label, period)), MOST + 1))


def _reach(seen: Seen) -> list[object]:
    """The place itself, so that whoever opens the figure later is compared with whoever kept it."""
    place = seen.place
    return [list(place.courts), int(place.axis), list(place.members), [list(one) for one in place.also]]


def kept_figure(actor: Actor, token: str) -> tuple[KeptFigure, Seen]:
    """A kept figure, for whoever sees the same cases as the one who kept it.

    Raises
    ------
    NotVisible   no such figure, or it is not of cases this actor sees
    """
    kept = KeptFigure.objects.select_related("kept_by", "court").filter(token=token).first()
    if kept is None:
        raise NotVisible
    try:
        seen = part(actor, **kept.scope)
    except NotYours:
        raise NotVisible from None
    if _reach(seen) != kept.reach:
        raise NotVisible
    return kept, seen


def kept_figures(actor: Actor) -> list[KeptFigure]:
    """The figures somebody has kept, newest first."""
    return list(KeptFigure.objects.filter(kept_by=actor.person)[:200])


def since(actor: Actor, kept: KeptFigure, seen: Seen) -> Since:
    """What has become of a kept figure, under the version of its definition."""
    indicator = indicator_at(actor.court, kept.definition)
    if indicator is None or not_shown(indicator, ready_keys(seen)):
        return Since(None, [])
    period = Period(kept.first, kept.last, "", "")
    [found] = sums(seen.place, [period], today=actor.on, only=Keys.of([indicator]))
    known = Registered.of(actor.court, seen.place.courts, [indicator])
    answer = known.figure(indicator, counted(indicator, period, found))
    moved = []
    for one in indicator.parts:
        before, today_ = set(kept.cases.get(one.label, ())), set(_ids(indicator, one.label, period, seen))
        if before != today_ and not kept.truncated:
            moved.append(_moved(actor, kept, one.label, before, today_))
    return Since(answer, moved)


def _moved(actor: Actor, kept: KeptFigure, label: str, before: set[int], after: set[int]) -> Moved:
    entered, left = sorted(after - before), sorted(before - after)
    over = over_of(kept, label)
    named = behind(actor, over, entered[:SHOWN]), behind(actor, over, left[:SHOWN])
    more = max(0, len(entered) - SHOWN) + max(0, len(left) - SHOWN) + sum(one.hidden for one in named)
    return Moved(label, str(len(before)), str(len(after)), *named, more)


def over_of(kept: KeptFigure, label: str) -> str:
    """What a count of a kept figure counts."""
    return str(kept.over.get(label, CASES))
