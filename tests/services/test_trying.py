"""A draft tried over the cases: what would change, who would be told, and nothing written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mingjing.definitions.beginning import blank
from mingjing.services.permissions import NotAllowed
from mingjing.services.trying import NotTriable, try_file, try_text
from mingjing.services.trying.trial import LISTED, Changed, Listed
from mingjing.storage.auditlog.models import Act
from mingjing.storage.cases.models import Case
from mingjing.storage.supervision.models import Alert, Clock
from tests.house.tree import ROOT
from tests.services.builders import House, acting, file_case

pytestmark = pytest.mark.django_db
CN = ROOT / "institutions" / "cn"
SUMMARY = CN / "deadlines" / "civil" / "summary.yaml"
CIVIL_FIRST = next((CN / "caseflow" / "civil-first").glob("*.yaml"))
ON = date(2024, 6, 1)


def draft(tmp_path: Path, source: Path, *changes: tuple[str, str]) -> Path:
    """A copy of an institution with some words changed."""
    text = source.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path = tmp_path / "draft.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_shorter_limit_moves_due_days_and_says_who_would_have_been_warned(
    house: House, tmp_path: Path
) -> None:
    case = file_case(house)
    other = file_case(house, serial=2, procedure="普通程序")
    found = try_file(draft(tmp_path, SUMMARY, ("limit: 3 个月", "limit: 2 个月")), on=ON)
    assert found.replaces.startswith("deadline.civil.summary @ 2022-01-01 # ")
    assert (found.seen, found.cases) == (2, 1)
    assert Changed(case.pk, case.number, "审结", "最迟 2024-06-13", "最迟 2024-05-13") in found.changed.rows
    assert all(one.case_id != other.pk for one in found.changed.rows)
    assert (found.newly_late, found.no_longer_late) == (1, 0)
    told = {(one.person, one.on, one.colour) for one in found.warned.rows if one.label == "审结"}
    assert ("顾临川", date(2024, 5, 14), "红") in told
    assert found.failed_examples


def test_the_same_file_changes_nothing(house: House, tmp_path: Path) -> None:
    file_case(house)
    found = try_file(draft(tmp_path, SUMMARY), on=ON)
    assert found.concerned == 1
    assert (found.cases, found.changed.count, found.warned.count, found.spared.count) == (0, 0, 0, 0)
    assert found.failed_examples == ()


def test_a_flow_that_warns_earlier_shows_the_load_of_each_person(house: House, tmp_path: Path) -> None:
    for serial in (1, 2, 3):
        file_case(house, serial=serial)
    path = draft(tmp_path, CIVIL_FIRST, ("审限: [届满前 30 天 蓝 承办人", "审限: [届满前 60 天 蓝 承办人"))
    found = try_file(path, on=date(2024, 4, 20))
    warned = [one for one in found.warned.rows if one.label == "审结"]
    assert {(one.person, one.on) for one in warned} == {("林知远", date(2024, 4, 14))}
    mine = next(one for one in found.burdens() if one.person == "林知远")
    assert mine.reminders == mine.before + 3
    assert mine.most >= 3
    assert found.after.over(2) > 0


def test_a_new_definition_is_added_where_no_id_is_replaced(house: House, tmp_path: Path) -> None:
    case = file_case(house)
    changes = (
        ("id: deadline.civil.summary", "id: deadline.civil.draft"),
        ("clock: 审理期限", "clock: 试行期限"),
    )
    found = try_file(draft(tmp_path, SUMMARY, *changes), on=ON)
    assert found.replaces == ""
    assert [(one.case_id, one.before, one.after) for one in found.changed.rows] == [
        (case.pk, "", "最迟 2024-06-13")
    ]
    assert found.warned.count == 0, "no node of any flow is measured by it"


def test_a_screening_lists_what_it_would_propose(house: House, tmp_path: Path) -> None:
    case = file_case(house)
    Case.objects.update(party_count=7)
    path = tmp_path / "draft.yaml"
    path.write_text(
        """# 当事人多的案件，提出来请人看一眼。

id: screening.draft
label: 多人案件
owner: 审判管理办公室
from: 2020-01-01
marks: 四类案件
over: 案件
basis: 法发〔2021〕30号第二条
rules:
  - label: 多人
    category: 多人
    when: 当事人人数 >= 6
    reason: 当事人 {当事人人数} 人
    law: 法发〔2021〕30号第二条
