"""制度 lists every definition, shows one with its law, examples and history, and its file as written."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingjing.definitions.kinds.table import KINDS
from mingjing.definitions.problems import Problem
from mingjing.services.installation import registry
from mingjing.services.reading.institutions import PAGE, InstitutionFilter, institution, institutions
from tests.services.builders import House, acting, file_case
from tests.web.signing_in import signed_in, text_of

pytestmark = pytest.mark.django_db
SUMMARY = "/institutions/deadline.civil.summary"


def test_every_id_is_listed_once_under_its_kind(house: House) -> None:
    listed: list[str] = []
    after = "0"
    while after:
        found = institutions(acting(house.manager), InstitutionFilter(after=after))
        listed += [one.id for one in found.rows]
        after = found.next_after
    assert sorted(listed) == sorted({one.id for one in registry(house.court).all()})
    assert sum(found.counts.values()) == len(listed)
    assert set(found.counts) == {kind.title for kind in KINDS.values()}


def test_the_list_is_filtered_by_kind_family_owner_question_and_words(house: House) -> None:
    page = text_of(signed_in(house.judge), "/institutions?kind=期限&family=民事&q=简易程序审理")
    assert "简易程序审理期限" in page
    assert "刑事" not in page.split('id="rows"')[1].split("</table>")[0]
    actor = acting(house.judge)
    open_ = institutions(actor, InstitutionFilter(questions="有"))
    assert all(one.questions for one in open_.rows)
    mine = institutions(actor, InstitutionFilter(owner="立案庭"))
    assert {one.owner for one in mine.rows} == {"立案庭"}
    assert len(institutions(actor, InstitutionFilter()).rows) == PAGE


def test_a_kind_that_does_not_exist_is_refused(house: House) -> None:
    assert "没有这样的类别" in text_of(signed_in(house.judge), "/institutions?kind=法律", status=422)


def test_a_deadline_shows_the_words_of_the_law_beside_its_number(house: House) -> None:
    page = text_of(signed_in(house.judge), SUMMARY)
    for words in (
        "这件案子最迟哪一天审结。",
        "3 个月",
        "应当在立案之日起三个月内审结",
        "第一百六十四条",
        "2022-01-01 起",
        "2015-02-04 起",
        "三个月后的对应日",
        "各地做法不一",
        "民事一审流程",
    ):
        assert words in page


def test_the_cases_it_governs_are_counted_for_those_who_see_cases(house: House) -> None:
    file_case(house)
    file_case(house, serial=2, handler=house.stranger)
    uses = institution(acting(house.manager), "deadline.civil.summary").uses
    assert [(one.kind, one.procedure, one.cases) for one in uses] == [("民事一审", "简易程序", 2)]
    assert institution(acting(house.judge), "deadline.civil.summary").uses[0].cases == 1
    assert institution(acting(house.guardian), "deadline.civil.summary").uses == ()


def test_a_flow_is_drawn_with_a_row_for_every_node(house: House) -> None:
    page = text_of(signed_in(house.judge), "/institutions/caseflow.civil_first")
    drawing = page.split('<svg class="flow"')[1].split("</svg>")[0]
    flow = institution(acting(house.judge), "caseflow.civil_first").flow
    assert flow is not None
    for node in flow.nodes:
        assert node.label in drawing
    for stage in flow.stages:
        assert stage.label in drawing or all(node.stage != stage.label for node in flow.nodes)
    assert drawing.count('class="dot"') == len(flow.nodes)


def test_a_years_calendar_is_shown_as_of_the_year(house: House) -> None:
    page = text_of(signed_in(house.judge), "/institutions/calendar.cn")
    assert "2024 年" in page
    assert "2024-02-10" in page


def test_the_file_is_shown_with_its_line_numbers(house: House) -> None:
    page = text_of(signed_in(house.judge), f"{SUMMARY}/text")
    assert '<tr id="L3"><td class="n">3</td><td>id: deadline.civil.summary</td>' in page


@pytest.mark.parametrize(
    "path", ["/institutions/deadline.nowhere", f"{SUMMARY}/text?file=7", f"{SUMMARY}?file=7"]
)
def test_what_does_not_exist_is_not_found(house: House, path: str) -> None:
    assert "没有这一页" in text_of(signed_in(house.judge), path, status=404)


def test_a_courts_own_definition_is_shown_beside_the_one_it_replaces(house: House) -> None:
    house.court.folder = "demo"
    house.court.save()
    found = institution(acting(house.manager), "dictionary.long_pending")
    assert found.definition.layer == 1
    assert found.replaced is not None
    assert {one.layer for one in found.versions} == {"本院", "全国"}
    page = text_of(signed_in(house.manager), "/institutions/dictionary.long_pending")
    assert "全国的怎么说" in page
    assert "被本院的代替" in page


def test_broken_files_are_announced_to_those_who_can_mend_them(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = broken_problem()
    for module in (
        "mingjing.web.context",
        "mingjing.web.institutions.pages",
        "mingjing.services.reading.system",
    ):
        monkeypatch.setattr(f"{module}.definition_problems", lambda court: (problem,))
    banner = "制度文件有 1 处错误"
    assert banner in text_of(signed_in(house.manager), "/cases")
    assert problem.cause in text_of(signed_in(house.manager), "/institutions")
    assert problem.cause in text_of(signed_in(house.keeper), "/system")
    assert banner not in text_of(signed_in(house.judge), "/institutions")


def broken_problem() -> Problem:
    """A mistake in a file."""
    return Problem(Path("posts.yaml"), 4, 1, "ownr: 政治部", "不认识的键“ownr”。", "unknown-key")
