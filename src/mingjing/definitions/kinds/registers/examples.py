"""Examples of a register: steps by day, actor and act; where they end, what is late, what is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from mingjing.definitions.definition import Example
from mingjing.definitions.kinds.kind import Outcome
from mingjing.definitions.kinds.registers.shapes import BARE, ExampleStep
from mingjing.domain.ledgers.clocks import ClockRun, Done, clock_runs, speaking
from mingjing.domain.ledgers.matters import COUNTS, Deed, Matter, Stepped, Who
from mingjing.domain.ledgers.register import Register
from mingjing.domain.ledgers.stepping import ANYBODY, ONESELF
from mingjing.domain.ledgers.values import PERSON_KINDS, UNIT_KINDS, read_text
from mingjing.domain.reasons import Refusal

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf

Step = Callable[[Matter, Deed], Stepped]
"""The ``step`` of a machinery over the value of the example's file."""
REGISTRAR, HANDLER = "登记人", "办理人"
_CAST = "。例子里没有写 people，每个人都当作有办理的身份；要试身份不对的，写 people: {李法官: [审判员]}"


@dataclass
class Play:
    """An example being played: the record, its history, everybody who appears in it."""

    register: Register
    move: Step
    cast: Mapping[str, tuple[str, ...]] | None
    matter: Matter = field(default_factory=Matter)
    history: list[Done] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    said: str = ""
    _keys: dict[str, int] = field(default_factory=dict)
    _registrar: int = 0
    _handler: int = 0

    def play(self, step: ExampleStep) -> None:
        """One step. Raises whatever the machinery refuses."""
        entries, counts, emptied = self._read(step)
        act = next((one for one in self.register.acts if one.label == step.act), None)
        filled = set(act.fill) if act else set()
        before = replace(
            self.matter,
            values={label: held for label, held in self.matter.values.items() if label not in emptied},
            counts={**self.matter.counts, **counts},
            assumed=(self.matter.assumed | filled) - emptied,
        )
        who = self.who(step.who)
        deed = Deed(step.act, who, step.moment or datetime.combine(step.on, time()), entries)
        stepped = self.move(before, deed)
        self.matter = replace(
            before,
            state=stepped.state,
            values=stepped.values,
            inner=stepped.inner,
            opened=before.opened or step.on,
        )
        turn = self.history[-1].turn + 1 if self.history else 1
        self.history.append(Done(turn, step.act, step.on, stepped.state, entries, step.moment))
        # Clocks of a machinery run between the marks its acts leave.
        self.history += [Done(turn, mark, step.on, stepped.state, {}, step.moment) for mark in stepped.flags]
        self.said = "；".join(f"{one.amount} {one.text}" for one in stepped.says)
        self.opened += _openings(stepped)
        self._registrar, self._handler = self._registrar or who.key, who.key

    def who(self, name: str) -> Who:
        """An actor with the capacities the cast and the fields give them."""
        key = self.key(name)
        named = {
            one.label
            for one in self.register.fields
            if one.type in PERSON_KINDS | UNIT_KINDS and _is(self.matter.values.get(one.label), key)
        }
        if self.register.subject in named:
            named.add(ONESELF)
        if self._registrar in (0, key):
            named.add(REGISTRAR)
        if self._handler == key:
            named.add(HANDLER)
        given = self.cast.get(name, ()) if self.cast is not None else ()
        return Who(key, name, frozenset({ANYBODY, *named, *given}), anything=self.cast is None)

    def key(self, name: str) -> int:
        """The number an example's person, department or record goes by."""
        return self._keys.setdefault(name, len(self._keys) + 1)

    def _read(self, step: ExampleStep) -> tuple[dict[str, object], dict[str, int], set[str]]:
        """Entries, counts given with the step, and fields left empty on purpose."""
        entries: dict[str, object] = {}
        counts: dict[str, int] = {}
        emptied: set[str] = set()
        known = {one.label: one for one in self.register.fields}
        for label, text in step.entries.items():
            if label in COUNTS and text.isdecimal():
                counts[label] = int(text)
            elif text == BARE:
                emptied.add(label)
            else:
                entries[label] = read_text(known[label], text, self.key) if label in known else text
        return entries, counts, emptied


