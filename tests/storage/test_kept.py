"""A kept statement is composed once, and says every time what the query itself would say."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import pytest
from django.db.models import DateField, Q, QuerySet

from mingjing.storage.cases.models import Case
from mingjing.storage.kept import Given, ask, ask_count, ask_rows
from mingjing.storage.people.models import Person
from tests.services.builders import FILED, House, file_case

pytestmark = pytest.mark.django_db


def handled() -> QuerySet[Case]:
    """The cases of a given judge, filed by a given day, with the judge."""
    judge, day = cast(Person, Given("judge")), cast(date, Given("day", DateField()))
    return Case.objects.filter(handler=judge, filed_on__lte=day).select_related("handler").order_by("pk")


def test_the_same_statement_answers_for_other_values(house: House) -> None:
    own = file_case(house, serial=1)
    others = file_case(house, serial=2, handler=house.stranger)
    for judge, case in ((house.judge, own), (house.stranger, others), (house.head, None)):
        rows = ask_rows("handled", handled, {"judge": judge.pk, "day": FILED})
        assert rows == ([case] if case else [])
    assert ask_rows("handled", handled, {"judge": house.judge.pk, "day": date(2000, 1, 1)}) == []


def test_it_is_composed_once(house: House) -> None:
    composed = []

    def compose() -> QuerySet[Case, Any]:
        composed.append(1)
        return handled().values_list("number")

    for _ in range(3):
        ask("numbers composed once", compose, {"judge": house.judge.pk, "day": FILED})
    assert len(composed) == 1


def test_an_object_is_what_the_query_would_have_made(house: House) -> None:
    case = file_case(house)
    (found,) = ask_rows("handled", handled, {"judge": house.judge.pk, "day": FILED})
    (wanted,) = Case.objects.select_related("handler").filter(pk=case.pk)
    shown = [field.attname for field in Case._meta.concrete_fields]
    assert [getattr(found, name) for name in shown] == [getattr(wanted, name) for name in shown]
    assert found._state.fields_cache["handler"] == house.judge


def test_values_come_as_the_query_would_give_them(house: House) -> None:
    file_case(house)
    names = ("filed_on", "facts", "updated_at", "in_custody", "amount")

    def compose() -> QuerySet[Case, Any]:
        return handled().values_list(*names)

    kept = ask("values", compose, {"judge": house.judge.pk, "day": FILED})
    assert kept == list(Case.objects.values_list(*names))


def test_rows_are_counted_without_being_read(house: House) -> None:
    file_case(house, serial=1)
    file_case(house, serial=2)

    def compose() -> QuerySet[Case, Any]:
        return handled().values_list("pk")[:1]

    values = {"judge": house.judge.pk, "day": FILED}
    assert ask_count("counted", lambda: handled().values_list("pk"), values) == 2
    assert ask_count("counted to one", compose, values) == 1


def test_what_can_never_match_is_not_asked(house: House) -> None:
    file_case(house)
    never = Case.objects.filter(Q(pk__in=[]))
    assert ask("never", lambda: never.values_list("pk"), {}) == []
    assert ask_count("never", lambda: never.values_list("pk"), {}) == 0
    assert ask_rows("never", lambda: never, {}) == []
