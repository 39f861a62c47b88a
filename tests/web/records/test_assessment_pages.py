"""What is gathered, the flag, silence, standing, the circulars: on pages, with refusals people understand."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from mingjing.services.records.acting import do
from mingjing.services.records.opening import open_record
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Record
from tests.services.assessments.builders import CARDS, MONTH_SHEET, Scoring, build_scoring, month, opened
from tests.services.builders import DAY, House, acting
from tests.web.signing_in import signed_in, text_of

TOTALS = {"甲": 70, "乙": 90, "丙": 95, "丁": 98, "戊": 99}


@pytest.fixture
def court(house: House) -> Scoring:
    """Five departments and their scorers."""
    return build_scoring(house)


def breach(court: Scoring, measure: str = "取消评先资格", gravity: str = "较重") -> Record:
    """A breach of the judge, decided today."""
    chief = acting(court.chief)
    values: dict[str, object] = {
        "违纪事实": "违规接受宴请", "当事人": court.house.judge.pk,
        "所在部门": court.units["甲"].pk, "违纪日期": "2024-03-20",
    }  # fmt: skip
    record = open_record(chief, "ledger.breach", "立项", values)
    do(chief, record.pk, "听取陈述", {"本人陈述": "认错", "情节": gravity})
    decided = {"处理": measure, "决定文号": "法党发〔2024〕1号", "生效日期": DAY.isoformat()}
    return do(acting(court.secretary), record.pk, "决定处理", decided)


def named(court: Scoring, person: Person) -> Record:
    """Somebody holds the title of an integrity model of 2023."""
    values: dict[str, object] = {
        "what": "廉洁标兵", "words": f"{person.name}（2023年廉洁标兵）", "year": "2023", "person": person.pk,
        "unit": court.units["甲"].pk,
    }  # fmt: skip
    return Record.objects.create(
        court=court.house.court, register="ledger.title", state="已命名", number="双创-2024-001",
        definition="ledger.title", opened_on=DAY, data=values, unit=court.units["甲"], over=True,
    )  # fmt: skip


def test_every_number_of_the_year_opens_its_records(court: Scoring) -> None:
    record = breach(court)
    client = signed_in(court.chief)
    page = client.get(reverse("annual")).content.decode()
    address = f"{reverse('gathered')}?unit={court.units['甲'].pk}&amp;period=2024&amp;sort=%E8%BF%9D%E7%BA%AA"
    assert address in page
    assert record.number in text_of(client, unescape(address))
    found = client.get(reverse("annual"), {"who": court.house.judge.name, "unit": ""})
    assert found.status_code == 302
    assert reverse("record", args=[record.pk]) in client.get(found.headers["Location"]).content.decode()


def test_somebody_unknown_or_nobody_is_refused_in_words(court: Scoring) -> None:
    client = signed_in(court.chief)
    nobody = client.get(reverse("eligible"), {"who": "", "unit": "", "on": ""})
    assert nobody.status_code == 422
    assert "只填一样" in unescape(nobody.content.decode())
    wrong = client.get(reverse("eligible"), {"who": "查无此人", "unit": "", "on": ""})
    assert wrong.status_code == 422
    assert "查无此人" in unescape(wrong.content.decode())
    assert client.get(reverse("eligible"), {"who": "", "unit": "", "on": "昨天"}).status_code == 422
    assert client.get(reverse("annual"), {"period": "2030"}).status_code == 404
    assert client.get(reverse("gathered"), {"unit": "1; drop"}).status_code == 404
    assert client.get(reverse("gathered"), {"sort": "八卦"}).status_code == 404


def test_standing_says_what_bars_and_shows_the_title_beside_it(court: Scoring) -> None:
    record = breach(court)
    named(court, court.house.judge)
    page = text_of(
        signed_in(court.chief), f"{reverse('eligible')}?who={court.house.judge.name}&unit=&on=2024-04-01"
    )
    assert f"{court.house.judge.name}在 2024-04-01 不能参评" in page
    assert record.number in page
    assert "2023 年廉洁标兵" in page
    assert "只显示，不计分" in page


def test_the_title_stands_beside_a_check_before_promotion_and_nowhere_else(court: Scoring) -> None:
    named(court, court.house.judge)
    jury = [court.inspector.pk, court.secretary.pk, court.house.manager.pk]
    values: dict[str, object] = {
        "人选": court.house.judge.pk, "所在部门": court.units["甲"].pk, "拟任职务": "副庭长", "评分人": jury,
    }  # fmt: skip
    check = open_record(acting(court.chief), "sheet.candidate_checkup", "开评", values)
    page = text_of(signed_in(court.chief), reverse("record", args=[check.pk]))
    assert "优先推荐" in page
    assert "2023 年廉洁标兵" in page
    other = breach(court, "诫勉谈话", "较轻")
    assert "优先推荐" not in text_of(signed_in(court.chief), reverse("record", args=[other.pk]))


def test_a_department_that_finds_but_does_not_act_is_listed(court: Scoring) -> None:
    values: dict[str, object] = {"问题": "庭审迟到", "责任部门": court.units["乙"].pk}
    open_record(acting(court.inspector), "ledger.conduct_finding", "开出", values)
    page = text_of(signed_in(court.chief), f"{reverse('silent')}?period=2024-Q2")
    assert "1 个部门" in page
    assert "列入复查" in page
    assert "不作评价" in page


def test_a_flag_not_earned_is_refused_with_its_sum(court: Scoring) -> None:
    client = signed_in(court.chief)
    path = reverse("flag-propose", args=[court.units["甲"].pk])
    assert client.get(path).status_code == 302
    answer = client.post(path, follow=True)
    assert "没有整年的数据，不算" in unescape(answer.content.decode())
    assert not Record.objects.filter(register="ledger.rotating_flag").exists()


def test_the_circular_is_offered_for_whole_quarters_and_refused_while_a_card_waits(court: Scoring) -> None:
    for number, on in ((1, date(2024, 2, 5)), (2, date(2024, 3, 5)), (3, DAY)):
        month(court, f"2024-{number:02}", on, **TOTALS)
    client, path = signed_in(court.chief), reverse("card-circular", args=[CARDS])
    assert "2024年第一季度" in text_of(client, path)
    answer = client.post(path, {"quarter": "2024-1"})
    assert answer.status_code == 422
    assert "党组没有决定" in unescape(answer.content.decode())
    assert client.post(path, {"quarter": "2031-1"}).status_code == 422
    assert client.post(path, {}).status_code == 422
    for card in Record.objects.filter(register=CARDS, state="待确认"):
        do(acting(court.secretary), card.pk, "确认发牌", {})
    made = client.post(path, {"quarter": "2024-1"}, follow=True)
    page = unescape(made.content.decode())
    assert '<td data-label="1月得分（名次）">70.00（5）</td>' in page
    again = client.post(path, {"quarter": "2024-1"})
    assert again.status_code == 422
    assert "已经生成" in unescape(again.content.decode())


def test_review_days_that_say_nothing_are_refused(court: Scoring) -> None:
    client, path = signed_in(court.house.manager), reverse("review-circular")
    for sent, said in (
        ({"first": "", "last": ""}, "从哪一天"),
        ({"first": "三月", "last": "2024-04-01"}, "三月"),
        ({"first": "2024-04-01", "last": "2024-03-01"}, "不是一段过去的日子"),
        ({"first": "2024-01-01", "last": "2024-04-01"}, "没有确认过的案件评查"),
    ):
        answer = client.post(path, sent)
        assert answer.status_code == 422
        assert said in unescape(answer.content.decode())


def test_a_round_begins_with_the_month_that_is_over_and_whoever_scored_last(court: Scoring) -> None:
    month(court, "2024-02", date(2024, 3, 5), **TOTALS)
    client, path = signed_in(court.chief), reverse("round", args=[MONTH_SHEET])
    form = client.get(path).context["form"]
    assert form["period"].value() == "2024-03"
    assert form["jury"].value() == [str(one) for one in sorted((court.chief.pk, court.inspector.pk))]
    ahead = client.post(path, {"period": "2024-05", "jury": [court.chief.pk, court.inspector.pk]})
    assert ahead.status_code == 422
    assert not Record.objects.filter(register=MONTH_SHEET, data__period="2024-05").exists()


def test_the_cards_page_says_that_the_first_year_cannot_reach_red(court: Scoring) -> None:
    month(court, "2024-02", date(2024, 3, 5), **TOTALS)
    page = text_of(signed_in(court.chief), reverse("cards", args=[CARDS]))
    assert "2025-03-31" in page
    assert "2025-12-31" in page
    assert "第一年不可能有红牌" in page


def test_two_reviewers_mark_one_sheet_at_the_same_moment(court: Scoring) -> None:
    record = opened(court, "甲", "2024-03", DAY)
    path = reverse("record-act", args=[record.pk, "打分"])
    people = (signed_in(court.chief), signed_in(court.inspector))
    forms = [hidden(one, path) for one in people]
    for client, form in zip(people, forms, strict=True):
        answer = client.post(path, {**form, "hearing": "2"})
        assert answer.status_code == 302, unescape(answer.content.decode())[:2000]
    record.refresh_from_db()
    assert record.state == "待告知"
    assert record.data["total"] == "98.00"


def test_marks_too_large_or_no_numbers_are_refused_with_what_is_allowed(court: Scoring) -> None:
    record = opened(court, "甲", "2024-03", DAY)
    client, path = signed_in(court.chief), reverse("record-act", args=[record.pk, "打分"])
    for mark, said in (("6", "应在 0 到 5 之间，6 不是"), ("-1", "应在 0 到 5 之间"), ("很多", "数")):
        answer = client.post(path, {**hidden(client, path), "hearing": mark})
        assert answer.status_code == 422
        page = unescape(answer.content.decode())
        assert said in page
        assert f'value="{mark}"' in page, "what was typed stays"
    assert not Record.objects.get(pk=record.pk).inner.get("marks")


def test_whoever_was_overtaken_reads_it_and_sends_the_form_again(court: Scoring) -> None:
    month(court, "2024-02", DAY, 乙=90)
    record = opened(court, "甲", "2024-03", DAY)
    for one in (court.chief, court.inspector):
        do(acting(one), record.pk, "打分", {})
    do(acting(court.chief), record.pk, "告知", {})
    do(acting(court.heads["甲"]), record.pk, "无异议", {})
    client, path = signed_in(court.inspector), reverse("record-act", args=[record.pk, "复核改分"])
    form = {**hidden(client, path), "changed": "庭审规范", "changed_to": "3", "changed_why": "复核录像"}
    first = {"改分项目": "接待文明", "改为": "4", "改分理由": "复核"}
    do(acting(court.chief), record.pk, "复核改分", first)
    overtaken = client.post(path, form)
    assert overtaken.status_code == 422
    assert "何主任" in unescape(overtaken.content.decode())
    again = {**form, "revision": overtaken.context["revision"]}
    assert client.post(path, again).status_code == 302
    record.refresh_from_db()
    assert record.data["total"] == "97.00"


def hidden(client: Client, path: str) -> dict[str, str]:
    """What the form sends by itself."""
    shown = client.get(path).context
    return {"once": str(shown["once"]), "revision": str(shown["revision"])}
