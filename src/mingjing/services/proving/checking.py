"""Verification of the whole log: entries, commitments, the tree, checkpoints and their signatures.

Nothing is repaired here. What does not hold is named, the first bad entry first, so that whoever looks into
it finds everything as it was.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from django.db import connection
from django.db.models import Max

from mingjing.domain.auditlog.checkpoints import read_note
from mingjing.domain.auditlog.entries import leaf_of_lines
from mingjing.domain.auditlog.merkle import Growing, nodes_of
from mingjing.domain.reasons import Refusal
from mingjing.services.destroying import DESTROYED
from mingjing.services.proving.own_key import own_vkeys
from mingjing.services.proving.signing import signed_at
from mingjing.services.proving.sound_rows import (
    AT,
    CHUNK,
    COMMITMENT,
    SEQ,
    Row,
    Sound,
    leaf_of_sound,
    rows_of,
    stretches,
)
from mingjing.storage.assignment.models import FilingDay
from mingjing.storage.auditlog.appending import TABLE as ACTS
from mingjing.storage.auditlog.models import SignedCheckpoint
from mingjing.storage.auditlog.tree import TABLE as NODES
from mingjing.storage.leads.models import LeadAct
from mingjing.storage.records.models import RecordAct

MOST = 200
"""Findings told at most; one is enough to know."""
_STORED = f"SELECT place, digest FROM {NODES} WHERE place >= %s AND place < %s ORDER BY place"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold, or is worth a look (``grave`` False); where it is known, the first entry
    it may be about, and of how many it is one."""

    text: str
    seq: int | None = None
    among: int = 1
    grave: bool = True


@dataclass(slots=True)
class Verified:
    """What was verified and what was found."""

    entries: int = 0
    destroyed: int = 0
    checkpoints: int = 0
    countersigned: int = 0
    findings: list[Finding] = field(default_factory=list)
    more: int = 0

    @property
    def sound(self) -> bool:
        """Whether everything holds."""
        return not any(one.grave for one in self.findings)

    @property
    def first_bad(self) -> int | None:
        """The number of the first entry that does not hold, told as exactly as anything found tells it."""
        placed = ((one.among, one.seq) for one in self.findings if one.grave and one.seq is not None)
        return min(placed, default=(0, None))[1]

    def add(self, text: str, seq: int | None = None, *, among: int = 1, grave: bool = True) -> None:
        """Take a finding down."""
        if len(self.findings) < MOST:
            self.findings.append(Finding(text, seq, among, grave))
        else:
            self.more += 1


def verify_log(step: Callable[[int], None] | None = None, *, hands: int = 1) -> Verified:
    """Compute everything anew from the rows; ``step`` is told how many entries are done. ``hands`` is how
    many processes may work at it (see ``stretches``)."""
    walk = _Walk()
    whole = _count() // CHUNK * CHUNK
    for first, sound in stretches(whole, hands):
        if sound is None or not walk.follows(sound):
            walk.take(rows_of(first, first + CHUNK))
        else:
            walk.take_sound(sound)
        if step is not None:
            step(walk.found.entries)
    for rows in _rest(whole):
        walk.take(rows)
        if step is not None:
            step(walk.found.entries)
    walk.end()
    return walk.found


def _count() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {ACTS}")  # noqa: S608 — the name of our own table
        return int(cursor.fetchone()[0])


def _stored() -> int:
    """How many nodes of the tree there must be, after the last that is stored."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT MAX(place) FROM {NODES}")  # noqa: S608
        last = cursor.fetchone()[0]
    return 0 if last is None else int(last) + 1


def _cited() -> int:
    """The highest number of an entry that stands in what acts have written beside the log; -1 for none."""
    named = (
        (RecordAct, "entry"),
        (LeadAct, "entry"),
        (FilingDay, "locked_entry"),
        (FilingDay, "drawn_entry"),
    )
    found = (model._default_manager.aggregate(last=Max(column))["last"] for model, column in named)
    return max((one for one in found if one is not None), default=-1)


def _rest(first: int) -> Iterator[list[Row]]:
    """The entries from a number on, to the last, those written meanwhile among them."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT MIN(seq) FROM {ACTS} WHERE seq >= %s", [first])  # noqa: S608
            there = cursor.fetchone()[0]
        if there is None:
            return
        rows = rows_of(there, there + CHUNK)
        yield rows
        first = int(rows[-1][SEQ] or 0) + 1


