"""The rows a detector looks at: cases, spans of excluded days, what somebody did in a calendar year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from mingjing.definitions.values.suspects import COURTS, FELLOWS, JUDGES, SPANS
from mingjing.domain.dates.periods import Period
from mingjing.domain.expressions.kinds import field_names
from mingjing.domain.indicators.chance import at_least, at_most
from mingjing.domain.indicators.detecting import BLANK, Detector
from mingjing.services.detecting.fellows import Beside, beside
from mingjing.services.detecting.leaders import leaders_ever
from mingjing.services.figures.rows import rows_of
from mingjing.services.screening_facts import span_fields
from mingjing.storage.cases.models import Case, Exclusion
from mingjing.storage.people.models import Court, Person

CHUNK = 1000
LAST_MONTH = 12
Fields = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Suspect:
    """One row. ``key`` names it whenever it is read; ``shown`` is what people call it."""

    key: str
    shown: str
    day: date
    fields: Fields
    case_id: int | None = None
    department_id: int | None = None
    person_id: int | None = None


def suspects_of(court: Court, detector: Detector, period: Period, on: date) -> list[Suspect]:
    """The rows of a detector whose date lies in the period, read as of ``on``, in the order of their keys."""
    if detector.over in (JUDGES, COURTS):
        return list(_yearly(court, period, of_judges=detector.over == JUDGES))
    named = named_in(detector)
    rows = _spans(court, period, on) if detector.over == SPANS else _cases(court, detector.on, period, named)
    return [one for one in rows if one.fields.get(detector.on) in period]


def named_in(detector: Detector) -> frozenset[str]:
    """The fields a case shares with others that a detector looks at or shows."""
    found = {blank[1].strip() for blank in BLANK.finditer(detector.reason)}
    for expression in (detector.base, detector.when):
        if expression is not None:
            found |= field_names(expression, FELLOWS)
    return frozenset(found & FELLOWS.keys())


def _cases(court: Court, on: str, period: Period, named: frozenset[str]) -> Iterator[Suspect]:
    ids = list(_alive(court, on, period).order_by("pk").values_list("pk", flat=True))
    shared = beside(court, period, named)
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        cases = {case.pk: case for case in Case.objects.filter(pk__in=some)}
        for row in rows_of(court, some):
            yield _suspect(cases[row.case_id], row.fields, shared, on)


def _suspect(case: Case, fields: Fields, shared: Beside, on: str) -> Suspect:
    given = {**fields, **shared.of(case)}
    day = given.get(on)
    return Suspect(
        f"案{case.pk}",
        case.number,
        day if isinstance(day, date) else date.min,
        given,
        case.pk,
        case.department_id,
        case.handler_id,
    )


def _alive(court: Court, on: str, period: Period) -> QuerySet[Case]:
    """The cases among which those with the date in the period are."""
    rows = Case.objects.filter(court=court)
    if on == "结案日期":
        return rows.filter(closed_on__gte=period.first, closed_on__lte=period.last)
    if on == "立案日期":
        return rows.filter(filed_on__gte=period.first, filed_on__lte=period.last)
    open_or_later = Q(closed_on=None) | Q(closed_on__gte=period.first)
    return rows.filter(open_or_later, Q(filed_on=None) | Q(filed_on__lte=period.last))


def _spans(court: Court, period: Period, on: date) -> Iterator[Suspect]:
    rows = Exclusion.objects.filter(
        case__court=court, struck_at=None, first__gte=period.first, first__lte=period.last
    )
    spans = list(rows.select_related("case").order_by("pk"))
    fields: dict[int, Fields] = {}
    ids = sorted({span.case_id for span in spans})
    for start in range(0, len(ids), CHUNK):
        fields |= {row.case_id: row.fields for row in rows_of(court, ids[start : start + CHUNK])}
    for span in spans:
        case = span.case
        given = span_fields(span, dict(fields[span.case_id]), on)
        shown = f"{case.number} {span.kind}"
        yield Suspect(f"扣{span.pk}", shown, span.first, given, case.pk, case.department_id, case.handler_id)


def _yearly(court: Court, period: Period, *, of_judges: bool) -> Iterator[Suspect]:
    """Whole calendar years whose last day lies in the period."""
    for year in range(period.first.year, period.last.year + 1):
        last = date(year, 12, 31)
        if last not in period:
            continue
        closed, filed = _by_handler(court, "closed_on", year), _by_handler(court, "filed_on", year)
        if not of_judges:
            fields = _year(year, _all(closed.values()), _all(filed.values()))
            yield Suspect(f"院/{year}", f"{court.name} {year} 年", last, fields)
            continue
        people = {one.pk: one for one in Person.objects.filter(pk__in={*closed, *filed})}
        leaders = leaders_ever(court, last)
        for pk in sorted(people):
            fields = {
                **_year(year, closed.get(pk, Counter()), filed.get(pk, Counter())),
                "承办人": people[pk].name,
                "承办人为院领导": pk in leaders,
            }
            yield Suspect(f"人{pk}/{year}", f"{people[pk].name} {year} 年", last, fields, person_id=pk)


def _by_handler(court: Court, column: str, year: int) -> dict[int, Counter[int]]:
    """By handler: how many cases in each month of a year."""
    found: defaultdict[int, Counter[int]] = defaultdict(Counter)
    rows = Case.objects.filter(**{f"{column}__year": year}, court=court, handler__isnull=False)
    for pk, day in rows.values_list("handler_id", column):
        assert pk is not None
        found[pk][day.month] += 1
    return dict(found)


def _all(parts: Iterable[Counter[int]]) -> Counter[int]:
    return sum(parts, Counter())


def _year(year: int, closed: Counter[int], filed: Counter[int]) -> dict[str, object]:
    days = (date(year, 12, 31) - date(year, 1, 1)).days + 1
    share = 31 / days
    found: dict[str, object] = {"年度": year, "年末日": date(year, 12, 31)}
    for word, months, tail in (("结案", closed, at_least), ("收案", filed, at_most)):
        number, last = sum(months.values()), months[LAST_MONTH]
        found[f"{word}数"], found[f"末月{word}数"] = number, last
        found[f"平常月均{word}"] = round(Decimal(number - last) / (LAST_MONTH - 1), 1)
        found["末月多结万分率" if word == "结案" else "末月少收万分率"] = round(
            Decimal(tail(last, number, share) * 10_000), 4
        )
    return found
