"""Slips of the pen that make a file unreadable, found line by line and named in the clerk's words."""

from __future__ import annotations

import re

import yaml

from mingjing.definitions.notes import Notes

_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028\u2029\u2060\ufeff\ufffe\uffff]")
_TAB = re.compile(r"^ *\t")
_WIDE_COLON = re.compile(r"^\s*(?:- )?\{?\s*([A-Za-z_]+)(：)")
_WIDE_COLON_NEAR = re.compile(r"^\s*(?:- )?\{?\s*([\w·（）]{1,20})(：)")
_WIDE_COMMA = re.compile(r"[，；](?=\s*[A-Za-z_]+:\s)")
_WIDE_COMMA_BETWEEN = re.compile(r"(?:(?<=[\]}])[，；、]|[，；、](?=\s*\w{1,12}:\s))")
_IN_BRACKETS = re.compile(r"^\s*(?:- +)?(?:\w+: +)?[{\[](?!\w+})")
_WIDE_BRACKET = re.compile("[｛｝【】［］]")
_NARROW = {"｛": "{", "｝": "}", "【": "[", "】": "]", "［": "[", "］": "]"}
_WIDE_AFTER = re.compile(r"^\s*(?:- )?([\w]+):(?=[\u00a0\u3000])")
_DASH = re.compile(r"^\s*(?:(?P<wide>[－—–])|(?P<glued>-)(?=[^\s-]))")
_AFTER = re.compile(r"^(?:\s*(?:- )?[\w]+:|\s*-)\s+[{\[].*[}\]]\s*(?P<rest>[^\s#,}\]:][^}\]]*)$")
_BLANK = re.compile(r"^\s*(?:- )?[\w]+:\s+\{[\w]+\}")
_TEXT = re.compile(r""""[^"]*"|'[^']*'|\s#.*$""")
_NO_COLON = re.compile(r"^\s*(?:- )?(?P<key>[a-z][a-z_]+)(?P<sign> *=(?!=) *| +)(?P<rest>[^\s=].*)$")
_PASTED = re.compile(r"\S(\t)")
_NO_SPACE = re.compile(r"^\s*(?:- )?([A-Za-z_]+)(:)(?=[^\s/])")
_OPEN_QUOTE = re.compile(r"""(?:^|[:,\[{-]\s+|^\s*-\s+)(?P<quote>['"])(?:(?!(?P=quote)).)*$""")
_OPEN_BRACE = re.compile(r"^\s*(?:- )?[\w]+:\s+([{\[])[^{}\[\]]*[}\]]\s*[^\s#,}\]]")
_WIDE_SPACE = re.compile("^ *[\u3000\u00a0]+\\s*(?:- )?[\\w]+:")

Slip = tuple[str, str, str]
"""Code, cause and example."""
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
        "这一行没有“键: 值”的冒号。键后面要用英文冒号，再加一个空格；接着上一行的话，请和上一行写成一行；"
        "是列表的一项，前面要有“-”和空格。",
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
        "列表的各项没有对齐，或者列表的“-”和“键: 值”混在了一层。同一个列表的“-”要在同一列。",
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
    slips = (
        _slips(notes.lines, near=place[0])
        or _unclosed_before(notes.lines, place[0])
        or (_without_colon(notes.lines, place[0]) if code in ("yaml-syntax", "bad-indent") else {})
    )
    for (line, column), (slip, why, sample) in slips.items():
        notes.say((line, column), slip, why, example=sample)
    # A slip explains what libyaml stumbled over just after it, and any vague complaint further down.
    explained = any(0 <= place[0] - line <= 2 or slip is _UNCLOSED_HERE for (line, _), slip in slips.items())
    if not explained and not (slips and code in ("yaml-syntax", "bad-indent")):
        notes.say(place, code, cause, example=example)


def _unclosed_before(lines: tuple[str, ...], near: int) -> dict[tuple[int, int], Slip]:
    """A quote opened further up and closed by the next one there is, which is what libyaml stumbles over."""
    for number, line in enumerate(lines[: near - 1], 1):
        if match := _OPEN_QUOTE.search(line.partition(" #")[0]):
            return {(number, match.start("quote") + 1): _UNCLOSED_HERE}
    return {}


def _without_colon(lines: tuple[str, ...], near: int) -> dict[tuple[int, int], Slip]:
    """A key without its colon, at the place or right above it: libyaml stumbles over the next colon. Or a
    first line that does not begin at the margin, against which all others seem wrong."""
    for number in (near - 1, near):
        line = lines[number - 1] if 0 < number <= len(lines) else ""
        match = _NO_COLON.search(line)
        if match is None or _in_block(lines, number):
            continue
        key, sign = match["key"], match["sign"].strip()
        cause = f"“{key}”后面{'是等号“=”，' if sign else ''}没有英文冒号。请写成英文冒号加一个空格。"
        example = f"{key}: {_rest(match['rest'], 0)}"
        return {(number, match.end("key") + 1): ("yaml-syntax", cause, example)}
    for number, line in enumerate(lines[:near], 1):
        if line.strip() and not line.lstrip().startswith("#"):
            if number < near and line[0] == " ":
                cause = "这一行前面多了空格。最外层的键要顶格写。"
                return {(number, 1): ("bad-indent", cause, line.strip())}
            break
    return {}