def _is(value: object, key: int) -> bool:
    return key in value if isinstance(value, (list, tuple)) else value == key


def _openings(stepped: Stepped) -> Iterable[str]:
    for opening in stepped.opens:
        several = stepped.values.get(opening.each) if opening.each else None
        yield from [opening.register] * (len(several) if isinstance(several, (list, tuple)) else 1)


def run_example(
    register: Register, move: Step, example: Example, shelf: Shelf, playing: type[Play] = Play
) -> Outcome:
    """Play the steps and compare each of ``ends``, ``late``, ``warned``, ``refused``, ``says``, ``opens``
    that the example writes. Only the last step may be refused."""
    record = example.record
    steps = [step for step in record.get("steps", tuple) or () if isinstance(step, ExampleStep)]
    cast: Mapping[str, tuple[str, ...]] | None = record.get("people", dict)
    play = playing(register, move, cast)
    for place, step in enumerate(steps, start=1):
        try:
            play.play(step)
        except Refusal as refusal:
            if place == len(steps) and example.refused:
                return _refused(play, example, str(refusal))
            return Outcome(False, _wanted(example), f"第 {place} 步“{step.act}”被拒绝：{refusal}")
    if example.refused:
        got = f"没有拒绝，状态：{play.matter.state}"
        return Outcome(False, f"拒绝：{example.refused}", got + (_CAST if cast is None else ""))
    return _compared(play, example, shelf, record.get("on", date) or steps[-1].on)


def _refused(play: Play, example: Example, message: str) -> Outcome:
    """The refusal, and the state it left, where the example says it too."""
    ends = example.record.text("ends")
    ok = example.refused in message and ends in ("", play.matter.state)
    state = f"；状态：{play.matter.state}" if ends else ""
    return Outcome(
        ok, f"拒绝：{example.refused}{f'；状态：{ends}' if ends else ''}", f"拒绝：{message}{state}"
    )


def _compared(play: Play, example: Example, shelf: Shelf, on: date) -> Outcome:
    record = example.record
    expected: list[str] = []
    got: list[str] = []

    def compare(what: str, wanted: Iterable[str], found: Iterable[str]) -> None:
        expected.append(f"{what}：{'、'.join(wanted) or '无'}")
        got.append(f"{what}：{'、'.join(found) or '无'}")

    if "ends" in record:
        compare("状态", [record.text("ends")], [play.matter.state])
    if "final" in record:
        said = {True: "是", False: "否"}
        final = play.register.is_final(play.matter.state)
        compare("了结", [said[record.flag("final")]], [said[final]])
    if "late" in record or "warned" in record:
        try:
            runs = clock_runs(play.register, play.history, shelf.calendar(play.register.calendar), as_of=on)
        except Refusal as refusal:
            return Outcome(False, _wanted(example), f"拒绝：{refusal}")
        if "late" in record:
            compare("超期", record.texts("late"), [run.clock.label for run in runs if run.late_days > 0])
        if "warned" in record:
            compare(
                "提醒", sorted(" ".join(one.split()) for one in record.texts("warned")), _spoken(runs, on)
            )
    if "says" in record:
        wanted = record.texts("says")
        compare(
            "说明", wanted, [one if one in play.said else f"没有“{one}”，只有：{play.said}" for one in wanted]
        )
    if "opens" in record:
        compare("开出", record.texts("opens"), play.opened)
    return Outcome(expected == got, "；".join(expected), "；".join(got))


def _spoken(runs: Iterable[ClockRun], on: date) -> list[str]:
    return sorted(
        f"{rung.on} {run.clock.label} {rung.colour.value} {rung.tell}"
        for run in runs
        for rung in speaking(run, on)
    )


def _wanted(example: Example) -> str:
    record = example.record
    if example.refused:
        return f"拒绝：{example.refused}"
    written = [f"{key}: {'、'.join(record.texts(key)) or '无'}" for key in ("late", "opens") if key in record]
    return "；".join([*([record.text("ends")] if "ends" in record else []), *written]) or example.name
