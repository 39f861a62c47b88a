"""Rows pushed by another system take the path of a file and add up like one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mingjing.services.acts import CONSOLE
from mingjing.services.tokens import bearer, make_token, revoke_token, tokens
from mingjing.storage.auditlog.models import Act
from mingjing.storage.batches.models import Batch
from mingjing.storage.cases.models import Case, CaseEvent, Exclusion
from mingjing.storage.people.models import ApiToken, Posting
from tests.api.conftest import Send
from tests.services.builders import House

NUMBER = "（2024）云9821民初1号"
CASES = {
    "batch_key": "1",
    "cases": [
        {
            "number": "(2024)云9821民初1号",
            "fields": {
                "案件类型": "民事一审",
                "审理程序": "简易程序",
                "立案日期": "2024-03-01",
                "标的额": 12800.5,
                "在押": False,
                "承办人": "林知远",
                "承办部门": "民事审判第一庭",
            },
            "parties": [{"role": "原告", "name": "甲"}, {"role": "原告", "name": "乙"}],
            "exclusions": [{"kind": "鉴定期间", "first": "2024-03-05", "last": "2024-03-09"}],
            "tags": ["涉民生"],
        },
        {"number": "（2024）云9821民初2号", "fields": {"立案日期": "2024-02-30"}},
    ],
}


def numbers(answer: dict[str, Any]) -> tuple[int, ...]:
    assert answer["added"] + answer["updated"] + answer["unchanged"] + answer["refused"] == answer["rows"]
    return tuple(answer[name] for name in ("rows", "added", "updated", "unchanged", "refused"))


def test_cases_are_written_and_refused_ones_say_why(send: Send) -> None:
    status, answer = send("POST", "/courts/云9821/cases", CASES)
    assert (status, answer["state"], numbers(answer)) == (200, "已导入", (2, 1, 0, 0, 1))
    (refused,) = answer["refused_rows"]
    assert (refused["row"], refused["item"], refused["value"]) == (2, "立案日期", "2024-02-30")
    case = Case.objects.get()
    assert (case.number, str(case.amount), case.party_count) == (NUMBER, "12800.50", 2)
    assert Exclusion.objects.get().kind == "鉴定期间"
    assert case.handler is not None


def test_the_same_key_and_content_again_is_the_same_batch(send: Send) -> None:
    _, first = send("POST", "/courts/云9821/cases", CASES)
    acts = Act.objects.count()
    status, again = send("POST", "/courts/云9821/cases", CASES)
    assert (status, again) == (200, first)
    assert Act.objects.count() == acts
    assert send("GET", f"/batches/{first['id']}") == (200, first)


def test_the_same_key_with_other_content_is_refused(send: Send) -> None:
    send("POST", "/courts/云9821/cases", CASES)
    status, answer = send("POST", "/courts/云9821/cases", {**CASES, "cases": CASES["cases"][:1]})
    assert (status, answer["code"]) == (409, "batch-key-taken")


def test_the_same_content_under_another_key_changes_nothing(send: Send) -> None:
    send("POST", "/courts/云9821/cases", CASES)
    _, again = send("POST", "/courts/云9821/cases", {**CASES, "batch_key": "2"})
    assert numbers(again) == (2, 0, 0, 1, 1)


def test_events_of_known_cases_move_their_clocks(send: Send) -> None:
    send("POST", "/courts/云9821/cases", CASES)
    events = [
        {"number": NUMBER, "kind": "分案", "happened": "2024-03-04", "recorded": "2024-03-20T10:00:00"},
        {"number": "（2024）云9821民初77号", "kind": "分案", "happened": "2024-03-04"},
        {"number": NUMBER, "kind": "散步", "happened": "2024-03-04"},
    ]
    status, answer = send("POST", "/courts/云9821/events", {"batch_key": "e1", "events": events})
    assert (status, numbers(answer)) == (200, (3, 1, 0, 0, 2))
    event = CaseEvent.objects.get(kind="分案")
    assert event.recorded_at is not None
    status, clocks = send("GET", "/cases/(2024)云9821民初1号/clocks")
    assert (status, clocks["number"], clocks["court"]) == (200, NUMBER, "云9821")
    limit = next(clock for clock in clocks["clocks"] if clock["slot"] == "审理期限")
    assert limit["last_day"] == "2024-06-06"
    assert limit["steps"][-1]["amount"].endswith("2024-06-06")


def test_a_data_item_the_court_does_not_know_is_refused_with_the_nearest(send: Send) -> None:
    body = {"batch_key": "x", "cases": [{"number": NUMBER, "fields": {"立案日": "2024-03-01"}}]}
    status, answer = send("POST", "/courts/云9821/cases", body)
    assert (status, answer["code"]) == (422, "field-unknown")
    assert "立案日期" in answer["allowed"]
    assert not Batch.objects.exists()


@pytest.mark.parametrize(
    ("body", "place"),
    [({"batch_key": "x"}, "events"), ({"batch_key": "不行", "events": []}, "batch_key"), ([], "body")],
)
def test_a_malformed_request_names_the_place(send: Send, body: object, place: str) -> None:
    status, answer = send("POST", "/courts/云9821/events", body)
    assert (status, answer["code"]) == (422, "request-invalid")
    assert any(place in fault for fault in answer["errors"])


def test_another_courts_records_look_like_none(send: Send, house: House) -> None:
    _, first = send("POST", "/courts/云9821/cases", CASES)
    assert send("POST", "/courts/云98/cases", CASES)[0] == 404
    assert send("POST", "/courts/没有/cases", CASES)[0] == 404
    above = make_token(CONSOLE, house.higher, "中院系统")
    assert send("GET", f"/batches/{first['id']}", secret=above) == (200, first)
    assert send("GET", "/batches/999")[0] == 404


def test_without_a_valid_key_nothing_is_said(send: Send, key: str) -> None:
    status, answer = send("GET", "/batches/1", secret="mj_wrong")
    assert (status, answer["code"]) == (401, "token-invalid")
    revoke_token(CONSOLE, ApiToken.objects.get().pk)
    assert send("GET", "/batches/1")[0] == 401
    assert bearer(key) is None


def test_a_key_whose_post_has_ended_may_do_nothing(send: Send, house: House) -> None:
    Posting.objects.filter(post="接口账号").update(until="2024-03-01")
    status, answer = send("POST", "/courts/云9821/cases", CASES)
    assert (status, answer["code"]) == (403, "not-allowed")
    assert not Case.objects.exists()


def test_a_key_is_no_second_factor_for_a_post_that_must_bring_one(
    send: Send, key: str, house: House, settings: Any
) -> None:
    house.court.folder = ""  # the nationwide dates
    house.court.save()
    Posting.objects.create(person=ApiToken.objects.get().person, post="系统管理员", since="2024-01-01")
    settings.CONFIGURATION = replace(settings.CONFIGURATION, now="2026-12-31T09:00:00")
    assert bearer(key) is not None
    settings.CONFIGURATION = replace(settings.CONFIGURATION, now="2027-01-01T09:00:00")
    status, answer = send("POST", "/courts/云9821/cases", CASES)
    assert (status, answer["code"], answer["allowed"]) == (403, "key-is-one-factor", ["接口账号"])
    assert not Case.objects.exists()
    Posting.objects.filter(post="系统管理员").update(until="2026-12-31")
    assert bearer(key) is not None


def test_a_key_is_kept_as_a_hash_only(key: str) -> None:
    (token,) = tokens()
    assert key not in (token.digest, token.beginning)
    assert key.startswith(token.beginning)
    assert all(key not in entry.payload for entry in Act.objects.all())


def test_another_method_is_refused_in_the_words_of_a_problem(send: Send) -> None:
    status, answer = send("DELETE", "/courts/云9821/cases")
    assert (status, answer["code"], answer["allowed"]) == (405, "method-not-allowed", ["POST"])
    assert "DELETE" in answer["detail"]
