"""Two people act on one record at the very same moment, each in a transaction of their own."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from pytest_django import Settings

from mingjing.services.records.acting import MeanwhileActed, do
from mingjing.services.records.opening import open_record
from mingjing.storage.auditlog.models import Act
from mingjing.storage.records.models import Record
from tests.services.at_once import at_once
from tests.services.builders import acting, build_house
from tests.services.records.builders import (
    CHECK,
    Bench,
    accepted,
    build_bench,
    file_of,
    fresh,
    institutions_over,
    registered,
    submitted,
)
from tests.services.records.conftest import own_institutions

__all__ = ["own_institutions"]
pytestmark = pytest.mark.usefixtures("log_may_be_emptied", "transactional_db")


@pytest.fixture
def bench(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A court whose people work side by side: nothing of it is undone at the end of a transaction."""
    folder = institutions_over(tmp_path_factory.mktemp("institutions"))
    settings.CONFIGURATION = replace(settings.CONFIGURATION, institutions=folder)
    return build_bench(build_house())


def test_of_two_who_decide_at_once_one_is_told_who_was_first(bench: Bench) -> None:
    record = submitted(bench, accepted(bench, registered(bench)))
    close = partial(do, acting(bench.inspector), record.pk, "销号", {}, revision=3)
    back = partial(do, acting(bench.inspector), record.pk, "退回", {"退回理由": "再改"}, revision=3)
    refusals = at_once(close, back)
    assert [type(one) for one in refusals] == [MeanwhileActed]
    assert fresh(record).revision == 4
    assert list(record.acts.values_list("turn", flat=True).order_by("turn")) == [1, 2, 3, 4]


def test_one_form_sent_four_times_at_once_has_one_effect(bench: Bench) -> None:
    record = accepted(bench, registered(bench))
    files = [("整改佐证", file_of("清单"), "清单.pdf")]
    before = Act.objects.count()
    send = partial(do, acting(bench.house.judge), record.pk, "报验", {}, files=files, revision=2)
    assert at_once(*[send] * 4) == []
    assert (fresh(record).state, fresh(record).revision) == ("待验收", 3)
    assert record.attachments.count() == 1
    assert Act.objects.count() == before + 1


def test_one_opening_form_sent_four_times_at_once_opens_one_record(bench: Bench) -> None:
    given = {"检查内容": "着装"}
    send = partial(open_record, acting(bench.inspector), CHECK, "登记检查", given, once="一张表")
    assert at_once(*[send] * 4) == []
    assert Record.objects.filter(register=CHECK).count() == 1


def test_eight_registrations_at_once_number_on_without_gap_or_double(bench: Bench) -> None:
    assert at_once(*[partial(registered, bench)] * 8) == []
    numbers = sorted(Record.objects.values_list("number", flat=True))
    assert [int(one[-4:]) for one in numbers] == list(range(1, 9))
