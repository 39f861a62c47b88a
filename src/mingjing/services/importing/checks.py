"""What a row must not say about itself: contradictions between its cells, words longer than their place.

A single unreadable cell was refused before (``imports.precheck``); here the row is looked at as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache

from django.db.models import CharField, Model

from mingjing.definitions.registry import Registry
from mingjing.domain.casenumbers.grammar import CaseNumber, read_case_number, split_case_numbers
from mingjing.domain.reasons import Refusal
from mingjing.imports.rows import CaseRow, FieldValue
from mingjing.storage.cases.models import Case, CaseTag, Exclusion, Party
from mingjing.storage.people.models import Court, Department, Person

LARGEST_AMOUNT = Decimal(10) ** 16
LARGEST_COUNT = 2_147_483_647
FREE_TEXT = 2000
COUNTS = ("当事人人数",)
EARLIER = ("前案案号", "原审案号")
NUMBER, PARTY, ROLE, TAG, DOCUMENT = "案号", "当事人", "诉讼地位", "标签", "文书"


class Contradiction(Refusal):
    """A row contradicts itself, or a word does not fit its place. ``item`` names the data item at fault."""

    code = "row-contradiction"

    def __init__(self, item: str, message: str, *, allowed: tuple[str, ...] = (), example: str = "") -> None:
        super().__init__(message, allowed=allowed, example=example)
        self.item = item


def check_row(row: CaseRow, court: Court, definitions: Registry) -> CaseNumber | None:
    """The parsed number of a row whose court numbers in the grammar, after checking the row as a whole.

    Raises
    ------
    Contradiction   kind against type code, days in the wrong order, a word that is too long
    """
    for item, text, longest in _texts(row):
        if len(text) > longest:
            raise Contradiction(
                item, f"“{item}”写了 {len(text)} 字，最多 {longest} 字：{text[:30]}…", example=text[:20]
            )
        if "\x00" in text:
            raise Contradiction(item, f"“{item}”里有看不见的空字符，请重新输入。")
    _numbers(row.fields)
    _days(row.fields)
    if court.number_grammar != "案号":
        return None
    try:
        number = read_case_number(row.number, definitions.vocabulary())
    except Refusal as refusal:
        raise Contradiction(
            NUMBER, refusal.message, allowed=refusal.allowed, example=refusal.example
        ) from refusal
    _kind(row.fields, number, definitions)
    for item in EARLIER:
        earlier_numbers(row, item, definitions)
    return number


def earlier_numbers(row: CaseRow, item: str, definitions: Registry) -> tuple[str, ...]:
    """The numbers of the cases this one goes on from, normalised.

    Raises
    ------
    Contradiction   not a case number, or the case's own
    """
    text = str(row.fields.get(item, ""))
    if not text:
        return ()
    try:
        vocabulary = definitions.vocabulary()
        found = tuple(read_case_number(one, vocabulary).normalised for one in split_case_numbers(text))
    except Refusal as refusal:
        raise Contradiction(
            item, refusal.message, allowed=refusal.allowed, example=refusal.example
        ) from refusal
    if row.number in found:
        raise Contradiction(item, f"“{item}”写的是本案自己的案号。")
    return found


@cache
def _longest() -> Mapping[str, int]:
    """Data item → how many characters its place holds."""
    places: dict[str, tuple[type[Model], str]] = {
        NUMBER: (Case, "number"),
        "案件类型": (Case, "kind"),
        "审理程序": (Case, "procedure"),
        "案由": (Case, "cause"),
        "结案方式": (Case, "outcome"),
        "承办部门": (Department, "name"),
        "承办人": (Person, "name"),
        "承办人工号": (Person, "staff_number"),
        PARTY: (Party, "name"),
        ROLE: (Party, "role"),
        TAG: (CaseTag, "tag"),
        DOCUMENT: (Exclusion, "start_document"),
    }
    fields = {item: model._meta.get_field(name) for item, (model, name) in places.items()}
    return {
        item: field.max_length or FREE_TEXT for item, field in fields.items() if isinstance(field, CharField)
    }


def _texts(row: CaseRow) -> Iterator[tuple[str, str, int]]:
    """Every text of a row with its data item and the length of its place."""
    longest = _longest()
    yield NUMBER, row.number, longest[NUMBER]
    for item, value in row.fields.items():
        if isinstance(value, str):
            yield item, value, longest.get(item, FREE_TEXT)
    for party in row.parties:
        yield party.role, party.role, longest[ROLE]
        yield party.role, party.name, longest[PARTY]
    for tag in row.tags:
        yield TAG, tag, longest[TAG]
    for exclusion in row.exclusions:
        yield exclusion.kind, exclusion.document, longest[DOCUMENT]


def _numbers(fields: Mapping[str, FieldValue]) -> None:
    for item, value in fields.items():
        if isinstance(value, Decimal) and not 0 <= value < LARGEST_AMOUNT:
            raise Contradiction(item, f"“{item}”的 {value} 元不可能。", example="1286400.00")
        if item in COUNTS and not (isinstance(value, int) and 0 <= value <= LARGEST_COUNT):
            raise Contradiction(item, f"“{item}”的 {value} 不可能。", example="3")


ORDER = (("立案日期", "结案日期"), ("原始立案日期", "立案日期"), ("立案日期", "归档日期"))


def _days(fields: Mapping[str, FieldValue]) -> None:
    """Days that cannot stand in this order, whoever made the mistake."""
    for earlier, later in ORDER:
        first, last = fields.get(earlier), fields.get(later)
        if isinstance(first, date) and isinstance(last, date) and last < first:
            raise Contradiction(
                later, f"{later} {last} 早于{earlier} {first}，两个日期必有一个写错。", example=str(first)
            )


def _kind(fields: Mapping[str, FieldValue], number: CaseNumber, definitions: Registry) -> None:
    stated = str(fields.get("案件类型", ""))
    known = definitions.kind_of_type_code(number.type_code)
    if known not in definitions.dictionary("dictionary.case_kinds"):
        return
    if stated and stated != known:
        raise Contradiction(
            "案件类型",
            f"案件类型写的是“{stated}”，案号里的“{number.type_code}”却是{known}，必有一处写错。",
            allowed=(known,),
            example=known,
        )
