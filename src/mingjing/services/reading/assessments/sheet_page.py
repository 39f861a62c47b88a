"""One scoring sheet as its page shows it: who handed in, one's own marks, and everything once it is open."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count

from mingjing.domain.assessments import outline
from mingjing.domain.assessments import sheets as words
from mingjing.domain.assessments.filling import jury_of
from mingjing.domain.assessments.scoring import Result, marks_of, score, short, shown, total_of
from mingjing.domain.assessments.sealing import read_scored
from mingjing.domain.assessments.sheets import Scored, Sheet
from mingjing.domain.reasons import Answer
from mingjing.services.actors import Actor
from mingjing.services.records.sight import fields_seen, sight_of
from mingjing.services.records.versions import value_at
from mingjing.services.records.words import by_label
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Record


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A member of the jury: handed in or not; ``counts`` is False where the way of combining drops them."""

    key: int
    name: str
    handed_in: bool
    counts: bool = True
    total: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One item: full marks, the mark by each reviewer, the mark that counts."""

    category: str
    label: str
    full: str
    marks: tuple[str, ...]
    mark: str
    rule: str


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet on its page. While it is sealed, ``lines`` hold the marks of the reader alone, if any."""

    sheet: Sheet
    jury: tuple[Reviewer, ...]
    sealed: bool
    lines: tuple[Line, ...]
    total: str = ""
    grade: str = ""
    why: Answer[str] | None = None

    @property
    def columns(self) -> tuple[Reviewer, ...]:
        """The reviewers whose marks the lines hold."""
        return tuple(one for one in self.jury if one.handed_in) if not self.sealed else ()

    @property
    def missing(self) -> int:
        """How many have not handed in."""
        return sum(not one.handed_in for one in self.jury)


@dataclass(frozen=True, slots=True)
class Share:
    """How many confirmed sheets have a grade; ``percent`` of all confirmed, or 无数据 where there is none."""

    grade: str
    count: int
    percent: str


def shares(actor: Actor, sheet: Sheet) -> tuple[int, tuple[Share, ...]]:
    """The confirmed sheets the actor sees, and the share of each grade, best first."""
    rows = Record.objects.filter(sight_of(actor, sheet.register).where, state=outline.FINAL)
    counted = dict(rows.order_by().values_list("data__grade").annotate(count=Count("pk")))
    total = sum(counted.values())
    found = tuple(
        Share(one.label, held, f"{shown(Fraction(100 * held, total), 2)}%" if total else "无数据")
        for one in sheet.grades
        for held in (counted.get(one.label, 0),)
    )
    return total, found


def sheet_view(actor: Actor, record: Record) -> SheetView | None:
    """A sheet the actor sees; None for a record of another kind, or where its marks are not theirs to see."""
    sheet = value_at(record)
    if not isinstance(sheet, Sheet) or words.TOTAL not in fields_seen(actor, record, sheet.register):
        return None
    values, scored = by_label(sheet.register, record.data), read_scored(record.inner)
    jury = jury_of(values)
    names = dict(Person.objects.filter(pk__in=jury).values_list("pk", "name"))
    sealed = record.state == outline.SCORING or any(key not in scored.marks for key in jury)
    if sealed:
        members = tuple(Reviewer(key, names[key], key in scored.marks) for key in jury)
        return SheetView(sheet, members, True, _own(sheet, scored, actor.person.pk))
    result = score(sheet, scored)
    members = tuple(_reviewer(sheet, scored, result, key, names[key]) for key in jury)
    total = shown(result.total, sheet.decimals)
    why = Answer(total, result.steps, record.definition, sheet.register.questions)
    return SheetView(
        sheet, members, False, _lines(sheet, scored, result, jury), total, result.grade.label, why
    )


def _reviewer(sheet: Sheet, scored: Scored, result: Result, key: int, name: str) -> Reviewer:
    total = total_of(sheet, marks_of(sheet, scored.marks[key]))
    return Reviewer(key, name, True, key in result.kept, short(total), scored.marks[key].note)


def _own(sheet: Sheet, scored: Scored, key: int) -> tuple[Line, ...]:
    mine = scored.marks.get(key)
    if mine is None:
        return ()
    marks = marks_of(sheet, mine)
    return tuple(
        Line(one.category, one.label, short(one.full), (), short(marks[one.label]), one.rule)
        for one in sheet.items
    )


def _lines(sheet: Sheet, scored: Scored, result: Result, jury: tuple[int, ...]) -> tuple[Line, ...]:
    given = {key: marks_of(sheet, scored.marks[key]) for key in jury}
    return tuple(
        Line(
            one.category,
            one.label,
            short(one.full),
            tuple(short(given[key][one.label]) for key in jury),
            short(result.items[one.label]),
            one.rule,
        )
        for one in sheet.items
    )
