"""What only shows when files lie side by side."""

from __future__ import annotations

import pytest

from tests.definitions.court import SUMMARY, Court

FLOW = "caseflow/2024-01-01.yaml"
LINKS = [
    (
        "an event nobody named",
        FLOW,
        "done: [移送审判庭]",
        "done: [移交审判庭]",
        [
            (
                "unknown-name",
                20,
                51,
                "dictionary.events 里没有“移交审判庭”这个案件事项。您是不是想写“移送审判庭”？",
            )
        ],
    ),
    (
        "an exclusion nobody named",
        "deadlines/summary.yaml",
        "excludes: [鉴定期间,",
        "excludes: [鉴定期限,",
        [
            (
                "unknown-name",
                15,
                12,
                "dictionary.exclusions 里没有“鉴定期限”这个扣除事由。您是不是想写“鉴定期间”？",
            )
        ],
    ),
    (
        "two names glued by a full-width comma",
        "deadlines/summary.yaml",
        "excludes: [鉴定期间, ",
        "excludes: [鉴定期间，",
        [
            (
                "unknown-name",
                15,
                12,
                "dictionary.exclusions 里没有“鉴定期间，管辖异议期间”这个扣除事由。"
                "几个名称之间要用英文逗号加空格“, ”隔开。",
            )
        ],
    ),
    (
        "a field nobody named",
        "deadlines/summary.yaml",
        "审理程序: 简易程序}",
        "审理程式: 简易程序}",
        [
            (
                "unknown-name",
                6,
                23,
                "dictionary.case_fields 或 dictionary.events 里没有“审理程式”这个案件数据项。"
                "您是不是想写“审理程序”？",
            )
        ],
    ),
    (
        "a word the field cannot say",
        "deadlines/summary.yaml",
        "审理程序: 简易程序}",
        "审理程序: 简易程式}",
        [
            (
                "unknown-name",
                6,
                29,
                "dictionary.procedures 里没有“简易程式”这个审理程序。您是不是想写“简易程序”？",
            )
        ],
    ),
    (
        "a person nobody named on a rung",
        FLOW,
        "届满后 1 天 黄 庭长",
        "届满后 1 天 黄 厅长",
        [("unknown-name", 16, 19, "dictionary.posts 里没有“厅长”这个预警对象。您是不是想写“院长”？")],
    ),
    (
        "an act nobody named",
        "roles/court.yaml",
        "may: [查看案件]",
        "may: [看案件]",
        [("unknown-name", 9, 51, "dictionary.acts 里没有“看案件”这个权限。您是不是想写“查看案件”？")],
    ),
    (
        "a clock nobody fills",
        FLOW,
        "clock: 简易程序审理期限",
        "clock: 审理期限",
        [("unknown-name", 21, 60, "没有哪一份期限计“审理期限”。您是不是想写“简易程序审理期限”？")],
    ),
    (
        "a calendar nobody entered",
        "deadlines/summary.yaml",
        "calendar: calendar.cn",
        "calendar: calendar.bj",
        [("unknown-definition", 13, 13, "没有工作日历“calendar.bj”。")],
    ),
    (
        "a ladder nobody wrote",
        FLOW,
        "ladder: 审限",
        "ladder: 审现",
        [("no-ladder", 21, 78, "没有“审现”这一组预警档。您是不是想写“审限”？")],
    ),
    (
        "a stage nobody wrote",
        FLOW,
        "stage: 结案",
        "stage: 终结",
        [("unknown-name", 21, 24, "没有“终结”这个阶段。您是不是想写“结案”？")],
    ),
    (
        "a node without a ladder",
        FLOW,
        "within: 3 天, ladder: 节点",
        "within: 3 天",
        [("conflicting-keys", 20, 5, "“ladder”、“rungs” 必须写一个。")],
    ),
    (
        "rungs out of order",
        FLOW,
        "届满后 3 天 红 院长",
        "届满后 1 天 红 院长",
        [
            (
                "rungs-out-of-order",
                16,
                33,
                "这一档不晚于上一档。预警档按时间先后排列：届满前的由远到近，届满后的由近到远。",
            )
        ],
    ),
    (
        "a colour that grows milder",
        FLOW,
        "届满后 3 天 红 院长",
        "届满后 3 天 蓝 院长",
        [("rungs-out-of-order", 16, 33, "上一档已是黄色，这一档不能退回蓝色。颜色只能由蓝到黄、由黄到红。")],
    ),
    (
        "a ring of nodes that wait for each other",
        FLOW,
        "follows: 立案, done: [移送审判庭]",
        "follows: 结案, done: [立案]",
        [
            (
                "node-cycle",
                20,
                40,
                "节点首尾相接成环，谁也等不到谁：移送审判庭 → 审结 → 移送审判庭。"
                "请改其中一个节点的 follows。",
            )
        ],
    ),
    (
        "a node for cases the flow does not have",
        FLOW,
        "within: 3 天,",
        "within: 3 天, applies: {案件类型: 刑事一审},",
        [
            (
                "unreachable-node",
                20,
                81,
                "节点“移送审判庭”永远不会开始：它只适用于案件类型为刑事一审的案件，而本流程不含这样的案件。",
            )
        ],
    ),
    (
        "a stage that can never be entered",
        FLOW,
        "begins: [结案]",
        "begins: [立案]",
        [("unreachable-stage", 13, 25, "阶段“结案”永远不会单独进入：“立案”已经用来进入“立案”了。")],
    ),
    (
        "no article anywhere",
        FLOW,
        "basis: 法释〔2000〕29号\n",
        "",
        [
            (
                "no-law",
                20,
                5,
                "流程没有写依据（basis），这个节点也没有写依据（law）。请至少写一处。",
            )
        ],
    ),
]


