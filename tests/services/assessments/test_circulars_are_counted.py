"""The circulars of a quarter and of reviews are written from what is confirmed; nothing in them is typed."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from docx import Document

from mingjing.domain.assessments.cards import Quarter
from mingjing.domain.dates.periods import read_period
from mingjing.services.permissions import NotVisible
from mingjing.services.reading.assessments.gatherings import about_person
from mingjing.services.reading.assessments.sheet_page import sheet_view
from mingjing.services.reading.records.letters import letter
from mingjing.services.records.acting import do
from mingjing.services.records.compiling import Compiled, NotYet, integrity_circular, review_circular
from mingjing.services.records.opening import open_record
from mingjing.services.records.sight import find_record
from mingjing.storage.records.models import Record
from tests.services.assessments.builders import CARDS, Scoring, build_scoring, month
from tests.services.builders import DAY, House, acting
from tests.services.conftest import SetMoment

pytestmark = pytest.mark.django_db
FIRST = Quarter(2024, 1)
LAST = {"甲": 70, "乙": 90, "丙": 95, "丁": 98, "戊": 99}


@pytest.fixture
def court(house: House) -> Scoring:
    """Five departments and their scorers."""
    return build_scoring(house)


def first_quarter(court: Scoring) -> None:
    """甲, 乙 and 丙 last in January and February; 丙 and 丁 tie at the edge in March."""
    month(court, "2024-01", date(2024, 2, 5), **LAST)
    month(court, "2024-02", date(2024, 3, 5), **LAST)
    month(court, "2024-03", DAY, 甲=70, 乙=99, 丙=95, 丁=95, 戊=96)


def decide(court: Scoring) -> None:
    """The party group gives the cards of 甲 and 丙, and declines that of 乙."""
    for card in Record.objects.filter(register=CARDS, state="待确认").order_by("pk"):
        if card.unit == court.units["乙"]:
            do(acting(court.secretary), card.pk, "不予发牌", {"不予发牌理由": "三月已经改好"})
        else:
            do(acting(court.secretary), card.pk, "确认发牌", {})


def written(court: Scoring) -> Record:
    """The circular of the first quarter."""
    first_quarter(court)
    decide(court)
    return integrity_circular(acting(court.chief), CARDS, FIRST)


def test_the_circular_says_every_score_rank_and_card_with_its_reason(court: Scoring) -> None:
    record = written(court)
    assert record.state == "待报批"
    ranks = record.data["ranks"].split("\n")
    assert ranks[0] == "部门｜1月得分（名次）｜2月得分（名次）｜3月得分（名次）"
    assert ranks[1] == f"{court.units['甲'].name}｜70.00（5）｜70.00（5）｜70.00（5）"
    assert ranks[3] == f"{court.units['丙'].name}｜95.00（3）｜95.00（3）｜95.00（3）"
    assert ranks[4] == f"{court.units['丁'].name}｜98.00（2）｜98.00（2）｜95.00（3）"
    cards = record.data["cards"].split("\n")
    assert cards[1] == (
        f"{court.units['甲'].name}｜蓝牌｜2024-02-29｜确认发牌｜连续 2 个月在末位：到 2 个月发蓝牌"
    )
    assert f"{court.units['乙'].name}｜蓝牌｜2024-02-29｜不予发牌｜三月已经改好" in cards
    assert "蓝牌 2 张" in record.data["said"]


def test_a_card_not_decided_and_a_month_not_confirmed_keep_the_circular_back(court: Scoring) -> None:
    first_quarter(court)
    with pytest.raises(NotYet, match="还有 3 张牌党组没有决定"):
        integrity_circular(acting(court.chief), CARDS, FIRST)
    with pytest.raises(NotYet, match="没有全部确认：2024年4月、2024年5月、2024年6月"):
        integrity_circular(acting(court.chief), CARDS, Quarter(2024, 2))
    assert not Record.objects.filter(register="ledger.integrity_circular").exists()


def test_a_quarter_has_one_circular_until_it_is_called_off(court: Scoring) -> None:
    record = written(court)
    with pytest.raises(Compiled, match=f"已经生成：{record.number}"):
        integrity_circular(acting(court.inspector), CARDS, FIRST)
    do(acting(court.chief), record.pk, "作废", {"退回意见": "重出"})
    assert integrity_circular(acting(court.chief), CARDS, FIRST).number != record.number


def test_who_may_not_put_it_up_may_not_have_it_written(court: Scoring) -> None:
    first_quarter(court)
    for person in (court.heads["甲"], court.house.judge, court.secretary):
        with pytest.raises(NotVisible):
            integrity_circular(acting(person), CARDS, FIRST)


def test_it_is_approved_issued_and_printed_with_its_tables(court: Scoring) -> None:
    record = written(court)
    do(acting(court.chief), record.pk, "报批", {"编制说明": "请各部门对照检查。"})
    do(acting(court.secretary), record.pk, "批准", {})
    head = acting(court.heads["甲"])
    with pytest.raises(NotVisible):
        letter(head, record.pk, "document.integrity_circular")
    do(acting(court.chief), record.pk, "印发", {"印发部门": [one.pk for one in court.units.values()]})
    paper = Document(BytesIO(letter(head, record.pk, "document.integrity_circular").content))
    ranks, cards = paper.tables
    assert [cell.text for cell in ranks.rows[1].cells] == [
        court.units["甲"].name, "70.00（5）", "70.00（5）", "70.00（5）"
    ]  # fmt: skip
    assert cards.rows[1].cells[4].text == "连续 2 个月在末位：到 2 个月发蓝牌"
    words = "\n".join(part.text for part in paper.paragraphs)
    assert "请各部门对照检查。" in words
    assert "排名依据：（示例）本院党组关于按月公布廉政评分的决定" in words


def reviewed(court: Scoring, number: int, marks: dict[str, object], **more: object) -> Record:
    """A case review all the way to its confirmation."""
    office, house = acting(court.house.manager), court.house
    values: dict[str, object] = {
        "案号": f"（2024）云9821民初{number}号", "承办人": house.judge.pk,
        "承办部门": court.units["甲"].pk, "评查类型": "常规评查",
        "评分人": [court.inspector.pk, court.chief.pk], **more,
    }  # fmt: skip
    record = open_record(office, "sheet.case_review", "开评", values)
    for person in (court.inspector, court.chief):
        do(acting(person), record.pk, "打分", marks)
    do(office, record.pk, "告知", {})
    do(acting(house.judge), record.pk, "无异议", {})
    track = {"责任类别": "质量瑕疵责任", "审委会确认日期": "2024-03-29", "约谈领导": house.leader.pk}
    return do(office, record.pk, "确认", track)


GOOD: dict[str, object] = {"程序": "30", "实体": "38", "文书": "19", "卷宗": "9"}
BAD: dict[str, object] = {"程序": "15", "实体": "20", "文书": "10", "卷宗": "5"}


def test_reviews_are_circulated_by_grade_and_kind_of_fault(court: Scoring) -> None:
    office = acting(court.house.manager)
    reviewed(court, 1, GOOD)
    reviewed(court, 2, GOOD, 问题分类=["文书"])
    reviewed(court, 3, BAD, 问题分类=["程序", "文书"], 评查类型="发改案件", 发改原因="程序违法")
    record = review_circular(office, date(2024, 1, 1), DAY)
    assert (
        record.data["said"] == "2024-01-01 至 2024-04-01，确认评查 3 件，其中发改案件 1 件、常规评查 2 件。"
    )
    assert record.data["grades"].split("\n")[1:] == [
        "优秀｜2｜66.67%", "合格｜0｜0.00%", "一般瑕疵｜0｜0.00%", "重大瑕疵｜0｜0.00%", "不合格｜1｜33.33%",
    ]  # fmt: skip
    assert record.data["faults"].split("\n")[1:] == ["文书｜2｜66.67%", "程序｜1｜33.33%"]
    assert "（2024）云9821民初3号" in record.data["grave"]
    assert court.house.judge.name in record.data["grave"]
    assert record.data["slips"] == "这一期间没有确认过的文书抽查。"
    assert Record.objects.filter(register="ledger.quality_interview").count() == 1


def test_a_reviewer_from_outside_scores_a_secret_review_and_the_judge_reads_it(court: Scoring) -> None:
    record = reviewed(court, 1, GOOD)
    view = sheet_view(acting(court.house.judge), record)
    assert view is not None
    assert (view.total, view.grade) == ("96.0", "优秀")
    assert sheet_view(acting(court.inspector), record) is not None
    with pytest.raises(NotVisible):
        find_record(acting(court.house.clerk), record.pk)


def test_slips_are_counted_by_document_and_by_kind(court: Scoring) -> None:
    office = acting(court.house.manager)
    reviewed(court, 1, GOOD)
    for place, off in enumerate(({}, {"日期金额": "5", "法条引用": "5"}, {"日期金额": "5"}, {})):
        values: dict[str, object] = {
            "案号": f"（2024）云9821民初{place}号", "承办人": court.house.judge.pk,
            "承办部门": court.units["甲"].pk, "文书种类": "判决书", "评分人": [court.inspector.pk],
        }  # fmt: skip
        record = open_record(office, "sheet.document_check", "开评", values)
        do(acting(court.inspector), record.pk, "打分", off)
        do(office, record.pk, "告知", {})
        do(acting(court.house.judge), record.pk, "无异议", {})
        do(office, record.pk, "确认", {})
    made = review_circular(office, date(2024, 4, 1), DAY)
    assert made.data["slips"].split("\n")[1:] == [
        "有错的文书（低级错误率）｜2｜50.00%", "当事人信息｜0｜0.00%", "日期金额｜2｜50.00%",
        "法条引用｜1｜25.00%", "文字格式｜0｜0.00%",
    ]  # fmt: skip


def test_days_without_a_confirmed_review_and_days_to_come_are_refused(
    court: Scoring, moment: SetMoment
) -> None:
    office = acting(court.house.manager)
    with pytest.raises(NotYet, match="没有确认过的案件评查"):
        review_circular(office, date(2024, 1, 1), DAY)
    for first, last in ((DAY, date(2024, 3, 1)), (DAY, date(2024, 4, 2))):
        with pytest.raises(NotYet, match="不是一段过去的日子"):
            review_circular(office, first, last)
    with pytest.raises(NotVisible):
        review_circular(acting(court.chief), date(2024, 1, 1), DAY)


def test_a_circular_of_criticism_reaches_its_departments_once_issued_and_counts_in_the_year(
    court: Scoring,
) -> None:
    office, other = acting(court.chief), acting(court.heads["乙"])
    values: dict[str, object] = {
        "类别": "批评", "通报事由": "三次开庭迟到", "通报依据": "庭审评分-2024-0007",
        "被通报部门": court.units["甲"].pk, "被通报人": [court.house.judge.pk], "通报范围": "各审判庭",
    }  # fmt: skip
    record = open_record(office, "ledger.circular", "起草", values)
    do(acting(court.house.president), record.pk, "批准", {})
    with pytest.raises(NotVisible):
        find_record(other, record.pk)
    do(office, record.pk, "印发", {"印发部门": [court.units["乙"].pk]})
    assert find_record(other, record.pk).state == "已印发"
    do(acting(court.house.judge), record.pk, "签收", {})
    year = about_person(office, court.house.judge.pk, read_period("2024"))
    assert [(one.source, one.record) for one in year.lines] == [("通报批评", record.pk)]
