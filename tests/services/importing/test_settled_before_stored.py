"""New cases get their clocks before they are stored: it must come to what a recheck afterwards says."""

from __future__ import annotations

from mingjing.services.actors import Actor
from mingjing.services.installation import today
from mingjing.services.recomputing import SUMMARY, recompute
from mingjing.storage.cases.models import Case
from mingjing.storage.indicators.models import StaleCase
from mingjing.storage.supervision.models import Alert, Clock
from tests.services.importing.files import HEADER, csv, imported, row

MANY = 400
"""Enough for more than a thousand new clocks, which are written under keys of their own."""


def rows() -> list[tuple[str, ...]]:
    """Open, closed and followed-up cases."""
    found = []
    for serial in range(1, MANY + 1):
        closed = {"结案日期": "2024-05-06", "结案方式": "判决"} if serial % 3 == 0 else {}
        earlier = f"（2024）云9821民初{serial - 1}号" if serial % 50 == 0 else ""
        found.append((*row(serial, **closed), "2024-03-20", earlier))
    return found


def everything() -> tuple[list[object], ...]:
    """Clocks, alerts and what lists show, as they stand."""
    return (
        list(Clock.objects.order_by("pk").values_list()),
        list(Alert.objects.order_by("pk").values_list()),
        list(Case.objects.order_by("pk").values_list("pk", "known_since", "original_filed_on", *SUMMARY)),
    )


def test_a_recheck_of_what_was_settled_before_it_was_stored_changes_nothing(office: Actor) -> None:
    batch = imported(office, csv(rows(), (*HEADER, "开庭日期", "前案案号")))
    assert batch.added == MANY
    assert Clock.objects.count() > 1000
    before = everything()
    assert before[1], "nothing was late"
    assert recompute(office.court, [case.pk for case in Case.objects.all()], on=today(office.court)) == 0
    assert everything() == before


def test_every_new_case_is_counted_anew_and_an_unchanged_file_settles_nothing(office: Actor) -> None:
    data = csv(rows(), (*HEADER, "开庭日期", "前案案号"))
    imported(office, data)
    assert StaleCase.objects.count() == MANY
    before = everything()
    assert imported(office, data).unchanged == MANY
    assert everything() == before
