"""Whether a departure from the draw may be approved: a reason the rule knows, by somebody else, of rank."""

from __future__ import annotations

from collections.abc import Collection

from mingjing.domain.assignment.rules import AssignmentRule
from mingjing.domain.reasons import Refusal


class DeviationRefused(Refusal):
    """A departure from the draw that nobody may approve like this."""

    code = "deviation-refused"


def check_deviation(
    rule: AssignmentRule, *, ground: str, by: str, approver: str, posts: Collection[str]
) -> None:
    """Refuse unless ``ground`` is one the rule lists and the approver may decide (``check_approver``).

    Raises
    ------
    DeviationRefused
    """
    check_ground(rule, ground)
    check_approver(rule, by=by, approver=approver, posts=posts)


def check_approver(rule: AssignmentRule, *, by: str, approver: str, posts: Collection[str]) -> None:
    """Refuse unless ``approver`` (holding ``posts``) is somebody else than ``by``, of sufficient rank.

    Raises
    ------
    DeviationRefused
    """
    if by == approver:
        raise DeviationRefused("提出的人不能自己批准，请报另一位有权的院领导。", allowed=rule.approvers)
    if not set(posts) & set(rule.approvers):
        held = "、".join(posts) or "没有职务"
        raise DeviationRefused(f"批准人（{held}）无权批准。", allowed=rule.approvers)


def check_ground(rule: AssignmentRule, ground: str) -> None:
    """Refuse a reason for designation that the rule does not list. Raises DeviationRefused."""
    if ground not in rule.grounds:
        raise DeviationRefused(
            f"“{ground or '（空）'}”不是可以指定分案的理由。", allowed=rule.grounds, example=rule.grounds[0]
        )
