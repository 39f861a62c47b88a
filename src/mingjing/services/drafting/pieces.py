"""Putting a line into a draft where it belongs, leaving everything else, comments and order, as it was."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mingjing.domain.reasons import Refusal

SECTIONS = {"fields": "字段", "states": "状态", "actions": "办理", "clocks": "时限", "examples": "例子"}


class NoPlace(Refusal):
    """The text is not laid out so that a line could be put in."""

    code = "no-place"


def put_field(text: str, label: str, type_: str, options: Sequence[str] = ()) -> str:
    """Add a field of this label and type; ``options`` for 选项 and 多选."""
    more = f", options: [{', '.join(options)}]" if options else ""
    return _put(text, "fields", f"{{label: {_word(label)}, type: {_word(type_)}{more}}}", "field")


def put_state(text: str, label: str, *, final: bool) -> str:
    """Add a state."""
    return _put(text, "states", f"{{label: {_word(label)}{', final: true' if final else ''}}}", "state")


def put_act(text: str, label: str, by: str, before: str, after: str, fill: Sequence[str] = ()) -> str:
    """Add an act that ``by`` may do and that moves a record from ``before`` to ``after``."""
    more = f", fill: [{', '.join(map(_word, fill))}]" if fill else ""
    moves = f"{_word(before)} → {_word(after)}"
    return _put(text, "actions", f"{{label: {_word(label)}, by: {_word(by)}, moves: {moves}{more}}}", "act")


def put_clock(text: str, label: str, starts: str, stops: str, within: str, tell: str) -> str:
    """Add a limit from one act to another; whoever ``tell`` means is told when it is overrun."""
    parts = f"label: {_word(label)}, starts: {_word(starts)}, stops: {_word(stops)}, within: {_word(within)}"
    late = f", late: 提醒 {_word(tell)}" if tell else ""
    return _put(text, "clocks", f"- {{{parts}{late}}}", "")


def _word(text: str) -> str:
    """A word as YAML takes it plainly; anything with signs of its own is refused, not quoted by guess."""
    word = text.strip()
    if not word or re.search(r"[\n\r{}\[\],:#&*!|>'\"%@`→]", word):
        raise NoPlace(f"“{word[:20]}”里有不能用的符号或者是空的。", example="责任部门")
    return word


def _put(text: str, section: str, piece: str, stem: str) -> str:
    lines = text.split("\n")
    at = next((place for place, line in enumerate(lines) if re.match(rf"{section}:\s*(#.*)?$", line)), None)
    if at is None:
        if any(line.startswith(f"{section}:") for line in lines):
            raise NoPlace(f"“{section}”写在了一行里，请先把它改成分行写，或者直接在全文里添加。")
        return _with_section(lines, section, piece, stem)
    last = at
    for place in range(at + 1, len(lines)):
        if lines[place].strip() and not lines[place].startswith((" ", "#")):
            break
        if lines[place].strip() and lines[place].startswith(" "):
            last = place
    indented = (line for line in lines[at + 1 : last + 1] if line.startswith(" "))
    first = next(indented, "  ")
    indent = first[: len(first) - len(first.lstrip())]
    lines.insert(last + 1, indent + _keyed(lines, piece, stem))
    return "\n".join(lines)


def _keyed(lines: Sequence[str], piece: str, stem: str) -> str:
    """The piece under a key nobody uses yet; list items have none."""
    if not stem:
        return piece
    used = {match[1] for line in lines if (match := re.match(r"\s+(\w+):", line))}
    number = next(number for number in range(1, len(used) + 2) if f"{stem}{number}" not in used)
    return f"{stem}{number}: {piece}"


def _with_section(lines: list[str], section: str, piece: str, stem: str) -> str:
    """The section made anew, before the examples or at the end."""
    order = list(SECTIONS)
    later = order[order.index(section) + 1 :]
    at = next(
        (place for place, line in enumerate(lines) if any(line.startswith(f"{name}:") for name in later)),
        len(lines),
    )
    lines[at:at] = [f"{section}:", "  " + _keyed(lines, piece, stem), ""]
    return "\n".join(lines)
