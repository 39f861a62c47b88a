"""The rotating flag: who has earned it, who holds it, who has lost it (R-036, N-064)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mingjing.domain.assessments.gathering import SUPERVISION, Entry, Sort, of_sorts, of_unit, years_of_work
from mingjing.domain.assessments.honours import Flag, YearOfWork, rotating_flag
from mingjing.domain.ledgers.matters import Deed
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.permissions import NotVisible
from mingjing.services.records.capacities import who
from mingjing.services.records.cards import SYSTEM
from mingjing.services.records.gathering import gathered, setting
from mingjing.services.records.machineries import register_of
from mingjing.services.records.making import make
from mingjing.services.records.verbs import verb
from mingjing.services.records.versions import value_of
from mingjing.storage.people.models import Court, Department
from mingjing.storage.records.models import Record

FLAG, PROPOSE, PASS = "ledger.rotating_flag", "提出", "收回"
PROPOSED, HELD = "待授旗", "持有"


class NotEarned(Refusal):
    """A flag is proposed for a department that has not earned it, or has one."""

    code = "flag-not-earned"


@dataclass(frozen=True, slots=True)
class FlagLine:
    """A department, its three years, and its flag: proposed, held, or none. ``breaches``: those of this year,
    which end a flag that is held."""

    unit: int
    name: str
    years: tuple[YearOfWork, ...]
    flag: Flag
    record: Record | None
    breaches: int

    @property
    def to_give(self) -> bool:
        """Whether it has earned a flag that nobody has proposed."""
        return self.flag.held and not self.breaches and self.record is None

    @property
    def to_take(self) -> bool:
        """Whether it holds a flag it has lost."""
        held = self.record is not None and self.record.state == HELD
        return held and bool(self.breaches or not self.flag.held)


def flags_of(court: Court, on: date) -> tuple[FlagLine, ...]:
    """Every department up to the last full year before ``on``, whoever may see it."""
    known, last = setting(court, "first_year"), on.year - 1
    entries = gathered(court, date(known, 1, 1), on, (Sort.BREACH, *SUPERVISION))
    rows = Record.objects.filter(court=court, register=FLAG, state__in=(PROPOSED, HELD)).order_by("pk")
    flags = {row.unit_id: row for row in rows}
    return tuple(
        _flag_line(court, place, of_unit(entries, place.pk), known, last, flags.get(place.pk))
        for place in Department.objects.filter(court=court).on(on).order_by("order", "name")
    )


def _flag_line(
    court: Court, place: Department, own: tuple[Entry, ...], known: int, last: int, record: Record | None
) -> FlagLine:
    wanted, least = setting(court, "flag_years"), setting(court, "supervision")
    done = years_of_work(own, place.since, known, last)
    flag = rotating_flag(done, last, years=wanted, least=least)
    breaches = len(of_sorts((one for one in own if one.on.year > last), Sort.BREACH))
    return FlagLine(place.pk, place.name, done[-wanted:], flag, record, breaches)


def may_propose(actor: Actor) -> bool:
    """Whether the actor may have the system propose a flag: whoever may take one back."""
    register = register_of(value_of(actor.court, FLAG, actor.on))
    taking = next(one for one in register.acts if one.label == PASS)
    capacities = who(actor, None, register, actor.on).capacities
    return actor.may("办理台账") and bool(capacities.intersection(taking.by))


def propose_flag(actor: Actor, unit: int) -> Record:
    """Put a department up for the flag, with the sum of its three years; the party group decides.

    Raises
    ------
    NotVisible   the actor may not, or there is no such department
    NotEarned    it has not earned the flag, or holds it, or is proposed already
    """
    if not may_propose(actor):
        raise NotVisible
    with verb(actor, "提出授旗", actor.court, subject_id=unit) as work:
        line = next((one for one in flags_of(actor.court, actor.on) if one.unit == unit), None)
        if line is None:
            raise NotVisible
        if not line.to_give:
            raise NotEarned(f"{line.name}不能提出授旗：{_why_not(line)}。")
        years = "、".join(str(one) for one in line.flag.years)
        values: dict[str, object] = {
            "红旗": f"{line.name}（{years}）",
            "授旗部门": unit,
            "考核年份": years,
            "资格推算": "\n".join(f"{one.amount}\u3000{one.text}" for one in line.flag.steps),
        }
        work.entry.payload = {"部门": line.name, "年份": years}
        deed = Deed(PROPOSE, SYSTEM, work.at.replace(tzinfo=None), values)
        return make(work, value_of(actor.court, FLAG, actor.on), deed)


def _why_not(line: FlagLine) -> str:
    if line.record is not None:
        return f"{line.record.number} {line.record.state}"
    if line.breaches:
        return f"今年已有违纪 {line.breaches} 件"
    return "；".join(f"{one.amount} {one.text}" for one in line.flag.steps)
