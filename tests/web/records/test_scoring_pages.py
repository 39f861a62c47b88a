"""Scoring and cards on pages: rounds, blind marks, rankings, derivations, what chance would do."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from mingjing.storage.records.models import Record
from tests.services.assessments.builders import CARDS, MONTH_SHEET, Scoring, build_scoring, month, opened
from tests.services.builders import House
from tests.web.signing_in import signed_in, text_of

TOTALS = {"甲": 70, "乙": 90, "丙": 95, "丁": 98, "戊": 99}


@pytest.fixture
def court(house: House) -> Scoring:
    """Five departments and their scorers."""
    return build_scoring(house)


def ranked(court: Scoring) -> None:
    """Two months of everybody, confirmed."""
    month(court, "2024-01", date(2024, 2, 5), **TOTALS)
    month(court, "2024-02", date(2024, 3, 5), **TOTALS)


def test_a_round_opens_a_sheet_for_every_department_once(court: Scoring) -> None:
    client, path = signed_in(court.chief), reverse("round", args=[MONTH_SHEET])
    sent = {"period": "2024-03", "jury": [court.chief.pk, court.inspector.pk]}
    for said in ("开了 5 份评分表。", "开了 0 份评分表，另有 5 份早就开了。"):
        assert client.post(path, sent).status_code == 302
        assert said in text_of(client, reverse("assessments"))
    assert Record.objects.filter(register=MONTH_SHEET).count() == 5
    assert "等您打分" in text_of(signed_in(court.inspector), reverse("assessments"))


def test_a_round_says_which_department_has_too_few_reviewers(court: Scoring) -> None:
    sent = {"period": "2024-03", "jury": [court.chief.pk, court.heads["甲"].pk]}
    answer = signed_in(court.chief).post(reverse("round", args=[MONTH_SHEET]), sent)
    assert answer.status_code == 422
    assert "“民事审判第一庭”去掉本部门的人以后只有 1 位评分人" in unescape(answer.content.decode())
    assert not Record.objects.filter(register=MONTH_SHEET).exists()


def test_no_page_shows_the_other_reviewers_marks_while_one_is_missing(court: Scoring) -> None:
    record = opened(court, "甲", "2024-03", date(2024, 4, 1))
    path = reverse("record-act", args=[record.pk, "打分"])
    sent = {"hearing": "3.7", "note": "迟到十一分钟", "revision": record.revision}
    answer = signed_in(court.chief).post(path, {**sent, **_hidden(court, path)})
    assert answer.status_code == 302, unescape(answer.content.decode())[:3000]
    pages = ("record", "register", "register-paper")
    for person in (court.inspector, court.secretary, court.heads["甲"]):
        for name in pages:
            key = record.pk if name == "record" else MONTH_SHEET
            page = text_of(signed_in(person), reverse(name, args=[key]))
            assert "3.7" not in page
            assert "迟到十一分钟" not in page
    assert "您交的分数" in text_of(signed_in(court.chief), reverse("record", args=[record.pk]))


def _hidden(court: Scoring, path: str) -> dict[str, str]:
    """The hidden fields of the form as it is shown."""
    form = signed_in(court.chief).get(path).context["form"]
    return {one.html_name: str(one.value() or "") for one in form.hidden_fields()}


def test_the_ranking_names_its_document_and_a_head_sees_the_own_department_alone(court: Scoring) -> None:
    ranked(court)
    path = reverse("ranking", args=[MONTH_SHEET])
    whole = text_of(signed_in(court.chief), path)
    assert "排名依据：（示例）本院党组关于按月公布廉政评分的决定" in whole
    assert whole.count("在末位") == 3
    own = text_of(signed_in(court.heads["甲"]), path)
    assert "民事审判第一庭" in own
    assert "执行局" not in own
    assert "您只看得到自己部门的分数" in own


def test_the_ranking_offers_its_workbook_to_those_who_may_export(court: Scoring) -> None:
    ranked(court)
    path = reverse("ranking", args=[MONTH_SHEET])
    for person in (court.chief, court.heads["甲"]):
        client = signed_in(person)
        page = client.get(path)
        book = reverse("ranking-book", args=[MONTH_SHEET, page.context["view"].period.code])
        offered = book in page.content.decode()
        assert offered == (client.get(book).status_code == 200)


def test_the_cards_page_says_what_chance_would_do(court: Scoring) -> None:
    ranked(court)
    page = text_of(signed_in(court.chief), reverse("cards", args=[CARDS]))
    assert "有 3 张牌等党组确认" in page
    assert "假如 5 个部门一样好" in page
    one = text_of(signed_in(court.chief), reverse("unit-cards", args=[CARDS, court.units["甲"].pk]))
    assert "2024年1月得 70 分：5 个部门里低于它的有 0 个，不到 3 个，在末位" in one
    assert reverse("record", args=[Record.objects.filter(register=CARDS).order_by("pk")[0].pk]) in one


def test_the_definition_shows_the_chances_before_anybody_switches_it_on(court: Scoring) -> None:
    page = text_of(signed_in(court.chief), reverse("institution", args=[CARDS]))
    assert "只凭运气会怎样" in page
    assert "45.04%" in page
