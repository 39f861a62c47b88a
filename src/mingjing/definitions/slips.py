"""Slips of the pen that make a file unreadable, found line by line and named in the clerk's words."""

from __future__ import annotations

import re

import yaml

from mingjing.definitions.notes import Notes

_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_TAB = re.compile(r"^ *\t")
_WIDE_COLON = re.compile(r"^\s*(?:- )?\{?\s*([A-Za-z_]+)(：)")
_WIDE_COLON_NEAR = re.compile(r"^\s*(?:- )?\{?\s*([\w·（）]{1,20})(：)")
_WIDE_COMMA = re.compile(r"([，；])\s*[A-Za-z_]+:\s")
_PASTED = re.compile(r"\S(\t)")
_NO_SPACE = re.compile(r"^\s*(?:- )?([A-Za-z_]+)(:)(?=[^\s/])")
_OPEN_QUOTE = re.compile(r"""(?:^|[:,\[{-]\s+|^\s*-\s+)(?P<quote>['"])(?:(?!(?P=quote)).)*$""")
_OPEN_BRACE = re.compile(r"^\s*(?:- )?[\w]+:\s+([{\[])[^{}\[\]]*[}\]]\s*[^\s#,}\]]")
_WIDE_SPACE = re.compile("^ *[\u3000\u00a0]+\\s*(?:- )?[\\w]+:")

_UNCLOSED_HERE = ("unclosed-quote", "引号没有成对：这一行的引号没有关上。", 'label: "名称"')
_MESSAGES: dict[str, tuple[str, str, str]] = {
    # what libyaml says (a part of it) → code, cause, example
    "found a tab character": ("tab", "这里用了制表符（Tab）。缩进请改用空格。", "  limit: 3 个月"),
    "that cannot start any token": (
        "special-character",
        "内容不能以这个符号开头（@ ` % 等在 YAML 里另有用途）。请给整段内容加上英文引号。",
        'label: "@某某"',
    ),
    "mapping values are not allowed": (
        "yaml-syntax",
        "这里不应再出现冒号。一行只能有一个“键: 值”；值里若有冒号加空格，请给值加上英文引号；"
        "也请看看上一行的键是不是少了冒号或空格、这一行是不是多缩进了。",
        'text: "第一条: 期间"',
    ),
    "could not find expected ':'": (
        "yaml-syntax",
        "这一行没有“键: 值”的冒号。键后面要用英文冒号，再加一个空格。",
        "label: 简易程序审理期限",
    ),
    "unknown escape character": (
        "yaml-syntax",
        "双引号里的反斜杠“\\”后面跟了不认识的字。请改用单引号。",
        "label: '甲\\乙'",
    ),
    "while scanning a quoted scalar": (
        "unclosed-quote",
        "引号没有成对：从这里开始的引号一直没有关上。",
        'label: "名称"',
    ),
    "while parsing a quoted scalar": (
        "unclosed-quote",
        "引号没有成对：从这里开始的引号一直没有关上。",
        'label: "名称"',
    ),
    "while parsing a flow mapping": (
        "unclosed-bracket",
        "从这里开始的花括号“{”没有关上，或者两项之间少了英文逗号。",
        "applies: {案件类型: 民事一审, 审理程序: 简易程序}",
    ),
    "while parsing a flow sequence": (
        "unclosed-bracket",
        "从这里开始的方括号“[”没有关上，或者两项之间少了英文逗号。",
        "excludes: [鉴定期间, 公告期间]",
    ),
    "did not find expected '-' indicator": (
        "bad-indent",
        "列表的各项没有对齐。同一个列表的“-”要在同一列。",
        "questions:\n  - 第一个问题\n  - 第二个问题",
    ),
    "did not find expected key": (
        "bad-indent",
        "这一行没有和上面的键对齐，或者前面的引号、括号没有写完。同一层的键要从同一列开始。",
        "counting:\n  starts: 立案日期\n  first_day: 不计入",
    ),
    "did not find expected <document start>": (
        "bad-indent",
        "这一行没有和上面的键对齐。最外层的键要顶格写。",
        "id: deadline.civil.summary\nlabel: 简易程序审理期限",
    ),
    "did not find expected node content": (
        "yaml-syntax",
        "这里应当有内容，却遇到了多余的符号。",
        "limit: 3 个月",
    ),
    "directive": ("yaml-syntax", "文件里不要写以“%”开头的指令行。", "id: deadline.civil.summary"),
    "block scalar": (
        "bad-indent",
        "“|”后面的多行文字没有对齐。每一行都要比键多缩进两个空格。",
        "body: |\n  第一段\n  第二段",
    ),
}


def say_hidden_characters(text: str, notes: Notes) -> bool:
    """Note every line with characters that cannot be seen; True when there are any."""
    if _HIDDEN.search(text) is None:
        return False
    for number, line in enumerate(text.split("\n"), 1):
        if found := _HIDDEN.search(line):
            name = f"U+{ord(found[0]):04X}"
            notes.say(
                (number, found.start() + 1),
                "control-character",
                f"这里有看不见的控制字符（{name}），多半是从别处粘贴时带来的。请删去后重新输入这一行。",
            )
    return True


