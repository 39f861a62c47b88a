"""The pages of a case: its search, supervision, archive; the lists of what is missing and sealed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from mingjing.services.case_tags import tag_case
from mingjing.services.papers.proofreading import put_paper
from mingjing.services.supervision_notes import add_note
from mingjing.storage.cases.models import Case
from mingjing.storage.papers.models import Paper, Seal
from mingjing.storage.records.models import Record
from tests.services.builders import House, acting, file_case, happen
from tests.services.papers.builders import a_case, judgment
from tests.web.signing_in import signed_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: Path) -> Path:
    """Where files are kept."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


def decided(house: House) -> Case:
    """A closed loan case of another judge."""
    other = file_case(house, serial=11, handler=house.stranger)
    Case.objects.filter(pk=other.pk).update(closed_on=date(2024, 3, 20), outcome="判决")
    return other


def test_the_search_shows_the_hits_and_files_the_report(house: House) -> None:
    case, other = a_case(house), decided(house)
    browser = signed_in(house.judge)
    page = text_of(browser, f"/cases/{case.pk}/similar")
    assert other.number in page and "案由相同" in page
    sent = {
        f"say-{other.pk}": "不参考", f"why-{other.pk}": "没有交付凭证", "dispute": "借款是否交付",
        "verdict": "不参照", "reason": "事实不同", "why": "没有统一裁判规则", "before": "2024-04-08",
    }  # fmt: skip
    answer = browser.post(f"/cases/{case.pk}/similar", sent)
    record = Record.objects.get(register="ledger.case_search")
    assert (answer["Location"], record.state) == (f"/records/{record.pk}", "已提交")
    assert "没有交付凭证" in str(record.data["result"])
    assert record.number in text_of(browser, f"/cases/{case.pk}/similar")


def test_a_hit_chosen_without_a_reason_is_refused_and_what_was_typed_stays(house: House) -> None:
    case, other = a_case(house), decided(house)
    sent = {f"say-{other.pk}": "参考", "dispute": "借款是否交付", "verdict": "参考类案", "reason": "相似"}
    answer = signed_in(house.judge).post(f"/cases/{case.pk}/similar", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "还没有写理由" in page
    assert f'name="say-{other.pk}" value="参考" checked' in page
    assert "借款是否交付" in page


def test_a_hearing_notice_without_its_sheet_warns_on_the_page_on_the_case_and_in_the_list(
    house: House,
) -> None:
    case = file_case(house)
    tag_case(acting(house.manager), case_id=case.pk, tag="舆情关注")
    browser = signed_in(house.judge)
    sent = {"word": "开庭公告", "happened": "2024-04-01", "note": ""}
    page = browser.post(f"/cases/{case.pk}/event", sent, follow=True).content.decode()
    assert "还没有“舆情风险评估表”" in page
    assert "缺舆情风险评估表" in text_of(browser, f"/cases/{case.pk}")
    listed = text_of(signed_in(house.manager), "/cases/papers-due")
    assert case.number in listed and "1 份节点已经过了" in listed


def test_the_traces_of_supervision_stand_under_their_items(house: House) -> None:
    case = file_case(house)
    add_note(acting(house.head), case_id=case.pk, text="请提交类案检索报告")
    page = text_of(signed_in(house.judge), f"/cases/{case.pk}/supervision")
    assert "留监督意见" in page and "周岚" in page
    assert ">登记清单外过问</a>" in page and ">提出</a>" not in page
    head = signed_in(house.head)
    page = text_of(head, f"/cases/{case.pk}/supervision")
    link = page.split(">提出</a>")[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert f'value="{case.number}"' in text_of(head, link)


def test_an_archived_case_is_sealed_and_a_changed_byte_shows(house: House, files: Path) -> None:
    case, browser = a_case(house), signed_in(house.manager)
    put_paper(acting(house.judge), case_id=case.pk, kind="判决书", upload=judgment())
    happen(case, "归档", date(2024, 4, 1))
    Case.objects.filter(pk=case.pk).update(closed_on=date(2024, 3, 29))
    assert case.number in text_of(browser, "/cases/archives?state=已归档没有封存")
    browser.post(f"/cases/{case.pk}/archive/seal")
    seal = Seal.objects.get(case=case)
    assert seal.root in text_of(browser, f"/cases/{case.pk}/archive")
    assert case.number in text_of(browser, "/cases/archives")
    (files / Paper.objects.get().evidence.stored).write_bytes(b"other")
    page = browser.post(f"/seals/{seal.pk}/verify", follow=True).content.decode()
    assert "有不符的：判决书.txt" in page
    assert case.number in text_of(browser, "/cases/archives?state=核验不符")
