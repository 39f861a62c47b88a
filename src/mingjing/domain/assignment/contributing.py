"""What the rule makes of the departments that were to give a value: draw, begin again, or refuse."""

from __future__ import annotations

from collections.abc import Collection

from mingjing.domain.assignment.drawing import FEWEST, TooFewContributions
from mingjing.domain.assignment.rules import AssignmentRule, Missing


def after_silence(rule: AssignmentRule, committed: Collection[str], revealed: Collection[str]) -> Missing:
    """What follows once the time to reveal is over and not everybody who committed has revealed.

    Raises
    ------
    TooFewContributions   fewer than two would be left, to go on with or to begin again
    """
    left = [one for one in revealed if one in committed]
    if len(left) < FEWEST:
        raise TooFewContributions(
            f"只有 {len(left)} 个部门揭示了随机数，至少要 {FEWEST} 个，这一天作废，"
            "换部门出随机数以后另开一天。",
            allowed=rule.contributors,
        )
    return rule.missing