@pytest.mark.parametrize(
    ("what", "name", "right", "wrong", "expected"), LINKS, ids=[link[0] for link in LINKS]
)
def test_a_broken_link_is_named_at_its_field(
    court: Court, what: str, name: str, right: str, wrong: str, expected: list[tuple[str, int, int, str]]
) -> None:
    court.edit(name, right, wrong)
    assert court.errors() == expected


def test_the_small_court_itself_is_without_a_problem(court: Court) -> None:
    assert court.load().problems == ()


def test_an_unknown_name_used_often_is_reported_once_with_the_count(court: Court) -> None:
    court.edit("dictionary/exclusions.yaml", "  鉴定期间\n", "  检验期间\n")
    causes = [cause for code, _, _, cause in court.errors() if code == "unknown-name"]
    assert causes == [
        "dictionary.exclusions 里没有“鉴定期间”这个扣除事由。您是不是想写“检验期间”？",
        "dictionary.case_fields 或 dictionary.events 里没有“鉴定期间”这个案件数据项。"
        "您是不是想写“检验期间”？（本文件另有 1 处。）",
    ]


OTHER = (
    SUMMARY.replace("id: deadline.civil.summary", "id: deadline.civil.other")
    .replace("owner: 审判管理办公室\n", "owner: 审判管理办公室\nclock: 简易程序审理期限\n", 1)
    .replace("applies: {案件类型: 民事一审, 审理程序: 简易程序}", "applies: {APPLIES}")
)


def test_two_deadlines_for_one_case_and_one_clock_overlap(court: Court) -> None:
    court.write("deadlines/z.yaml", OTHER.replace("APPLIES", "案件类型: 民事一审, 涉外: 是"))
    ((code, line, column, cause),) = court.errors()
    assert (code, line, column) == ("overlap", 7, 10)
    assert cause == (
        f"与“deadline.civil.summary”（{court.folder}/deadlines/summary.yaml）重叠：都计“简易程序审理期限”，"
        "案件类型：民事一审；涉外：是；审理程序：简易程序的案件两份都适用（自 2015-02-04 起），"
        "系统无法决定用哪一份。"
        "请在 applies 里加一个数据项把两份分开；若其中一份是特别规定，"
        "在特别规定里写上 outranks: [另一份的 id]，它就优先。"
    )


@pytest.mark.parametrize(
    "applies",
    [
        "案件类型: 民事二审",
        "案件类型: 民事一审, 审理程序: [普通程序, 小额诉讼程序]",
        "案件类型: 民事一审, 审理程序: 简易程序, 涉外: 是",
        "案件类型: [民事一审, 民事二审], 审理程序: [简易程序, 普通程序]",
    ],
    ids=["another kind", "another procedure", "a narrower rule", "a wider rule"],
)
def test_deadlines_that_part_the_cases_between_them_do_not_overlap(court: Court, applies: str) -> None:
    court.write("deadlines/z.yaml", OTHER.replace("APPLIES", applies))
    assert court.errors() == []


def test_a_special_rule_that_outranks_the_general_one_does_not_overlap(court: Court) -> None:
    special = OTHER.replace("{APPLIES}", "{案件类型: 民事一审, 涉外: 是}\noutranks: [deadline.civil.summary]")
    court.write("deadlines/z.yaml", special)
    assert court.errors() == []


def test_a_rule_can_only_outrank_one_of_its_own_clock(court: Court) -> None:
    court.edit("deadlines/summary.yaml", "applies:", "outranks: [deadline.civil.summery]\napplies:")
    assert court.errors() == [
        (
            "unknown-definition",
            6,
            12,
            "没有计“简易程序审理期限”的另一份期限“deadline.civil.summery”。"
            "outranks 里写本规定优先于哪些同类期限的 id。",
        )
    ]


