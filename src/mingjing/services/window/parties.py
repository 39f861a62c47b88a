"""A party reads how the own case stands: case number, name and the query code the court gave, nothing less.

One query by the hash of the code finds the authorisation or nothing; only then is a case looked at. Whether
there is such a case, such a party or such a code is answered with one and the same sentence.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from mingjing.domain.ledgers.register import Register, Window
from mingjing.domain.reasons import Refusal
from mingjing.services.acts import act
from mingjing.services.installation import now, registry, today
from mingjing.services.records.releasing import reached, shown_of
from mingjing.services.records.versions import register_at, registers_on
from mingjing.services.window.codes import digest_of
from mingjing.services.window.entering import OUTSIDE
from mingjing.services.window.following import Given, Step, days_to_come, files_of
from mingjing.storage.cases.models import Case, CaseEvent
from mingjing.storage.people.models import Court
from mingjing.storage.records.models import Record
from mingjing.storage.window.models import Receipt

NODES = "dictionary.party_nodes"
MOST_PAPERS = 200


class NoSuchCase(Refusal):
    """Number, name and code do not belong together; which of them is wrong, or whether a case is there, is
    never said."""

    code = "no-such-case"


@dataclass(frozen=True, slots=True)
class Paper:
    """What the court has for a party: a record that shows itself to parties."""

    title: str
    kind: str
    shown: tuple[tuple[str, str, str], ...]
    files: tuple[Given, ...]
    days: tuple[tuple[str, date], ...]


@dataclass(frozen=True, slots=True)
class CaseProgress:
    """A case as its party sees it."""

    number: str
    cause: str
    stage: str
    filed_on: date | None
    closed_on: date | None
    department: str
    handler: str
    nodes: tuple[Step, ...]
    papers: tuple[Paper, ...]


def case_progress(court: Court, number: str, name: str, code: str) -> CaseProgress:
    """How a case stands, for its party; the look leaves an entry in the log. Raises NoSuchCase."""
    receipt = _authorisation(court, code)
    case = _case_of(receipt, number, name) if receipt is not None else None
    if receipt is None or case is None:
        raise NoSuchCase("没有查到。案号、姓名、查询码要和法院给您的一致；核对后再查，或者带身份证件到窗口。")
    _log_look("当事人查询案件", receipt, case, {"案号": case.number})
    return CaseProgress(
        number=case.number,
        cause=case.cause,
        stage=case.stage,
        filed_on=case.filed_on,
        closed_on=case.closed_on,
        department=case.department.name if case.department else "",
        handler=case.handler.name if case.handler else "",
        nodes=_nodes(case),
        papers=tuple(_papers(court, case)),
    )


def papers_file(court: Court, number: str, name: str, code: str, key: int) -> tuple[int, int]:
    """The keys of record and attachment of a file among the papers of a case. Raises NoSuchCase."""
    receipt = _authorisation(court, code)
    case = _case_of(receipt, number, name) if receipt is not None else None
    for register, record in _records(court, case) if case is not None else ():
        party = register.party
        if receipt and case and party and key in [one.key for one in files_of(register, record, party.shown)]:
            _log_look("当事人下载文书", receipt, case, {"编号": record.number})
            return record.pk, key
    raise NoSuchCase("没有查到这份文件。")


def _log_look(verb: str, receipt: Receipt, case: Case, said: dict[str, object]) -> None:
    """The look, kept: which case, by which authorisation; never who, or from where."""
    with act(
        OUTSIDE, verb, needs="", subject_kind="案件", subject_id=case.pk, court=case.court,
        definition=receipt.record.definition,
    ) as entry:  # fmt: skip
        entry.payload = {**said, "凭": receipt.record.number}
        Receipt.objects.filter(pk=receipt.pk).update(seen_at=now())


def _authorisation(court: Court, code: str) -> Receipt | None:
    """The receipt of a code that opens a case today."""
    rows = Receipt.objects.select_related("record__court").filter(record__court=court)
    found = rows.filter(digest=digest_of(code), record__shredded_on__isnull=True).first()
    if found is None:
        return None
    register = register_at(found.record)
    opens = register.window is not None and bool(register.window.case)
    open_now = opens and reached(register, found.record, _window(register).when, today(court))
    return found if open_now else None


def _window(register: Register) -> Window:
    assert register.window is not None
    return register.window


def _case_of(receipt: Receipt, number: str, name: str) -> Case | None:
    """The case a receipt opens, where its number and the party's name are the ones that were typed."""
    record, register = receipt.record, register_at(receipt.record)
    field = register.field(_window(register).case)
    key = record.data.get(field.key)
    rows = Case.objects.select_related("department", "handler", "court")
    case = rows.filter(pk=key, court=record.court).first() if isinstance(key, int) else None
    typed, wanted = "".join(name.split()), "".join(record.title.split())
    if case is None or _plain(number) != _plain(case.number) or typed != wanted:
        return None
    return case if case.parties.filter(name=wanted).exists() else None


def _plain(number: str) -> str:
    """A case number however it was typed: full or half width, with spaces, round brackets of either kind."""
    return "".join(unicodedata.normalize("NFKC", number[:200]).split()).replace("〔", "(").replace("〕", ")")


def _nodes(case: Case) -> tuple[Step, ...]:
    told = registry(case.court).dictionary(NODES)
    rows = CaseEvent.objects.filter(case=case, struck_at__isnull=True, kind__in=list(told.keys))
    found = rows.order_by("happened", "pk").values_list("happened", "kind")
    return tuple(Step(on, told.row(kind).get("told") or kind) for on, kind in found)


def _records(court: Court, case: Case) -> list[tuple[Register, Record]]:
    """The records that show themselves to the parties of a case, newest first."""
    found = []
    for register in registers_on(court, today(court)):
        if register.party is None:
            continue
        key = register.field(register.party.case).key
        rows = Record.objects.filter(court=court, register=register.id, **{f"data__{key}": case.pk})
        for record in rows.select_related("court").order_by("-pk")[:MOST_PAPERS]:
            began = register_at(record)
            if began.party and reached(began, record, began.party.when, today(court)):
                found.append((began, record))
    return found


def _papers(court: Court, case: Case) -> list[Paper]:
    papers = []
    for register, record in _records(court, case):
        assert register.party is not None
        shown = shown_of(register, record, register.party.shown)
        title = record.title or record.number
        papers.append(
            Paper(
                title,
                register.label,
                tuple(one for one in shown if one[2] != title),
                files_of(register, record, register.party.shown),
                days_to_come(register, record, shown, today(court)),
            )
        )
    return papers
