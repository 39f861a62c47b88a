"""The whole a share names: 占同期审结人数的89.59%, 占全院收案的23.3%, wherever the text printed it before."""

from __future__ import annotations

import re
from dataclasses import replace

from mingjing.text.checks.blocks import is_earlier
from mingjing.text.checks.dividing import same_time
from mingjing.text.figures import Figure
from mingjing.text.reading import Reading
from mingjing.text.roles import CLOSED, FILED, OWN, RECEIVED, clean, role_in

_FILLING = re.compile(r"^(?:同期|全部|所有|该|其|上述)|(?:总数|总量|总额|总人数|人数|件数|数量|数|量|额)$")
_HEAD = re.compile(r"\([^()]*\)|案件|总?数量?|件$")
_EVERYWHERE = re.compile(r"^全[院市省区县州](?=[^,。;]{2})")
_EVERYTHING = re.compile(r"全[院市省区县州]$")
_STAFF = re.compile(r"员额|法官|干警|人员")
_TAKEN = {RECEIVED, FILED}
_ALIKE = (("人次", "人"), ("起", "件"))


def wholes_called(reading: Reading, part: Figure, rate: Figure, of: str) -> list[Figure]:
    """The levels before the part that are called what ``of`` says, nearest last; none where it is silent."""
    words = _FILLING.sub("", _FILLING.sub("", of))
    if len(words) < 2:
        return []
    asked = role_in(words)
    if _EVERYTHING.match(words) and (every := _everything(reading, part)):
        return every
    found: list[Figure] = []
    topical: list[Figure] = []
    family = next((group for group in _ALIKE if part.unit in group), (part.unit,))
    levels = sorted(
        (one for unit in family for one in reading.levels_near(unit, part.start)), key=lambda one: one.start
    )
    for one in levels:
        if one.start >= part.start or one.value < part.value or is_earlier(reading, one):
            continue
        if not same_time(one, rate):
            continue
        if asked.kind:
            said = role_in(one.subject) if one.unit not in ("件", "起") else reading.role(one)
            if "立案" in words and said.kind == RECEIVED:
                continue  # what was received includes what was carried over
            if not _same_kind(asked.kind, said.kind) or (asked.topic and said.topic != asked.topic):
                continue
            if said.scope and asked.scope and said.scope != asked.scope and said.scope not in OWN:
                continue
            (topical if said.topic and not asked.topic else found).append(one)
        elif clean(words) and (clean(words) in clean(one.subject) or _counted(one, words)):
            found.append(one)
    found = found or _tabled(reading, part, words)
    return found or (topical if len({one.value for one in topical}) == 1 else [])


def _counted(one: Figure, words: str) -> bool:
    """发现问题128个 or 128个问题: all there were of what a share of 全市问题总数 is of."""
    bare = clean(_EVERYWHERE.sub("", words))
    return len(bare) > 1 and (clean(one.subject).endswith(bare) or one.after == bare)


def _everything(reading: Reading, part: Figure) -> list[Figure]:
    """占全院四成四, of 4986件 closed by some: the only count of all that was closed."""
    kind = reading.role(part).kind
    found = [
        one for one in reading.levels_near(part.unit, part.start)
        if kind and reading.role(one).kind == kind and not _STAFF.sub("", reading.role(one).topic)
        and one.value >= part.value and one.end <= part.start and not reading.depth(one)
        and reading.role(one).scope[:1] in ("", "全", "我", "本")
        and not is_earlier(reading, one) and same_time(one, part)
    ]  # fmt: skip
    most = max((one.value for one in found), default=None)
    return [one for one in found if one.value == most]


def _tabled(reading: Reading, part: Figure, words: str) -> list[Figure]:
    """占全部收案的53.7% behind a table: the total of its column of that name."""
    found = []
    for table in reading.tables:
        for row in table.rows:
            for head, cell in zip(table.heads, row.cells, strict=True):
                called = _HEAD.sub("", head)
                named = len(called) > 1 and _HEAD.sub("", words).endswith(called)
                if not (row.is_total and named and cell.end <= part.start):
                    continue
                if cell.value is not None and cell.value >= part.value and cell.value >= 1:
                    found.append(
                        replace(part, value=cell.value, text=cell.text, start=cell.start, end=cell.end)
                    )
    return found


def _same_kind(one: str, other: str) -> bool:
    return one == other or {one, other} <= _TAKEN or (one == CLOSED == other)


def before_its_bracket(reading: Reading, before: list[Figure]) -> Figure:
    """党员59名（男35名、女24名），占总数90名的65.56%: what the bracket tells the parts of."""
    last = before[-1]
    outside = [one for one in before if reading.depth(one) < reading.depth(last)]
    headed = bool(outside) and reading.folded[outside[-1].end] == "("
    return outside[-1] if headed and outside[-1].unit == last.unit else last
