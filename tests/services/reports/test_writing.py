"""A report written from the record has no typed number, and agrees with itself and with the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mingjing.services.installation import registry
from mingjing.services.reports.confirming import confirm
from mingjing.services.reports.writing import (
    TEMPLATE,
    NotWhole,
    TypedFigure,
    period_words,
    refuse_typed_figures,
    write_report,
)
from mingjing.storage.cases.models import Case
from mingjing.text.checking import check_report
from tests.services.builders import House, acting, file_case, happen

pytestmark = pytest.mark.django_db
FIRST, LAST, AFTER = date(2024, 3, 1), date(2024, 3, 31), date(2024, 4, 15)


def test_every_number_comes_from_the_record(house: House) -> None:
    first = file_case(house, serial=1, filed_on=date(2024, 1, 10))
    happen(first, "结案", date(2024, 3, 5))
    Case.objects.filter(pk=first.pk).update(closed_on=date(2024, 3, 5))
    file_case(house, serial=2, filed_on=date(2024, 3, 2))
    actor = acting(house.manager, AFTER)
    written = write_report(actor, FIRST, LAST)
    assert "2024年3月" in written.filled.title
    assert "共受理各类案件2件，其中新收1件，旧存1件；审执结1件，结案率50.00%，未结1件" in written.text
    assert "执结率无数据" in written.text
    checked = check_report(written.text)
    assert checked.accusations == ()
    answered = confirm(actor, checked)
    assert len(answered) >= 5
    assert all(one.agrees for one in answered)


def test_a_typed_number_is_refused_with_the_blanks_to_use(house: House) -> None:
    template = registry(house.court).document(TEMPLATE, LAST)
    refuse_typed_figures(template)
    typed = replace(template, body=("{期间}，{法院}共受理各类案件1234件。",))
    with pytest.raises(TypedFigure, match="1234件") as refusal:
        refuse_typed_figures(typed)
    assert "{受理}" in refusal.value.allowed


def test_whoever_sees_a_part_does_not_write_for_the_court(house: House) -> None:
    with pytest.raises(NotWhole):
        write_report(acting(house.judge, AFTER), FIRST, LAST)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), "2024年"),
        (date(2024, 3, 1), date(2024, 3, 31), "2024年3月"),
        (date(2024, 1, 1), date(2024, 6, 30), "2024年1至6月"),
        (date(2024, 1, 1), date(2024, 6, 15), "2024年1月1日至6月15日"),
    ],
)
def test_a_period_is_named_as_reports_name_it(first: date, last: date, words: str) -> None:
    assert period_words(first, last) == words
