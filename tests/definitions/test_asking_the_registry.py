"""What the other parts ask of the definitions: by id, by kind, by case, by day; and a court's own folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mingjing.definitions.problems import DefinitionErrors
from mingjing.definitions.registry import Registry, UnknownDefinition
from mingjing.definitions.values.roles import Sight
from mingjing.domain.caseflow.rules import Each
from mingjing.domain.dates.calendars import CalendarStatus
from mingjing.domain.dates.durations import Duration
from mingjing.domain.deadlines.rules import Direction, Fact, MonthRule, RollRule
from mingjing.domain.ladders.rungs import Colour
from mingjing.domain.reasons import Ambiguous, NotInForce
from tests.definitions.court import FIXTURES, SUMMARY, Court

SUMMARY_FACTS: dict[str, Fact] = {
    "案件类型": "民事一审",
    "审理程序": "简易程序",
    "立案日期": date(2024, 3, 13),
}


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load_strict(FIXTURES)


def test_a_deadline_is_read_into_its_rule(registry: Registry) -> None:
    (rule,) = registry.deadlines()
    newest, oldest = rule.versions
    assert (rule.id, rule.label, rule.owner) == (
        "deadline.civil.summary",
        "简易程序审理期限",
        "审判管理办公室",
    )
    assert rule.clock == rule.label
    assert rule.applies == {"案件类型": ("民事一审",), "审理程序": ("简易程序",)}
    assert rule.counting.starts == "立案日期"
    assert rule.counting.no_such_day is MonthRule.MONTH_END_IF_MISSING
    assert rule.counting.last_day is RollRule.ROLL
    assert rule.counting.direction is Direction.FORWARD
    assert not rule.counting.first_day_counts
    assert rule.excludes == ("鉴定期间", "管辖异议期间", "审计评估期间", "中止诉讼期间")
    assert newest.since == date(2022, 1, 1)
    assert newest.limit == Duration(months=3, text="3 个月")
    assert newest.extensions[0].at_most == Duration(months=1, text="1 个月")
    assert oldest.extensions[0].needs == "双方当事人同意"


def test_a_remark_that_names_an_article_becomes_the_law_of_its_line(registry: Registry) -> None:
    (rule,) = registry.deadlines()
    assert rule.counting.law == {
        "first_day": "民事诉讼法第八十五条第二款",
        "no_such_day": "民法典第二百零二条",
        "last_day": "民事诉讼法第八十五条第三款",
    }
    assert rule.excludes_law["鉴定期间"] == "法释〔2000〕29号第九条（六）至（九）"


def test_the_law_may_also_be_written_out_and_then_goes_before_the_remark(court: Court) -> None:
    court.edit(
        "deadlines/summary.yaml",
        "  calendar: calendar.cn\n",
        "  calendar: calendar.cn\n  law: {first_day: 民法典第二百零一条}\n",
    )
    court.edit(
        "deadlines/summary.yaml",
        "excludes: [鉴定期间, ",
        "suspends: {鉴定期间: 民诉法解释第二百四十三条}\nexcludes: [",
    )
    (rule,) = court.load().deadlines()
    assert rule.counting.law["first_day"] == "民法典第二百零一条"
    assert rule.excludes_law["鉴定期间"] == "民诉法解释第二百四十三条"
    assert rule.suspends == ("鉴定期间",)


def test_a_version_without_a_limit_and_one_that_is_imported(court: Court) -> None:
    court.edit(
        "deadlines/summary.yaml",
        "    limit: 3 个月\n    extension: {approver: 本院院长, at_most",
        "    limit: 没有期限\n    extension: {approver: 本院院长, at_most",
    )
    court.edit("deadlines/summary.yaml", "    limit: 3 个月\n", "    due: 审限届满日期\n")
    (rule,) = court.load().deadlines()
    assert rule.versions[0].no_limit
    assert rule.versions[0].limit is None
    assert rule.versions[1].due == "审限届满日期"


def test_the_deadline_for_a_case_is_found_by_its_slot(registry: Registry) -> None:
    rule = registry.deadline_for("简易程序审理期限", SUMMARY_FACTS)
    assert rule is not None
    assert rule.id == "deadline.civil.summary"
    assert registry.deadline_for("简易程序审理期限", {**SUMMARY_FACTS, "审理程序": "普通程序"}) is None
    assert registry.deadline_for("上诉期限", SUMMARY_FACTS) is None
    assert set(registry.deadlines_for(SUMMARY_FACTS)) == {"简易程序审理期限"}


SPECIAL = SUMMARY.replace("id: deadline.civil.summary", "id: deadline.civil.special").replace(
    "owner: 审判管理办公室\n", "owner: 审判管理办公室\nclock: 简易程序审理期限\n", 1
)


def test_the_narrower_of_two_fitting_rules_answers(court: Court) -> None:
    court.write("deadlines/z.yaml", SPECIAL.replace("审理程序: 简易程序}", "审理程序: 简易程序, 涉外: 是}"))
    registry = court.load()
    general = registry.deadline_for("简易程序审理期限", SUMMARY_FACTS)
    special = registry.deadline_for("简易程序审理期限", {**SUMMARY_FACTS, "涉外": True})
    assert general is not None
    assert special is not None
    assert (general.id, special.id) == ("deadline.civil.summary", "deadline.civil.special")


def test_the_rule_that_outranks_another_answers(court: Court) -> None:
    court.write(
        "deadlines/z.yaml",
        SPECIAL.replace("审理程序: 简易程序}", "涉外: 是}\noutranks: [deadline.civil.summary]"),
    )
    found = court.load().deadline_for("简易程序审理期限", {**SUMMARY_FACTS, "涉外": True})
    assert found is not None
    assert found.id == "deadline.civil.special"


def test_two_rules_that_fit_equally_are_refused_not_guessed(court: Court) -> None:
    court.write("deadlines/z.yaml", SPECIAL.replace("审理程序: 简易程序}", "涉外: 是}"))
    with pytest.raises(Ambiguous, match="“简易程序审理期限”有 2 份期限同时适用") as refusal:
        court.load().deadline_for("简易程序审理期限", {**SUMMARY_FACTS, "涉外": True})
    assert refusal.value.allowed == ("deadline.civil.summary", "deadline.civil.special")


def test_a_rule_not_yet_in_force_gives_way_to_one_that_is(court: Court) -> None:
    late = SPECIAL.replace("审理程序: 简易程序}", "审理程序: 简易程序, 涉外: 是}")
    late = late.replace("from: 2022-01-01", "from: 2025-01-01").replace(
        "from: 2015-02-04", "from: 2024-06-01"
    )
    court.write("deadlines/z.yaml", late)
    found = court.load().deadline_for("简易程序审理期限", {**SUMMARY_FACTS, "涉外": True})
    assert found is not None
    assert found.id == "deadline.civil.summary"


def test_the_years_of_a_calendar_are_one_calendar(court: Court) -> None:
    text = (court.folder / "calendar/2024.yaml").read_text(encoding="utf-8")
    head = text[: text.index("holidays:")].replace("2024", "2025").replace("正式", "暂定")
    court.write(
        "calendar/2025.yaml",
        head
        + "holidays: [{label: 元旦, days: 2025-01-01}]\nworkdays: []\n"
        + "examples: [{name: 元旦, given: {日期: 2025-01-01}, expect: 元旦}]\n",
    )
    calendar = court.load().calendar()
    assert calendar.festival(date(2024, 10, 1)) == "国庆节"
    assert calendar.festival(date(2025, 1, 1)) == "元旦"
    assert not calendar.is_rest_day(date(2024, 2, 4))
    assert calendar.status_of(2025) is CalendarStatus.PROVISIONAL
    assert calendar.status_of(2026) is None


def test_a_dictionary_is_asked_by_word(registry: Registry) -> None:
    events = registry.dictionary("dictionary.events")
    assert "开庭" in events
    assert "休庭" not in events
    assert events.row("开庭") == {"label": "开庭", "code": "hearing"}
    assert events.row("休庭") == {}
    assert list(events.keys)[:2] == ["立案", "移送审判庭"]
    assert events.labelled()[0] == {"名称": "立案", "代码": "filed"}
    assert registry.dictionary("dictionary.case_fields").row("涉外")["words"] == ""


def test_a_local_dictionary_is_laid_over_the_nationwide_one(court: Court, tmp_path: Path) -> None:
    text = (FIXTURES / "dictionary/events.yaml").read_text(encoding="utf-8")
    own = text[: text.index("examples:")].replace("id: dictionary.events", "id: dictionary.events_local")
    own = own[: own.index("  立案")] + "  休庭  recess\n  开庭  open_hearing\n"
    (tmp_path / "own").mkdir()
    (tmp_path / "own/events.yaml").write_text(own, encoding="utf-8")
    events = Registry.load(court.folder, tmp_path / "own").dictionary("dictionary.events")
    assert events.row("休庭")["code"] == "recess"
    assert events.row("开庭")["code"] == "open_hearing"
    assert events.row("立案")["code"] == "filed"


def test_roles_answer_who_may_and_who_sees(registry: Registry) -> None:
    roles = registry.roles(date(2024, 6, 1))
    assert roles.may(["庭长"], "批准结案")
    assert not roles.may(["审判员"], "批准结案")
    assert not roles.may(["保安"], "查看案件")
    assert roles.sees(["审判员", "庭长"]) is Sight.DEPARTMENT
    assert roles.sees([]) is Sight.NOTHING
    assert [role.label for role in roles.held_by("庭长")] == ["庭长"]
    assert registry.roles(date(2023, 1, 1)).roles == ()


def test_a_case_flow_is_found_for_a_case_on_a_day(registry: Registry) -> None:
    flow = registry.caseflow_for({"案件类型": "民事一审"}, date(2024, 5, 1))
    assert flow is not None
    node = flow.nodes[0]
    assert (node.label, node.follows, node.done, node.each) == (
        "移送审判庭",
        "立案",
        ("移送审判庭",),
        Each.FIRST,
    )
    assert node.within == Duration(days=3, text="3 天")
    assert [(rung.colour, rung.tell, rung.before) for rung in node.rungs] == [
        (Colour.BLUE, "承办人", True),
        (Colour.YELLOW, "庭长", False),
        (Colour.RED, "院长", False),
    ]
    assert registry.caseflow_for({"案件类型": "刑事一审"}, date(2024, 5, 1)) is None
    assert registry.caseflow_for({"案件类型": "民事一审"}, date(2023, 5, 1)) is None


def test_a_document_is_numbered_and_filled(registry: Registry) -> None:
    template = registry.document("document.notice", date(2024, 5, 1))
    assert template.numbered(2024, 7) == "（2024）督007号"
    filled = template.fill({"承办部门": "民一庭", "案号": "（2024）云0102民初1560号", "承办人": "甲"})
    assert filled.to == "民一庭"
    assert filled.paragraphs == ("你庭甲承办的（2024）云0102民初1560号一案，已超过期限。", "请书面说明原因。")
    with pytest.raises(NotInForce, match="“督办通知”在 2023-05-01 没有生效的版本"):
        registry.document("document.notice", date(2023, 5, 1))


def test_a_reference_names_version_and_content(registry: Registry) -> None:
    definition = registry.definition("deadline.civil.summary")
    assert registry.ref("deadline.civil.summary", date(2020, 1, 1)) == (
        f"deadline.civil.summary @ 2015-02-04 # {definition.content_hash[:8]}"
    )
    assert len(definition.content_hash) == 64


def test_an_unknown_id_is_refused_with_the_nearest(registry: Registry) -> None:
    with pytest.raises(
        UnknownDefinition, match=r"没有制度“deadline\.civil\.sumary”。您是不是想写“deadline\.civil\.summary”"
    ):
        registry.definition("deadline.civil.sumary")


def test_loading_strictly_refuses_a_tree_with_an_error_and_lists_it(court: Court) -> None:
    court.edit("deadlines/summary.yaml", "limit: 3 个月", "limit: 3月")
    with pytest.raises(DefinitionErrors) as refusal:
        Registry.load_strict(court.folder)
    assert [problem.code for problem in refusal.value.problems] == ["bad-duration", "bad-duration"]
    assert "制度文件有 2 处错误" in str(refusal.value)


def test_a_draft_is_laid_over_everything(court: Court, tmp_path: Path) -> None:
    draft = tmp_path / "draft.yaml"
    draft.write_text(SUMMARY.replace("limit: 3 个月", "limit: 2 个月"), encoding="utf-8")
    (rule,) = Registry.load_with_draft(draft, court.folder).deadlines()
    assert str(rule.versions[0].limit) == "2 个月"
    draft.write_text(SUMMARY.replace("limit: 3 个月", "limit: 2月"), encoding="utf-8")
    broken = Registry.load_with_draft(draft, court.folder)
    assert [str(problem.path) for problem in broken.problems] == [str(draft), str(draft)]


class TestACourtsOwnFolder:
    """A court's folder lies over the nationwide one."""

    @pytest.fixture
    def own(self, tmp_path: Path) -> Path:
        folder = tmp_path / "own"
        folder.mkdir()
        return folder

    def test_a_deadline_of_the_same_id_takes_the_place_of_the_nationwide_one(
        self, court: Court, own: Path
    ) -> None:
        (own / "summary.yaml").write_text(SUMMARY.replace("limit: 3 个月", "limit: 2 个月"), encoding="utf-8")
        (rule,) = Registry.load(court.folder, own).deadlines()
        assert str(rule.versions[0].limit) == "2 个月"

    def test_a_calendar_is_replaced_year_by_year(self, court: Court, own: Path) -> None:
        text = (court.folder / "calendar/2024.yaml").read_text(encoding="utf-8")
        own_year = text.replace(
            "{label: 元旦,   days: 2024-01-01}", "{label: 元旦, days: 2024-01-01 至 2024-01-02}"
        )
        (own / "2024.yaml").write_text(own_year, encoding="utf-8")
        assert Registry.load(court.folder, own).calendar().festival(date(2024, 1, 2)) == "元旦"

    def test_a_version_of_the_court_leaves_the_earlier_nationwide_one_in_force_before_it(
        self, court: Court, own: Path
    ) -> None:
        text = (court.folder / "documents/notice.yaml").read_text(encoding="utf-8")
        changed = text.replace("from: 2024-01-01", "from: 2024-07-01").replace(
            "label: 督办通知", "label: 本院督办通知"
        )
        (own / "notice.yaml").write_text(changed, encoding="utf-8")
        registry = Registry.load(court.folder, own)
        assert registry.document("document.notice", date(2024, 6, 30)).label == "督办通知"
        assert registry.document("document.notice", date(2024, 7, 1)).label == "本院督办通知"

    def test_a_dictionary_may_not_lose_a_column_the_program_reads(self, court: Court, own: Path) -> None:
        text = (
            "# 事项。\n\nid: dictionary.events\nlabel: 案件事项\nowner: 立案庭\n"
            "columns: {label: {label: 名称}}\nrows: |\n  名称\n  立案\n"
        )
        (own / "events.yaml").write_text(text, encoding="utf-8")
        causes = [problem.cause for problem in Registry.load(court.folder, own).problems]
        assert causes == [
            f"“dictionary.events”要代替 {court.folder}/dictionary/events.yaml，却少了列：code。"
            "程序要用这些列，请补上。"
        ]
