"""Values that are written well and mean nothing: wrong words, dates, durations, missing or extra keys."""

from __future__ import annotations

import pytest

from mingjing.definitions.kinds.table import KINDS
from tests.definitions.court import SUMMARY, Court, read, summary_with, told

_DURATION = (
    "不认识的时长“3月”。写作“数字 空格 单位”，单位可用：年、个月、天、个工作日、小时、分钟；"
    "另可写 半个月、1 个半月、半天、半个工作日。"
)

MISTAKES = [
    ("frist_day:", "first_day:", ("unknown-key", 10, 3, "不认识的键“frist_day”。您是不是想写“first_day”？")),
    ("limit: 3月", "limit: 3 个月", ("bad-duration", 21, 12, _DURATION)),
    (
        "no_such_day: 取月头",
        "no_such_day: 取月末",
        ("bad-choice", 11, 16, "不能写“取月头”。您是不是想写“取月末”？"),
    ),
    (
        "from: 2022-02-30",
        "from: 2022-01-01",
        ("bad-date", 20, 11, "没有“2022-02-30”这一天，请核对月份和日子。"),
    ),
    (
        "from: 2022.1.1",
        "from: 2022-01-01",
        ("bad-date", 20, 11, "“2022.1.1”不是日期。写作“年-月-日”，月和日各两位。您是不是想写“2022-01-01”？"),
    ),
    (
        "from: 2023-02-04",
        "from: 2015-02-04",
        (
            "versions-out-of-order",
            26,
            11,
            "2023-02-04 的版本应写在 2022-01-01 的前面：版本从新到旧排列，最新的在最上面。",
        ),
    ),
    (
        "from: 2022-01-01",
        "from: 2015-02-04",
        ("duplicate-version", 26, 11, "两个版本都从 2022-01-01 起施行。同一天只能有一个版本。"),
    ),
    (
        "limit:\n",
        "limit: 3 个月\n",
        ("empty-value", 21, 11, "冒号后面没有内容。没有就把整行删去，不要留空。"),
    ),
    (
        "limit: ~\n",
        "limit: 3 个月\n",
        ("empty-value", 21, 12, "冒号后面没有内容。没有就把整行删去，不要留空。"),
    ),
    (
        "- from: 2022-01-01\n",
        "- from: 2022-01-01\n    limit: 3 个月\n",
        ("conflicting-keys", 20, 5, "“limit”、“due” 必须写一个。"),
    ),
    (
        "due: 审限届满日期\n    limit: 3 个月\n",
        "limit: 3 个月\n",
        ("conflicting-keys", 22, 5, "“limit”、“due” 只能写一个，请删去多余的。"),
    ),
    ("\n", "owner: 审判管理办公室\n", ("missing-key", 3, 1, "缺少“owner”（归口管理部门）。")),
    (
        "",
        "    basis: 《民事诉讼法》（2021 修正）第一百六十四条\n",
        ("missing-key", 20, 5, "缺少“basis”（依据哪一条）。"),
    ),
    (
        "applies: 民事一审",
        "applies: {案件类型: 民事一审, 审理程序: 简易程序}",
        ("not-a-mapping", 6, 10, "这里应为“数据项: 内容”的形式。"),
    ),
    (
        "questions: 没有\nx:",
        "questions:",
        ("not-a-list", 32, 12, "这里应当是列表。写作“[甲, 乙]”，或者每项一行、以“- ”开头。"),
    ),
    (
        "owner: [甲, 乙]",
        "owner: 审判管理办公室",
        ("not-text", 5, 8, "这里应当是一段文字，不能是列表或“键: 值”。"),
    ),
    ("双方当事人同意: true", "双方当事人同意: 是", ("bad-flag", 62, 50, "不能写“true”。")),
    (
        "2024-04-20 至 2024-04-01",
        "2024-04-01 至 2024-04-20",
        ("bad-span", 42, 37, "“2024-04-20 至 2024-04-01”的结束日早于开始日。"),
    ),
    (
        "expect: 2024-06-13, refused: 最多",
        "expect: 2024-06-13",
        ("conflicting-keys", 37, 75, "“expect”、“refused” 只能写一个，请删去多余的。"),
    ),
    ("延长: 一个月", "延长: 1 个月", ("bad-duration", 54, 35, "“延长”应写时长，几次延长依次写成列表。")),
    (
        "id: deadlin.civil",
        "id: deadline.civil",
        ("unknown-kind", 3, 5, "没有“deadlin”这一类制度。您是不是想写“deadline”？"),
    ),
    (
        "id: poem.civil",
        "id: deadline.civil",
        ("unknown-kind", 3, 5, "没有“poem”这一类制度。按其余的键看，这是期限，id 要以“deadline.”开头。"),
    ),
    (
        "",
        "id: deadline.civil.summary\n",
        ("missing-key", 3, 1, "缺少“id”。id 写作“类别.名称”，类别决定这份文件怎么读。"),
    ),
    (
        "id: deadline.简易",
        "id: deadline.civil.summary",
        (
            "bad-id",
            3,
            5,
            "“deadline.简易”不是合格的 id。写作“类别.名称”，只用小写英文字母、数字、下划线和点。",
        ),
    ),
]


@pytest.mark.parametrize(
    ("wrong", "right", "expected"), MISTAKES, ids=[m[2][0] + "-" + m[0][:20] for m in MISTAKES]
)
def test_a_mistake_is_named_at_its_field(wrong: str, right: str, expected: tuple[str, int, int, str]) -> None:
    result = read(summary_with(right, wrong, 1))
    assert expected in [told(problem) for problem in result.problems]
    assert result.definition is None


