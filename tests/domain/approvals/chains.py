"""Hand-built approvals and a court of made-up people, for the tests of the chain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from mingjing.domain.approvals.approval import (
    ADDED,
    PLACE,
    SUBMIT,
    TOGETHER,
    WHERE,
    Approval,
    ApprovalStep,
    Back,
    Handing,
    Mode,
    Resume,
)
from mingjing.domain.approvals.outline import chain_acts, chain_clocks, chain_states
from mingjing.domain.approvals.stepping import step
from mingjing.domain.expressions.reading import read_expression
from mingjing.domain.ledgers.matters import Deed, Matter, Who
from mingjing.domain.ledgers.register import Field, FieldType, Register, Requirement

ZONE = ZoneInfo("Asia/Shanghai")
Cast = Mapping[str, Sequence[str]]
EVERYTHING = frozenset(Handing)
FIELDS = (
    Field("what", "事由", FieldType.TEXT),
    Field("amount", "金额", FieldType.MONEY),
    Field("car", "车辆", FieldType.TEXT),
    Field("about", "当事人", FieldType.PERSON),
)


def condition(text: str) -> Requirement:
    """A condition over the fields of the samples."""
    return Requirement(text, "", read_expression(text).compile(["事由", "金额"]))


def level(label: str, *by: str, mode: Mode = Mode.ANY, when: str = "", **more: object) -> ApprovalStep:
    """A step with everything handed on freely unless ``may`` says otherwise."""
    may = more.pop("may", EVERYTHING)
    return ApprovalStep(label, by, mode=mode, when=condition(when) if when else None, may=may, **more)  # type: ignore[arg-type]


def approval(
    *steps: ApprovalStep,
    distinct: bool = True,
    returns_to: tuple[Back, ...] = tuple(Back),
    resumes: Resume = Resume.AFRESH,
    copies_to: tuple[str, ...] = (),
    about: bool = False,
) -> Approval:
    """An approval anybody may apply for."""
    by = ("任何人",)
    register = Register(
        "approval.sample",
        "用章申请",
        "综合办",
        date(2024, 1, 1),
        "用章-{年}-{序号:4}",
        FIELDS,
        chain_states(returns_to, goes_on=False),
        chain_acts(by, steps, returns_to, ("事由",), ("金额", "当事人")),
        chain_clocks(steps),
        subject="当事人" if about else "",
    )
    return Approval(register, by, steps, distinct, returns_to, resumes, copies_to)


class Court:
    """A cast of people with posts, and one record that they act on."""

    def __init__(self, value: Approval, **cast: Sequence[str]) -> None:
        self.value = value
        self.cast: dict[str, Sequence[str]] = dict(cast)
        self.keys = {name: key for key, name in enumerate(cast, start=1)}
        self.lent: dict[str, str] = {}
        self.matter = Matter()
        self.deeds: list[Deed] = []
        self.told: list[tuple[str | int, str]] = []
        self.flags: list[str] = []

    def person(self, name: str) -> tuple[int, str]:
        """Key and name."""
        return (self.keys[name], name)

    def who(self, name: str) -> Who:
        """Somebody with their posts, and those of whoever delegated to them."""
        givers = [giver for giver, taker in self.lent.items() if taker == name]
        words = {word for one in (name, *givers) for word in self.cast[one]}
        return Who(*self.person(name), frozenset(words), stands_in_for=tuple(map(self.person, givers)))

    def holders(self) -> dict[str, list[list[object]]]:
        """Who holds what, as an act keeps it."""
        found: dict[str, list[list[object]]] = {}
        for name, words in self.cast.items():
            for word in words:
                found.setdefault(word, []).append(list(self.person(name)))
        return found

    def deed(self, name: str, act: str, *people: str, why: str = "", day: int = 1, **target: object) -> Deed:
        """What somebody does on a day of March 2024."""
        values = target.pop("values", {"事由": "合同用章"} if act == SUBMIT else {})
        aimed: dict[str, object] = {"holders": self.holders(), **target}
        for key, word in (("to", WHERE), ("place", PLACE), ("mode", TOGETHER)):
            if key in aimed:
                aimed[word] = aimed.pop(key)
        if people:
            aimed["people"] = [list(self.person(one)) for one in people]
            aimed[ADDED] = list(people)
        at = datetime(2024, 3, day, 9, 30, tzinfo=ZONE)
        assert isinstance(values, dict)
        return Deed(act, self.who(name), at, values, aimed, why)

    def do(self, name: str, act: str, *people: str, why: str = "", day: int = 1, **target: object) -> Matter:
        """Do it; the record moves on."""
        return self.perform(self.deed(name, act, *people, why=why, day=day, **target))

    def perform(self, deed: Deed) -> Matter:
        """Do it; the record moves on."""
        stepped = step(self.value, self.matter, deed)
        self.deeds.append(deed)
        self.told += stepped.told
        self.flags += stepped.flags
        self.matter = Matter(stepped.state, stepped.values, stepped.inner, opened=deed.on)
        return self.matter
