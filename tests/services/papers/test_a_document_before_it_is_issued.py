"""A judgment is checked, what is found is mended or left for a reason, and only then it is issued (S-209)."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from mingjing.domain.reasons import Refusal
from mingjing.services.demands import Taken, WrongEntry
from mingjing.services.papers.proofreading import issue_paper, keep_remark, put_paper
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.services.reading.papers import PaperFilter, coverage, paper_list, paper_view, unchecked
from mingjing.services.record_event import record_event
from mingjing.storage.cases.models import CaseEvent
from mingjing.storage.papers.models import Paper
from tests.services.builders import DAY, House, acting, entries, happen
from tests.services.papers.builders import RIGHT, a_case, judgment

pytestmark = pytest.mark.django_db
YEAR = (date(2024, 1, 1), date(2024, 12, 31))


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def test_a_right_judgment_can_be_issued_at_once_and_the_case_knows_the_day(house: House) -> None:
    case = a_case(house)
    paper = put_paper(acting(house.judge), case_id=case.pk, kind="判决书", upload=judgment())
    assert (paper.state, paper.open) == ("可签发", 0)
    issued = issue_paper(acting(house.judge), paper_id=paper.pk)
    assert (issued.state, issued.issued_on) == ("已签发", DAY)
    case.refresh_from_db()
    assert case.milestones["签发裁判文书"] == "2024-04-01"
    [entry] = entries("签发文书")
    assert entry.subject_id == str(case.pk)


def test_with_something_open_it_is_not_issued(house: House) -> None:
    case = a_case(house)
    paper = put_paper(acting(house.judge), case_id=case.pk, kind="判决书", upload=judgment(伍万元="伍仟元"))
    assert [(one.code, one.level) for one in paper.remarks.all()] == [("大小写不一致", "错误")]
    with pytest.raises(Taken, match="还有 1 处没有回应"):
        issue_paper(acting(house.judge), paper_id=paper.pk)
    assert not CaseEvent.objects.filter(case=case, kind="签发裁判文书").exists()


def test_what_the_next_version_no_longer_has_was_mended(house: House) -> None:
    case = a_case(house)
    first = put_paper(acting(house.judge), case_id=case.pk, kind="判决书", upload=judgment(伍万元="伍仟元"))
    second = put_paper(acting(house.judge), case_id=case.pk, kind="判决书", upload=judgment())
    first.refresh_from_db()
    assert (first.state, second.version, second.state) == ("已替换", 2, "可签发")
    [remark] = first.remarks.all()
    assert (remark.answer, remark.reason) == ("已改", "第 2 稿里已经没有")


def test_a_reason_given_once_is_not_asked_again(house: House) -> None:
    case = a_case(house)
    wrong = judgment(民间借贷纠纷一案="追偿权纠纷一案")
    paper = put_paper(acting(house.judge), case_id=case.pk, kind="判决书", upload=wrong)
    [remark] = paper.remarks.all()
    keep_remark(acting(house.judge), remark_id=remark.pk, reason="经审理案由已变更")
    paper.refresh_from_db()
    assert paper.state == "可签发"
    again = put_paper(
        acting(house.judge),
        case_id=case.pk,
        kind="判决书",
        upload=judgment(民间借贷纠纷一案="追偿权纠纷一案", 住岚县="住岚县城"),
    )
    assert again.state == "可签发"
    assert [one.reason for one in again.remarks.all()] == ["经审理案由已变更"]


def test_the_reason_is_written(house: House) -> None:
    case = a_case(house)
    paper = put_paper(acting(house.judge), case_id=case.pk, kind="判决书", upload=judgment(伍万元="伍仟元"))
    with pytest.raises(WrongEntry, match="没有填写"):
        keep_remark(acting(house.judge), remark_id=paper.remarks.get().pk, reason=" ")


def test_a_head_may_put_the_file_in_but_does_not_wave_an_error_through(house: House) -> None:
    case = a_case(house)
    paper = put_paper(acting(house.head), case_id=case.pk, kind="判决书", upload=judgment(伍万元="伍仟元"))
    with pytest.raises(NotAllowed, match="承办人或者合议庭成员"):
        keep_remark(acting(house.head), remark_id=paper.remarks.get().pk, reason="看着没有问题")


def test_who_did_not_hear_the_case_does_not_issue_it(house: House) -> None:
    case = a_case(house)
    paper = put_paper(acting(house.head), case_id=case.pk, kind="判决书", upload=judgment())
    with pytest.raises(NotAllowed, match="院庭长不签发"):
        issue_paper(acting(house.head), paper_id=paper.pk)


def test_a_stranger_sees_nothing(house: House) -> None:
    case = a_case(house)
    paper = put_paper(acting(house.judge), case_id=case.pk, kind="判决书", upload=judgment())
    for attempt in (
        lambda: put_paper(acting(house.stranger), case_id=case.pk, kind="判决书", upload=judgment()),
        lambda: paper_view(acting(house.stranger), paper.pk),
        lambda: issue_paper(acting(house.stranger), paper_id=paper.pk),
    ):
        with pytest.raises(NotVisible):
            attempt()
    assert paper_list(acting(house.stranger), PaperFilter(state="全部")).rows == []


def test_nobody_records_by_hand_that_it_was_issued(house: House) -> None:
    case = a_case(house)
    with pytest.raises(WrongEntry, match="文书先校对"):
        record_event(acting(house.judge), case_id=case.pk, kind="签发裁判文书", happened=DAY)


def test_an_issued_judgment_is_not_replaced(house: House) -> None:
    case = a_case(house)
    paper = put_paper(acting(house.judge), case_id=case.pk, kind="判决书", upload=judgment())
    issue_paper(acting(house.judge), paper_id=paper.pk)
    with pytest.raises(Taken, match="补正裁定书"):
        put_paper(acting(house.judge), case_id=case.pk, kind="判决书", upload=judgment(住岚县="住岚县城"))


def test_the_same_file_again_is_the_same_version(house: House) -> None:
    case = a_case(house)
    first = put_paper(acting(house.judge), case_id=case.pk, kind="判决书", upload=judgment())
    again = put_paper(acting(house.judge), case_id=case.pk, kind="判决书", upload=judgment())
    assert first == again
    assert Paper.objects.count() == 1


def test_a_word_document_is_read_paragraph_by_paragraph(house: House) -> None:
    case, book, out = a_case(house), docx.Document(), BytesIO()
    for line in RIGHT.format(serial=1).replace("伍万元", "伍仟元").split("\n"):
        book.add_paragraph(line)
    book.save(out)
    upload = SimpleUploadedFile("判决书.docx", out.getvalue())
    paper = put_paper(acting(house.judge), case_id=case.pk, kind="判决书", upload=upload)
    found = [(one.code, one.quote) for one in paper.remarks.all()]
    assert found == [("大小写不一致", "50000元（大写：伍仟元整）")]


@pytest.mark.parametrize(
    ("name", "content"),
    [("扫描.pdf", b"%PDF-1.4 scan"), ("空.txt", b"   "), ("假.docx", b"PK\x03\x04broken")],
)
def test_what_cannot_be_read_is_refused_and_leaves_nothing(house: House, name: str, content: bytes) -> None:
    case = a_case(house)
    with pytest.raises(Refusal):
        put_paper(
            acting(house.judge), case_id=case.pk, kind="判决书", upload=SimpleUploadedFile(name, content)
        )
    assert not Paper.objects.exists()


def test_the_page_marks_the_place_and_says_who_may_do_what(house: House) -> None:
    case = a_case(house)
    paper = put_paper(acting(house.judge), case_id=case.pk, kind="判决书", upload=judgment(伍万元="伍仟元"))
    mine, heads = paper_view(acting(house.judge), paper.pk), paper_view(acting(house.head), paper.pk)
    marked = [run.text for line in mine.lines for run in line.runs if run.tone]
    assert marked == ["50000元（大写：伍仟元整）"]
    assert (mine.tries, heads.tries, mine.may_issue) == (True, False, False)


def test_coverage_is_checked_over_issued_and_names_what_was_not(house: House) -> None:
    checked, other = a_case(house, 1), a_case(house, 2)
    paper = put_paper(acting(house.judge), case_id=checked.pk, kind="判决书", upload=judgment())
    issue_paper(acting(house.judge), paper_id=paper.pk)
    happen(other, "签发裁判文书", date(2024, 3, 30))
    [row] = coverage(acting(house.manager), *YEAR)
    assert (row.department, row.issued, row.checked) == ("民事审判第一庭", 2, 1)
    assert row.rate is not None and float(row.rate) == 0.5
    assert [one.case for one in unchecked(acting(house.manager), *YEAR)] == [other]
    assert coverage(acting(house.manager), date(2023, 1, 1), date(2023, 12, 31)) == []
