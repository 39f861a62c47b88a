"""The states and acts of a register as a drawing: states side by side, each act an arrow in its own row.

Numbers in, coordinates out; the template draws them, so that the page prints and needs no script.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mingjing.domain.ledgers.register import NEW, Act, Register

WIDTH, LEFT, ROW, TOP, FOOT = 800, 214, 40, 56, 10
NARROWEST, BOX, DEEP = 74, 69, 36
PER_LINE, WHO = 5, 15
HEAD = 7


@dataclass(frozen=True, slots=True)
class Box:
    """A state at the head of its column; ``lines`` are its name in pieces that fit, with their heights."""

    x: int
    left: int
    lines: tuple[tuple[int, str], ...]
    label: str
    final: bool


@dataclass(frozen=True, slots=True)
class Arrow:
    """From the state furthest away to the state after: a line and the three corners of its head."""

    start: int
    end: int
    head: str


@dataclass(frozen=True, slots=True)
class Row:
    """One act: its name, who does it, the states it is done in (dots), where it leads (arrows).

    ``rings`` are states that stay as they are; ``says`` is the whole act in words.
    """

    y: int
    label: str
    who: str
    dots: tuple[int, ...]
    rings: tuple[int, ...]
    arrows: tuple[Arrow, ...]
    says: str


@dataclass(frozen=True, slots=True)
class RegisterDiagram:
    """Everything the drawing needs. ``start`` is the column where a record does not exist yet."""

    width: int
    height: int
    start: int
    top: int
    foot: int
    deep: int
    box: int
    boxes: tuple[Box, ...]
    rows: tuple[Row, ...]


def register_diagram(register: Register) -> RegisterDiagram:
    """The drawing of a register; states stand as the file lists them, acts as well."""
    wide = max(NARROWEST, (WIDTH - LEFT) // max(1, len(register.states)))
    columns = {state.label: LEFT + wide * place + wide // 2 for place, state in enumerate(register.states)}
    columns[NEW] = LEFT - 14
    heights = [TOP + ROW * place + ROW // 2 for place in range(len(register.acts))]
    return RegisterDiagram(
        width=max(WIDTH, LEFT + wide * len(register.states)),
        height=TOP + ROW * len(register.acts) + FOOT,
        start=columns[NEW],
        top=TOP - 10,
        foot=TOP + ROW * len(register.acts),
        deep=DEEP,
        box=BOX,
        boxes=tuple(
            Box(x, x - BOX // 2, _lines(label), label, register.is_final(label))
            for label, x in columns.items()
            if label != NEW
        ),
        rows=tuple(_row(act, y, columns) for act, y in zip(register.acts, heights, strict=True)),
    )


def _lines(label: str) -> tuple[tuple[int, str], ...]:
    """The name of a state in one or two lines, in the middle of its box."""
    if len(label) <= PER_LINE:
        return ((10 + DEEP // 2, label),)
    cut = (len(label) + 1) // 2
    return ((10 + DEEP // 2 - 8, label[:cut]), (10 + DEEP // 2 + 8, label[cut:]))


def _row(act: Act, y: int, columns: Mapping[str, int]) -> Row:
    barred = f"（{'、'.join(act.never_by)}不得）" if act.never_by else ""
    who = "、".join(act.by) + barred
    moved = [(sources, after) for sources, after in act.moves if after]
    return Row(
        y=y,
        label=act.label,
        who=who if len(who) <= WHO else f"{act.by[0]}{'等' if len(act.by) > 1 else ''}{barred}",
        dots=tuple(columns[one] for sources, _ in moved for one in sources if one in columns),
        rings=tuple(
            columns[one] for sources, after in act.moves if not after for one in sources if one in columns
        ),
        arrows=tuple(arrow for sources, after in moved for arrow in _arrows(sources, after, y, columns)),
        says=f"{act.label}：{who}；{'；'.join(_move(sources, after) for sources, after in act.moves)}",
    )


def _move(sources: Iterable[str], after: str) -> str:
    return f"{'、'.join(sources)} → {after or '不变'}"


def _arrows(sources: Iterable[str], after: str, y: int, columns: Mapping[str, int]) -> Iterable[Arrow]:
    """One arrow from each side; what starts where it ends is drawn as an arrow of its own column."""
    end = columns[after]
    starts = [columns[one] for one in sources if one in columns]
    before, behind = [x for x in starts if x < end], [x for x in starts if x > end]
    if before:
        yield Arrow(min(before), end - HEAD, f"{end - HEAD},{y - 4} {end - HEAD},{y + 4} {end},{y}")
    if behind:
        yield Arrow(max(behind), end + HEAD, f"{end + HEAD},{y - 4} {end + HEAD},{y + 4} {end},{y}")
