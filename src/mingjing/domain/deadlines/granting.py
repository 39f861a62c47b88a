"""Extensions: which step of the ladder comes next, and whether it allows what is asked."""

from __future__ import annotations

from collections.abc import Callable

from mingjing.domain.dates.durations import Duration
from mingjing.domain.deadlines import facts as read
from mingjing.domain.deadlines.counting import End
from mingjing.domain.deadlines.rules import Extension, Facts, Version
from mingjing.domain.reasons import MissingFact, Refusal

GRANTED = "延长"
"""The fact that lists the extensions allowed so far, in order."""


class ExtensionRefused(Refusal):
    """The definition does not allow this extension, or not any more."""

    code = "extension-refused"


def next_step(version: Version, used: int) -> Extension:
    """The step under which the extension after ``used`` others is asked for.

    Raises
    ------
    ExtensionRefused   the version has no further step
    """
    position = 0
    for _ in range(used):
        if position < len(version.extensions) and not version.extensions[position].repeatable:
            position += 1
    if position < len(version.extensions):
        return version.extensions[position]
    if not version.extensions:
        raise ExtensionRefused(f"{version.since} 起施行的版本没有规定延长。")
    raise ExtensionRefused(f"已经延长 {used} 次，{version.since} 起施行的版本没有规定再次延长。")


def require_allowed(
    step: Extension, before: Duration, asked: Duration, facts: Facts, ends: Callable[[Duration], End]
) -> None:
    """Refuse an extension that the step does not allow.

    ``before`` is the limit as lengthened so far. Durations are compared by the day they lead to
    (``ends``), since a month has no fixed number of days.

    Raises
    ------
    ExtensionRefused   more than ``at_most`` or ``in_total``, or the needed fact is 否
    MissingFact        nobody recorded the needed fact
    """
    if step.needs:
        met = read.flag(facts, step.needs)
        if met is None:
            raise MissingFact(f"延长须{step.needs}，还没有记录这一项。", example=f"{step.needs}：是")
        if not met:
            raise ExtensionRefused(f"延长须{step.needs}。")
    reached = ends(before + asked)
    if step.at_most and reached.is_after(ends(before + step.at_most)):
        raise ExtensionRefused(f"{step.approver}批准，最多延长 {step.at_most}，申请的是 {asked}。")
    if step.in_total and reached.is_after(ends(step.in_total)):
        raise ExtensionRefused(f"延长后累计最多 {step.in_total}，{before} 再加 {asked} 超过了。")