def test_an_unknown_kind_says_which_kinds_there_are_now() -> None:
    (problem,) = read(summary_with("id: deadline.civil", "id: poem.civil")).problems
    assert problem.allowed == tuple(KINDS)
    assert {"deadline", "caseflow", "ledger"} <= set(problem.allowed)


def test_all_mistakes_of_a_file_are_reported_together_in_order() -> None:
    text = (
        SUMMARY.replace("limit: 3 个月", "limit: 3月")
        .replace("from: 2022-01-01", "from: 2022-13-01")
        .replace("first_day:", "frist_day:")
        .replace("owner: 审判管理办公室\n", "")
    )
    assert [(problem.code, problem.line) for problem in read(text).problems] == [
        ("missing-key", 3),
        ("unknown-key", 9),
        ("bad-date", 19),
        ("bad-duration", 20),
        ("bad-duration", 26),
    ]


CALENDAR = "calendar/2024.yaml"
KIND_MISTAKES = [
    (CALENDAR, "status: 正式", "status: 正试", ("bad-choice", 7, 9, "不能写“正试”。您是不是想写“正式”？")),
    (CALENDAR, "year: 2024", "year: 24", ("bad-number", 6, 7, "“24”不是 1990 至 2100 之间的整数。")),
    (
        CALENDAR,
        "- 2024-02-04 ",
        "- 2024-02-12 ",
        ("bad-date", 20, 5, "2024-02-12 既写成放假（春节），又写成上班。"),
    ),
    (
        CALENDAR,
        "- 2024-02-04 ",
        "- 2024-02-05 ",
        ("bad-date", 20, 5, "2024-02-05 本来就是工作日（周一至周五），不用写进 workdays。"),
    ),
    (
        CALENDAR,
        "days: 2024-06-10",
        "days: 2024-05-05",
        ("bad-date", 15, 24, "2024-05-05 已经写在“劳动节”里了。一天只能属于一个节日。"),
    ),
    (
        "dictionary/events.yaml",
        "  分案          allocated\n",
        "  分案          allocated  多余\n",
        ("bad-table", 15, 1, "这一行有 3 列，应为 2 列（名称、代码）。空着的格写“—”，格里不能有空格。"),
    ),
    (
        "dictionary/events.yaml",
        "  分案          allocated\n",
        "  立案          allocated\n",
        ("duplicate-row", 15, 1, "“立案”已经出现在第 13 行。第一列“名称”不能重复。"),
    ),
    (
        "dictionary/events.yaml",
        "  名称          代码\n",
        "  代码          名称\n",
        ("bad-table", 12, 1, "表格第一行应为各列的名称：名称  代码。"),
    ),
    (
        "roles/court.yaml",
        "sees: 本人案件",
        "sees: 全部",
        ("bad-choice", 9, 39, "不能写“全部”。"),
    ),
    (
        "caseflow/2024-01-01.yaml",
        "届满后 1 天 黄 庭长",
        "届满后一天 黄 庭长",
        (
            "bad-duration",
            16,
            19,
            "不认识的时长“一天”。数字要写成 1、2、3。"
            "写作“数字 空格 单位”，单位可用：年、个月、天、个工作日、小时、分钟；"
            "另可写 半个月、1 个半月、半天、半个工作日。",
        ),
    ),
    (
        "caseflow/2024-01-01.yaml",
        "届满后 1 天 黄 庭长",
        "届满后 1 天 橙 庭长",
        ("bad-rung", 16, 19, "没有“橙”这种颜色。"),
    ),
    (
        "caseflow/2024-01-01.yaml",
        "届满后 1 天 黄 庭长",
        "超期 1 天 黄 庭长",
        (
            "bad-rung",
            16,
            19,
            "“超期 1 天 黄 庭长”不是预警档。写作“届满前 时长 颜色 角色”“届满后 时长 颜色 角色”"
            "或者“届满日 颜色 角色”。",
        ),
    ),
    (
        "caseflow/2024-01-01.yaml",
        '["2024-03-04 立案"]',
        '["立案 2024-03-04"]',
        (
            "bad-event",
            42,
            14,
            "“立案 2024-03-04”不是事项。写作“日期 事项”，后面可加“录入 日期”；"
            "有起止的写“日期 至 日期 事项”。",
        ),
    ),
    (
        "screening/four.yaml",
        "当事人人数 >= 10\n",
        "当事人人数 ** 2 > 9\n",
        ("bad-expression", 14, 11, "只能用 +、-、* 计算。"),
    ),
    (
        "documents/notice.yaml",
        "{承办人}承办",
        "{承办法官}承办",
        ("bad-placeholder", 10, 7, "占位符“{承办法官}”没有写进 fields。您是不是想写“承办人”？"),
    ),
    (
        "documents/notice.yaml",
        "督{序号:3}号",
        "督号",
        ("bad-number-format", 7, 9, "文号里要有“{年}”和“{序号}”，还可以有“{法院代字}”，不能有别的占位符。"),
    ),
]


@pytest.mark.parametrize(
    ("name", "right", "wrong", "expected"), KIND_MISTAKES, ids=[f"{m[0]}-{m[2][:16]}" for m in KIND_MISTAKES]
)
def test_each_kind_names_its_own_mistakes(
    court: Court, name: str, right: str, wrong: str, expected: tuple[str, int, int, str]
) -> None:
    court.edit(name, right, wrong)
    assert expected in court.errors()


def test_a_mistake_within_the_fields_of_a_paper_is_not_said_again_of_every_placeholder(court: Court) -> None:
    court.edit("documents/notice.yaml", "{label: 案号, required: 是}", "{label: 案号, required: yes}")
    assert [one[0] for one in court.errors() if one[0] != "unknown-definition"] == ["bad-flag"]
