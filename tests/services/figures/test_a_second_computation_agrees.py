"""The figures of the pages against loops over the same court that know nothing of counts, parts or cells."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.domain.dates.periods import Period
from mingjing.services.figures.asked import indicator_on
from mingjing.services.figures.courts import by_court
from mingjing.services.figures.following import settle
from mingjing.services.figures.reading import board
from mingjing.services.figures.sight import whole
from mingjing.services.record_event import Happening, write_event
from mingjing.storage.cases.models import Case, CaseLink, GrantedExtension
from mingjing.storage.people.models import Court
from tests.services.builders import House, acting
from tests.services.figures.plain_court import BY_HAND, LAST, Plain, make

SPANS = (
    (date(2024, 1, 1), date(2024, 3, 31)),
    (date(2023, 7, 1), LAST),
    (date(2023, 9, 17), date(2024, 3, 9)),
    (date(2024, 2, 1), date(2024, 2, 29)),
)


def store(house: House, court: Court, cases: list[Plain]) -> None:
    """The same court in the database: events written as acts write them, appeals as linked cases above."""
    for serial, one in enumerate(cases, 1):
        case = _case(court, one.kind, serial, one.filed, one.closed, one.outcome)
        Case.objects.filter(pk=case.pk).update(procedure=one.procedure, original_filed_on=one.original)
        for kind, day in one.happened:
            write_event(case, Happening(kind, day), by=house.judge)
        for _ in range(one.extensions):
            GrantedExtension.objects.create(
                case=case, clock="审限", length="1 个月", approved_on=one.filed, approver="院长"
            )
        if one.appeal is not None and one.closed is not None:
            outcome, decided = one.appeal
            second = one.kind.replace("一审", "二审")
            later = _case(house.higher, second, 10_000 * court.pk + serial, one.closed, decided, outcome)
            CaseLink.objects.create(earlier=case, later=later, relation="上诉")


def _case(court: Court, kind: str, serial: int, filed: date, closed: date | None, outcome: str) -> Case:
    return Case.objects.create(
        court=court,
        number=f"（{filed.year}）{court.code}民初{serial}号",
        number_year=filed.year,
        serial=serial,
        type_code="民初",
        kind=kind,
        filed_on=filed,
        original_filed_on=filed,
        closed_on=closed,
        outcome=outcome,
    )


def spans() -> list[Period]:
    return [Period(first, last, f"{first}..{last}", "x") for first, last in SPANS]


def wrong(shown: dict[str, str], cases: list[Plain], period: Period) -> list[str]:
    """Every figure that differs."""
    hand = {name: count(cases, period.first, period.last) for name, count in BY_HAND.items()}
    return [
        f"{name} {period.code}: {shown[f'indicator.{name}']}, by hand {said}"
        for name, said in hand.items()
        if shown[f"indicator.{name}"] != said
    ]


@pytest.mark.parametrize("seed", [11, 12])
def test_twelve_figures_of_a_court(house: House, seed: int) -> None:
    cases = make(seed, 160)
    store(house, house.court, cases)
    settle()
    actor = acting(house.president)
    for period in spans():
        lines = board(actor, whole(actor), period)
        shown = {one.indicator.id: one.answer.value.text for one in lines if one.answer is not None}
        assert wrong(shown, cases, period) == []


def test_two_courts_together_are_counted_first_and_divided_after(house: House) -> None:
    beside = Court.objects.create(
        code="云9822", name="云北县人民法院", short_name="云北法院", level="基层", parent=house.higher
    )
    both = make(21, 60), make(22, 60)
    for court, cases in zip((house.court, beside), both, strict=True):
        store(house, court, cases)
    settle()
    actor, period = acting(house.higher_manager), spans()[1]
    for name in ("closing_evenness", "median_days", "ended_for_now_rate", "pending_over_12_months"):
        rows = by_court(actor, indicator_on(house.court, f"indicator.{name}", LAST), period)
        found = {one.seen.court: one.figure.text for one in rows if one.figure is not None}
        count = BY_HAND[name]
        alone = [count(cases, period.first, period.last) for cases in both]
        assert [found["云9821"], found["云9822"]] == alone
        above = Case.objects.filter(court=house.higher)
        appeals = [
            Plain(one.kind, "", _day(one.filed_on), _day(one.filed_on), one.closed_on, one.outcome)
            for one in above
        ]
        assert found["辖区"] == count([*both[0], *both[1], *appeals], period.first, period.last)


def _day(day: date | None) -> date:
    assert day is not None
    return day
