"""Received, closed and pending against each other, the part against the whole (N-005, N-007, N-020)."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from mingjing.text.arithmetic import printed, rounded, slip
from mingjing.text.checks.blocks import is_earlier
from mingjing.text.checks.dividing import same_time
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading
from mingjing.text.roles import CARRIED, CLOSED, FILED, PENDING, RECEIVED, scope_within

_FOUND = re.compile(r"梳理|发现|排查|查摆|收到|交办|登记|反馈|查找|摸排|列出|检查出|移交|转办")
_DONE = re.compile(
    r"^(?:目前|截至目前)?(?:已|均|全部|现已)(?:经|全部)?(?:完成)?(?:销号|整改|办结|化解|办理|答复|核查|解决)[^,。;]{0,6}$"
)
_UNRELATED = re.compile(r"含|往年|历年|以前")


@dataclass(frozen=True, slots=True)
class Group:
    """The flow of one kind of cases of one court, as one sentence prints it."""

    topic: str
    scope: str
    kinds: dict[str, Figure]


def check_flows(reading: Reading) -> Iterator[Finding]:
    """The balances inside each sentence, then the parts of the whole across sentences."""
    groups = [group for sentence in reading.sentences.values() for group in groups_of(reading, sentence)]
    for group in groups:
        yield from _balance(group)
    yield from _subsets(reading, groups)
    for segment in reading.segments.values():
        yield from _done_of_found(reading, segment)


def groups_of(reading: Reading, sentence: list[Figure]) -> list[Group]:
    """The figures of a sentence with a role, by topic and court; a topic left out is the last one."""
    found: list[Group] = []
    topic = scope = ""
    for figure in sentence:
        role = reading.role(figure)
        if not role.kind or reading.movement(figure) or not figure.exact or figure.step != 1:
            continue
        carried = bool(found) and role.kind == CARRIED and not role.topic and CARRIED not in found[-1].kinds
        begins = role.kind in (RECEIVED, FILED, CARRIED) and not (carried and PENDING in found[-1].kinds)
        fresh = bool(role.topic or role.scope) and (
            role.topic != topic or bool(role.scope and role.scope != scope)
        )
        last = found[-1] if found else None
        if last is None or fresh or role.kind in last.kinds or (begins and CLOSED in last.kinds):
            topic = role.topic
            scope = role.scope or scope or scope_within(reading.folded[figure.sentence[0] : figure.start])
            last = Group(topic, scope, {})
            found.append(last)
        last.kinds[role.kind] = figure
    return found


def _balance(group: Group) -> Iterator[Finding]:
    kinds = group.kinds
    received = kinds.get(RECEIVED)
    if FILED in kinds and CARRIED in kinds and received is not None:
        yield _added(received, kinds[FILED], kinds[CARRIED], "新收与旧存相加")
    closed, pending = kinds.get(CLOSED), kinds.get(PENDING)
    if received is None and {FILED, CARRIED, CLOSED, PENDING} <= set(kinds):
        yield _left(kinds)
    if received is None or closed is None:
        return
    beside = ((received.start, received.end),)
    if closed.value > received.value:
        yield Finding(
            "flow",
            Verdict.MISMATCH,
            closed.start,
            closed.end,
            f"结案{closed.text}多于受理{received.text}",
            (),
            ("核对两个数，或写明“受理”是否只指新收",),
            beside,
        )
    elif pending is not None:
        yield _added(received, closed, pending, "结案与未结相加")
    else:
        rest = received.value - closed.value
        yield Finding(
            "flow",
            Verdict.DERIVED,
            closed.start,
            closed.end,
            f"未结应为 {printed(rest)} 件",
            (f"{received.text} − {closed.text} = {printed(rest)}件",),
            (),
            beside,
        )


def _left(kinds: dict[str, Figure]) -> Finding:
    """旧存486件、新收2764件，执结2415件，未结835件, where nobody printed what was received."""
    filed, carried, closed, left = (kinds[kind] for kind in (FILED, CARRIED, CLOSED, PENDING))
    right = filed.value + carried.value - closed.value
    line = f"{carried.text} + {filed.text} − {closed.text} = {printed(right)}件"
    beside = tuple((one.start, one.end) for one in (filed, carried, closed))
    place = (left.start, left.end)
    if right == left.value:
        return Finding("flow", Verdict.OK, *place, "旧存、新收、结案与未结相符", (line,), (), beside)
    repairs = (f"改为 {printed(right)}件", "或核对旧存、新收和结案")
    message = f"未结写作{left.text}，按旧存、新收和结案应为 {printed(right)}件"
    return Finding("flow", Verdict.MISMATCH, *place, message, (line,), repairs, beside)


def _added(whole: Figure, one: Figure, other: Figure, name: str) -> Finding:
    total = one.value + other.value
    line = f"{one.text} + {other.text} = {printed(total)}件"
    beside = ((one.start, one.end), (other.start, other.end))
    if total == whole.value:
        return Finding(
            "flow", Verdict.OK, whole.start, whole.end, f"{name}等于受理{whole.text}", (line,), (), beside
        )
    rest = int(whole.value - total)
    repairs = [f"受理改为 {printed(total)}件"]
    for part in (one, other):
        right = int(part.value) + rest
        how = slip(int(part.value), right) if right >= 0 else ""
        repairs.append(
            f"或{part.subject}{part.text}应为 {right:,}件" + (f"（{how}，像是笔误）" if how else "")
        )
    return Finding(
        "flow",
        Verdict.MISMATCH,
        whole.start,
        whole.end,
        f"{name}是 {printed(total)}件，与受理{whole.text}差 {abs(rest):,}件",
        (line,),
        tuple(repairs),
        beside,
    )


def _subsets(reading: Reading, groups: list[Group]) -> Iterator[Finding]:
    wholes: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    groups = [one for one in groups if not any(is_earlier(reading, each) for each in one.kinds.values())]
    for group in groups:
        if not group.topic:
            for kind, figure in group.kinds.items():
                wholes[kind, group.scope].append(figure)
    for group in groups:
        if not group.topic:
            continue
        for kind, part in group.kinds.items():
            for whole in wholes.get((kind, group.scope), ()):
                if whole.period is None or part.period is None or not same_time(whole, part):
                    continue
                if part.value > whole.value and (whole.start > part.start or part.value > whole.value * 2):
                    continue
                yield _within(part, whole)
                break


def _within(part: Figure, whole: Figure) -> Finding:
    beside = ((whole.start, whole.end),)
    if part.value > whole.value:
        return Finding(
            "subset",
            Verdict.MISMATCH,
            part.start,
            part.end,
            f"{part.subject}{part.text}比全部的{whole.text}还多",
            (),
            ("核对两个数",),
            beside,
        )
    rest = whole.value - part.value
    share = printed(rounded(part.value * 100 / whole.value, 2), 2)
    return Finding(
        "subset",
        Verdict.DERIVED,
        part.start,
        part.end,
        f"占全部的 {share}%，其余 {printed(rest)}件",
        (f"{part.text} ÷ {whole.text} = {share}%", f"{whole.text} − {part.text} = {printed(rest)}件"),
        (),
        beside,
    )


def _done_of_found(reading: Reading, segment: list[Figure]) -> Iterator[Finding]:
    for found, done in itertools.pairwise(segment):
        if found.unit != done.unit or not (found.exact and done.exact) or found.is_rate:
            continue
        if not (_FOUND.search(found.subject + found.after) and _DONE.match(done.subject) and found.value > 0):
            continue
        beside = ((found.start, found.end),)
        if done.value > found.value:
            if not _UNRELATED.search(reading.folded[found.start : done.end + 12]):
                yield Finding(
                    "subset",
                    Verdict.MISMATCH,
                    done.start,
                    done.end,
                    f"{done.subject}{done.text}多于{found.subject}{found.text}",
                    (),
                    ("核对两个数",),
                    beside,
                )
            continue
        rest = found.value - done.value
        share = printed(rounded(done.value * 100 / found.value, 2), 2)
        more = f"，还有 {found.worded(rest)}没有完成，应当列名" if rest else ""
        yield Finding(
            "subset",
            Verdict.DERIVED,
            done.start,
            done.end,
            f"完成 {share}%{more}",
            (f"{done.text} ÷ {found.text} = {share}%",),
            (),
            beside,
        )
