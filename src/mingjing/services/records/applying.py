"""A deed done on a record that is locked: the machinery's step, and everything that follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from mingjing.domain.ledgers.matters import Deed
from mingjing.services.records.entries import check_entries
from mingjing.services.records.holders import with_holders
from mingjing.services.records.machineries import register_of, step
from mingjing.services.records.making import spawn
from mingjing.services.records.surroundings import matter_of, require_none_open
from mingjing.services.records.verbs import Work
from mingjing.services.records.words import by_label
from mingjing.services.records.writing import File, before_of, with_files, write
from mingjing.storage.records.models import Record


def apply(
    work: Work,
    record: Record,
    value: object,
    deed: Deed,
    *,
    files: Sequence[File] = (),
    flags: Iterable[str] = (),
) -> None:
    """Do it: the record, its parts, files, clocks, notices and the records it opens. Raises Refusal."""
    register = register_of(value)
    deed = entered(work, record, value, deed, files)
    matter = matter_of(record, register)
    stepped = step(value, matter, deed)
    require_none_open(record, register, matter, stepped)
    before = before_of(record, register)
    write(work, record, value, stepped, deed, files=files, before=before, flags=flags)
    spawn(work, record, register, stepped)


def entered(work: Work, record: Record, value: object, deed: Deed, files: Sequence[File]) -> Deed:
    """The deed with its files among its entries, checked against what is stored."""
    register = register_of(value)
    held = by_label(register, record.data)
    deed = replace(deed, values=with_files(register, deed.values, held, files))
    check_entries(work.actor, work.court, register, deed.values, work.on)
    return with_holders(value, record, deed)
