"""Contradictions inside a row, namesakes, corrected days, chains of numbers, and what the notes say."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.services.actors import Actor
from mingjing.services.entry_checks import check_entries
from mingjing.services.importing.stored_lateness import stored_lateness
from mingjing.storage.cases.models import Case, CaseEvent, CaseLink
from mingjing.storage.people.models import Court, Person
from mingjing.storage.supervision.models import Finding
from tests.services.builders import House, file_case, hire
from tests.services.importing.files import HEADER, checked, counts, csv, imported, reasons, row


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"案件类型": "刑事一审"}, "案件类型", "案号里的“民初”却是民事一审"),
        ({"结案日期": "2024-02-20"}, "结案日期", "早于立案日期"),
        ({"案号": "（2025）云9821民初1号"}, "案号", "年份 2025 还没有到，最晚是 2024"),
        ({"案由": "长" * 301}, "案由", "最多 300 字"),
        ({"承办人": "名" * 121}, "承办人", "最多 120 字"),
    ],
)
def test_a_row_that_contradicts_itself_is_refused_in_its_column(
    office: Actor, cells: dict[str, str], column: str, words: str
) -> None:
    batch = checked(office, csv([row(1, **cells), row(2)]))
    assert counts(batch) == (2, 1, 0, 0, 1)
    ((line, where, why),) = reasons(batch)
    assert (line, where) == (2, column)
    assert words in why


@pytest.mark.parametrize("written", ["民事", "民事案件", "民事类"])
def test_a_family_of_cases_is_enough_where_the_number_says_which(office: Actor, written: str) -> None:
    batch = imported(office, csv([row(1, 案件类型=written, 审理程序="简易")]))
    assert counts(batch) == (1, 1, 0, 0, 0)
    case = Case.objects.get()
    assert (case.kind, case.procedure) == ("民事一审", "简易程序")
    again = imported(office, csv([row(1, 案件类型=written, 审理程序="简易")]))
    assert counts(again) == (1, 0, 0, 1, 0)


def test_another_family_than_that_of_the_number_is_refused(office: Actor) -> None:
    batch = checked(office, csv([row(1, 案件类型="刑事案件")]))
    ((_, where, why),) = reasons(batch)
    assert where == "案件类型"
    assert "写的是“刑事”，案号里的“民初”却是民事一审" in why


def test_a_family_that_is_a_kind_as_well_leaves_the_number_to_say(office: Actor) -> None:
    imported(office, csv([row(1, 案号="（2024）云9821破申1号", 案件类型="破产")]))
    assert Case.objects.get().kind == "破产申请审查"


def test_a_family_alone_is_refused_where_numbers_say_nothing(office: Actor, house: House) -> None:
    Court.objects.filter(pk=house.court.pk).update(number_grammar="自由")
    house.court.refresh_from_db()
    batch = checked(office, csv([row(1, 案件类型="民事")]))
    ((_, where, why),) = reasons(batch)
    assert where == "案件类型"
    assert "“民事”是一大类" in why


def test_a_number_that_stands_twice_is_refused_the_second_time(office: Actor) -> None:
    batch = checked(office, csv([row(1), row(1, 案号="(2024)云9821民初1号")]))
    assert counts(batch) == (2, 1, 0, 0, 1)
    assert "在本文件第 2 行已经出现过" in reasons(batch)[0][2]


def test_namesakes_need_a_staff_number(office: Actor, house: House) -> None:
    twin = hire(house.court, "林知远", "审判员", house.first_civil)
    batch = checked(office, csv([row(1)]))
    assert counts(batch) == (1, 0, 0, 0, 1)
    assert reasons(batch)[0][1] == "承办人"
    header = (*HEADER, "承办人工号")
    batch = imported(office, csv([(*row(1), twin.staff_number)], header))
    assert Case.objects.get().handler == twin
    again = imported(office, csv([(*row(1), house.judge.staff_number)], header))
    assert counts(again) == (1, 0, 1, 0, 0)
    assert Case.objects.get().handler == house.judge


def test_namesakes_in_two_departments_are_told_apart_by_the_department(office: Actor, house: House) -> None:
    twin = hire(house.court, "林知远", "审判员", house.second_civil)
    imported(office, csv([row(1, 承办部门="民事审判第二庭"), row(2)]))
    assert Case.objects.get(serial=1).handler == twin
    assert Case.objects.get(serial=2).handler == house.judge


def test_an_unknown_staff_number_is_somebody_new(office: Actor, house: House) -> None:
    imported(office, csv([(*row(1), "NEW-1")], (*HEADER, "承办人工号")))
    made = Person.objects.get(staff_number="NEW-1")
    assert (made.name, Case.objects.get().handler) == ("林知远", made)
    assert made != house.judge


def test_a_corrected_day_replaces_its_event_and_can_go_back(office: Actor) -> None:
    imported(office, csv([row(1)]))
    imported(office, csv([row(1, 立案日期="2024-03-08")]))
    case = Case.objects.get()
    assert (case.filed_on, case.milestones["立案"]) == (date(2024, 3, 8), "2024-03-08")
    assert list(CaseEvent.objects.filter(struck_at=None).values_list("kind", "happened")) == [
        ("立案", date(2024, 3, 8))
    ]
    imported(office, csv([row(1)]))
    case.refresh_from_db()
    assert (case.filed_on, case.milestones["立案"]) == (date(2024, 3, 1), "2024-03-01")
    assert counts(imported(office, csv([row(1)]))) == (1, 0, 0, 1, 0)
    assert CaseEvent.objects.filter(struck_at=None).count() == 1


def test_an_event_recorded_here_is_recognised_in_the_export(office: Actor, house: House) -> None:
    case = file_case(house, serial=1, filed_on=date(2024, 3, 1))
    batch = imported(office, csv([row(1)]))
    assert batch.added == 0
    assert CaseEvent.objects.filter(case=case, kind="立案").count() == 1


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_remanded_case_keeps_its_first_filing_day_whatever_the_order(
    office: Actor, order: tuple[int, int]
) -> None:
    first = (*row(1, 立案日期="2023-05-04", 案号="（2023）云9821民初1号", 结案日期="2023-09-01"), "")
    later = (*row(2), "(2023)云9821民初1号")
    rows = [(first, later)[place] for place in order]
    data = csv(rows, (*HEADER, "前案案号"))
    assert counts(imported(office, data)) == (2, 2, 0, 0, 0)
    link = CaseLink.objects.get()
    assert (link.earlier.number, link.relation) == ("（2023）云9821民初1号", "发回重审")
    assert link.later.original_filed_on == date(2023, 5, 4)
    assert counts(imported(office, data)) == (2, 0, 0, 2, 0)


def test_an_earlier_number_nobody_has_is_kept_and_linked_later(office: Actor) -> None:
    header = (*HEADER, "前案案号")
    later = csv([(*row(2), "（2023）云9821民初1号")], header)
    batch = imported(office, later)
    assert any("1 件的前案不在库里" in note for note in batch.notes)
    imported(office, csv([row(1, 立案日期="2023-05-04", 案号="（2023）云9821民初1号")]))
    assert counts(imported(office, later)) == (1, 0, 1, 0, 0)
    assert counts(imported(office, later)) == (1, 0, 0, 1, 0)
    assert Case.objects.get(serial=2).original_filed_on == date(2023, 5, 4)


def test_a_case_filed_before_its_predecessor_is_refused(office: Actor) -> None:
    rows = [(*row(1), ""), (*row(2, 立案日期="2024-02-01"), "（2024）云9821民初1号")]
    batch = checked(office, csv(rows, (*HEADER, "前案案号")))
    assert counts(batch) == (2, 1, 0, 0, 1)
    assert reasons(batch)[0][1] == "前案案号"


def test_the_notes_say_which_limits_cannot_be_computed(office: Actor) -> None:
    criminal = {"案件类型": "刑事一审", "审理程序": "简易程序", "案由": "盗窃罪"}
    rows = [row(n, 案号=f"（2024）云9821刑初{n}号", **criminal) for n in (1, 2)]
    batch = checked(office, csv([*rows, row(3, 审理程序=""), row(4)]))
    assert "2 件刑事一审算不出审限：缺“可能判处三年以上”。" in batch.notes
    assert "1 件民事一审算不出审限：缺“审理程序”。" in batch.notes
    assert any(note.startswith("2 件刑事案件没有“在押”一列") for note in batch.notes)


def test_numbers_of_another_court_are_pointed_out(office: Actor) -> None:
    batch = checked(office, csv([row(1, 案号="（2024）云9801民初1号")]))
    assert any("法院代字不是本院的“云9821”" in note for note in batch.notes)


def test_what_is_stored_knows_how_late_it_is(office: Actor, house: House) -> None:
    imported(
        office,
        csv([row(1, 结案日期="2024-03-20"), row(2, 立案日期="2023-09-01", 案号="（2023）云9821民初2号")]),
    )
    found = {one.label: one for one in stored_lateness(house.court, date(2024, 4, 1))}
    limit = next(one for label, one in found.items() if "审" in label and one.late)
    assert limit.counted >= limit.late >= 1
    assert limit.longest > 0


def test_a_closing_nobody_approved_is_said_before_it_is_written(office: Actor) -> None:
    """A case counts as closed only with an approved closing (R-063): brought in without one, it is found."""
    said = "1 件有结案日期、没有结案审批日期"
    data = csv([row(1, 结案日期="2024-03-20"), row(2)])
    assert any(said in note for note in checked(office, data).notes)
    imported(office, data)
    assert not any(said in note for note in checked(office, data).notes)
    check_entries(date(2024, 4, 1))
    assert Finding.objects.get(rule="未经批准结案").case.number.endswith("民初1号")
