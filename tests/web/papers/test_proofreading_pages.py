"""From the case page a judgment is put in, what is found stands beside its place, and it is issued."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from mingjing.storage.papers.models import Paper
from tests.services.builders import House, happen
from tests.services.papers.builders import a_case, judgment
from tests.web.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def test_the_case_page_leads_to_proofreading(house: House) -> None:
    case = a_case(house)
    page = signed_in(house.judge).get(f"/cases/{case.pk}").content.decode()
    assert f'href="/cases/{case.pk}/papers"' in page


def test_a_wrong_amount_is_marked_and_left_for_a_reason_and_the_judgment_issued(house: House) -> None:
    case, browser = a_case(house), signed_in(house.judge)
    sent = browser.post(f"/cases/{case.pk}/papers", {"kind": "判决书", "file": judgment(伍万元="伍仟元")})
    paper = Paper.objects.get()
    assert sent["Location"] == f"/papers/{paper.pk}"
    page = browser.get(f"/papers/{paper.pk}").content.decode()
    assert "还有 1 处没有回应" in page
    assert '<mark class="wrong">50000元（大写：伍仟元整）</mark><a class="ref" href="#note-1">1</a>' in page
    assert f'action="/papers/{paper.pk}/issue"' not in page
    remark = paper.remarks.get()
    browser.post(f"/remarks/{remark.pk}/keep", {"reason": "借条原文如此，已在判决书中说明"})
    page = browser.get(f"/papers/{paper.pk}").content.decode()
    assert f'action="/papers/{paper.pk}/issue"' in page
    browser.post(f"/papers/{paper.pk}/issue")
    assert "签发裁判文书" in browser.get(f"/cases/{case.pk}").content.decode()
    assert Paper.objects.get().state == "已签发"


def test_the_head_sees_what_is_open_but_is_not_offered_to_wave_an_error_through(house: House) -> None:
    case = a_case(house)
    signed_in(house.judge).post(
        f"/cases/{case.pk}/papers", {"kind": "判决书", "file": judgment(伍万元="伍仟元")}
    )
    browser, paper = signed_in(house.head), Paper.objects.get()
    assert case.number in browser.get("/papers").content.decode()
    assert "不改，写明理由" not in browser.get(f"/papers/{paper.pk}").content.decode()


def test_a_file_that_is_no_document_is_refused_on_the_page(house: House) -> None:
    case = a_case(house)
    file = SimpleUploadedFile("扫描.pdf", b"%PDF-1.4 scan")
    answer = signed_in(house.judge).post(f"/cases/{case.pk}/papers", {"kind": "判决书", "file": file})
    assert answer.status_code == 422
    assert "PDF" in answer.content.decode()


def test_coverage_names_what_was_issued_unchecked(house: House) -> None:
    case = a_case(house)
    happen(case, "签发裁判文书", case.filed_on)  # type: ignore[arg-type]
    page = signed_in(house.manager).get("/papers/coverage").content.decode()
    assert "校对覆盖率 0.00%" in page
    assert case.number in page


def test_an_issued_judgment_is_taken_up_for_review_by_whoever_may(house: House) -> None:
    case, browser = a_case(house), signed_in(house.judge)
    browser.post(f"/cases/{case.pk}/papers", {"kind": "判决书", "file": judgment()})
    paper = Paper.objects.get()
    browser.post(f"/papers/{paper.pk}/issue")
    assert "登记抽查" not in browser.get(f"/papers/{paper.pk}").content.decode()
    office = signed_in(house.manager)
    page = office.get(f"/papers/{paper.pk}").content.decode()
    link = page.split("登记抽查")[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert link.startswith("/registers/sheet.document_check/new")
    form = office.get(link).content.decode()
    assert case.number in form and "林知远" in form
