"""With number and code: how a matter stands, what may still be done to it, and doing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from mingjing.domain.ledgers.matters import Deed, UnknownAct
from mingjing.domain.ledgers.register import FieldType, Register
from mingjing.domain.reasons import Refusal
from mingjing.services.installation import today
from mingjing.services.records.applying import apply
from mingjing.services.records.machineries import register_of
from mingjing.services.records.releasing import FILES, shown_of
from mingjing.services.records.verbs import verb
from mingjing.services.records.versions import register_at, value_at
from mingjing.services.records.words import PUBLIC
from mingjing.services.window.codes import digest_of
from mingjing.services.window.entering import OUTSIDE, Said
from mingjing.services.window.offers import SOMEBODY, Form, clean, forms_in, read_answers
from mingjing.services.window.uploading import Uploads, received
from mingjing.storage.people.models import Court
from mingjing.storage.records.models import Attachment, Record, RecordAct
from mingjing.storage.window.models import Receipt


class WrongCode(Refusal):
    """Number and code do not belong together, or there is no such receipt: which of the two is not said."""

    code = "wrong-code"


@dataclass(frozen=True, slots=True)
class Step:
    """A state the matter came to, and when."""

    on: date
    state: str


@dataclass(frozen=True, slots=True)
class Given:
    """A file that may be taken away: its key for ``file_of``, and its name."""

    key: int
    name: str


@dataclass(frozen=True, slots=True)
class Progress:
    """A matter as its receipt shows it: ``shown`` are (label, type, text), ``days`` (what, day) to come."""

    number: str
    service: str
    state: str
    over: bool
    opened_on: date
    steps: tuple[Step, ...]
    shown: tuple[tuple[str, str, str], ...]
    files: tuple[Given, ...]
    days: tuple[tuple[str, date], ...]
    forms: tuple[Form, ...]


def progress(court: Court, number: str, code: str) -> Progress:
    """How the matter of a receipt stands. Raises WrongCode."""
    record = record_of(court, number, code)
    register = register_at(record)
    shown = shown_of(register, record, register.window.shown if register.window else ())
    return Progress(
        number=record.number,
        service=register.label,
        state=record.state,
        over=record.over,
        opened_on=record.opened_on,
        steps=_steps(record),
        shown=tuple(shown),
        files=files_of(register, record, register.window.shown if register.window else ()),
        days=days_to_come(register, record, shown, today(court)),
        forms=forms_in(register, record.state),
    )


def record_of(court: Court, number: str, code: str, *, lock: bool = False) -> Record:
    """The record of a receipt. Raises WrongCode."""
    rows = Record.objects.filter(court=court, number=clean(number)[:60], receipt__digest=digest_of(code))
    rows = rows.filter(shredded_on__isnull=True).select_related("court")
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None or register_at(found).window is None:
        raise WrongCode("编号和查询码对不上。请照回执核对；丢了回执，带身份证件到窗口补一份。")
    return found


def act_on(
    court: Court,
    number: str,
    code: str,
    label: str,
    said: Said,
    uploads: Uploads,
    *,
    at: datetime | None = None,
) -> None:
    """Do an act of the public to the matter of a receipt: add what was missing, rate, take it back.

    Raises
    ------
    WrongCode     the receipt
    UnknownAct    the public has no such act now
    Refusal       the definition refuses
    """
    with transaction.atomic():
        record = record_of(court, number, code, lock=True)
        value = value_at(record)
        register = register_of(value)
        form = next((one for one in forms_in(register, record.state) if one.act == label), None)
        if form is None:
            raise UnknownAct(f"现在是“{record.state}”，不能“{label}”。请看最新进度。")
        values = read_answers(form, register, said)
        with (
            received(court, form, uploads) as files,
            verb(OUTSIDE, label[:40], court, subject_id=record.pk, at=at, needs="") as work,
        ):
            deed = Deed(label, SOMEBODY, work.at.replace(tzinfo=None), values)
            apply(work, record, value, deed, files=files.rows(), flags=[PUBLIC])
            Receipt.objects.filter(record=record).update(seen_at=work.at)
            files.settle()


def _steps(record: Record) -> tuple[Step, ...]:
    """The states in turn; acts that change none are the court's own business."""
    rows = RecordAct.objects.filter(record=record).order_by("turn").values_list("on", "before", "after")
    return tuple(Step(on, after) for on, before, after in rows if before != after)


def files_of(register: Register, record: Record, labels: tuple[str, ...]) -> tuple[Given, ...]:
    """The files of the fields that may be read outside."""
    fields = [label for label in labels if register.field(label).type in FILES]
    rows = Attachment.objects.filter(record=record, field__in=fields).order_by("pk") if fields else ()
    return tuple(Given(one.pk, one.name) for one in rows)


def days_to_come(
    register: Register, record: Record, shown: list[tuple[str, str, str]], on: date
) -> tuple[tuple[str, date], ...]:
    """The days among what is shown that have not passed: for a calendar. Nothing once the matter is over."""
    kinds = (FieldType.DAY.value, FieldType.MOMENT.value)
    days = [(label, date.fromisoformat(text[:10])) for label, kind, text in shown if kind in kinds]
    return () if record.over else tuple(one for one in days if one[1] >= on)