def say_syntax_error(error: yaml.YAMLError, notes: Notes) -> None:
    """Note why libyaml stopped, in Chinese, and every slip that can be recognised in the lines."""
    place, code, cause, example = _translated(error)
    if code == "special-character":
        example = _quoted(notes.lines, place) or example
    slips = _slips(notes.lines, near=place[0]) or _unclosed_before(notes.lines, place[0])
    for (line, column), (slip, why, sample) in slips.items():
        notes.say((line, column), slip, why, example=sample)
    # A slip explains what libyaml stumbled over just after it, and any vague complaint further down.
    explained = any(0 <= place[0] - line <= 2 or slip is _UNCLOSED_HERE for (line, _), slip in slips.items())
    if not explained and not (slips and code in ("yaml-syntax", "bad-indent")):
        notes.say(place, code, cause, example=example)


def _unclosed_before(lines: tuple[str, ...], near: int) -> dict[tuple[int, int], tuple[str, str, str]]:
    """A quote opened further up and closed by the next one there is, which is what libyaml stumbles over."""
    for number, line in enumerate(lines[: near - 1], 1):
        if match := _OPEN_QUOTE.search(line.partition(" #")[0]):
            return {(number, match.start("quote") + 1): _UNCLOSED_HERE}
    return {}


def _quoted(lines: tuple[str, ...], place: tuple[int, int]) -> str:
    """The entry at a place with its value in quotes, or nothing where it is not to be made out."""
    line = lines[place[0] - 1] if 0 < place[0] <= len(lines) else ""
    key = re.search(r"([\w]+):\s*$", line[: place[1] - 1])
    value = re.match(r"[^,}\]\n]+", line[place[1] - 1 :])
    return f'{key[1]}: "{value[0].strip()}"' if key and value and '"' not in value[0] else ""


def _rest(line: str, at: int) -> str:
    """What follows in the line, as an example shows it; ``…`` for nothing or much."""
    rest = line[at:].strip()
    return rest if 0 < len(rest) <= 30 else "…"


def _translated(error: yaml.YAMLError) -> tuple[tuple[int, int], str, str, str]:
    problem = str(getattr(error, "problem", "") or "")
    context = str(getattr(error, "context", "") or "")
    mark = getattr(error, "problem_mark", None)
    opened = getattr(error, "context_mark", None)
    said = f"{problem} {context}"
    for phrase, (code, cause, example) in _MESSAGES.items():
        if phrase in said:
            from_start = code.startswith("unclosed") and opened is not None
            return _place(opened if from_start else mark), code, cause, example
    return (
        _place(mark),
        "yaml-syntax",
        "这里不符合 YAML 的写法，请对照例子检查缩进、冒号、引号和括号。",
        "limit: 3 个月",
    )


def _place(mark: yaml.Mark | None) -> tuple[int, int]:
    return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)


def _slips(lines: tuple[str, ...], *, near: int) -> dict[tuple[int, int], tuple[str, str, str]]:
    found: dict[tuple[int, int], tuple[str, str, str]] = {}
    for number, line in enumerate(lines, 1):
        close = 0 <= near - number <= 2
        if match := _TAB.search(line):
            found[number, match.end()] = _MESSAGES["found a tab character"]
        elif close and (match := _PASTED.search(line)):
            cause = (
                "这一行中间有制表符（Tab），像是从 Excel 粘贴来的。"
                "请把每一项写成“键: 值”，用空格，不用制表符。"
            )
            found[number, match.start(1) + 1] = ("tab", cause, "room: {label: 房间, type: 文本}")
        elif close and (match := _WIDE_COMMA.search(line)):
            cause = f"两项之间用了全角的“{match[1]}”。请改成英文逗号“,”，后面再加一个空格。"
            found[number, match.start(1) + 1] = ("full-width-comma", cause, "{label: 房间, type: 文本}")
        elif match := (_WIDE_COLON_NEAR if close else _WIDE_COLON).search(line):
            key = match[1]
            cause = f"“{key}”后面用了全角冒号“：”。请改成英文冒号“:”，后面再加一个空格。"
            example = f"{key}: {_rest(line, match.end(2))}"
            found[number, match.start(2) + 1] = ("full-width-colon", cause, example)
        elif match := _NO_SPACE.search(line):
            key = match[1]
            cause = f"“{key}:”的冒号后面缺一个空格。"
            example = f"{key}: {_rest(line, match.end(2))}"
            found[number, match.end(2) + 1] = ("no-space-after-colon", cause, example)
        elif _WIDE_SPACE.search(line):
            cause = "这一行用了全角空格或不换行空格来缩进。请改用普通空格。"
            found[number, 1] = ("bad-indent", cause, "  limit: 3 个月")
        elif close and (match := _OPEN_BRACE.search(line)):
            cause = f"以“{match[1]}”开头的内容要整段加上英文引号。"
            found[number, match.start(1) + 1] = ("special-character", cause, 'to: "{部门}负责人"')
        elif close and (match := _OPEN_QUOTE.search(line)):
            found[number, match.start("quote") + 1] = _UNCLOSED_HERE
    return found
