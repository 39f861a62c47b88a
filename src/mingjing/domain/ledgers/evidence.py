"""Evidence counted once: the same file on two records, or twice on one, is one piece of evidence."""

from __future__ import annotations

from collections.abc import Mapping

from mingjing.domain.ledgers.matters import COUNTS, Matter
from mingjing.domain.ledgers.register import Register
from mingjing.domain.ledgers.values import FILE_KINDS


def digests(register: Register, values: Mapping[str, object]) -> tuple[str, ...]:
    """The digests of the files in all file fields of a record, each once, in order of the fields."""
    found: dict[str, None] = {}
    for field in register.fields:
        held = values.get(field.label)
        if field.type in FILE_KINDS and isinstance(held, (list, tuple)):
            found.update(dict.fromkeys(str(one) for one in held))
    return tuple(found)


def counts_after(register: Register, matter: Matter, values: Mapping[str, object]) -> dict[str, int]:
    """The counts that conditions use, once ``values`` are on the record.

    附件数 and 佐证数 take in the files of the act itself; what the caller counted before it (attachments
    outside the fields) is never lost. A count nobody gave is 0.
    """
    own = digests(register, values)
    before = digests(register, matter.values)
    new = len(own) - len(set(own) & set(before))
    files = matter.counts.get("附件数", len(before)) + new
    known = matter.evidence | set(before)
    pieces = max(matter.counts.get("佐证数", 0), len(known)) + len(set(own) - known)
    return {**dict.fromkeys(COUNTS, 0), **matter.counts, "附件数": files, "佐证数": pieces}
