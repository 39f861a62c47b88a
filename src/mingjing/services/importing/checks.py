"""What a row must not say about itself: contradictions between its cells, words longer than their place.

A single unreadable cell was refused before (``imports.precheck``); here the row is looked at as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

from django.db.models import CharField, Model

from mingjing.definitions.registry import Registry
from mingjing.domain.casenumbers.grammar import read_case_number, split_case_numbers
from mingjing.domain.casenumbers.vocabulary import Vocabulary
from mingjing.domain.reasons import Refusal
from mingjing.imports.numbers import NumberParts, Numbers
from mingjing.imports.rows import CaseRow, FieldValue
from mingjing.services.courts import numbering
from mingjing.storage.cases.models import Case, CaseTag, Exclusion, Party
from mingjing.storage.people.models import Court, Department, Person

LARGEST_AMOUNT = Decimal(10) ** 16
LARGEST_COUNT = 2_147_483_647
FREE_TEXT = 2000
COUNTS = ("当事人人数",)
EARLIER = ("前案案号", "原审案号")
NUMBER, KIND, PARTY, ROLE, TAG, DOCUMENT = "案号", "案件类型", "当事人", "诉讼地位", "标签", "文书"


class Contradiction(Refusal):
    """A row contradicts itself, or a word does not fit its place. ``item`` names the data item at fault."""

    code = "row-contradiction"

    def __init__(self, item: str, message: str, *, allowed: tuple[str, ...] = (), example: str = "") -> None:
        super().__init__(message, allowed=allowed, example=example)
        self.item = item


class RowChecks:
    """Rows of one court looked at as a whole; what does not change from row to row is asked once."""

    def __init__(self, court: Court, definitions: Registry) -> None:
        self._definitions, self._longest = definitions, _longest()
        self._vocabulary = numbering(definitions)
        self._numbers = Numbers(self._vocabulary) if court.number_grammar == "案号" else None
        self._listed = definitions.dictionary("dictionary.case_kinds")
        self._families = {row["名称"]: row["类别"] for row in self._listed.labelled()}
        self._kinds: dict[str, str] = {}

    def check(self, row: CaseRow) -> NumberParts | None:
        """The parts of the number of a row whose court numbers in the grammar.

        Raises
        ------
        Contradiction   kind against type code, days in the wrong order, a word that is too long
        """
        self._texts(row)
        _numbers(row.fields)
        _days(row.fields)
        if self._numbers is None:
            self._needs_kind(row.fields)
            return None
        try:
            number = self._numbers.read(row.number)
        except Refusal as refusal:
            raise Contradiction(
                NUMBER, refusal.message, allowed=refusal.allowed, example=refusal.example
            ) from refusal
        self._kind(row.fields, number.type_code)
        for item in EARLIER:
            if item in row.fields:
                earlier_numbers(row, item, self._vocabulary)
        return number

    def told(self, row: CaseRow, number: NumberParts | None) -> CaseRow:
        """The row without a kind that only names its family: which of them it is, the number says."""
        stated = str(row.fields.get(KIND, ""))
        if not stated or number is None:
            return row
        known = self.kind_of(number.type_code)
        wide = stated not in self._listed or (stated != known and stated == self._families.get(known))
        if not wide:
            return row
        return replace(row, fields={item: value for item, value in row.fields.items() if item != KIND})

    def kind_of(self, type_code: str) -> str:
        """The kind of case a type code stands for."""
        if type_code not in self._kinds:
            self._kinds[type_code] = self._definitions.kind_of_type_code(type_code)
        return self._kinds[type_code]

    def _kind(self, fields: Mapping[str, FieldValue], type_code: str) -> None:
        stated, known = str(fields.get(KIND, "")), self.kind_of(type_code)
        if stated and stated != known and known in self._listed and stated != self._families[known]:
            raise Contradiction(
                KIND,
                f"案件类型写的是“{stated}”，案号里的“{type_code}”却是{known}，必有一处写错。",
                allowed=(known,),
                example=known,
            )

    def _needs_kind(self, fields: Mapping[str, FieldValue]) -> None:
        """A family alone is no kind where the number does not say which of them it is."""
        stated = str(fields.get(KIND, ""))
        of_family = tuple(kind for kind, family in self._families.items() if family == stated)
        if of_family and stated not in self._listed:
            cause = f"“{stated}”是一大类；这个法院的编号看不出是其中哪一种，请写明。"
            raise Contradiction(KIND, cause, allowed=of_family[:20], example=of_family[0])

    def _texts(self, row: CaseRow) -> None:
        """Every text of a row against the length of its place."""
        longest = self._longest
        _fits(NUMBER, row.number, longest[NUMBER])
        for item, value in row.fields.items():
            if isinstance(value, str) and (len(value) > longest.get(item, FREE_TEXT) or "\x00" in value):
                _fits(item, value, longest.get(item, FREE_TEXT))
        role, name = longest[ROLE], longest[PARTY]
        for party in row.parties:
            _fits(party.role, party.role, role)
            _fits(party.role, party.name, name)
        for tag in row.tags:
            _fits(TAG, tag, longest[TAG])
        for exclusion in row.exclusions:
            _fits(exclusion.kind, exclusion.document, longest[DOCUMENT])


def _fits(item: str, text: str, longest: int) -> None:
    if len(text) > longest:
        raise Contradiction(
            item, f"“{item}”写了 {len(text)} 字，最多 {longest} 字：{text[:30]}…", example=text[:20]
        )
    if "\x00" in text:
        raise Contradiction(item, f"“{item}”里有看不见的空字符，请重新输入。")


def earlier_numbers(row: CaseRow, item: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The numbers of the cases this one goes on from, normalised.

    Raises
    ------
    Contradiction   not a case number, or the case's own
    """
    text = str(row.fields.get(item, ""))
    if not text:
        return ()
    try:
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
        KIND: (Case, "kind"),
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
