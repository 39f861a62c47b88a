"""One act on many records: each that refuses is named with its reason, the others are done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mingjing.domain.approvals.approval import AGREE, Approval
from mingjing.domain.approvals.chain import from_plain, is_begun
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.services.records.acting import do
from mingjing.services.records.versions import value_at
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


class NotInBulk(Refusal):
    """An approval that its definition wants read one by one."""

    code = "not-in-bulk"


def require_in_bulk(actor: Actor, key: int, act_label: str) -> None:
    """Refuse to agree to an approval in a list where its step does not allow it. Raises NotInBulk."""
    record = Record.objects.select_related("court").filter(pk=key, court=actor.court).first()
    if act_label != AGREE or record is None or not is_begun(record.inner):
        return
    value, level = value_at(record), from_plain(record.inner).current
    if isinstance(value, Approval) and level is not None and not value.step(level.rule).in_bulk:
        raise NotInBulk(f"“{level.rule}”要逐件看过再同意，不能成批同意。请打开这一件办理。")


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
            require_in_bulk(actor, key, act_label)
            done.append(do(actor, key, act_label, values, why=why, files=files))
        except NotAllowed:
            raise
        except NotVisible:
            refused.append(("（看不到的记录）", "没有这条记录，或者您看不到。"))
        except Refusal as refusal:
            refused.append((numbers[key], str(refusal)))
    return Outcome(tuple(done), tuple(refused))
