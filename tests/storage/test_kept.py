"""A kept statement is composed once, and says every time what the query itself would say."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import pytest
from django.db import connection, connections, models
from django.db.models import DateField, F, Q, QuerySet, When

from mingjing.storage.cases.models import Case
from mingjing.storage.kept import Given, ask, ask_count, ask_rows, ask_sums
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
    assert ask_sums("never", lambda: never.values_list("pk"), {}) == (0, {})


def test_marks_are_summed_over_the_rows_that_are_counted(house: House) -> None:
    file_case(house, serial=1)
    later = models.Case(When(pk=file_case(house, serial=2).pk, then=1), default=0)

    def compose() -> QuerySet[Case, Any]:
        return handled().annotate(later=later, two=models.Value(2)).values_list("later", "two")[:9]

    values = {"judge": house.judge.pk, "day": FILED}
    assert ask_sums("summed", compose, values) == (2, {"later": 1, "two": 4})
    assert ask_sums("summed", compose, {**values, "judge": house.head.pk}) == (0, {"later": 0, "two": 0})


def test_what_is_annotated_stands_on_the_object(house: House) -> None:
    file_case(house)

    def compose() -> QuerySet[Case]:
        return handled().annotate(again=F("number"), known=models.Exists(Case.objects.all()))

    (found,) = ask_rows("annotated", compose, {"judge": house.judge.pk, "day": FILED})
    assert (vars(found)["again"], vars(found)["known"]) == (found.number, True)
    assert found._state.fields_cache["handler"] == house.judge


def test_a_connection_that_was_lost_is_noticed_before_asking(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []
    monkeypatch.setattr(connections["default"], "close_if_health_check_failed", lambda: looked.append(1))
    ask_rows("handled", handled, {"judge": house.judge.pk, "day": FILED})
    assert looked


def times_prepared() -> int:
    """How many statements over filing days the database has prepared; SQLite prepares none."""
    if connection.vendor == "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", ["%filed_on%"])
        return int(cursor.fetchone()[0])


def test_postgresql_prepares_it_once_and_other_values_change_nothing(house: House) -> None:
    case, before = file_case(house), times_prepared()

    def newest(judge: Person) -> list[Case]:
        given = {"judge": judge.pk, "day": FILED}
        return ask_rows("newest", lambda: handled().order_by("-pk"), given)

    assert [newest(one) for one in (house.judge, house.head, house.judge)] == [[case], [], [case]]
    assert times_prepared() - before == (0 if connection.vendor == "sqlite" else 1)
