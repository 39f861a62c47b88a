"""Which reports a spot check looks at: drawn from a seed anybody can check, never chosen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from fractions import Fraction


def sample_size(reports: int, share: Fraction) -> int:
    """``share`` of the reports, rounded up: a tenth of 41 is 5."""
    return -(-reports * share.numerator // share.denominator)


def drawn(keys: Iterable[int], share: Fraction, seed: str) -> tuple[int, ...]:
    """The keys drawn, ascending.

    Keys are ordered by the SHA-256 of ``seed:key``; the first ``sample_size`` of them are drawn. The order
    in which ``keys`` come does not matter, nor how often one is named.
    """
    known = sorted(set(keys))
    ordered = sorted(known, key=lambda key: hashlib.sha256(f"{seed}:{key}".encode()).hexdigest())
    return tuple(sorted(ordered[: sample_size(len(known), share)]))
