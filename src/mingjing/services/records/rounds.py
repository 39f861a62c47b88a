"""A round of scoring: one sheet for every department at once, each made once however often it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mingjing.domain.assessments import outline
from mingjing.domain.assessments import sheets as words
from mingjing.domain.assessments.sheets import Sheet
from mingjing.domain.ledgers.matters import Deed
from mingjing.domain.ledgers.register import FieldType
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.permissions import NotVisible
from mingjing.services.records.capacities import who
from mingjing.services.records.making import make
from mingjing.services.records.rosters import roster
from mingjing.services.records.verbs import verb
from mingjing.services.records.versions import value_of
from mingjing.storage.people.models import Posting
from mingjing.storage.records.models import Record

UNITS = "各部门"
ROUND = "按期开评"


class NobodyToScore(Refusal):
    """No department is left to open a sheet for, or no reviewer for one of them."""

    code = "nobody-to-score"


@dataclass(frozen=True, slots=True)
class Opened:
    """How many sheets a round made, and how many were there already."""

    made: int
    there: int


def sheet_of(actor: Actor, sheet_id: str) -> Sheet:
    """The sheet in force. Raises NotVisible for anything else."""
    value = value_of(actor.court, sheet_id, actor.on) if sheet_id.startswith("sheet.") else None
    if not isinstance(value, Sheet):
        raise NotVisible
    return value


def is_of_units(sheet: Sheet) -> bool:
    """Whether a sheet scores departments period by period, so that a round can open one for each."""
    return sheet.period is not None and sheet.register.field(sheet.subject).type is FieldType.UNIT


def open_round(actor: Actor, sheet_id: str, period: str, jury: Sequence[int]) -> Opened:
    """Open the sheets of a period, one for each department of the court; reviewers score every department
    but their own.

    Raises
    ------
    NotVisible      no such sheet, or none of departments and periods
    NobodyToScore   too few reviewers are left for a department once its own people are taken out
    Refusal         the actor may not open sheets; the period is none
    """
    sheet = sheet_of(actor, sheet_id)
    if not is_of_units(sheet):
        raise NotVisible
    with verb(actor, ROUND, actor.court) as work:
        made = there = 0
        words_ = sheet.ranking.among if sheet.ranking else (UNITS,)
        for member in roster(actor.court, words_, work.on):
            mark = f"{sheet_id}:{member.key}:{period}"[:90]
            if Record.objects.filter(court=actor.court, once=mark).exclude(state=outline.VOID).exists():
                there += 1
                continue
            values = {
                sheet.subject: member.key,
                words.PERIOD: period,
                words.JURY: _others(jury, member.key, member.name, sheet, work.on),
            }
            whom = who(actor, None, sheet.register, work.on)
            make(work, sheet, Deed(outline.OPEN, whom, work.at.replace(tzinfo=None), values), once=mark)
            made += 1
        if not made and not there:
            raise NobodyToScore("本院没有可以评分的部门。请先在“机构人员”里建立部门。")
        work.entry.payload = {"评分表": sheet.register.label, "考核期": period, "新开": made, "已有": there}
    return Opened(made, there)


def _others(jury: Sequence[int], unit: int, name: str, sheet: Sheet, on: date) -> list[int]:
    own = set(
        Posting.objects.on(on).filter(department=unit, person__in=jury).values_list("person", flat=True)
    )
    left = [one for one in jury if one not in own]
    if len(left) < sheet.reviewers:
        cause = f"“{name}”去掉本部门的人以后只有 {len(left)} 位评分人，至少要 {sheet.reviewers} 位。"
        raise NobodyToScore(cause, example="再选几位别的部门的评分人")
    return left
