"""A share against the part and the whole it is worked out of: whether it agrees, what is said if not."""

from __future__ import annotations

from collections.abc import Iterator

from mingjing.text.arithmetic import (
    Span,
    cut,
    denominators,
    numerators,
    printed,
    rounded,
    slip,
    slips_between,
)
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict

FEW = 4
"""Ways to pair parts and wholes among which a slip of the rate's digits is no accident."""
FAR = 30
"""Percentage points; a share further off than this was taken from parts that do not belong to the rate."""


def agrees(rate: Figure, part: Figure, whole: Figure) -> bool:
    """Whether the share of the parts, as loosely as they were printed, rounds to the rate."""
    if not whole.value or _far_off(rate, part, whole):
        return False
    if part.exact and whole.exact and part.span.low == part.span.high and whole.span.low == whole.span.high:
        return rounded(part.value * 100 / whole.value, rate.decimals) == rate.value
    share = part.span.over(whole.span)
    return share is not None and Span(share.low * 100, share.high * 100).meets(rate.span)


def _far_off(rate: Figure, part: Figure, whole: Figure) -> bool:
    """Whether no rounding could bring the share to the rate; a cheap question before the exact one."""
    if not (rate.exact and part.exact and whole.exact) or not part.value:
        return False
    share = float(part.value) * 100 / float(whole.value)
    slack = share * (float(part.step) / float(part.value) + float(whole.step) / float(whole.value))
    return abs(share - float(rate.value)) > 2 * (float(rate.step) + slack)


def worked(part: Figure, whole: Figure, decimals: int) -> str:
    """The division, with three digits more than were printed."""
    share = part.value * 100 / whole.value
    more = f"{printed(share, decimals + 3)}%"
    short = f"{printed(rounded(share, decimals), decimals)}%"
    return f"{part.text} ÷ {whole.text} = {more}，取 {decimals} 位小数为 {short}"


def wrong_share(rate: Figure, part: Figure, whole: Figure, code: str, name: str) -> Finding:
    """A contradiction with its arithmetic and all it takes to mend it at either end."""
    share = part.value * 100 / whole.value
    right = f"{printed(rounded(share, rate.decimals), rate.decimals)}%"
    cut_off = cut(share, rate.decimals) == rate.value
    message = (
        f"{name or '占比'}写作{rate.text}，按四舍五入应为 {right}（像是截掉了后面的数字）"
        if cut_off
        else f"{name or '占比'}写作{rate.text}，按文中的数应为 {right}"
    )
    apart = rounded(share, rate.decimals) - rate.value
    arithmetic = (
        worked(part, whole, rate.decimals),
        f"{right} − {rate.text} = {printed(apart, rate.decimals)} 个百分点",
    )
    verdict = Verdict.TENSION if cut_off or not (part.exact and whole.exact) else Verdict.MISMATCH
    return Finding(
        code, verdict, rate.start, rate.end, message, arithmetic,
        (f"比率改为 {right}", *_repairs(rate, part, whole)),
        ((part.start, part.end), (whole.start, whole.end)),
    )  # fmt: skip


def _repairs(rate: Figure, part: Figure, whole: Figure) -> Iterator[str]:
    if not (part.value.denominator == whole.value.denominator == 1):
        return
    for label, old, found in (
        ("分子", part, numerators(whole.value, rate.value, rate.decimals)),
        ("分母", whole, denominators(part.value, rate.value, rate.decimals)),
    ):
        if found is None:
            continue
        low, high = found
        text = f"{low:,}" if low == high else f"{low:,}–{high:,}"
        slips = slips_between(int(old.value), low, high)
        told = "；".join(f"{right}↔{int(old.value)} {how}，像是笔误" for right, how in slips[:3])
        yield f"或{label}应为 {text}" + (f"（{told}）" if told else "")


def slipped_share(rate: Figure, part: Figure, whole: Figure, least: int = 100) -> bool:
    """Whether one slip of the digits makes the rate of these two of what was printed."""
    right = rounded(part.value * 100 / whole.value, rate.decimals) / rate.step
    return bool(rate.decimals and whole.value >= least and slip(int(rate.value / rate.step), int(right)))


def same_time(one: Figure, other: Figure) -> bool:
    """Whether two figures speak of one period, as far as the text says."""
    if one.period is None or other.period is None or one.period.start == other.period.start:
        return True
    return (one.period.year, one.period.months) == (other.period.year, other.period.months)
