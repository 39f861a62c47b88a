"""A register out of a workbook: checked cell by cell, written row by row, each row as its opening act."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO
from typing import BinaryIO
from zoneinfo import ZoneInfo

from mingjing.domain.ledgers.matters import Deed, Matter, UnknownAct
from mingjing.domain.ledgers.register import Act, Register
from mingjing.domain.reasons import Refusal
from mingjing.imports.error_workbook import write_error_workbook
from mingjing.imports.headers import header_name
from mingjing.imports.refusals import HeaderMissing
from mingjing.imports.rows import ImportCounts, RefusedRow, RowError
from mingjing.imports.tables import Row, Table, read_table
from mingjing.imports.values import is_empty, read_day, read_text
from mingjing.services.actors import Actor
from mingjing.services.permissions import require
from mingjing.services.records.capacities import who_with
from mingjing.services.records.cells import ABOVE, DAY, FILES, NUMBER, CellReader, Roll, head_of
from mingjing.services.records.entries import check_entries
from mingjing.services.records.machineries import register_of, step
from mingjing.services.records.making import make
from mingjing.services.records.opening import WrongPlace
from mingjing.services.records.parents import Parents
from mingjing.services.records.sight import find_record, visible
from mingjing.services.records.standing import Hands, hands_of
from mingjing.services.records.verbs import ACT, Work, WrongMoment, verb
from mingjing.services.records.versions import value_of
from mingjing.services.records.workbooks import export as export
from mingjing.services.records.workbooks import template as template
from mingjing.storage.people.models import Court
from mingjing.storage.records.models import Record

MOST_ROWS = 5_000
MORNING = time(9)


class TooManyRows(Refusal):
    """A workbook has more rows than are taken at once."""

    code = "too-many-rows"


@dataclass(frozen=True, slots=True)
class Accepted:
    """A row that would be registered: its number in the file, its day (None: today), values, and mark;
    the key of the record it will stand under."""

    row: int
    on: date | None
    values: Mapping[str, object]
    once: str
    above: int | None = None


@dataclass(slots=True)
class Checked:
    """What a workbook would do. ``added + unchanged + refused == rows``; blank rows are ``skipped``."""

    header: tuple[str, ...] = ()
    accepted: list[Accepted] = field(default_factory=list)
    errors: list[RefusedRow] = field(default_factory=list)
    rows: int = 0
    unchanged: int = 0
    skipped: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def added(self) -> int:
        """How many records would be registered."""
        return len(self.accepted)

    @property
    def refused(self) -> int:
        """How many rows are refused."""
        return len(self.errors)

    @property
    def counts(self) -> dict[str, int]:
        """The counts by the words of the page."""
        return {
            "数据行": self.rows,
            "新增": self.added,
            "未变": self.unchanged,
            "未通过": self.refused,
            "跳过": self.skipped,
        }


def precheck(actor: Actor, register_id: str, act_label: str, file: BinaryIO, name: str) -> Checked:
    """Look at every row without writing anything.

    Raises
    ------
    ImportRefused         the file cannot be read as a table, or has none of the register's columns
    TooManyRows           more than 5,000 rows
    NotAllowed            the actor may not act on records
    """
    require(actor, ACT)
    value = value_of(actor.court, register_id, actor.on)
    register = register_of(value)
    return _Check(actor, value, register, _opening(register, act_label), hands_of(actor)).check(file, name)


def confirm(actor: Actor, register_id: str, act_label: str, file: BinaryIO, name: str) -> Checked:
    """Check again and register every accepted row: all of them, or none where anything fails. What was done.

    The refused rows are left out; the same file again changes nothing. One log entry for the import.
    Raises what ``precheck`` raises.
    """
    digest = hashlib.sha256(file.read()).hexdigest()
    with verb(actor, "导入台账", actor.court, subject_id=register_id) as work:
        work.quiet = True
        Court.objects.select_for_update(no_key=True).get(pk=actor.court.pk)  # one import at a time
        file.seek(0)
        checked = precheck(actor, register_id, act_label, file, name)
        hands, now = hands_of(actor), work.at
        numbers = []
        for row in checked.accepted:
            work.at = _moment(actor.court, row.on, now)
            numbers.append(_register(work, actor, hands, register_id, act_label, row).number)
        work.at = now
        counts: dict[str, object] = dict(checked.counts)
        work.entry.payload = {"文件": name, "摘要": digest, **counts, "编号": numbers[:1] + numbers[-1:]}
    return checked


def error_workbook(checked: Checked, name: str) -> bytes:
    """The refused rows in the layout in which they came, each fault red in its cell."""
    out = BytesIO()
    counts = ImportCounts(
        rows=checked.rows,
        accepted=checked.rows - checked.refused,
        refused=checked.refused,
        skipped_blank=checked.skipped,
    )
    write_error_workbook(out, checked.header, checked.errors, counts, source=name)
    return out.getvalue()


def _opening(register: Register, label: str) -> Act:
    acts = [act for act in register.acts if act.opens_record]
    found = next((act for act in acts if act.label == label), None)
    if found is None:
        raise UnknownAct(f"“{register.label}”不能用“{label}”登记。", allowed=[act.label for act in acts])
    return found


def _moment(court: Court, on: date | None, now: datetime) -> datetime:
    if on is None or on == now.date():
        return now
    return datetime.combine(on, MORNING, ZoneInfo(court.time_zone))


def _register(work: Work, actor: Actor, hands: Hands, register_id: str, label: str, row: Accepted) -> Record:
    value = value_of(actor.court, register_id, work.on)
    whom = who_with(actor, hands, None, register_of(value), work.on)
    deed = Deed(label, whom, work.at.replace(tzinfo=None), row.values)
    above = find_record(actor, row.above, hands=hands) if row.above is not None else None
    return make(work, value, deed, above=above, once=row.once, flags=("导入",))


@dataclass(slots=True)
class _Check:
    actor: Actor
    value: object
    register: Register
    act: Act
    hands: Hands
    checked: Checked = field(default_factory=Checked)
    seen: dict[str, int] = field(default_factory=dict)
    parents: Parents = field(init=False)

    def __post_init__(self) -> None:
        self.parents = Parents(self.actor, self.register, self.hands)

    def check(self, file: BinaryIO, name: str) -> Checked:
        labels = [one.label for one in self.register.fields]
        table = read_table(file, name, expected=(*head_of(self.register), *labels))
        columns = {header_name(column): place for place, column in enumerate(table.header)}
        missing = [label for label in self.act.fill if header_name(label) not in columns]
        if missing:
            raise HeaderMissing(f"“{name}”里没有这些必填的列：{'、'.join(missing)}。请用模板填写。")
        self.checked.header = table.header
        self._note_unknown(table, labels)
        reader = CellReader(
            self.actor, self.register, Roll.of(self.actor.court, self.actor.on), table.since_1904
        )
        rows = list(table)
        if len(rows) > MOST_ROWS:
            raise TooManyRows(f"“{name}”有 {len(rows):,} 行，一次最多 {MOST_ROWS:,} 行。请拆成几个文件。")
        for row in rows:
            self.checked.rows += 1
            self._row(reader, columns, row)
        self.checked.skipped = table.skipped.blank + table.skipped.total
        self._drop_known()
        return self.checked

    def _note_unknown(self, table: Table, labels: Sequence[str]) -> None:
        known = {header_name(label) for label in (*head_of(self.register), *labels)}
        unknown = [column for column in table.header if header_name(column) not in known]
        if unknown:
            self.checked.notes.append(f"这些列不属于“{self.register.label}”，没有读取：{'、'.join(unknown)}")

    def _row(self, reader: CellReader, columns: Mapping[str, int], row: Row) -> None:
        number = columns.get(NUMBER)
        if number is not None and not is_empty(row.cells[number]):
            self._numbered(read_text(row.cells[number]), table_column=NUMBER, row=row)
            return
        errors: list[RowError] = []
        values: dict[str, object] = {}
        asked = (*self.act.fill, *self.act.may_fill)
        for one in self.register.fields:
            place = columns.get(header_name(one.label))
            if place is None or is_empty(row.cells[place]) or one.type in FILES:
                continue
            try:
                if one.label not in asked:
                    raise WrongPlace(f"“{self.act.label}”不填“{one.label}”，请留空，登记以后再办理。")
                values[one.label] = reader.value(one, row.cells[place])
            except Refusal as refusal:
                errors.append(_error(row, one.label, row.cells[place], refusal))
        on = self._day(reader, columns, row, errors)
        above = self._above(columns, row, errors)
        if not errors:
            self._try(values, on, row, errors)
        if errors:
            self.checked.errors.append(RefusedRow(row.number, tuple(errors), row.cells))
        else:
            once = self._mark(values, on, above)
            self.checked.accepted.append(Accepted(row.number, on, values, once, above))

    def _above(self, columns: Mapping[str, int], row: Row, errors: list[RowError]) -> int | None:
        """The record this one will stand under, by the number in its column."""
        place = columns.get(ABOVE)
        cell = row.cells[place] if place is not None and self.register.under else None
        try:
            return self.parents.of("" if is_empty(cell) else read_text(cell))
        except Refusal as refusal:
            errors.append(_error(row, ABOVE if place is not None else "", cell, refusal))
            return None

    def _day(
        self, reader: CellReader, columns: Mapping[str, int], row: Row, errors: list[RowError]
    ) -> date | None:
        place = columns.get(DAY)
        if place is None or is_empty(row.cells[place]):
            return None
        try:
            on = read_day(row.cells[place], reader.reading)
            if on > self.actor.on:
                raise WrongMoment(f"登记日期 {on} 还没有到。", example=self.actor.on.isoformat())
        except Refusal as refusal:
            errors.append(_error(row, DAY, row.cells[place], refusal))
            return None
        return on

    def _try(self, values: Mapping[str, object], on: date | None, row: Row, errors: list[RowError]) -> None:
        """Do the act without keeping it: whoever may not, what is missing, what does not hold."""
        day = on or self.actor.on
        try:
            value = value_of(self.actor.court, self.register.id, day)
            check_entries(self.actor, self.actor.court, self.register, values, day)
            whom = who_with(self.actor, self.hands, None, self.register, day)
            step(
                value, Matter(opened=day), Deed(self.act.label, whom, datetime.combine(day, MORNING), values)
            )
        except Refusal as refusal:
            errors.append(_error(row, "", "", refusal))

    def _numbered(self, number: str, *, table_column: str, row: Row) -> None:
        """A row with a number is one that was exported: it stands, and stays as it is."""
        rows = Record.objects.filter(visible(self.actor, self.register, self.hands), number=number)
        if rows.exists():
            self.checked.unchanged += 1
            return
        said = f"没有编号为“{number}”的记录。新登记的请把编号留空，由系统给出。"
        error = RowError(row.number, table_column, number, said)
        self.checked.errors.append(RefusedRow(row.number, (error,), row.cells))

    def _mark(self, values: Mapping[str, object], on: date | None, above: int | None) -> str:
        """The same row of the same register is one record; equal rows of a file are told apart by turn."""
        under = [above] if above is not None else []
        said = json.dumps([self.register.id, self.act.label, str(on), values, *under], sort_keys=True)
        turn = self.seen[said] = self.seen.get(said, 0) + 1
        return f"导入:{hashlib.sha256(f'{said}{turn}'.encode()).hexdigest()}"

    def _drop_known(self) -> None:
        """Rows that an earlier import has registered change nothing."""
        marks = [one.once for one in self.checked.accepted]
        known: set[str] = set()
        for first in range(0, len(marks), 500):
            some = Record.objects.filter(court=self.actor.court, once__in=marks[first : first + 500])
            known |= set(some.values_list("once", flat=True))
        self.checked.unchanged += len(known)
        self.checked.accepted = [one for one in self.checked.accepted if one.once not in known]


def _error(row: Row, column: str, cell: object, refusal: Refusal) -> RowError:
    shown = "" if cell is None else str(cell)[:60]
    return RowError(row.number, column, shown, refusal.message, refusal.allowed[:20], refusal.example)