def _in_block(lines: tuple[str, ...], number: int) -> bool:
    """Whether a line stands in the text behind a ``|``."""
    indent = len(lines[number - 1]) - len(lines[number - 1].lstrip())
    for line in reversed(lines[: number - 1]):
        if line.strip() and len(line) - len(line.lstrip()) < indent:
            return line.rstrip().endswith(("|", ">", "|-", ">-"))
    return False


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
            from_start = opened is not None and (code.startswith("unclosed") or "expected ':'" in phrase)
            return _place(opened if from_start else mark), code, cause, example
    return (
        _place(mark),
        "yaml-syntax",
        "这里不符合 YAML 的写法，请对照例子检查缩进、冒号、引号和括号。",
        "limit: 3 个月",
    )


def _place(mark: yaml.Mark | None) -> tuple[int, int]:
    return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)


def _slips(lines: tuple[str, ...], *, near: int) -> dict[tuple[int, int], Slip]:
    found: dict[tuple[int, int], Slip] = {}
    for number, line in enumerate(lines, 1):
        close = 0 <= near - number <= 2
        if match := _TAB.search(line):
            found[number, match.end()] = _MESSAGES["found a tab character"]
            continue
        between = _between_entries(line, listed=not _in_block(lines, number)) if close else None
        slip = between or _behind_key(line, close=close) or (_in_brackets(line) if close else None)
        if slip is not None:
            found[number, slip[0]] = slip[1]
    return found


def _between_entries(line: str, *, listed: bool) -> tuple[int, Slip] | None:
    """A mark of the wrong kind between entries or before them; ``listed`` where a dash begins an entry."""
    if match := _PASTED.search(line):
        cause = (
            "这一行中间有制表符（Tab），像是从 Excel 粘贴来的。请把每一项写成“键: 值”，用空格，不用制表符。"
        )
        return match.start(1) + 1, ("tab", cause, "room: {label: 房间, type: 文本}")
    if match := _WIDE_COMMA.search(line) or _between(line):
        cause = f"两项之间用了全角的“{match[0]}”。请改成英文逗号“,”，后面再加一个空格。"
        return match.start() + 1, ("full-width-comma", cause, "{label: 房间, type: 文本}")
    if match := _WIDE_BRACKET.search(_TEXT.sub(_blanked, line)):
        cause = f"这里用了全角的括号“{match[0]}”。请改成英文的“{_NARROW[match[0]]}”。"
        return match.start() + 1, ("unclosed-bracket", cause, "{label: 房间, type: 文本}")
    if listed and (match := _DASH.search(line)):
        what = f"用了全角的“{match['wide']}”" if match["wide"] else "的“-”后面缺一个空格"
        cause = f"这一项前面{what}。列表的每一项以英文减号“-”加一个空格开头。"
        return match.end(), ("bad-indent", cause, f"- {_rest(line, match.end())}")
    return None


def _behind_key(line: str, *, close: bool) -> tuple[int, Slip] | None:
    """A colon or a blank of the wrong kind; far from the place only what can be nothing else."""
    if match := _WIDE_AFTER.search(line):
        cause = f"“{match[1]}:”的冒号后面是全角空格或不换行空格。请改成普通空格。"
        return match.end() + 1, ("no-space-after-colon", cause, f"{match[1]}: {_rest(line, match.end())}")
    if match := (_WIDE_COLON_NEAR if close else _WIDE_COLON).search(line):
        cause = f"“{match[1]}”后面用了全角冒号“：”。请改成英文冒号“:”，后面再加一个空格。"
        return match.start(2) + 1, ("full-width-colon", cause, f"{match[1]}: {_rest(line, match.end(2))}")
    if match := _NO_SPACE.search(line):
        cause = f"“{match[1]}:”的冒号后面缺一个空格。"
        return match.end(2) + 1, ("no-space-after-colon", cause, f"{match[1]}: {_rest(line, match.end(2))}")
    if _WIDE_SPACE.search(line):
        cause = "这一行用了全角空格或不换行空格来缩进。请改用普通空格。"
        return 1, ("bad-indent", cause, "  limit: 3 个月")
    return None


def _in_brackets(line: str) -> tuple[int, Slip] | None:
    """Brackets and quotes that do not come in pairs, or with something behind them."""
    if (match := _AFTER.search(line)) and not _BLANK.search(line):
        rest = match["rest"].partition(" #")[0][:12].strip()
        cause = f"括号关上以后，这一行又写了“{rest}”。请删去，说明写在 # 后面。"
        return match.start("rest") + 1, ("yaml-syntax", cause, "fill: [甲, 乙]   # 说明")
    if place := _one_bracket_more(line):
        cause = f"这里多了一个“{line[place - 1]}”。括号要成对。"
        return place, ("unclosed-bracket", cause, "excludes: [鉴定期间, 公告期间]")
    if match := _OPEN_BRACE.search(line):
        cause = f"以“{match[1]}”开头的内容要整段加上英文引号。"
        return match.start(1) + 1, ("special-character", cause, 'to: "{部门}负责人"')
    if match := _OPEN_QUOTE.search(line):
        return match.start("quote") + 1, _UNCLOSED_HERE
    return None


def _between(line: str) -> re.Match[str] | None:
    """A full-width mark between two entries of a line in brackets; elsewhere it belongs to the text."""
    return _WIDE_COMMA_BETWEEN.search(line) if _IN_BRACKETS.search(line) else None


def _blanked(found: re.Match[str]) -> str:
    """As many blanks: what stands in quotes or behind # is not looked at, and places stay."""
    return " " * len(found[0])


def _one_bracket_more(line: str) -> int:
    """The column of a bracket that closes what nothing in its line has opened, or 0."""
    opened: list[str] = []
    for column, sign in enumerate(_TEXT.sub(_blanked, line), 1):
        if sign in "{[":
            opened.append(sign)
        elif sign in "}]":
            if not opened and column > 1 and {"{", "["} & set(line[: column - 1]):
                return column
            opened = opened[:-1]
    return 0
