"""How the parts of a register are written: moves of an act, who is told late, one step of an example."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from mingjing.definitions.nodes import Node, ScalarNode
from mingjing.definitions.notes import Notes
from mingjing.definitions.shapes import Edit, Shape
from mingjing.definitions.shapes.base import Schema, plain_text, rewrite
from mingjing.definitions.shapes.facts import read_moment
from mingjing.domain.dates.durations import Duration
from mingjing.domain.ladders.rungs import Colour, Rung

ANY, STAYS = "任意", "不变"
BARE = "（空）"
"""What an example writes for a field left empty on purpose."""
_MOVE = re.compile(r"([^→]+?)\s*→\s*([^→、\s]+)")
_MOVE_SAMPLE = "整改中 → 待验收"
_OTHER_ARROW = re.compile(r"\s*(?:[-=—－]{1,2}[>＞》]|⇒|➔|➡|到)\s*")
_LATE = re.compile(r"提醒\s*(\S.*)")
_LATE_SAMPLE = "提醒 责任部门"
_STEP = re.compile(
    r"(?P<when>\d{4}-\d{1,2}-\d{1,2}(?:\s+\d{1,2}:\d{2})?)\s+(?P<who>\S+)\s+(?P<act>\S+)(?P<rest>\s.*)?"
)
_STEP_SAMPLE = "2024-03-06 民一庭 认领 责任人=李法官; 整改措施=补录"
_RUN_ON = re.compile(r"[\s，,、。]\s*([^\s=；;，,、。]{1,20})=")
"""Another entry within what one entry holds: the sign between them was none that parts entries."""


@dataclass(frozen=True, slots=True)
class Move:
    """``整改中、待验收 → 已销号`` as written: the states it is done in, the state after."""

    sources: tuple[str, ...]
    after: str
    node: ScalarNode


@dataclass(frozen=True)
class MoveText(Shape[Move]):
    """``状态、状态 → 状态``; ``任意`` on the left, ``不变`` on the right."""

    def read(self, node: Node, notes: Notes) -> Move | None:
        text = plain_text(node, notes, example=_MOVE_SAMPLE)
        if text is None or not isinstance(node, ScalarNode):
            return None
        match = _MOVE.fullmatch(text)
        if match is None:
            meant = _OTHER_ARROW.sub(" → ", text)
            meant = meant if _MOVE.fullmatch(meant) else ""
            cause = (
                f"“{text}”不是状态的变化。{f'箭头要写“→”，您是不是想写“{meant}”？' if meant else ''}"
                f"写作“原状态 → 新状态”；几个原状态用“、”隔开，"
                f"任何没有了结的状态写“{ANY}”，状态不变写“{STAYS}”。"
            )
            notes.say(node, "bad-move", cause, example=meant or _MOVE_SAMPLE)
            return None
        sources = tuple(part.strip() for part in match[1].split("、"))
        if not all(sources) or len(set(sources)) < len(sources):
            cause = f"“{match[1]}”里有空着的或者写了两次的状态。"
            notes.say(node, "bad-move", cause, example=_MOVE_SAMPLE)
            return None
        return Move(sources, match[2], node)

    def schema(self) -> Schema:
        return {"type": "string", "examples": [_MOVE_SAMPLE, f"{ANY} → 已撤销", f"整改中 → {STAYS}"]}

    def edits(self, node: Node) -> Iterator[Edit]:
        match = _MOVE.fullmatch(node.text.strip()) if isinstance(node, ScalarNode) else None
        if match is None or not isinstance(node, ScalarNode):
            return
        sources = match[1].split("、")
        if len(sources) > 1:
            for left_out in sources:
                rest = "、".join(one for one in sources if one != left_out)
                yield rewrite(node, f"{rest} → {match[2]}")
        if match[2] != STAYS and "新建" not in sources:
            yield rewrite(node, f"{match[1]} → {STAYS}")


@dataclass(frozen=True)
class LateText(Shape[tuple[Rung, ...]]):
    """``提醒 责任部门``: a red rung for each on the day after the last day."""

    def read(self, node: Node, notes: Notes) -> tuple[Rung, ...] | None:
        text = plain_text(node, notes, example=_LATE_SAMPLE)
        if text is None:
            return None
        match = _LATE.fullmatch(text)
        told = [part.strip() for part in match[1].split("、")] if match else []
        if not told or not all(told) or any(" " in one for one in told):
            notes.say(
                node, "bad-rung", f"“{text}”不对。写作“提醒 谁”，几个用“、”隔开。", example=_LATE_SAMPLE
            )
            return None
        return tuple(Rung(Colour.RED, one, Duration(days=1, text="1 天"), before=False) for one in told)

    def schema(self) -> Schema:
        return {"type": "string", "examples": [_LATE_SAMPLE, "提醒 责任人、督察员"]}


@dataclass(frozen=True, slots=True)
class ExampleStep:
    """One step of an example: when, who, which act, what is entered (text by field label)."""

    on: date
    moment: datetime | None
    who: str
    act: str
    entries: Mapping[str, str]
    node: Node


@dataclass(frozen=True)
class StepText(Shape[ExampleStep]):
    """``日期 [时:分] 谁 办理 字段=内容; 字段=内容``."""

    def read(self, node: Node, notes: Notes) -> ExampleStep | None:
        text = plain_text(node, notes, example=_STEP_SAMPLE)
        if text is None:
            return None
        match = _STEP.fullmatch(text)
        if match is None:
            cause = f"“{text}”不是一步。写作“日期 谁 办理”，后面可写“字段=内容”，几项用“; ”隔开。"
            notes.say(node, "bad-step", cause, example=_STEP_SAMPLE)
            return None
        when = read_moment(match["when"], node, notes)
        entries = _entries(match["rest"] or "", node, notes)
        if when is None or entries is None:
            return None
        moment = when if isinstance(when, datetime) else None
        on = when.date() if isinstance(when, datetime) else when
        return ExampleStep(on, moment, match["who"], match["act"], entries, node)

    def schema(self) -> Schema:
        return {"type": "string", "examples": [_STEP_SAMPLE, "2024-03-01 张督察 登记"]}


def _entries(text: str, node: Node, notes: Notes) -> dict[str, str] | None:
    found: dict[str, str] = {}
    for part in re.split(r"[;；]", text):
        if not part.strip():
            continue
        label, sign, content = part.partition("=")
        label, content = label.strip(), content.strip()
        if not sign or not label or not content:
            cause = f"“{part.strip()}”不是“字段=内容”。空着的字段写作“字段={BARE}”。"
            notes.say(node, "bad-step", cause, example=_STEP_SAMPLE)
            return None
        if another := _RUN_ON.search(content):
            first = content[: another.start()]
            cause = (
                f"“{label}”的内容里又有“{another[1]}=”。几项之间用分号隔开，不用空格、逗号、顿号或者句号。"
            )
            notes.say(node, "bad-step", cause, example=f"{label}={first}; {another[1]}=…")
            return None
        if label in found:
            notes.say(node, "bad-step", f"“{label}”在这一步里写了两次。", example=_STEP_SAMPLE)
            return None
        found[label] = content
    return found
