"""Names: who the case says is a party or sits on the bench, and who the document says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mingjing.domain.leads.matching import plain_name
from mingjing.text.folding import fold
from mingjing.text.proofreading.known import Known
from mingjing.text.proofreading.paper import ROLES, Named, Paper
from mingjing.text.proofreading.remarks import Remark

_PLAIN = ("原告", "被告", "第三人")
"""Capacities of a plain first instance: only these are compared, since an appeal names everybody twice."""
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_TAKEN = re.compile(r"反诉|原审|一审|二审|再审|追加|另案|本诉")
_FIRM = 6
"""From so many characters on a name is that of a firm: one character differs by a slip, not by a relative."""


def likened(text: str) -> str:
    """A name as it is compared."""
    return plain_name(fold(text))


def one_off(one: str, two: str) -> bool:
    """Whether two names differ in exactly one character: another one, or one too many or too few."""
    if one == two or abs(len(one) - len(two)) > 1:
        return False
    if len(one) == len(two):
        return sum(a != b for a, b in zip(one, two, strict=True)) == 1
    short, long = sorted((one, two), key=len)
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))


def check_names(paper: Paper, known: Known) -> Iterator[Remark]:
    """Parties against the case, names in the text against the parties, the bench against the case."""
    yield from _against_the_case(paper, known)
    yield from _in_the_text(paper, known)
    yield from _bench(paper, known)


def _against_the_case(paper: Paper, known: Known) -> Iterator[Remark]:
    registered = {likened(name): role for role, name in known.parties}
    printed = {likened(one.name): one for one in paper.parties}
    if not registered or not printed:
        return
    slips: set[str] = set()
    for name, one in printed.items():
        if name in registered:
            role = registered[name]
            if role in _PLAIN and one.role in _PLAIN and role != one.role:
                yield _said(
                    one,
                    "诉讼地位不一致",
                    f"“{one.name}”写成{one.role}，案件信息里是{role}",
                    f"{role}：{one.name}",
                )
            continue
        near = next((other for other in registered if other not in printed and _may_slip(name, other)), "")
        if near:
            slips.add(near)
            right = next(shown for _, shown in known.parties if likened(shown) == near)
            yield _said(one, "姓名差一字", f"“{one.name}”与案件信息里的“{right}”差一个字", right)
        else:
            yield _said(one, "多当事人", f"案件信息里没有当事人“{one.name}”", "")
    whole = likened(paper.text)
    for role, name in known.parties:
        plain = likened(name)
        if plain not in printed and plain not in slips and plain not in whole:
            place = paper.parties[-1]
            yield _said(place, "缺当事人", f"案件信息里的{role}“{name}”，文书里没有出现", f"{role}：{name}")


def _may_slip(name: str, other: str) -> bool:
    return len(other) >= 3 and one_off(name, other)


def _in_the_text(paper: Paper, known: Known) -> Iterator[Remark]:
    """Behind a capacity stands a party of that capacity; a firm's name with one character off is a slip."""
    parties = [Named(one.role, likened(one.name), one.start, one.end) for one in paper.parties]
    body = paper.parties[-1].end if parties else 0
    if not parties:
        return
    yield from _slips(paper, body, parties, {likened(name) for _, name in known.parties})
    roles = {one.role for one in parties}
    if roles <= set(_PLAIN) and not _TAKEN.search(paper.folded):
        yield from _swapped(paper, body, parties, known)


def _slips(paper: Paper, body: int, parties: Sequence[Named], registered: set[str]) -> Iterator[Remark]:
    folded, names = paper.folded, {one.name for one in parties}
    spelled = {one.name: paper.text[one.start : one.end] for one in parties}
    for name in sorted(names):
        size = len(name)
        if size < 3:
            continue
        lead = f"(?:{'|'.join(ROLES)})" if size < _FIRM else ""
        for place in _windows(folded, body, name, lead):
            piece = folded[place : place + size]
            if (
                likened(piece) not in names | registered
                and _HAN.fullmatch(piece)
                and _hamming(piece, name) == 1
            ):
                yield Remark(
                    "姓名差一字",
                    place,
                    place + size,
                    f"“{piece}”与当事人“{spelled[name]}”差一个字",
                    "前后姓名、名称应当一致",
                    spelled[name],
                )


def _windows(folded: str, body: int, name: str, lead: str) -> Iterator[int]:
    """Where a name might stand: behind a capacity, or for a firm wherever half of it stands already."""
    if lead:
        yield from (body + match.end() for match in re.finditer(lead, folded[body:]))
        return
    half = len(name) // 2
    starts = set()
    for piece, offset in ((name[:half], 0), (name[half:], half)):
        place = folded.find(piece, body)
        while place >= 0:
            if place - offset >= body:
                starts.add(place - offset)
            place = folded.find(piece, place + 1)
    yield from sorted(starts)


def _hamming(one: str, two: str) -> int:
    return sum(a != b for a, b in zip(one, two, strict=True)) if len(one) == len(two) else 99


def _swapped(paper: Paper, body: int, parties: Sequence[Named], known: Known) -> Iterator[Remark]:
    folded = paper.folded
    held: dict[str, set[str]] = {}
    for one in parties:
        held.setdefault(one.name, set()).add(one.role)
    for role, name in known.parties:  # whom the head lists wrongly is told of once, there
        if likened(name) in held:
            held[likened(name)].add(role)
    for name, roles in held.items():
        for match in re.finditer(rf"(?<!诉)({'|'.join(_PLAIN)}){re.escape(name)}", folded[body:]):
            if match[1] not in roles:
                start, end = body + match.start(), body + match.end()
                right = "、".join(sorted(roles))
                yield Remark(
                    "地位与姓名对不上",
                    start,
                    end,
                    f"“{name}”是{right}，这里写成{match[1]}",
                    "首部列的诉讼地位",
                    f"{right}{name}",
                )


def _bench(paper: Paper, known: Known) -> Iterator[Remark]:
    """Who signed is who tries the case."""
    if not known.bench or not paper.bench:
        return
    names = {likened(name): name for _, name in known.bench}
    signed = {likened(one.name) for one in paper.bench}
    for one in paper.bench:
        if one.role in ("书记员", "法官助理") or likened(one.name) in names:
            continue
        near = next(
            (
                shown
                for plain, shown in names.items()
                if plain not in signed and one_off(likened(one.name), plain)
            ),
            "",
        )
        what = (
            f"署名“{one.name}”与案件信息里的“{near}”差一个字"
            if near
            else f"署名的{one.role}“{one.name}”不是本案的审判人员"
        )
        yield Remark(
            "审判人员不一致",
            one.start,
            one.end,
            what,
            f"案件信息：{'、'.join(f'{role}{name}' for role, name in known.bench)}",
            near,
        )


def _said(one: Named, code: str, what: str, proposal: str) -> Remark:
    return Remark(code, one.start, one.end, what, "与案件信息核对", proposal)
