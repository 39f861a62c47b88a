"""Examples of an approval: who applies, who decides, whom it waits for, which steps it goes through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mingjing.definitions.definition import Example
from mingjing.definitions.kinds.kind import Outcome
from mingjing.definitions.kinds.registers.examples import Play, run_example
from mingjing.domain.approvals.approval import (
    ADDED,
    BUILT_IN_ACTS,
    PLACE,
    SEVERAL,
    TOGETHER,
    WHERE,
    WHOM,
    Approval,
)
from mingjing.domain.approvals.chain import Standing, from_plain, is_begun
from mingjing.domain.approvals.stepping import step
from mingjing.domain.ledgers.matters import Deed, Matter, Stepped
from mingjing.domain.ledgers.register import Field, FieldType, Register
from mingjing.domain.ledgers.values import PERSON_KINDS

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf

WHY = "意见"
_AIMS = (
    *(Field(f"aim_{at}", label, FieldType.PEOPLE) for at, label in enumerate((WHOM, SEVERAL))),
    Field("aim_added", ADDED, FieldType.CHOICES),
    *(Field(f"aim_{at}", label, FieldType.TEXT) for at, label in enumerate((WHERE, PLACE, TOGETHER), 2)),
    Field("aim_why", WHY, FieldType.LONG),
)


def with_aims(register: Register) -> Register:
    """The register with what its acts are aimed at as fields, so that the steps of an example may name it."""
    known = {one.label for one in register.fields}
    return replace(register, fields=(*register.fields, *(one for one in _AIMS if one.label not in known)))


@dataclass
class ChainPlay(Play):
    """An approval being played: who holds which post is what the cast says, and what the fields name."""

    def __post_init__(self) -> None:
        given = self.move
        self.move = lambda matter, deed: given(matter, self._aimed(matter, deed))

    def _aimed(self, matter: Matter, deed: Deed) -> Deed:
        aims = {one.label for one in _AIMS}
        if deed.act not in BUILT_IN_ACTS:
            aims = set()
        values = {label: held for label, held in deed.values.items() if label not in aims}
        aimed = {label: held for label, held in deed.values.items() if label in aims}
        target: dict[str, object] = dict(aimed)
        names = {key: name for name, key in self._keys.items()}
        people = aimed.get(WHOM) or aimed.get(SEVERAL)
        if isinstance(people, list):
            target["people"] = [[key, names[key]] for key in people]
        if self.cast is not None:
            target["holders"] = self._holders({**matter.values, **values})
        why = str(aimed.get(WHY, ""))
        return replace(deed, values=values, target=target, why=why)

    def _holders(self, values: dict[str, object]) -> dict[str, list[list[object]]]:
        found: dict[str, list[list[object]]] = {}
        for name, words in (self.cast or {}).items():
            for word in words:
                found.setdefault(word, []).append([self.key(name), name])
        names = {key: name for name, key in self._keys.items()}
        for one in self.register.fields:
            held = values.get(one.label) if one.type in PERSON_KINDS else None
            for key in held if isinstance(held, list) else [held]:
                if isinstance(key, int):
                    found.setdefault(one.label, []).append([key, names[key]])
        return found


def run_approval(approval: Approval, example: Example, shelf: Shelf) -> Outcome:
    """Play the steps; compare what every register compares, the steps gone through, whom it waits for."""
    filled = replace(approval, register=shelf.with_options(approval.register))
    last: list[Matter] = []

    def move(matter: Matter, deed: Deed) -> Stepped:
        stepped = step(filled, matter, deed)
        last[:] = [Matter(stepped.state, stepped.values, stepped.inner)]
        return stepped

    outcome = run_example(with_aims(filled.register), move, example, shelf, ChainPlay)
    record = example.record
    if not last or not is_begun(last[0].inner) or not {"path", "waits"} & set(record.values):
        return outcome
    chain = from_plain(last[0].inner)
    expected, got, ok = [outcome.expected], [outcome.got], outcome.ok
    if "path" in record:
        path = [one.label for one in chain.levels if one.standing is not Standing.NOT_NEEDED]
        ok &= _add("经过", record.texts("path"), path, expected, got)
    if "waits" in record:
        level = chain.current
        waiting = [seat.lent_to[1] if seat.lent_to else seat.name for seat in level.waiting] if level else []
        ok &= _add("等待", sorted(record.texts("waits")), sorted(waiting), expected, got)
    return Outcome(ok, "；".join(filter(None, expected)), "；".join(filter(None, got)))


def _add(what: str, wanted: Iterable[str], found: Iterable[str], expected: list[str], got: list[str]) -> bool:
    expected.append(f"{what}：{'、'.join(wanted) or '无'}")
    got.append(f"{what}：{'、'.join(found) or '无'}")
    return list(wanted) == list(found)