class _Walk:
    """One pass over the log: what the rows say, held against what is stored about them."""

    def __init__(self) -> None:
        self.found = Verified()
        self.growing = Growing()
        self.whole = self.fits = True
        self.last_at = ""
        self.empty: set[int] = set()
        self.named: set[int] = set()
        self.good_checkpoint = 0
        self.stored = _stored()  # before the entries are read: what is written meanwhile is no finding
        self.cited = _cited()
        self.vkeys = _keys(self.found)
        rows = SignedCheckpoint.objects.order_by("size").prefetch_related("countersignatures__witness")
        self.waiting = list(rows)
        self.waiting.reverse()

    def take(self, rows: list[Row]) -> None:
        """Verify some entries, in the order of their numbers."""
        self._grow(self._leaves(rows, self.growing.size))
        self.found.entries += len(rows)

    def follows(self, sound: Sound) -> bool:
        """Whether a sound stretch continues what was taken, nothing between them and no earlier."""
        return self.whole and sound.first == self.growing.size and sound.first_at >= self.last_at

    def take_sound(self, sound: Sound) -> None:
        """Take entries that need no word."""
        self.last_at = sound.last_at
        self._grow(sound.leaves)
        self.found.entries += len(sound.leaves)

    def _grow(self, leaves: Sequence[bytes]) -> None:
        first = self.growing.size
        completed: list[bytes] = []
        start = 0
        while start < len(leaves):
            while self.waiting and self.waiting[-1].size <= self.growing.size:
                self._checkpoint(self.waiting.pop())
            end = min(len(leaves), self.waiting[-1].size - first) if self.waiting else len(leaves)
            completed += self.growing.complete_all(leaves[start:end])
            start = end
        if self.fits:
            self._compare(first, completed)

    def _leaves(self, rows: list[Row], expected: int) -> list[bytes]:
        """The leaf hashes of the rows, each row verified by itself; up to the first hole in the numbers."""
        leaves: list[bytes] = []
        last_at = self.last_at
        for row in rows:
            if self.whole and row[SEQ] != expected + len(leaves):
                self._hole(int(row[SEQ] or 0), expected + len(leaves))
            at = str(row[AT])
            if at < last_at:
                said = f"第 {row[SEQ]} 条的时间 {at} 早于前一条的 {last_at}：时钟被往回拨过。"
                self.found.add(said, int(row[SEQ] or 0), grave=False)
            last_at = at
            leaf = leaf_of_sound(row) or self._entry(row)
            if self.whole:
                leaves.append(leaf)
        self.last_at = last_at
        return leaves

    def _hole(self, seq: int, expected: int) -> None:
        self.whole = False
        gone = f"第 {expected} 条不见了，后面紧接着的是第 {seq} 条：有条目被删掉。"
        twice = f"第 {seq} 条出现了不止一次：有条目被插进来。"
        self.found.add(gone if seq > expected else twice, min(seq, expected))

    def _compare(self, first: int, completed: list[bytes]) -> None:
        """Hold the nodes computed from leaf ``first`` on against those that are stored; the newest are not
        stored yet."""
        begin = nodes_of(first)
        with connection.cursor() as cursor:
            cursor.execute(_STORED, [begin, begin + len(completed)])
            stored = {place: bytes(digest) for place, digest in cursor.fetchall()}
        if [*stored.values()] == completed and [*stored] == [*range(begin, begin + len(completed))]:
            return
        unlike = (at for at, digest in enumerate(completed, begin) if stored.get(at, digest) != digest)
        wrong = next(unlike, None)
        if wrong is None:
            return
        self.fits = False
        level, low = _where(first, wrong - begin)
        told = f"第 {low} 到 {low + (1 << level) - 1} 条算出的结点与树里存的不符：其中有条目被改写。"
        self.found.add(told, low, among=1 << level)

    def _entry(self, row: Row) -> bytes:
        seq, payload, salt, stored = row[SEQ], str(row[-3]), str(row[-2]), row[-1]
        try:
            leaf = leaf_of_lines(row[:-3])
        except TypeError:
            leaf = b""
        if leaf.hex() != stored:
            self.found.add(f"第 {seq} 条被改过：按现在的内容算出的叶摘要与写入时的不同。", int(seq or 0))
        if not payload and not salt:
            self.empty.add(int(seq or 0))
        elif hashlib.sha256(_bytes(salt) + payload.encode()).hexdigest() != row[COMMITMENT]:
            self.found.add(f"第 {seq} 条所附的内容被改过：与写入时的承诺不符。", int(seq or 0))
        elif DESTROYED in payload:
            self.named.update(_numbers(json.loads(payload).get(DESTROYED)))
        return leaf

    def _checkpoint(self, signed: SignedCheckpoint) -> None:
        """Hold a checkpoint against the tree as it is at its size."""
        self.found.checkpoints += 1
        try:
            point, signatures = read_note(signed.note)
        except Refusal as refusal:
            self.found.add(f"{signed.day} 的检查点读不懂：{refusal.message}")
            return
        if (point.size, point.root.hex()) != (signed.size, signed.root):
            self.found.add(f"{signed.day} 的检查点（{signed.size} 条）存的数与签的数不一致。")
        if self.vkeys and all(signed_at(vkey, point, signatures) is None for vkey in self.vkeys):
            self.found.add(f"{signed.day} 的检查点（{point.size} 条）不是用本院的密钥签的。")
        if point.size == self.growing.size and self.growing.root() != point.root:
            good = self.good_checkpoint
            said = f"前 {point.size} 条与 {signed.day} 签的检查点不符，前 {good} 条与更早的相符："
            told = f"{said}第 {good} 到 {point.size - 1} 条之间有条目被改写。"
            self.found.add(told, good, among=point.size - good)
        elif point.size == self.growing.size:
            self.good_checkpoint = point.size
        for one in signed.countersignatures.all():
            self.found.countersigned += 1
            _, lines = read_note(f"{signed.note}{one.line}")
            if signed_at(one.witness.vkey, point, lines) is None:
                self.found.add(f"{one.witness.name} 在 {signed.day} 检查点上的副署无效。")

    def end(self) -> None:
        """What can only be said after the last entry."""
        while self.whole and self.waiting and self.waiting[-1].size <= self.growing.size:
            self._checkpoint(self.waiting.pop())
        if self.whole and self.waiting:
            last = self.waiting[0]
            said = f"{last.day} 的检查点签了 {last.size} 条，现在只有 {self.growing.size} 条：日志被截短过。"
            self.found.add(said, self.growing.size)
        if self.whole and self.stored > nodes_of(self.growing.size):
            size = self.growing.size
            self.found.add(f"树里存着第 {size} 条以后的结点，条目只到这里：末尾有条目被删掉。", size)
        if self.whole and self.cited >= self.growing.size:
            size = self.growing.size
            self.found.add(f"别的表里写着第 {self.cited} 条，条目只有 {size} 条：末尾有条目被删掉。", size)
        rows = _count()
        if rows != self.found.entries:
            self.found.add(
                f"表里有 {rows} 行，按编号只数到 {self.found.entries} 条：有编号重复或者编号之外的行。"
            )
        self.found.destroyed = len(self.empty)
        for seq in sorted(self.empty - self.named):
            self.found.add(f"第 {seq} 条的内容没有了，日志里却没有一条说它是依规销毁的。", seq)


def _where(first: int, place: int) -> tuple[int, int]:
    """Level and first leaf of the node that is the ``place``-th, from 0, to be completed from leaf ``first``
    on."""
    for leaf in count(first):
        levels = (~leaf & leaf + 1).bit_length() - 1
        if place < levels:
            return place + 1, leaf >> (place + 1) << (place + 1)
        place -= levels
    raise AssertionError("leaves go on for ever")


def _keys(found: Verified) -> tuple[str, ...]:
    try:
        keys = own_vkeys()
    except Refusal as refusal:
        found.add(refusal.message)
        return ()
    if not keys and SignedCheckpoint.objects.exists():
        found.add("日志的签名密钥文件不在数据目录里，检查点上的签名没有核验。", grave=False)
    return keys


def _bytes(salt: str) -> bytes:
    try:
        return bytes.fromhex(salt)
    except ValueError:
        return b""


def _numbers(listed: object) -> list[int]:
    return [one for one in listed if isinstance(one, int)] if isinstance(listed, list) else []
