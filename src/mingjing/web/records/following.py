"""What follows from an act on an approval, said before it is done."""

from __future__ import annotations

from mingjing.domain.approvals.approval import (
    ADD,
    AGREE,
    COPY,
    LEND,
    RECALL,
    REJECT,
    REMOVE,
    REPLY,
    SUBMIT,
    TRANSFER,
    URGE,
    WITHDRAW,
    Mode,
)
from mingjing.services.reading.records.approvals import ChainView, chain_view
from mingjing.storage.records.models import Record

_KEPT = "办理人、时间和意见留在经过里，不能修改。"
_SAID = {
    REJECT: "按您选的退回去，申请人会收到通知和理由。说明里写明理由。",
    TRANSFER: "由您选的人审批，不再回到您这里。",
    LEND: "由您选的人提出意见，最后仍由您确认；没有回复以前可以收回。",
    REPLY: "您的意见交回委派您的人确认。请在说明里写明意见。",
    RECALL: "不再等对方回复，由您自己审批。",
    ADD: "前加签：加签的人先审批，再回到您这里；后加签：您同意以后再由加签的人审批。",
    REMOVE: "减去的人不用再审批；已经同意的不能减。",
    COPY: "选的人收到通知，可以看到这件审批，不用审批。",
    URGE: "现在等着审批的人收到一条通知；每天可以催办一次。",
    WITHDRAW: "审批就此结束；已有的意见留着。要再办，请重新提交一件。",
}


def follows(record: Record | None, act: str) -> list[str]:
    """The lines to show; empty where the definition's own words do."""
    if act == SUBMIT:
        return ["按制度逐级审批，到哪一步、等谁审批，随时可以看到。", "申请人不能审批自己的申请。", _KEPT]
    if act == AGREE:
        view = chain_view(record) if record else None
        return [*_after_agreement(view), _KEPT] if view else [_KEPT]
    return [_SAID[act], _KEPT] if act in _SAID else []


def _after_agreement(view: ChainView) -> list[str]:
    places = [place for place, one in enumerate(view.steps) if one.standing == "办理中"]
    if not places:
        return []
    now = view.steps[places[0]]
    ahead = [one for one in view.steps[places[0] + 1 :] if one.standing == "未到"]
    if now.level.mode is not Mode.ANY and len(now.waiting) > 1:
        return [f"“{now.level.label}”是{now.level.mode.value}，您同意以后还要等其他人。"]
    if not ahead:
        gives = f"：{view.approval.gives}" if view.approval.gives else "。"
        return [f"这是最后一步，您同意以后审批就办结了{gives}"]
    people = "、".join(name for _, name in ahead[0].foreseen)
    return [f"接下来到“{ahead[0].level.label}”，由{people or '、'.join(ahead[0].by)}审批。"]
