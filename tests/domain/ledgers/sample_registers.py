"""A rectification register built by hand, and random registers for claims about every register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from hypothesis import strategies as st

from mingjing.domain.dates.durations import Duration, read_duration
from mingjing.domain.expressions.reading import read_expression
from mingjing.domain.ladders.rungs import Colour, Rung
from mingjing.domain.ledgers.matters import COUNTS, Deed, Matter, Who
from mingjing.domain.ledgers.register import (
    NEW,
    Act,
    Field,
    FieldType,
    RecordClock,
    Register,
    Requirement,
    State,
)
from mingjing.domain.ledgers.stepping import SURROUNDINGS, step

LABELS = ("问题", "来源", "部门", "责任人", "佐证", "期限")
FIELDS = (
    Field("problem", "问题", FieldType.LONG),
    Field("source", "来源", FieldType.CHOICE, options=("评查", "信访")),
    Field("unit", "部门", FieldType.UNIT),
    Field("person", "责任人", FieldType.PERSON),
    Field("evidence", "佐证", FieldType.FILES),
    Field("until", "期限", FieldType.DAY),
)
INSPECTOR, DEPARTMENT, OWNER = "督察员", "部门", "责任人"


def needing(text: str, says: str) -> Requirement:
    """A condition as the definitions compile it."""
    expression = read_expression(text)
    holds = expression.compile((*LABELS, *COUNTS, *SURROUNDINGS))
    return Requirement(text, says, holds, tuple(name for name, _ in expression.fields))


def rung(text: str, tell: str, *, before: bool = False) -> Rung:
    return Rung(Colour.RED, tell, read_duration(text), before)


ACTS = (
    Act("register", "登记", (INSPECTOR,), (((NEW,), "待认领"),), fill=("问题", "来源", "部门")),
    Act("accept", "认领", (DEPARTMENT,), ((("待认领",), "整改中"),), fill=("责任人",), may_fill=("期限",)),
    Act("submit", "报验", (OWNER,), ((("整改中",), "待验收"),), fill=("佐证",)),
    Act("return", "退回", (INSPECTOR,), ((("待验收",), "整改中"),)),
    Act(
        "close",
        "销号",
        (INSPECTOR,),
        ((("待验收",), "已销号"),),
        never_by=(OWNER,),
        needs=(needing("佐证数 >= 1 and 未结审批 == 0", "要有佐证，关联的审批也都办完"),),
    ),
    Act("remark", "说明", (DEPARTMENT,), ((("整改中",), ""),), may_fill=("问题",)),
)
CLOCKS = (
    RecordClock(
        "认领时限", ("登记",), ("认领",), read_duration("3 个工作日"), rungs=(rung("1 天", DEPARTMENT),)
    ),
    RecordClock(
        "整改时限",
        ("认领", "退回"),
        ("报验",),
        read_duration("30 天"),
        rungs=(rung("3 天", OWNER, before=True), rung("1 天", INSPECTOR)),
        law="办法第八条",
    ),
    RecordClock("约定期限", ("认领",), ("报验",), until="期限"),
)
RECTIFICATION = Register(
    "ledger.rectification",
    "整改台账",
    "督察室",
    date(2024, 1, 1),
    "整改-{年}-{序号:4}",
    FIELDS,
    (
        State("open", "待认领"),
        State("doing", "整改中"),
        State("review", "待验收"),
        State("over", "已销号", True),
    ),
    ACTS,
    CLOCKS,
    title="问题",
    holder=OWNER,
    unit=DEPARTMENT,
)
ZHANG = Who(1, "张督察", frozenset({INSPECTOR}))
LI = Who(2, "李法官", frozenset({DEPARTMENT}))
FIRST: dict[str, Any] = {"问题": "笔录没有签名", "来源": "评查", "部门": 7}


def deed(act: str, who: Who, on: str = "2024-03-01", /, **values: object) -> Deed:
    """What somebody does on a day, at midnight."""
    return Deed(act, who, datetime.combine(date.fromisoformat(on), time()), values)


def after(*deeds: Deed, register: Register = RECTIFICATION, **counts: int) -> Matter:
    """The record some acts make; the owner's capacity comes from the field as the services give it."""
    matter = Matter(counts=counts)
    for one in deeds:
        held = with_fields(one.who, matter)
        stepped = step(register, matter, replace(one, who=held))
        opened = matter.opened or one.on
        matter = replace(
            matter, state=stepped.state, values=stepped.values, inner=stepped.inner, opened=opened
        )
    return matter


