"""Every way a clerk breaks a file while typing, and the exact words that are said."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingjing.definitions.notes import Notes
from mingjing.definitions.reading import read_bytes, read_file
from tests.definitions.court import SUMMARY, read, summary_with, told

SLIPS = [
    (
        "a tab instead of blanks",
        summary_with("  starts: 立", "\tstarts: 立"),
        [("tab", 9, 1, "这里用了制表符（Tab）。缩进请改用空格。")],
    ),
    (
        "a full-width colon after a key",
        summary_with("label: 简", "label：简"),
        [("full-width-colon", 4, 6, "“label”后面用了全角冒号“：”。请改成英文冒号“:”，后面再加一个空格。")],
    ),
    (
        "a full-width colon inside braces",
        summary_with("{approver: 本院院长, at_most: 1", "{approver：本院院长, at_most: 1"),
        [
            (
                "full-width-colon",
                22,
                17,
                "“approver”后面用了全角冒号“：”。请改成英文冒号“:”，后面再加一个空格。",
            )
        ],
    ),
    (
        "a full-width colon after a Chinese key",
        summary_with("{案件类型: 民", "{案件类型：民"),
        [
            (
                "full-width-colon",
                6,
                11,
                "“案件类型”后面用了全角冒号“：”。请改成英文冒号“:”，后面再加一个空格。",
            )
        ],
    ),
    (
        "a full-width comma between two entries in braces",
        summary_with("本院院长, at_most: 1", "本院院长，at_most: 1"),
        [("full-width-comma", 22, 31, "两项之间用了全角的“，”。请改成英文逗号“,”，后面再加一个空格。")],
    ),
    (
        "rows pasted from a workbook",
        summary_with("counting:\n", "counting:\n  起算\t立案日期\n"),
        [
            (
                "tab",
                9,
                5,
                "这一行中间有制表符（Tab），像是从 Excel 粘贴来的。"
                "请把每一项写成“键: 值”，用空格，不用制表符。",
            )
        ],
    ),
    (
        "a quote that the next one further down closes",
        summary_with("owner: 审判", 'owner: "审判').replace("first_day: 不计入", 'first_day: "不计入"', 1),
        [("unclosed-quote", 5, 8, "引号没有成对：这一行的引号没有关上。")],
    ),
    (
        "no blank after the colon",
        summary_with("owner: ", "owner:"),
        [("no-space-after-colon", 5, 7, "“owner:”的冒号后面缺一个空格。")],
    ),
    (
        "no blank after a colon inside braces",
        summary_with("at_most: 1", "at_most:1"),
        [("no-space-after-colon", 22, 33, "“at_most:”的冒号后面缺一个空格。")],
    ),
    (
        "a quote never closed",
        summary_with("label: 简易程序审理期限", 'label: "简易程序审理期限'),
        [("unclosed-quote", 4, 8, "引号没有成对：这一行的引号没有关上。")],
    ),
    (
        "a square bracket never closed",
        summary_with("中止诉讼期间]", "中止诉讼期间"),
        [("unclosed-bracket", 15, 11, "从这里开始的方括号“[”没有关上，或者两项之间少了英文逗号。")],
    ),
    (
        "a brace never closed",
        summary_with("at_most: 1 个月}", "at_most: 1 个月"),
        [("unclosed-bracket", 22, 16, "从这里开始的花括号“{”没有关上，或者两项之间少了英文逗号。")],
    ),
    (
        "a key one blank too far to the right",
        summary_with("  no_such_day", "   no_such_day"),
        [
            (
                "bad-indent",
                11,
                4,
                "这一行没有和上面的键对齐，或者前面的引号、括号没有写完。同一层的键要从同一列开始。",
            )
        ],
    ),
    (
        "full-width blanks as indentation",
        summary_with("  starts: 立", "　　starts: 立"),
        [("bad-indent", 9, 1, "这一行用了全角空格或不换行空格来缩进。请改用普通空格。")],
    ),
    (
        "a value that starts with @",
        summary_with("owner: 审", "owner: @审"),
        [
            (
                "special-character",
                5,
                8,
                "内容不能以这个符号开头（@ ` % 等在 YAML 里另有用途）。请给整段内容加上英文引号。",
            )
        ],
    ),
    (
        "a value that starts with a blank to fill in",
        summary_with("owner: 审判管理办公室", "owner: {部门}负责人"),
        [("special-character", 5, 8, "以“{”开头的内容要整段加上英文引号。")],
    ),
    (
        "a colon and a blank inside a value",
        summary_with("text: 人民法院", "text: 第一: 人民法院", 1),
        [
            (
                "yaml-syntax",
                24,
                13,
                "这里不应再出现冒号。一行只能有一个“键: 值”；值里若有冒号加空格，请给值加上英文引号；"
                "也请看看上一行的键是不是少了冒号或空格、这一行是不是多缩进了。",
            )
        ],
    ),
    (
        "a character nobody sees",
        summary_with("owner: 审", "owner: 审\x07"),
        [
            (
                "control-character",
                5,
                9,
                "这里有看不见的控制字符（U+0007），多半是从别处粘贴时带来的。请删去后重新输入这一行。",
            )
        ],
    ),
    (
        "the same key twice",
        summary_with("owner: 审判", "label: 再写一次\nowner: 审判"),
        [("duplicate-key", 5, 1, "键“label”写了两次，第一次在第 4 行。请删去一处。")],
    ),
    (
        "an anchor and its alias",
        SUMMARY.replace("limit: 3 个月", "limit: &x 3 个月", 1).replace("limit: 3 个月", "limit: *x"),
        [
            (
                "yaml-anchor",
                21,
                12,
                "不支持锚点和引用“&x”。请把内容写全；若内容本身以“&”或“*”开头，请加英文引号。",
            ),
            (
                "yaml-anchor",
                27,
                12,
                "不支持锚点和引用“*x”。请把内容写全；若内容本身以“&”或“*”开头，请加英文引号。",
            ),
        ],
    ),
    (
        "a type tag",
        summary_with("limit: 3 个月", "limit: !!str 3 个月", 1),
        [("yaml-tag", 21, 12, "不支持类型标签“!!str”。请只写内容本身。")],
    ),
    (
        "a merge key",
        summary_with("counting:\n", "counting:\n  <<: {a: b}\n"),
        [("yaml-merge", 9, 3, "不支持合并键“<<”。请把内容写全，让读的人一眼看完。")],
    ),
    (
        "two documents in one file",
        SUMMARY + "\n---\nid: deadline.other\n",
        [
            (
                "several-documents",
                77,
                1,
                "一个文件只能有一份制度，这里的“---”开始了第二份。请拆成两个文件。",
            )
        ],
    ),
    (
        "no colon after a key",
        summary_with("label: 简", "label 简"),
        [("yaml-syntax", 4, 6, "“label”后面没有英文冒号。请写成英文冒号加一个空格。")],
    ),
    (
        "an equals sign in place of the colon",
        summary_with("owner: 审", "owner = 审"),
        [("yaml-syntax", 5, 6, "“owner”后面是等号“=”，没有英文冒号。请写成英文冒号加一个空格。")],
    ),
    (
        "a first line that does not begin at the margin",
        summary_with("id: ", "  id: "),
        [("bad-indent", 3, 1, "这一行前面多了空格。最外层的键要顶格写。")],
    ),
    (
        "a blank of a web page behind the colon",
        summary_with("label: 简", "label:\u00a0简"),
        [("no-space-after-colon", 4, 7, "“label:”的冒号后面是全角空格或不换行空格。请改成普通空格。")],
    ),
    (
        "a blank without width behind the colon",
        summary_with("label: 简", "label:\u200b 简"),
        [
            (
                "control-character",
                4,
                7,
                "这里有看不见的控制字符（U+200B），多半是从别处粘贴时带来的。请删去后重新输入这一行。",
            )
        ],
    ),
    (
        "full-width braces",
        summary_with("{案件类型: 民事一审", "｛案件类型: 民事一审"),
        [("unclosed-bracket", 6, 10, "这里用了全角的括号“｛”。请改成英文的“{”。")],
    ),
    (
        "a full-width comma between two Chinese entries",
        summary_with("民事一审, 审理程序", "民事一审，审理程序"),
        [("full-width-comma", 6, 21, "两项之间用了全角的“，”。请改成英文逗号“,”，后面再加一个空格。")],
    ),
    (
        "one bracket too many",
        summary_with("中止诉讼期间]", "中止诉讼期间]]"),
        [("unclosed-bracket", 15, 41, "这里多了一个“]”。括号要成对。")],
    ),
    (
        "a word behind the bracket",
        summary_with("中止诉讼期间]", "中止诉讼期间] 等"),
        [("yaml-syntax", 15, 42, "括号关上以后，这一行又写了“等”。请删去，说明写在 # 后面。")],
    ),
    (
        "no blank behind the dash",
        summary_with("- from: 2022", "-from: 2022"),
        [
            (
                "bad-indent",
                20,
                3,
                "这一项前面的“-”后面缺一个空格。列表的每一项以英文减号“-”加一个空格开头。",
            )
        ],
    ),
    (
        "a full-width dash",
        summary_with("- from: 2022", "－ from: 2022"),
        [("bad-indent", 20, 3, "这一项前面用了全角的“－”。列表的每一项以英文减号“-”加一个空格开头。")],
    ),
    ("nothing in the file", "", [("empty-file", 1, 1, "文件里没有内容。")]),
    ("only a comment", "# 期限\n", [("empty-file", 1, 1, "文件里没有内容。")]),
    ("a list", "# 期限\n- 甲\n", [("not-a-mapping", 2, 1, "制度文件的最外层应为“键: 值”的形式。")]),
    (
        "no question in the first line",
        SUMMARY.split("\n", 2)[2],
        [("no-question", 1, 1, "第一行应是一句注释，用大白话写明本文件回答什么问题。")],
    ),
    ("nested too deep", "# 期限\n" + "[" * 200, [("too-deep", 2, 17, "嵌套太深，最多 16 层。")]),
]


@pytest.mark.parametrize(("slip", "text", "expected"), SLIPS, ids=[slip[0] for slip in SLIPS])
def test_a_slip_is_named_at_its_place(
    slip: str, text: str, expected: list[tuple[str, int, int, str]]
) -> None:
    result = read(text)
    assert [told(problem) for problem in result.problems] == expected
    assert result.definition is None


def test_the_example_shows_the_very_entry_as_it_should_be() -> None:
    for text, example in (
        (summary_with("label: 简", "label：简"), "label: 简易程序审理期限"),
        (summary_with("owner: ", "owner:"), "owner: 审判管理办公室"),
        (summary_with("owner: 审判管理办公室", "owner: %审判"), 'owner: "%审判"'),
    ):
        assert [problem.example for problem in read(text).problems] == [example]


ENCODINGS = [
    (SUMMARY.encode("gb18030"), "gbk", "文件是 GBK（GB18030）编码，制度文件只收 UTF-8。"),
    (b"\xef\xbb\xbf" + SUMMARY.encode(), "bom", "文件开头有看不见的 BOM 标记。"),
    (SUMMARY.encode("utf-16"), "not-utf8", "文件是 UTF-16 编码（记事本里叫“Unicode”），制度文件只收 UTF-8。"),
    (b"# \xe6\x9c\x9f\nid: \xff\xff\xff\n", "not-utf8", "文件不是 UTF-8 编码，这里的字节无法辨认。"),
]


@pytest.mark.parametrize(("data", "code", "cause"), ENCODINGS, ids=["GBK", "BOM", "UTF-16", "garbage"])
def test_a_wrong_encoding_is_named_with_the_way_to_save_rightly(data: bytes, code: str, cause: str) -> None:
    (problem,) = read(data).problems
    assert problem.code == code
    assert problem.cause == cause + "请用编辑器“另存为”，编码选“UTF-8”（不带 BOM）。"


def test_a_huge_file_is_refused_before_it_is_parsed() -> None:
    (problem,) = read(b"#" * 4_000_001).problems
    assert told(problem) == (
        "too-large",
        1,
        1,
        "文件有 4000001 字节，最多 4000000 字节。请按问题拆成几个文件。",
    )


def test_a_file_that_cannot_be_opened_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    (problem,) = read_file(tmp_path / "没有.yaml").problems
    assert problem.code == "unreadable-file"


def test_every_slip_on_different_lines_is_named_at_once() -> None:
    text = (
        summary_with("label: 简", "label：简")
        .replace("owner: ", "owner:")
        .replace("  starts: 立", "\tstarts: 立")
    )
    assert [problem.code for problem in read(text).problems] == [
        "full-width-colon",
        "no-space-after-colon",
        "tab",
    ]


def test_line_ends_of_windows_are_as_good_as_any() -> None:
    windows, unix = read(SUMMARY.replace("\n", "\r\n")), read(SUMMARY)
    assert windows.definition is not None
    assert unix.definition is not None
    assert windows.definition.content_hash == unix.definition.content_hash


def test_words_that_other_yaml_readers_turn_into_flags_stay_words() -> None:
    text = summary_with("owner: 审判管理办公室", "owner: off")
    definition = read(text).definition
    assert definition is not None
    assert definition.owner == "off"


def test_a_problem_reads_as_place_line_cause_allowed_and_example() -> None:
    notes = Notes(Path("summary.yaml"))
    (problem,) = read_bytes(summary_with("取月末 ", "取月头 ").encode(), notes).problems
    assert str(problem) == (
        "summary.yaml:11:16  错误 bad-choice\n"
        "  no_such_day: 取月头                # 民法典第二百零二条\n"
        "  不能写“取月头”。您是不是想写“取月末”？可用：取月末、月末对月末。例如：取月末"
    )


def test_an_id_of_another_kind_is_one_mistake_and_names_the_kind_that_was_meant() -> None:
    (problem,) = read(summary_with("id: deadline.", "id: ledger.")).problems
    assert (problem.code, problem.line, problem.column) == ("bad-id", 3, 5)
    assert "都是期限（deadline）的键" in problem.cause
    assert problem.example.startswith("id: deadline.civil")


def test_a_misspelt_key_shows_the_right_one_written_out_and_is_not_missed_as_well() -> None:
    (problem,) = read(summary_with("owner: ", "onwer: ")).problems
    assert (problem.code, problem.example) == ("unknown-key", "owner: 审判管理办公室")
