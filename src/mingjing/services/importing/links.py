"""前案案号 and 原审案号 in a file: the chain of one dispute, so that a new number does not reset its age."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from mingjing.definitions.registry import Registry
from mingjing.domain.casenumbers.vocabulary import Vocabulary
from mingjing.imports.rows import CaseRow
from mingjing.services.case_links import chain, refresh_original
from mingjing.services.courts import numbering
from mingjing.services.importing.checks import EARLIER, Contradiction, earlier_numbers
from mingjing.services.importing.comparing import CHUNK, Difference, Refused
from mingjing.storage.cases.models import Case, CaseLink
from mingjing.storage.people.models import Court

NAMED = frozenset(EARLIER)
RELATION, ORIGINAL = "前案关系", "原始立案日期"


@dataclass(slots=True)
class Chains:
    """Watches the rows of one file for earlier numbers; ``tie`` makes the links once all rows are written.

    A row that names an earlier number is looked at after all others, so that both may stand in one file in
    any order. An earlier number that is neither stored nor in the file is only kept as a data item.
    """

    court: Court
    definitions: Registry
    seen: dict[str, date | None] = field(default_factory=dict)
    wanted: list[tuple[Difference, str, str]] = field(default_factory=list)
    unknown: int = 0

    def ordered(self, rows: Iterable[CaseRow]) -> Iterator[CaseRow]:
        """The rows, those that name an earlier number last."""
        later = []
        for row in rows:
            if not NAMED.isdisjoint(row.fields) and any(row.fields.get(item) for item in EARLIER):
                later.append(row)
            else:
                yield row
        yield from later

    def watch(self, items: Iterable[Difference | Refused]) -> Iterator[Difference | Refused]:
        """The items, with the links they would make; a case filed before its predecessor is refused."""
        source, vocabulary = iter(items), numbering(self.definitions)
        while run := list(islice(source, CHUNK)):
            numbers = {
                id(one): self._numbers(one, vocabulary) for one in run if not NAMED.isdisjoint(one.row.fields)
            }
            named = {number for found in numbers.values() for _, number in found}
            days, linked = (_filing_days(self.court, named), _links_of(run)) if named else ({}, set())
            for item in run:
                yield self._judged(item, numbers.get(id(item), ()), days, linked)

    def _numbers(self, item: Difference | Refused, vocabulary: Vocabulary) -> list[tuple[str, str]]:
        if not any(item.row.fields.get(kind) for kind in EARLIER):
            return []
        if isinstance(item, Refused) or self.court.number_grammar != "案号":
            return []
        return [(kind, number) for kind in EARLIER for number in earlier_numbers(item.row, kind, vocabulary)]

    def _judged(
        self,
        item: Difference | Refused,
        numbers: Sequence[tuple[str, str]],
        days: dict[str, date | None],
        linked: set[tuple[int, str]],
    ) -> Difference | Refused:
        if isinstance(item, Refused):
            return item
        for kind, number in numbers:
            if number not in days and number not in self.seen:
                self.unknown += 1
                continue
            filed = self.seen.get(number) or days.get(number)
            own = item.case.filed_on
            if filed is not None and own is not None and own < filed:
                said = f"本案 {own} 立案，却早于前案 {number} 的 {filed}，前后颠倒或者日期写错。"
                return Refused(item.row, Contradiction(kind, said, example=str(filed)), kind)
            if item.case.pk is None or (item.case.pk, number) not in linked:
                item.new_links.append(number)
                self.wanted.append((item, kind, number))
        self.seen[item.row.number] = item.case.filed_on
        return item

    def tie(self) -> set[int]:
        """Make the links and carry the original filing days; ids of the cases whose age changed."""
        changed: set[int] = set()
        for item, kind, number in self.wanted:
            earlier = _find(self.court, number)
            if earlier is None or earlier.pk == item.case.pk:
                continue
            relation = self._relation(item, kind, earlier)
            CaseLink.objects.get_or_create(
                earlier=earlier, later_id=item.case.pk, defaults={"relation": relation}
            )
        for item, _, _ in self.wanted:
            if ORIGINAL in item.row.fields:
                continue
            since = item.case.filed_on or date.min
            for case in chain(Case.objects.select_related("court").get(pk=item.case.key)):
                if case.filed_on and case.filed_on >= since and refresh_original(case):
                    changed.add(case.pk)
        return changed

    def _relation(self, item: Difference, kind: str, earlier: Case) -> str:
        """The relation the file states, else the one the kinds of both cases say."""
        stated = str(item.row.fields.get(RELATION, ""))
        if stated:
            return stated
        kinds = self.definitions.dictionary("dictionary.case_kinds")
        own = item.case.kind
        level = kinds.row(own)["level"] if own in kinds else ""
        if level == "二审":
            return "上诉"
        if level in ("再审", "再审审查"):
            return "再审"
        if own == "恢复执行":
            return "恢复执行"
        if earlier.kind.startswith("诉前调解"):
            return "诉前调转立案"
        if earlier.court_id != item.case.court_id:
            return "移送管辖"
        return "重新立案" if ("驳回起诉" in earlier.outcome or "不予受理" in earlier.outcome) else "发回重审"


def _filing_days(court: Court, numbers: set[str]) -> dict[str, date | None]:
    """Filing days of stored cases by number; the court's own go before those of others."""
    rows = list(Case.objects.filter(number__in=numbers).values_list("number", "filed_on", "court_id"))
    rows.sort(key=lambda row: row[2] == court.pk)
    return {number: filed for number, filed, _ in rows}


def _links_of(items: list[Difference | Refused]) -> set[tuple[int, str]]:
    ids = [item.case.pk for item in items if isinstance(item, Difference) and item.case.pk]
    return set(CaseLink.objects.filter(later__in=ids).values_list("later_id", "earlier__number"))


def _find(court: Court, number: str) -> Case | None:
    """The case of this number: of the court itself, else of any other."""
    rows = list(Case.objects.filter(number=number))
    own = next((case for case in rows if case.court_id == court.pk), None)
    return own or (rows[0] if rows else None)
