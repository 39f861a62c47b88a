"""Like cases and suits of the same people are found, each hit is answered, the report filed (S-195)."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pytest_django import Settings

from mingjing.domain.reasons import Refusal
from mingjing.services.case_links import link_cases
from mingjing.services.case_tags import tag_case
from mingjing.services.demands import WrongEntry
from mingjing.services.papers.proofreading import put_paper
from mingjing.services.papers.reporting import Answered, Asked, file_report, must_answer
from mingjing.services.papers.searching import search
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.storage.cases.models import Case, Party
from mingjing.storage.records.models import Attachment, Record
from tests.services.builders import DAY, House, acting, file_case, hire
from tests.services.papers.builders import a_case, judgment

pytestmark = pytest.mark.django_db
ASKED = Asked(
    "", "借款是否交付", "参考类案", "案件基本事实相似", why="没有统一裁判规则", before=date(2024, 4, 8)
)


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def decided(house: House, serial: int, *, cause: str = "民间借贷纠纷", on: date = date(2024, 3, 20)) -> Case:
    """A closed case of the court."""
    case = file_case(house, serial=serial, handler=house.stranger)
    Case.objects.filter(pk=case.pk).update(closed_on=on, outcome="判决", cause=cause)
    return Case.objects.get(pk=case.pk)


def test_decided_cases_of_the_same_cause_are_found_with_what_makes_them_like(house: House) -> None:
    case = a_case(house)
    near, far = decided(house, 11), decided(house, 12, cause="离婚纠纷")
    found = search(acting(house.judge), case.pk)
    assert [one.case for one in found.similar] == [near]
    assert "案由相同" in found.similar[0].parts
    assert "没有文书可比" in found.similar[0].parts
    assert far not in [one.case for one in found.similar]
    assert (found.compared, found.texts) == (1, 0)


def test_a_kept_judgment_and_a_shared_tag_bring_a_case_nearer(house: House) -> None:
    case, plain, told = a_case(house), decided(house, 11), decided(house, 12)
    for one in (case, told):
        tag_case(acting(house.judge if one == case else house.stranger), case_id=one.pk, tag="民间借贷")
    put_paper(acting(house.judge), case_id=case.pk, kind="判决书", upload=judgment())
    put_paper(acting(house.stranger), case_id=told.pk, kind="判决书", upload=judgment(serial=12))
    found = search(acting(house.judge), case.pk)
    assert [one.case for one in found.similar] == [told, plain]
    assert found.similar[0].points > found.similar[1].points + 20


def test_what_was_decided_lately_stands_first(house: House) -> None:
    case, old, new = a_case(house), decided(house, 11, on=date(2019, 5, 5)), decided(house, 12)
    assert [(one.case, one.recent) for one in search(acting(house.judge), case.pk).similar] == [
        (new, True),
        (old, False),
    ]


def test_suits_of_the_same_people_are_possible_by_one_name_and_sure_by_two_or_by_a_link(house: House) -> None:
    case = a_case(house, 1)
    one, two, linked = (file_case(house, serial=serial) for serial in (21, 22, 23))
    Party.objects.create(case=one, role="被告", name="周见微")
    for name in ("周见微 ", "顾知白"):
        Party.objects.create(case=two, role="第三人", name=name.strip())
    link_cases(acting(house.judge), earlier_id=linked.pk, later_id=case.pk, relation="重新立案")
    found = {one.case: one.likeness.value for one in search(acting(house.judge), case.pk).related}
    assert found == {one: "可能", two: "确定", linked: "确定"}


def test_the_prosecutor_does_not_relate_every_criminal_case(house: House) -> None:
    case, other = file_case(house, serial=1), file_case(house, serial=2)
    for one in (case, other):
        Party.objects.create(case=one, role="公诉机关", name="岚县人民检察院")
    assert search(acting(house.judge), case.pk).related == ()


def test_another_court_is_not_searched(house: House) -> None:
    case, other = a_case(house), decided(house, 11)
    Case.objects.filter(pk=other.pk).update(court=house.higher)
    Party.objects.create(case=other, role="原告", name="周见微")
    found = search(acting(house.judge), case.pk)
    assert (found.similar, found.related) == ((), ())


def test_who_does_not_see_the_case_or_has_no_right_does_not_search(house: House) -> None:
    case = a_case(house)
    with pytest.raises(NotVisible):
        search(acting(house.stranger), case.pk)
    with pytest.raises(NotAllowed):
        search(acting(hire(house.court, "叶青", "立案登记员", house.office)), case.pk)


def test_every_near_hit_wants_an_answer_with_its_reason(house: House) -> None:
    case, near = a_case(house), decided(house, 11)
    put_paper(acting(house.judge), case_id=case.pk, kind="判决书", upload=judgment())
    put_paper(acting(house.stranger), case_id=near.pk, kind="判决书", upload=judgment(serial=11))
    assert [one.case for one in must_answer(search(acting(house.judge), case.pk))] == [near]
    with pytest.raises(WrongEntry, match="还没有选参考或者不参考"):
        file_report(acting(house.judge), case_id=case.pk, asked=ASKED, answers={})
    with pytest.raises(WrongEntry, match="还没有写理由"):
        file_report(
            acting(house.judge), case_id=case.pk, asked=ASKED, answers={near.pk: Answered("不参考", " ")}
        )
    assert not Record.objects.filter(register="ledger.case_search", over=True).exists()


def test_the_report_is_filed_as_a_document_and_the_case_notes_the_day(house: House, tmp_path: Path) -> None:
    case, near = a_case(house), decided(house, 11)
    answers = {near.pk: Answered("参考", "都是借条加转账")}
    record = file_report(acting(house.judge), case_id=case.pk, asked=ASKED, answers=answers)
    assert (record.state, record.data["found"], record.data["followed"]) == ("已提交", 1, 1)
    assert record.due_on is None
    case.refresh_from_db()
    assert case.milestones["类案检索"] == str(DAY)
    file = Attachment.objects.get(record=record)
    content = (tmp_path / "files" / file.evidence.stored).read_bytes()
    words = zipfile.ZipFile(BytesIO(content)).read("word/document.xml").decode()
    assert near.number in words
    assert "都是借条加转账" in words
    again = file_report(acting(house.judge), case_id=case.pk, asked=ASKED, answers=answers)
    assert again.pk == record.pk


def test_without_a_reason_for_it_or_a_day_no_search_is_opened(house: House) -> None:
    case = a_case(house)
    asked = Asked("", "借款是否交付", "没有类案", "没有检出")
    with pytest.raises(WrongEntry, match="检索事由"):
        file_report(acting(house.judge), case_id=case.pk, asked=asked, answers={})


def test_another_judge_does_not_file_it(house: House) -> None:
    case = a_case(house)
    with pytest.raises(Refusal):
        file_report(acting(house.manager), case_id=case.pk, asked=ASKED, answers={})
    assert not Record.objects.filter(register="ledger.case_search", over=True).exists()
