"""What dictionary.exclusions and the case allow of an excluded span."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from mingjing.domain.dates.durations import read_duration
from mingjing.domain.dates.months import MonthRule, add_months
from mingjing.domain.reasons import Refusal
from mingjing.services.demands import WrongEntry, day_within, filled, known_word
from mingjing.services.installation import now, registry
from mingjing.storage.cases.models import Case, Exclusion
from mingjing.storage.people.models import Person


class Overlaps(Refusal):
    """The same days of the same kind are excluded already."""

    code = "overlaps"


def check_exclusion(
    case: Case, kind: str, first: date, last: date | None, start_document: str, end_document: str
) -> None:
    """Refuse a span that dictionary.exclusions, the filing day or another span does not allow."""
    table = registry(case.court).dictionary("dictionary.exclusions")
    fitting = spans_for(case)
    if kind in table and kind not in fitting:
        scope = table.row(kind)["scope"]
        raise WrongEntry(f"“{kind}”适用于{scope}案件，本案是{case.kind}。", allowed=fitting)
    known_word(kind, table.keys, "扣除事由")
    day_within(first, "起", first=case.filed_on, last=None, cause="在立案之前")
    rule = table.row(kind)
    paper(rule, "begins", start_document, "起始文书")
    if last is not None:
        day_within(last, "止", first=first, last=None, cause="在开始之前")
        length_allowed(rule, first, last)
        paper(rule, "ends", end_document, "结束文书")
    none_overlaps(case, kind, first, last)


def spans_for(case: Case) -> list[str]:
    """The kinds of span that cases like this have; all of them where the kind of case is unknown."""
    table = registry(case.court).dictionary("dictionary.exclusions")
    family = registry(case.court).dictionary("dictionary.case_kinds").row(case.kind).get("family", "")
    return [word for word in table.keys if not family or family in table.row(word)["scope"].split("、")]


def add_exclusion(
    case: Case,
    kind: str,
    first: date,
    last: date | None,
    start_document: str,
    end_document: str,
    *,
    approver: Person | None = None,
) -> Exclusion:
    """Check and store a span; the caller holds the case's lock and rechecks the clocks."""
    check_exclusion(case, kind, first, last, start_document, end_document)
    return Exclusion.objects.create(
        case=case,
        kind=kind,
        first=first,
        last=last,
        start_document=start_document[:120],
        end_document=end_document[:120],
        approver=approver,
        recorded_at=now(),
    )


def paper(rule: Mapping[str, str], column: str, text: str, place: str) -> str:
    """The document, where ``rule`` demands one; ``column`` holds the example of its name."""
    if rule.get("paper") != "是":
        return text.strip()
    return filled(text, place, example=rule.get(column) or "（2024）云0102鉴委12号", longest=120)


def length_allowed(rule: Mapping[str, str], first: date, last: date) -> None:
    """Refuse a span longer than ``rule`` allows."""
    longest = rule.get("longest", "")
    if not longest:
        return
    span = read_duration(longest)
    end = add_months(first, span.months, MonthRule.MONTH_END_IF_MISSING) if span.months else first
    latest = end + timedelta(days=span.days - 1)
    if last > latest:
        raise WrongEntry(
            f"“{rule['label']}”最长 {longest}，从 {first} 起至迟到 {latest}。", example=str(latest)
        )


def none_overlaps(case: Case, kind: str, first: date, last: date | None, besides: int | None = None) -> None:
    """Refuse a span that shares a day with another of its kind."""
    for other in Exclusion.objects.filter(case=case, kind=kind, struck_at=None):
        if (
            other.pk != besides
            and (last is None or other.first <= last)
            and (other.last is None or first <= other.last)
        ):
            shown = f"{other.first} 至 {other.last or '今'}"
            raise Overlaps(f"与已登记的“{kind}”（{shown}）重叠。同一事由同一天只能扣一次。")