def test_a_ring_that_answers_every_time_and_is_set_going_from_outside_may_turn(court: Court) -> None:
    court.edit(
        FLOW,
        "ladder: 审限}\n",
        "ladder: 审限}\n"
        "  - {label: 排期, follows: 开庭, each: 每次, done: [分案], within: 3 天, ladder: 节点}\n"
        "  - {label: 再开, follows: 分案, each: 每次, done: [开庭], within: 3 天, ladder: 节点}\n",
    )
    assert court.errors() == []


def test_one_id_in_two_files_is_refused(court: Court) -> None:
    court.write("deadlines/z.yaml", SUMMARY)
    assert court.errors() == [
        (
            "duplicate-id",
            3,
            5,
            f"“deadline.civil.summary”已经写在 {court.folder}/deadlines/summary.yaml 里，"
            "同一个 id 不能有两个文件。"
            "请删去一个，或改用别的 id。",
        )
    ]


def test_two_versions_of_a_flow_cannot_begin_on_one_day(court: Court) -> None:
    text = (court.folder / FLOW).read_text(encoding="utf-8")
    court.write("caseflow/z.yaml", text)
    ((code, _, _, cause),) = court.errors()
    assert code == "duplicate-id"
    assert "同一个施行日 2024-01-01" in cause


def test_a_definition_without_examples_is_refused_where_examples_matter(court: Court) -> None:
    court.edit("deadlines/summary.yaml", SUMMARY[SUMMARY.index("examples:") :], "")
    assert ("no-examples", 3, 1) in [error[:3] for error in court.errors()]


def test_a_deadline_without_a_refusal_example_is_only_a_reminder(court: Court) -> None:
    head = SUMMARY[: SUMMARY.index("  - name: 新规施行当天立案")]
    court.write("deadlines/summary.yaml", head)
    assert court.errors() == []
    assert [warning[0] for warning in court.warnings()] == ["no-refusal-example"]


def test_a_version_without_the_words_of_its_article_is_a_reminder(court: Court) -> None:
    start, end = SUMMARY.index("questions:"), SUMMARY.index("examples:")
    text = SUMMARY[:start] + SUMMARY[end:]
    court.write("deadlines/summary.yaml", text.replace("    text: 人民法院适用", "    # 人民法院适用"))
    assert [warning[:2] for warning in court.warnings()] == [("no-law-text", 20)]


def test_a_version_in_a_file_named_after_another_day_is_a_reminder(court: Court) -> None:
    court.edit(FLOW, "from: 2024-01-01", "from: 2024-01-02")
    assert court.warnings() == [
        ("name-differs", 6, 7, "文件名写的是 2024-01-01，from 写的是 2024-01-02。请改成一致。"),
    ]


def test_an_act_no_role_has_is_a_reminder(court: Court) -> None:
    court.edit("dictionary/acts.yaml", "  批准结案\n", "  批准结案\n  导出数据\n")
    assert court.warnings() == [
        ("no-role", 9, 3, "权限“导出数据”没有分给任何角色，谁也不能做这件事。"),
    ]


def test_a_missing_dictionary_is_a_reminder_that_names_were_not_checked(court: Court) -> None:
    (court.folder / "dictionary/posts.yaml").unlink()
    causes = [cause for code, _, _, cause in court.warnings() if code == "missing-dictionary"]
    assert causes == [
        "没有字典“dictionary.posts”，本文件里的预警对象没有核对。",
        "没有字典“dictionary.posts”，本文件里的职务没有核对。",
    ]


def test_a_broken_file_does_not_make_the_files_that_need_it_look_broken(court: Court) -> None:
    court.edit("calendar/2024.yaml", "status: 正式", "status: 正试")
    court.edit("dictionary/events.yaml", "rows: |", "rows：|")
    assert {path_and_code[0] for path_and_code in court.errors()} == {"bad-choice", "full-width-colon"}


def test_a_file_that_would_be_passed_over_in_silence_is_named(court: Court) -> None:
    court.write("deadlines/other.yml", SUMMARY)
    assert court.errors() == [
        ("bad-extension", 1, 1, "文件扩展名是“.yml”，不会被读取。请改名为“other.yaml”。"),
    ]


def test_a_folder_that_is_not_there_is_named(court: Court) -> None:
    court.folder.rename(court.folder.with_name("moved"))
    assert court.errors() == [("unreadable-file", 1, 1, "没有这个文件夹。请核对路径。")]
