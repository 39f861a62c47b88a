"""Examples in the files are run, and lines no example stands guard over are found."""

from __future__ import annotations

from mingjing.definitions.commands import check, find_weak, run_examples
from tests.definitions.court import FIXTURES, Court


def test_every_example_of_the_small_court_holds() -> None:
    report = run_examples([FIXTURES])
    assert report.ok
    assert report.lines == ("35 个例子，35 个通过，0 个不符。",)


def test_the_twelve_examples_of_the_sample_deadline_hold() -> None:
    report = run_examples([FIXTURES], ["deadline.civil.summary"])
    assert report.lines == ("12 个例子，12 个通过，0 个不符。",)


def test_a_wrong_limit_is_shown_as_expected_and_got_at_the_example(court: Court) -> None:
    court.edit("deadlines/summary.yaml", "limit: 3 个月", "limit: 4 个月")
    report = run_examples([court.folder], ["deadline"])
    assert not report.ok
    assert report.lines[0] == (
        f"{court.folder}/deadlines/summary.yaml:37:5\n"
        "  例子“三个月后的对应日”：应得 2024-06-13，实得 2024-07-15"
    )
    assert report.lines[-1] == "12 个例子，4 个通过，8 个不符。"


def test_a_refusal_that_does_not_come_is_shown(court: Court) -> None:
    court.edit("deadlines/summary.yaml", "at_most: 1 个月}", "at_most: 2 个月}")
    report = run_examples([court.folder], ["deadline"])
    assert report.lines[0].endswith(
        "例子“新规施行当天立案，不能延长两个月”：应得 拒绝：最多延长 1 个月，实得 2022-06-01"
    )


def test_a_wrong_rung_of_a_case_flow_is_shown(court: Court) -> None:
    court.edit("caseflow/2024-01-01.yaml", "届满后 1 天 黄 庭长", "届满后 2 天 黄 庭长")
    report = run_examples([court.folder], ["caseflow"])
    assert report.lines[0].endswith(
        "例子“移送晚了一天”：应得 超期：移送审判庭；"
        "预警：2024-03-07 移送审判庭 蓝 承办人、2024-03-08 移送审判庭 黄 庭长；阶段：立案，"
        "实得 超期：移送审判庭；预警：2024-03-07 移送审判庭 蓝 承办人；阶段：立案"
    )


def test_a_screening_that_speaks_too_late_is_shown(court: Court) -> None:
    court.edit("screening/four.yaml", "当事人人数 >= 10", "当事人人数 > 10")
    report = run_examples([court.folder], ["screening"])
    assert report.lines[0].endswith(
        "例子“满十人”：应得 提出：群体性纠纷；缺数据：无，实得 提出：无；缺数据：无"
    )


def test_roles_that_grant_too_much_are_shown(court: Court) -> None:
    court.edit(
        "roles/court.yaml", "sees: 本人案件, may: [查看案件]", "sees: 本人案件, may: [查看案件, 批准结案]"
    )
    report = run_examples([court.folder], ["roles"])
    assert report.lines[0].endswith("例子“审判员不能批准”：应得 不可以，实得 可以")


def test_a_document_that_would_go_out_without_its_number_is_shown(court: Court) -> None:
    court.edit("documents/notice.yaml", "{label: 案号, required: 是}", "{label: 案号}")
    report = run_examples([court.folder], ["document"])
    assert report.lines[0].endswith("例子“缺案号”：应得 拒绝：缺少“案号”，实得 出文")


def test_a_calendar_with_a_wrong_holiday_is_shown(court: Court) -> None:
    court.edit("calendar/2024.yaml", "2024-02-10 至 2024-02-17", "2024-02-11 至 2024-02-17")
    report = run_examples([court.folder], ["calendar"])
    assert "例子“春节第一天”：应得 春节，实得 休息日" in report.lines[0]


def test_a_file_with_errors_is_not_run_and_the_report_says_so(court: Court) -> None:
    court.edit("deadlines/summary.yaml", "limit: 3 个月", "limit: 3月")
    report = run_examples([court.folder])
    assert not report.ok
    assert report.lines[-1] == (
        "23 个例子，22 个通过，1 个不符。另有 2 处错误，"
        "出错的文件没有运行，请先运行 mingjing institutions check。"
    )


def test_an_id_nobody_has_is_named(court: Court) -> None:
    report = run_examples([court.folder], ["deadline.criminal"])
    assert not report.ok
    assert report.lines[0] == "没有制度“deadline.criminal”。"


def test_checking_a_sound_tree_is_ok_and_counts_it() -> None:
    report = check([FIXTURES])
    assert report.ok
    assert report.lines == ("14 份制度，0 处错误，0 处提醒。",)


def test_the_sample_deadline_lets_only_three_small_wrong_edits_pass() -> None:
    report = find_weak([FIXTURES], ["deadline"])
    place = f"{FIXTURES}/deadlines/summary.yaml"
    assert report.lines == (
        f"{place}:11:16\n  把“取月末”改成“月末对月末”，没有例子会发现。",
        f"{place}:26:11\n  把“2015-02-04”改成“2015-02-03”，没有例子会发现。",
        f"{place}:26:11\n  把“2015-02-04”改成“2015-02-05”，没有例子会发现。",
        "试了 29 处小改动，例子发现了 26 处，没有发现 3 处。",
    )


def test_without_its_boundary_example_a_limit_becomes_weak(court: Court) -> None:
    court.edit(
        "caseflow/2024-01-01.yaml",
        '["2024-03-07 移送审判庭 蓝 承办人", "2024-03-08 移送审判庭 黄 庭长"]\n    stage: 立案',
        "[]\n    stage: 立案",
    )
    court.edit("caseflow/2024-01-01.yaml", "    warned: []\n", "")
    lines = find_weak([court.folder], ["caseflow"]).lines
    assert f"{court.folder}/caseflow/2024-01-01.yaml:20:67\n  把“3 天”改成“2 天”，没有例子会发现。" in lines


def test_every_kind_of_wrong_edit_is_tried_on_a_flow(court: Court) -> None:
    says = "\n".join(find_weak([court.folder], ["caseflow"]).lines)
    assert "去掉“届满后 3 天 红 院长”" in says
    assert "把“届满后 3 天 红 院长”改成“届满后 4 天 红 院长”" in says
    assert "去掉“开庭”" in says


def test_an_unguarded_condition_is_weak(court: Court) -> None:
    court.edit("screening/four.yaml", "  - {name: 差一人,", "  - {name: 差几人,")
    court.edit("screening/four.yaml", "当事人人数: 9", "当事人人数: 5")
    lines = find_weak([court.folder], ["screening"]).lines
    assert (
        f"{court.folder}/screening/four.yaml:14:11\n"
        "  把“当事人人数 >= 10”改成“当事人人数 >= 9”，没有例子会发现。"
    ) in lines


def test_looking_for_weak_lines_leaves_the_definitions_as_they_were(court: Court) -> None:
    registry = court.load()
    before = run_examples([court.folder]).lines
    find_weak([court.folder])
    assert run_examples([court.folder]).lines == before
    assert registry.problems == ()