def with_fields(who: Who, matter: Matter) -> Who:
    """The capacities a person has by being named in a field."""
    named = {label for label in (OWNER,) if matter.values.get(label) == who.key}
    return replace(who, capacities=who.capacities | named)


def registered() -> Matter:
    return after(deed("登记", ZHANG, **FIRST))


def accepted(owner: int = 2) -> Matter:
    return after(deed("登记", ZHANG, **FIRST), deed("认领", LI, "2024-03-04", 责任人=owner))


def submitted(owner: int = 2) -> Matter:
    who = replace(LI, key=owner)
    return after(
        deed("登记", ZHANG, **FIRST),
        deed("认领", LI, "2024-03-04", 责任人=owner),
        deed("报验", who, "2024-03-20", 佐证=["a" * 64]),
    )


STATES = ("甲", "乙", "丙", "丁")
PEOPLE = tuple(Who(key, f"人{key}", frozenset()) for key in range(1, 4))
ROLES = ("岗一", "岗二", OWNER)


@st.composite
def registers(draw: st.DrawFn) -> Register:
    """Any register: up to four states, up to six acts, some of them barred to somebody."""
    states = STATES[: draw(st.integers(2, 4))]
    acts = [_act(draw, place, states) for place in range(draw(st.integers(1, 5)))]
    first = Act("first", "登记", ("任何人",), (((NEW,), states[0]),), may_fill=("责任人", "问题"))
    clocks = draw(st.lists(_clock([first, *acts]), max_size=3))
    return Register(
        "ledger.any",
        "随机台账",
        "督察室",
        date(2024, 1, 1),
        "甲-{年}-{序号}",
        FIELDS,
        tuple(State(f"s{place}", state, state == states[-1]) for place, state in enumerate(states)),
        (first, *acts),
        tuple(replace(clock, label=f"时限{place}") for place, clock in enumerate(clocks)),
    )


def _act(draw: st.DrawFn, place: int, states: Iterable[str]) -> Act:
    states = list(states)
    sources = draw(st.lists(st.sampled_from(states), min_size=1, max_size=3, unique=True))
    words = st.lists(st.sampled_from(ROLES), max_size=2, unique=True)
    return Act(
        f"act{place}",
        f"办理{place}",
        tuple(draw(words) or ["任何人"]),
        ((tuple(sources), draw(st.sampled_from(["", *states]))),),
        fill=tuple(draw(st.lists(st.sampled_from(["问题", "责任人"]), max_size=1))),
        may_fill=("期限",),
        never_by=tuple(draw(words)),
    )


def _clock(acts: list[Act]) -> st.SearchStrategy[RecordClock]:
    labels = st.lists(st.sampled_from([act.label for act in acts]), min_size=1, max_size=2, unique=True)
    lengths = st.builds(lambda days: Duration(days=days, text=f"{days} 天"), st.integers(1, 20))
    return st.builds(
        lambda starts, stops, within: RecordClock("时限", tuple(starts), tuple(stops), within),
        labels,
        labels,
        lengths,
    )


@st.composite
def deeds(draw: st.DrawFn, register: Register, *, most: int = 12) -> list[Deed]:
    """Things people try to do, one day or more after the other."""
    on = date(2024, 3, 1)
    found: list[Deed] = []
    for _ in range(draw(st.integers(0, most))):
        act = draw(st.sampled_from(register.acts))
        who = draw(st.sampled_from(PEOPLE))
        roles = draw(st.sets(st.sampled_from(["岗一", "岗二"])))
        asked = {label for label in (*act.fill, *act.may_fill) if draw(st.booleans())}
        values: dict[str, object] = {"问题": "问题", "责任人": draw(st.integers(1, 3)), "期限": "2024-04-01"}
        entries = {label: value for label, value in values.items() if label in asked}
        who = replace(who, capacities=frozenset(roles | {"任何人"}))
        found.append(Deed(act.label, who, datetime.combine(on, time()), entries))
        on = date.fromordinal(on.toordinal() + draw(st.integers(0, 9)))
    return found
