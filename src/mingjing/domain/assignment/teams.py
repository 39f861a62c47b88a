"""The standard team: one judge, one assistant, one clerk; anything else is incomplete."""

from __future__ import annotations

from collections.abc import Iterable

STANDARD = ("法官", "法官助理", "书记员")


def team_lacks(members: Iterable[str]) -> tuple[str, ...]:
    """What keeps a team from being complete, in words; empty for exactly one of each of ``STANDARD``.

    ``members`` are the parts the members play.
    """
    have = list(members)
    found = []
    for part in STANDARD:
        count = have.count(part)
        if count == 0:
            found.append(f"缺{part}")
        elif count > 1:
            found.append(f"{part}有 {count} 人")
    found += [f"不应有{part}" for part in dict.fromkeys(have) if part not in STANDARD]
    return tuple(found)
