"""The figures follow every act on a case within the next step, and are what the reference counts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from pytest_django import Settings

from mingjing.domain.dates.periods import Period, read_period
from mingjing.domain.indicators.figures import figure
from mingjing.domain.indicators.tallying import Table, tally
from mingjing.services.change_procedure import change_handler
from mingjing.services.figures.asked import indicators_on, kept_by_day, keys_of, overs_of, population_of
from mingjing.services.figures.counting import tallied
from mingjing.services.figures.following import progress, settle, step
from mingjing.services.figures.rows import rows_of
from mingjing.services.figures.summing import Place, Sums, members, sums
from mingjing.services.installation import look_again, today
from mingjing.services.marking import mark
from mingjing.storage.cases.models import Case
from mingjing.storage.indicators.models import Cell, Share, StaleCase
from mingjing.storage.indicators.models import Tally as Progress
from tests.services.builders import House, acting, file_case
from tests.services.conftest import SetMoment

KINDS = ("民事一审", "刑事一审", "首次执行", "民事二审")
PERIODS = (
    Period(date(2024, 1, 1), date(2024, 4, 1), "2024", "今年以来"),
    read_period("2024-Q1"),
    read_period("2024-02"),
    Period(date(2024, 1, 17), date(2024, 3, 9), "x", "x"),
    Period(date(2024, 2, 5), date(2024, 2, 11), "y", "y"),
)


def many(house: House, number: int, seed: int = 7) -> list[Case]:
    """Cases at random days before the first of April, half of them closed."""
    dice = Random(seed)
    found = []
    for serial in range(1, number + 1):
        filed = date(2023, 6, 1) + timedelta(days=dice.randrange(300))
        judge = dice.choice((house.judge, house.stranger, house.enforcer))
        case = file_case(house, serial=serial, filed_on=filed, kind=dice.choice(KINDS), handler=judge)
        if dice.random() < 0.6:
            closed = min(filed + timedelta(days=dice.randrange(200)), date(2024, 4, 1))
            outcome = dice.choice(("判决", "调解", "改判", "执行完毕"))
            Case.objects.filter(pk=case.pk).update(closed_on=closed, outcome=outcome)
        found.append(case)
    return found


def reference(house: House, period: Period, cases: list[int]) -> dict[str, object]:
    """Every indicator counted at once from the rows of some cases."""
    population = population_of(house.court)
    table = Table(population, [row.fields for row in rows_of(house.court, cases)])
    return {
        one.id: figure(one, tally(one, {"案件": table}, period)).value
        for one in indicators_on(house.court, period.last)
        if kept_by_day(one) and overs_of(one) == {"案件"}
    }


def kept(house: House, period: Period, found: Sums) -> dict[str, object]:
    """Every indicator from sums."""
    return {
        one.id: figure(one, tallied(one, period, found.flows, found.opening, found.closing)).value
        for one in indicators_on(house.court, period.last)
        if kept_by_day(one) and overs_of(one) == {"案件"}
    }


def test_every_indicator_is_what_the_reference_counts(house: House) -> None:
    ids = [case.pk for case in many(house, 60)]
    settle()
    whole = sums(Place((house.court.pk,)), PERIODS, today=today(house.court))
    for period, found in zip(PERIODS, whole, strict=True):
        assert kept(house, period, found) == reference(house, period, ids)


def test_every_group_is_what_the_reference_counts(house: House) -> None:
    many(house, 60)
    settle()
    groups = ((Cell.Axis.DEPARTMENT, "department_id"), (Cell.Axis.HANDLER, "handler_id"))
    for period in PERIODS:
        for axis, column in (*groups, (Cell.Axis.KIND, "kind")):
            found = members(Place((house.court.pk,)), axis, period, today=today(house.court))
            for member in set(Case.objects.values_list(column, flat=True)):
                ids = list(Case.objects.filter(**{column: member}).values_list("pk", flat=True))
                alone = sums(
                    Place((house.court.pk,), axis, (str(member),)), [period], today=today(house.court)
                )
                expected = reference(house, period, ids)
                assert kept(house, period, found[str(member)]) == expected
                assert kept(house, period, alone[0]) == expected


def test_an_act_on_a_case_reaches_the_figures_and_moves_its_group(house: House) -> None:
    case = file_case(house)
    settle()
    actor = acting(house.head)
    change_handler(actor, case_id=case.pk, handler_id=house.stranger.pk, reason="原承办人调离")
    assert step()
    settle()
    found = members(Place((house.court.pk,)), Cell.Axis.HANDLER, PERIODS[0], today=today(house.court))
    assert any(one.n for one in found[str(house.stranger.pk)].closing.values())
    left = found.get(str(house.judge.pk), Sums.none())
    assert not any(one.n for one in left.closing.values())


def test_counting_again_changes_nothing(house: House) -> None:
    ids = [case.pk for case in many(house, 20)]
    settle()
    before = list(Cell.objects.order_by("pk").values_list("pk", "flows", "stocks"))
    mark(ids)
    settle()
    assert list(Cell.objects.order_by("pk").values_list("pk", "flows", "stocks")) == before


def test_what_grows_old_is_counted_when_its_day_comes(house: House, moment: SetMoment) -> None:
    file_case(house, filed_on=date(2024, 3, 13))
    settle()
    share = Share.objects.get()
    assert share.next_on is not None
    moment(f"{share.next_on}T09:00:00")
    settle()
    assert Share.objects.get().given != share.given


def test_a_new_count_is_filled_in_with_progress_and_the_others_stay(house: House) -> None:
    many(house, 5)
    settle()
    held = Progress.objects.get(court=house.court)
    gone = held.ready[0]
    held.ready, held.definitions = held.ready[1:], "other"
    held.save()
    assert step()
    assert progress(house.court).total == 5
    assert gone not in Progress.objects.get(court=house.court).ready
    settle()
    assert gone in Progress.objects.get(court=house.court).ready
    assert progress(house.court).total == 0


def test_what_a_dictionary_says_of_an_outcome_is_counted_anew_when_it_changes(
    house: House, tmp_path: Path, settings: Settings
) -> None:
    case = file_case(house, kind="民事一审", filed_on=date(2024, 1, 3))
    Case.objects.filter(pk=case.pk).update(closed_on=date(2024, 3, 1), outcome="判决")
    settle()
    before = Share.objects.get(case=case).given
    own = tmp_path / "own" / "dictionary"
    own.mkdir(parents=True)
    folder = settings.CONFIGURATION.institutions
    (tmp_path / "cn").symlink_to(folder / "cn")
    nationwide = (folder / "cn" / "dictionary" / "outcomes.yaml").read_text("utf-8")
    changed = re.sub(r"(?m)^(  判决 .*)是( +)否( +不涉及)$", r"\1否\2是\3", nationwide)
    assert changed != nationwide
    (own / "outcomes.yaml").write_text(changed, "utf-8")
    settings.CONFIGURATION = replace(settings.CONFIGURATION, institutions=tmp_path)
    house.court.folder = "own"
    house.court.save()
    look_again()
    settle()
    assert Share.objects.get(case=case).given != before
    period = PERIODS[0]
    found = sums(Place((house.court.pk,)), [period], today=today(house.court))[0]
    assert kept(house, period, found) == reference(house, period, [case.pk])


def test_keys_do_not_depend_on_labels(house: House) -> None:
    by_id = {one.id: one for one in indicators_on(house.court, date(2024, 4, 1))}
    cleared, disposed = by_id["indicator.clearance_rate"], by_id["indicator.disposition_time"]
    assert keys_of(cleared)["结案"] == keys_of(disposed)["结案"]


def test_marks_are_gone_when_nothing_waits(house: House) -> None:
    mark([case.pk for case in many(house, 3)])
    settle()
    assert not StaleCase.objects.exists()
    assert Progress.objects.get(court=house.court).fresh_at is not None
