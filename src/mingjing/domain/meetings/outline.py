"""The fields, states and acts every meeting has, whatever its rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mingjing.domain.ledgers.register import NEW, Act, Field, FieldType, State
from mingjing.domain.meetings import closing, holding, moves
from mingjing.domain.meetings.preparing import PAPERS

PLANNED, CALLED, HOLDING, ENDED = "筹备中", "已召集", "会议中", "已散会"
TO_SIGN, SIGNED, FILED, CANCELLED = closing.TO_SIGN, closing.SIGNED, "已归档", "已取消"
MINUTES, MINUTES_FILES, PLACE = "会议纪要", "纪要附件", "地点"
BEFORE = (PLANNED, CALLED)
LIVE = (PLANNED, CALLED, HOLDING)
AFTER = (ENDED, TO_SIGN, SIGNED)

FIELDS = (
    Field("name", moves.NAME, FieldType.TEXT),
    Field("starts", moves.STARTS, FieldType.MOMENT),
    Field("place", PLACE, FieldType.TEXT),
    Field("chair", moves.CHAIR, FieldType.PERSON),
    Field("head", moves.HEAD, FieldType.PERSON, help="末位表态的人；不写就是主持人"),
    Field("called", moves.CALLED, FieldType.PEOPLE, help="有表决权的人"),
    Field("observers", moves.OBSERVERS, FieldType.PEOPLE, help="可以发言，不参加表决"),
    Field("recorder", moves.RECORDER, FieldType.PERSON),
    Field("papers", PAPERS, FieldType.FILES),
    Field("subject", holding.SUBJECT, FieldType.TEXT),
    Field("resolution", holding.TEXT, FieldType.LONG),
    Field("owner", holding.OWNER, FieldType.PERSON),
    Field("unit", holding.UNIT, FieldType.UNIT),
    Field("due", holding.DUE, FieldType.DAY),
    Field("minutes", MINUTES, FieldType.LONG),
    Field("minutes_files", MINUTES_FILES, FieldType.FILES),
)
"""Fields of every meeting; a file may add its own."""

STATES = (
    State("planned", PLANNED),
    State("called", CALLED),
    State("holding", HOLDING),
    State("ended", ENDED),
    State("to_sign", TO_SIGN),
    State("signed", SIGNED),
    State("filed", FILED, final=True),
    State("cancelled", CANCELLED, final=True),
)

ASKS = {
    "增加议题": ("议题", "类别", "汇报人"),
    "调整议题": ("议题", "标题", "类别", "汇报人", "位置"),
    "撤下议题": ("议题", "说明"),
    "完成准备": ("议题", "准备", "说明"),
    "例外上会": ("议题", "说明"),
    "报送议题": ("对象", "议题"),
    "签收议题": ("对象",),
    "答复邀请": ("对象", "答复", "说明"),
    "请假": ("人员", "说明"),
    "签到": ("人员",),
    "离席": ("人员",),
    "进入议题": ("议题",),
    "回避": ("议题", "人员", "说明"),
    "发言": ("人员", "意见", "态度", "书面"),
    "表决": ("人员", "表决"),
    "计票": ("同意", "反对", "弃权"),
    "作出决定": ("结果",),
    "缓议": ("说明",),
    "议毕": ("说明",),
    "送会后记录": ("对象",),
    "反馈意见": ("对象", "说明"),
    "拒签": ("说明",),
    "重写纪要": ("说明",),
    "取消会议": ("说明",),
}
"""What each act is aimed at beside fields: the keys of ``Deed.target`` (说明 may stand in ``why``)."""

ROSTER = (moves.NAME, moves.STARTS, moves.CHAIR, moves.CALLED)
_ROSTER_MORE = (PLACE, moves.HEAD, moves.RECORDER, moves.OBSERVERS)


@dataclass(frozen=True, slots=True)
class _Part:
    """Who has a part in a meeting, as capacities."""

    staff: tuple[str, ...]
    chair: tuple[str, ...]
    member: tuple[str, ...]
    guest: tuple[str, ...]
    told: tuple[str, ...]


def acts(by: Sequence[str], told: Sequence[str], *, extra: Sequence[str] = ()) -> tuple[Act, ...]:
    """The acts of a meeting prepared by ``by``, of which ``told`` are informed beforehand.

    ``extra`` are labels of the file's own fields, offered when the meeting is planned or adjusted.
    """
    staff = (*by, moves.RECORDER)
    chair = (*staff, moves.CHAIR)
    member = (*chair, moves.CALLED)
    part = _Part(staff, chair, member, (*member, moves.OBSERVERS), (*staff, *told))
    more = (*_ROSTER_MORE, *extra)
    return (*_before(part, tuple(by), more), *(_notices(part) if told else ()), *_during(part), *_after(part))


def _act(key: str, label: str, by: tuple[str, ...], sources: tuple[str, ...], after: str = "") -> Act:
    return Act(key, label, by, ((sources, after),), about=_ABOUT.get(label, ""))


def _filled(act: Act, fill: tuple[str, ...] = (), may_fill: tuple[str, ...] = ()) -> Act:
    return Act(act.key, act.label, act.by, act.moves, fill, may_fill, about=act.about)


def _before(part: _Part, by: tuple[str, ...], more: tuple[str, ...]) -> tuple[Act, ...]:
    return (
        _filled(_act("prepare", "筹备", by, (NEW,), PLANNED), ROSTER, more),
        _filled(_act("adjust", "调整会议", part.staff, BEFORE), (), (*ROSTER, *more)),
        _filled(_act("add_topic", "增加议题", part.chair, LIVE), (), (PAPERS,)),
        _filled(_act("change_topic", "调整议题", part.chair, LIVE), (), (PAPERS,)),
        _act("withdraw_topic", "撤下议题", part.chair, LIVE),
        _filled(_act("tick", "完成准备", part.chair, LIVE), (), (PAPERS,)),
        _act("waive", "例外上会", (moves.CHAIR, moves.HEAD), LIVE),
        _act("convene", "召集", part.chair, (PLANNED,), CALLED),
        _act("cancel", "取消会议", part.chair, BEFORE, CANCELLED),
    )


def _notices(part: _Part) -> tuple[Act, ...]:
    return (
        _act("send_topics", "报送议题", part.staff, LIVE),
        _act("acknowledge", "签收议题", part.told, (*LIVE, *AFTER)),
        _act("answer", "答复邀请", part.told, (*LIVE, *AFTER)),
        _act("send_record", "送会后记录", part.staff, AFTER),
        _act("review", "反馈意见", part.told, AFTER),
    )


def _during(part: _Part) -> tuple[Act, ...]:
    now = (HOLDING,)
    return (
        _act("excuse", "请假", part.guest, (CALLED, HOLDING)),
        _act("sign_in", "签到", part.guest, (CALLED, HOLDING)),
        _act("open", "宣布开会", part.chair, (CALLED,), HOLDING),
        _act("leave", "离席", part.guest, now),
        _act("enter_topic", "进入议题", part.chair, now),
        _act("recuse", "回避", part.member, (CALLED, HOLDING)),
        _act("speak", "发言", part.guest, now),
        _act("vote", "表决", part.member, now),
        _act("tally", "计票", part.chair, now),
        _filled(_act("decide", "作出决定", part.chair, now), (), holding.CARRIED),
        _act("defer", "缓议", part.chair, now),
        _act("conclude", "议毕", part.chair, now),
        _act("close", "结束会议", part.chair, now, ENDED),
    )


def _after(part: _Part) -> tuple[Act, ...]:
    minutes = (MINUTES, MINUTES_FILES)
    return (
        _filled(_act("submit", "提交纪要", part.staff, (ENDED,), TO_SIGN), (MINUTES,), minutes[1:]),
        _act("sign", "签字", part.member, (TO_SIGN,)),
        _act("refuse", "拒签", part.member, (TO_SIGN,)),
        _filled(_act("rewrite", "重写纪要", part.staff, (TO_SIGN,)), (MINUTES,), minutes[1:]),
        _act("archive", "归档", part.staff, (SIGNED,), FILED),
    )


_ABOUT = {
    "筹备": "定下时间、主持人和应到人员，之后再逐项增加议题。",
    "增加议题": "排在议程最后；要换位置请办理“调整议题”。",
    "完成准备": "写明情况、附上材料，或者指明哪一次会议。",
    "例外上会": "准备没有齐全又必须上会时，由主持人说明理由，理由长期保存。",
    "报送议题": "报送的同时发出邀请；报送时间以办理时间为准。",
    "召集": "印发议程并通知全部应到、列席人员。",
    "宣布开会": "到会人数够了才能开会。",
    "进入议题": "一次只议一项；上一项作出决定、缓议或者议毕之后再进入下一项。",
    "发言": "按办理的先后记录；主要负责人应当末位表态。",
    "表决": "每人一票，作出决定之前可以改。",
    "作出决定": "结果由票数算出；通过的决议自动成为一项督办任务。",
    "提交纪要": "提交之后由每一位到会人员签字。",
    "重写纪要": "改动之后，先前的签字不再算数，需要重新签。",
    "归档": "全部签字之后归档，归档之后不再改动。",
}
