"""One act on many records: each that refuses is named with its reason, the others are done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.services.records.acting import do
from mingjing.services.records.writing import File
from mingjing.storage.records.models import Record

MOST_AT_ONCE = 500


class TooMany(Refusal):
    """More records are chosen than are done at once, or none."""

    code = "too-many-records"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of each record, in the order chosen: done, or (number, reason)."""

    done: tuple[Record, ...]
    refused: tuple[tuple[str, str], ...]


def do_to_many(
    actor: Actor,
    record_ids: Sequence[int],
    act_label: str,
    values: Mapping[str, object],
    *,
    why: str = "",
    files: Sequence[File] = (),
) -> Outcome:
    """Do an act to each record, each with its own log entry; one that refuses leaves the others alone.

    Raises
    ------
    TooMany      none chosen, or more than 500
    NotAllowed   the actor may not act on records at all
    """
    wanted = list(dict.fromkeys(record_ids))
    if not 1 <= len(wanted) <= MOST_AT_ONCE:
        raise TooMany(f"选了 {len(wanted)} 条记录。一次可以办理 1 至 {MOST_AT_ONCE} 条。")
    done: list[Record] = []
    refused: list[tuple[str, str]] = []
    numbers = dict(Record.objects.filter(pk__in=wanted, court=actor.court).values_list("pk", "number"))
    for key in wanted:
        try:
            done.append(do(actor, key, act_label, values, why=why, files=files))
        except NotAllowed:
            raise
        except NotVisible:
            refused.append(("（看不到的记录）", "没有这条记录，或者您看不到。"))
        except Refusal as refusal:
            refused.append((numbers[key], str(refusal)))
    return Outcome(tuple(done), tuple(refused))
