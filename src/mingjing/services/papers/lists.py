"""What documents are held against: the court's lists of rules, words, laws and terms, and the case itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mingjing.definitions.values.dictionaries import Dictionary
from mingjing.domain.reasons import Refusal
from mingjing.services.installation import registry
from mingjing.storage.cases.models import Case, CaseEvent
from mingjing.storage.people.models import Court
from mingjing.text.proofreading.known import Known, Law, Lists, Word

RULES, WORDS = "dictionary.proofreading_rules", "dictionary.proofreading_words"
LAWS, APPEAL = "dictionary.cited_laws", "dictionary.appeal_terms"
HEARINGS = ("开庭", "再次开庭")
HANDLER = "承办人"


def lists_of(court: Court) -> Lists:
    """The court's lists as they are in force now.

    Raises
    ------
    Refusal   a figure or a day of a list cannot be read
    """
    shelf = registry(court)
    rules = shelf.dictionary(RULES)
    return Lists(
        laws=tuple(_laws(shelf.dictionary(LAWS))),
        words=tuple(_words(shelf.dictionary(WORDS))),
        appeal=tuple(
            (key, _number(row["days"], APPEAL)) for key, row in shelf.dictionary(APPEAL).by_key.items()
        ),
        off=frozenset(key for key, row in rules.by_key.items() if row["use"] == "否"),
    )


def rules_of(court: Court, on: date) -> str:
    """The versions of the lists a document is checked under."""
    shelf = registry(court)
    return "；".join(shelf.ref(one, on) for one in (RULES, WORDS, LAWS, APPEAL))


def known_of(case: Case, on: date) -> Known:
    """The case as it is registered. Four statements."""
    panel = [(one.role, one.person.name) for one in case.panel.select_related("person").order_by("pk")]
    handler = case.handler.name if case.handler else case.handler_name
    if handler and handler not in {name for _, name in panel}:
        panel.insert(0, (HANDLER, handler))
    heard = CaseEvent.objects.filter(case=case, kind__in=HEARINGS, struck_at=None)
    parties = case.parties.order_by("pk").values_list("role", "name")
    return Known(
        on=on,
        court=case.court.name,
        number=case.number,
        kind=case.kind,
        procedure=case.procedure,
        cause=case.cause,
        parties=tuple(parties),
        bench=tuple(panel),
        filed_on=case.filed_on,
        hearings=tuple(heard.order_by("happened").values_list("happened", flat=True)),
    )


def _words(table: Dictionary) -> Iterable[Word]:
    for row in table.rows:
        unless = tuple(one for one in row["unless"].split("、") if one)
        yield Word(row["wrong"], row["right"], unless, row["note"])


def _laws(table: Dictionary) -> Iterable[Law]:
    for row in table.rows:
        yield Law(
            row["name"],
            row["short"],
            _number(row["number"], LAWS) if row["number"] else None,
            _day(row["since"]),
            _day(row["until"]),
            row["instead"],
        )


def _number(text: str, table: str) -> int:
    if not text.isdecimal():
        raise Refusal(f"{table} 里“{text}”不是数字。", example="15")
    return int(text)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refusal(f"{LAWS} 里“{text}”不是日期。", example="2021-01-01") from None
