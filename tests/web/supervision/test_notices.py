"""督办: twelve at once, the papers, the answer, the end (journey J4)."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO

import docx
import pytest

from mingjing.documents import pdf
from mingjing.services.notice_chain import escalate_notices
from mingjing.services.notices import issue_notices
from mingjing.storage.cases.models import Case
from mingjing.storage.supervision.models import Notice
from tests.documents.samples import needs_soffice
from tests.services.builders import DAY, House, acting, entries, file_case
from tests.web.signing_in import signed_in, text_of
from tests.web.supervision.counting import statements

WHY = "立案已满十二个月，至今未结"
OLD = date(2023, 1, 9)


@pytest.fixture
def cases(house: House) -> list[Case]:
    """Twelve cases that are older than a year."""
    return [file_case(house, serial=n, filed_on=OLD, procedure="普通程序", on=OLD) for n in range(1, 13)]


@pytest.fixture
def notice(house: House) -> Notice:
    """A notice to 林知远, to be answered by 11 April."""
    case = file_case(house, filed_on=OLD, procedure="普通程序", on=OLD)
    return issue_notices(acting(house.manager), case_ids=[case.pk], reason=WHY)[0]


def issue(cases: list[Case], **changed: str) -> dict[str, object]:
    terms = {"reason": WHY, "reply_by": "2024-04-11", "close_by": "2024-05-31", "level": ""}
    return {"case": [case.pk for case in cases], **terms, **changed}


def test_the_form_shows_the_chosen_cases_and_the_numbers_to_come(house: House, cases: list[Case]) -> None:
    chosen = "&".join(f"case={case.pk}" for case in cases)
    page = text_of(signed_in(house.manager), f"/notices/issue?{chosen}")
    assert "对 12 件案件签发督办通知" in page
    assert "从第 1 号连续编到第 12 号" in page
    assert 'value="2024-04-11"' in page


def test_twelve_at_once_and_their_twelve_papers(house: House, cases: list[Case]) -> None:
    client = signed_in(house.manager)
    response = client.post("/notices/issue", issue(cases))
    assert response.status_code == 302
    assert Notice.objects.count() == 12
    assert len(entries("签发督办通知")) == 1
    page = text_of(client, response["Location"])
    assert "已签发 12 份" in page
    assert "（2024）云9821督12号" in page
    archive = client.get("/notices/print?run=2024-1-12")
    with zipfile.ZipFile(BytesIO(archive.content)) as papers:
        assert papers.namelist()[0] == "（2024）云9821督1号督办通知书.docx"
        assert len(papers.namelist()) == 12
        last = docx.Document(BytesIO(papers.read("（2024）云9821督12号督办通知书.docx")))
    text = "".join(paragraph.text for paragraph in last.paragraphs)
    assert cases[-1].number in text
    assert "2024年4月11日前书面回复" in text
    assert "（2024）云9821督12号" in text


def test_a_case_with_an_open_notice_is_taken_out_of_the_batch(house: House, cases: list[Case]) -> None:
    issue_notices(acting(house.manager), case_ids=[cases[0].pk], reason=WHY)
    chosen = "&".join(f"case={case.pk}" for case in cases[:2])
    page = text_of(signed_in(house.manager), f"/notices/issue?{chosen}")
    assert "对 1 件案件签发督办通知" in page
    assert "已有 （2024）云9821督1号" in page


def test_dates_out_of_order_are_refused_and_nothing_is_issued(house: House, cases: list[Case]) -> None:
    response = signed_in(house.manager).post("/notices/issue", issue(cases, close_by="2024-04-02"))
    assert response.status_code == 422
    assert "早于回复期限" in response.content.decode()
    assert WHY in response.content.decode()
    assert not Notice.objects.exists()


def test_nothing_chosen_leads_back_with_a_word(house: House) -> None:
    client = signed_in(house.manager)
    assert client.get("/notices/issue")["Location"] == "/long-pending"
    assert "还没有选案件" in text_of(client, "/long-pending")


@pytest.mark.parametrize("who", ["judge", "head", "keeper"])
def test_only_who_may_issue_finds_the_form(house: House, cases: list[Case], who: str) -> None:
    client = signed_in(getattr(house, who))
    assert client.get(f"/notices/issue?case={cases[0].pk}").status_code == 404
    assert client.post("/notices/issue", issue(cases)).status_code == 404
    assert not Notice.objects.exists()


def test_the_chain_says_what_happened_and_what_comes_next(house: House, notice: Notice) -> None:
    page = text_of(signed_in(house.judge), f"/notices/{notice.pk}")
    assert "还没有回复就报告上一级" in page
    assert "书面回复" in page
    assert "督办通知书" in page


def test_a_late_answer_is_with_the_next_level_once(house: House, notice: Notice, moment: object) -> None:
    moment("2024-04-12T09:00:00")  # type: ignore[operator]
    escalate_notices(date(2024, 4, 12))
    client = signed_in(house.judge)
    response = client.post(
        f"/notices/{notice.pk}/reply", {"reason": "鉴定机构退回委托", "planned_close": "2024-05-20"}
    )
    assert response.status_code == 302
    escalate_notices(date(2024, 4, 13))
    page = text_of(client, f"/notices/{notice.pk}")
    assert page.count("2024-04-11 届满，逾期未回复") == 1
    assert "晚 1 天" in page


def test_an_answered_notice_has_no_form_any_more(house: House, notice: Notice) -> None:
    client = signed_in(house.judge)
    answer = {"reason": "鉴定机构退回委托", "planned_close": "2024-05-20"}
    client.post(f"/notices/{notice.pk}/reply", answer)
    assert client.get(f"/notices/{notice.pk}/reply").status_code == 404
    assert client.post(f"/notices/{notice.pk}/reply", answer).status_code == 422


def test_the_office_lifts_a_notice_with_a_reason(house: House, notice: Notice) -> None:
    client = signed_in(house.manager)
    assert client.post(f"/notices/{notice.pk}/lift", {"reason": ""}).status_code == 422
    assert client.post(f"/notices/{notice.pk}/lift", {"reason": "案件已中止诉讼"}).status_code == 302
    notice.refresh_from_db()
    assert notice.state == Notice.State.CLOSED
    assert signed_in(house.judge).get(f"/notices/{notice.pk}/lift").status_code == 404


def test_the_paper_of_one_notice_is_a_word_file(house: House, notice: Notice) -> None:
    response = signed_in(house.judge).get(f"/notices/{notice.pk}/file")
    text = "".join(p.text for p in docx.Document(BytesIO(response.content)).paragraphs)
    assert "督办通知书" in text
    assert response["Content-Disposition"].startswith("attachment; filename*=UTF-8''")


@pytest.mark.parametrize("path", ["", "/file", "/reply"])
def test_a_judge_of_another_division_finds_nothing(house: House, notice: Notice, path: str) -> None:
    assert signed_in(house.stranger).get(f"/notices/{notice.pk}{path}").status_code == 404
    assert signed_in(house.stranger).get(f"/notices/print?notice={notice.pk}").status_code == 404


def test_a_run_that_is_none_is_refused(house: House, notice: Notice) -> None:
    assert signed_in(house.manager).get("/notices/print?run=alles").status_code == 422


@pytest.mark.parametrize(
    "query", ["state=待回复", "late=已升级", "whose=我签发的", "department=民事审判第一庭"]
)
def test_every_filter_answers(house: House, notice: Notice, query: str) -> None:
    page = text_of(signed_in(house.manager), f"/notices?{query}")
    assert (notice.number in page) is (query != "late=已升级")


@pytest.mark.parametrize("who", ["judge", "manager", "higher_manager"])
def test_the_list_takes_at_most_eight_statements(house: House, cases: list[Case], who: str) -> None:
    issue_notices(acting(house.manager, DAY), case_ids=[case.pk for case in cases], reason=WHY)
    assert statements(signed_in(getattr(house, who)), "/notices") <= 8


def test_without_the_converter_the_pages_say_so_in_a_plain_sentence(
    house: House, notice: Notice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "_program", lambda: None)
    client = signed_in(house.manager)
    assert "没有安装 LibreOffice" in text_of(client, "/notices")
    refused = client.get(f"/notices/print?notice={notice.pk}&kind=pdf")
    assert refused.status_code == 422
    assert "Word 文件（.docx）不受影响" in refused.content.decode()


@needs_soffice
def test_the_chosen_notices_are_one_pdf(house: House, cases: list[Case]) -> None:
    made = issue_notices(acting(house.manager), case_ids=[case.pk for case in cases[:2]], reason=WHY)
    chosen = "&".join(f"notice={notice.pk}" for notice in made)
    response = signed_in(house.manager).get(f"/notices/print?{chosen}&kind=pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")


def test_a_case_that_was_never_filed_is_taken_out_of_the_batch(house: House, cases: list[Case]) -> None:
    Case.objects.filter(pk=cases[0].pk).update(filed_on=None, original_filed_on=None)
    page = text_of(signed_in(house.manager), f"/notices/issue?case={cases[0].pk}")
    assert "还没有登记立案日期" in page
    assert "不能签发" in page