examples:
  - {name: 六人, given: {当事人人数: 6}, expect: [多人]}
  - {name: 五人, given: {当事人人数: 5}, expect: []}
""",
        encoding="utf-8",
    )
    found = try_file(path, on=ON)
    assert found.problems == ()
    assert [(one.case_id, one.label, one.after) for one in found.changed.rows] == [
        (case.pk, "多人", "当事人 7 人")
    ]


def test_a_draft_with_a_mistake_is_not_tried(house: House, tmp_path: Path) -> None:
    file_case(house)
    found = try_file(draft(tmp_path, SUMMARY, ("limit: 3 个月", "limit: 3月")), on=ON)
    assert found.problems[0].line > 1
    assert found.seen == 0


def test_a_dictionary_cannot_be_tried(house: House, tmp_path: Path) -> None:
    with pytest.raises(NotTriable) as refused:
        try_file(draft(tmp_path, CN / "dictionary" / "tags.yaml"), on=ON)
    assert "是数据字典" in str(refused.value)
    assert "请跑它的例子" in str(refused.value)
    assert {"期限", "筛查规则", "台账", "填报与签署", "活动", "审批", "会议"} <= set(refused.value.allowed)


@pytest.mark.parametrize("kind", ["filing", "approval"])
def test_what_is_no_ledger_but_moves_records_can_be_tried(house: House, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "drafted.yaml"
    path.write_text(blank(kind, ON), encoding="utf-8")
    found = try_file(path, on=ON)
    assert (found.problems, found.of_records, found.failed_examples) == ((), True, ())


def test_a_draft_may_lean_on_another_in_the_same_folder(house: House, tmp_path: Path) -> None:
    path = tmp_path / "room.yaml"
    words = "type: 选项, options: [第一会议室, 第二会议室]"
    leaning = blank("ledger", ON).replace(words, "type: 选项, of: dictionary.partner_bodies")
    path.write_text(leaning, encoding="utf-8")
    (tmp_path / "bodies.yaml").write_text(blank("dictionary", ON), encoding="utf-8")
    assert [one.code for one in try_file(path, on=ON).problems] == ["unknown-definition"]
    assert try_file(path, beside=tmp_path, on=ON).problems == ()


def test_an_unknown_court_is_refused_with_those_there_are(house: House, tmp_path: Path) -> None:
    with pytest.raises(NotTriable) as refused:
        try_file(draft(tmp_path, SUMMARY), court_code="云0000", on=ON)
    assert "云9821" in refused.value.allowed


def test_only_cases_filed_since_a_day_are_looked_at(house: House, tmp_path: Path) -> None:
    file_case(house)
    found = try_file(draft(tmp_path, SUMMARY), since=date(2024, 3, 14), on=ON)
    assert found.seen == 0


def test_nothing_is_written(house: House, tmp_path: Path) -> None:
    file_case(house)

    def kept() -> list[object]:
        clocks = Clock.objects.order_by("pk").values_list("pk", "due_on", "next_on", "colour")
        return [*clocks, Alert.objects.count(), Act.objects.count(), Case.objects.get().updated_at]

    before = kept()
    try_file(draft(tmp_path, SUMMARY, ("limit: 3 个月", "limit: 2 个月")), on=ON)
    assert kept() == before


def test_a_page_tries_only_what_its_reader_may_see(house: House, tmp_path: Path) -> None:
    mine = file_case(house)
    file_case(house, serial=2, handler=house.stranger)
    text = draft(tmp_path, SUMMARY, ("limit: 3 个月", "limit: 2 个月")).read_text(encoding="utf-8")
    found = try_text(acting(house.head, ON), text)
    assert {one.case_id for one in found.changed.rows} == {mine.pk}
    with pytest.raises(NotAllowed):
        try_text(acting(house.judge, ON), text)


def test_lists_are_bounded_and_say_what_lies_beyond() -> None:
    rows: Listed[int] = Listed()
    for number in range(LISTED + 7):
        rows.add(number)
    assert (len(rows.rows), rows.count, rows.beyond) == (LISTED, LISTED + 7, 7)
