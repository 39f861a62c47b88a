"""A card as a record: proposed by the system, confirmed by the party group, explained, mended, ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from mingjing.domain.assessments.cards import CardColour, CardRules
from mingjing.domain.dates.durations import Duration
from mingjing.domain.ladders.rungs import Colour, Rung
from mingjing.domain.ledgers import stepping as ledger
from mingjing.domain.ledgers.matters import Deed, Matter, NotFilled, Permitted, Stepped, Who
from mingjing.domain.ledgers.register import NEW, Act, Field, FieldType, Opening, RecordClock, Register, State
from mingjing.domain.ledgers.values import is_empty

UNIT, COLOUR, SPAN, ON, TITLE = "部门", "颜色", "归属季度", "发牌日期", "牌"
DERIVED, EXPLAINED, PLAN, PLEA, ANSWER = "推算", "说明", "整改方案", "申辩", "申辩答复"
VERIFIED, DECLINED_WHY, ENDED_ON, ENDED_WHY = "核实意见", "不予发牌理由", "结束日期", "结束原因"
PROPOSED, VALID, TOLD, MENDED = "待确认", "有效", "已说明", "已核实"
DECLINED, ENDED = "不予发牌", "已结束"
PROPOSE, GIVE, DECLINE, PLEAD, REPLY = "提出", "确认发牌", "不予发牌", "申辩", "答复申辩"
EXPLAIN, RETURN, VERIFY, END = "说明情况", "退回整改", "核实整改", "到期结束"
SYSTEM, CLOCK = "系统", "说明时限"
HEAD = f"{UNIT}负责人"
IN_FORCE = (VALID, TOLD, MENDED)
"""States in which a card stands against its department."""

FIELDS = (
    Field("title", TITLE, FieldType.TEXT),
    Field("unit", UNIT, FieldType.UNIT),
    Field("colour", COLOUR, FieldType.CHOICE, tuple(one.value for one in CardColour)),
    Field("span", SPAN, FieldType.TEXT),
    Field("on", ON, FieldType.DAY),
    Field("derived", DERIVED, FieldType.LONG, help="每一个月的分数、名次和发牌的理由，由系统写"),
    Field("plea", PLEA, FieldType.LONG),
    Field("answer", ANSWER, FieldType.LONG),
    Field("explained", EXPLAINED, FieldType.LONG, help="负责人向党组说明原因"),
    Field("plan", PLAN, FieldType.LONG, help="黄牌、红牌必须写"),
    Field("verified", VERIFIED, FieldType.LONG),
    Field("declined_why", DECLINED_WHY, FieldType.LONG),
    Field("ended_on", ENDED_ON, FieldType.DAY),
    Field("ended_why", ENDED_WHY, FieldType.TEXT),
)
STATES = (
    State("proposed", PROPOSED),
    State("valid", VALID),
    State("explained", TOLD),
    State("mended", MENDED),
    State("declined", DECLINED, final=True),
    State("ended", ENDED, final=True),
)


@dataclass(frozen=True, slots=True)
class Card:
    """One version of a card scheme: the sheet whose confirmed monthly ranking it reads, its numbers, the
    document that orders it, and what each colour opens once it is confirmed."""

    register: Register
    sheet: str
    rules: CardRules
    document: str
    opens: Mapping[CardColour, tuple[Opening, ...]] = field(default_factory=dict)


def acts(by: tuple[str, ...], confirms: tuple[str, ...]) -> tuple[Act, ...]:
    """The acts of a card: ``confirms`` decide it and answer pleas, ``by`` verify the rectification."""
    open_ = (PROPOSED, *IN_FORCE)
    return (
        Act(
            "propose",
            PROPOSE,
            (SYSTEM,),
            (((NEW,), PROPOSED),),
            (TITLE, UNIT, COLOUR, SPAN, ON, DERIVED),
            about="月度排名全部确认以后，由系统按规则提出。",
        ),
        Act("give", GIVE, confirms, (((PROPOSED,), VALID),), never_by=(UNIT,)),
        Act("decline", DECLINE, confirms, (((PROPOSED,), DECLINED),), (DECLINED_WHY,), never_by=(UNIT,)),
        Act("plead", PLEAD, (HEAD,), ((open_, ""),), (PLEA,), about="申辩由党组答复，答复以前牌照常有效。"),
        Act("reply", REPLY, confirms, ((open_, ""),), (ANSWER,), never_by=(UNIT,)),
        Act("explain", EXPLAIN, (HEAD,), (((VALID,), TOLD),), (EXPLAINED,), (PLAN,)),
        Act("return", RETURN, by, (((TOLD,), VALID),), (VERIFIED,), never_by=(UNIT,)),
        Act("verify", VERIFY, by, (((TOLD,), MENDED),), (VERIFIED,), never_by=(UNIT,)),
        Act("end", END, (SYSTEM,), ((open_, ENDED),), (ENDED_ON, ENDED_WHY)),
    )


def clocks(within: Duration, by: tuple[str, ...]) -> tuple[RecordClock, ...]:
    """How long the head has to explain; on the day after, the head and whoever keeps the cards are told."""
    late = tuple(Rung(Colour.RED, who, Duration(days=1, text="1 天"), before=False) for who in (HEAD, *by))
    return (RecordClock(CLOCK, (GIVE, RETURN), (EXPLAIN, END), within=within, rungs=late),)


def permitted(card: Card, matter: Matter, who: Who, on: date) -> tuple[Permitted, ...]:
    """What somebody may do to a card now."""
    return ledger.permitted(card.register, matter, who, on)


def step(card: Card, matter: Matter, deed: Deed) -> Stepped:
    """The card after an act. Nothing of ``matter`` is changed.

    Raises
    ------
    NotFilled   a yellow or red card is explained without a plan
    and what ``ledgers.stepping.step`` raises
    """
    stepped = ledger.step(card.register, matter, deed)
    handler = _HANDLERS.get(deed.act)
    return handler(card, stepped, deed) if handler else stepped


def _given(card: Card, stepped: Stepped, deed: Deed) -> Stepped:
    colour = CardColour(str(stepped.values[COLOUR]))
    said = f"{stepped.values[TITLE]}，请在时限内向党组说明原因；不服的可以申辩。"
    return replace(stepped, opens=card.opens.get(colour, ()), told=((HEAD, said),))


def _explained(card: Card, stepped: Stepped, deed: Deed) -> Stepped:
    colour = stepped.values[COLOUR]
    if colour != CardColour.BLUE.value and is_empty(stepped.values.get(PLAN)):
        raise NotFilled(f"{colour}要写“{PLAN}”，只写“{EXPLAINED}”不够。")
    return stepped


def _verified(card: Card, stepped: Stepped, deed: Deed) -> Stepped:
    return replace(stepped, inner={**stepped.inner, "verified": deed.on.isoformat()})


def _pleaded(card: Card, stepped: Stepped, deed: Deed) -> Stepped:
    said = f"{stepped.values[TITLE]}有申辩，请答复。"
    replies = next(one.by for one in card.register.acts if one.label == REPLY)
    return replace(stepped, told=tuple((who, said) for who in replies))


_HANDLERS: dict[str, Callable[[Card, Stepped, Deed], Stepped]] = {
    GIVE: _given,
    EXPLAIN: _explained,
    VERIFY: _verified,
    PLEAD: _pleaded,
}
