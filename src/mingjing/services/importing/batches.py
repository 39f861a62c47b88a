"""The decisions about an imported file: mapping → corrections → confirm or give up.

Nothing is written to cases before a person confirms; confirming is one transaction, so a killed import
leaves nothing half-done and can simply be run again. added + updated + unchanged + refused = rows.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from mingjing.domain.reasons import Refusal
from mingjing.imports.mapping import mapping_from, plain_mapping
from mingjing.services.actors import Actor
from mingjing.services.acts import Machine, act
from mingjing.services.installation import now
from mingjing.services.permissions import NotVisible, require
from mingjing.storage.batches.models import Batch, SavedMapping

LONGEST_CELL = 2000


class WrongState(Refusal):
    """The batch is not where this act needs it."""

    code = "wrong-state"


def seen_batch(actor: Actor, batch_id: int) -> Batch:
    """A batch of a court this actor sees.

    Raises
    ------
    NotVisible   it does not exist, or not for this actor
    """
    require(actor, "导入数据")
    rows = Batch.objects.select_related("court", "uploaded_by")
    found = rows.filter(pk=batch_id, court__in=[court.pk for court in actor.courts]).first()
    if found is None:
        raise NotVisible
    return found


def choose_mapping(
    actor: Actor | Machine, batch: Batch, plain: Mapping[str, object], *, name: str = ""
) -> None:
    """Fix how columns become facts and send the batch to the pre-check; ``name`` saves it for next time.

    Raises
    ------
    MappingWrong   the mapping is malformed
    WrongState     the batch is being written or is done
    """
    mapping = plain_mapping(mapping_from(dict(plain)))
    with act(
        actor,
        "选定列对应",
        needs="导入数据",
        subject_kind="导入",
        subject_id=batch.pk,
        court=batch.court,
    ) as record:
        held = _held(batch, Batch.State.UPLOADED, Batch.State.CHECKED, Batch.State.FAILED)
        if name:
            # The next month's workbook names its sheets otherwise.
            body = {key: value for key, value in mapping.items() if key != "sheet"}
            SavedMapping.objects.update_or_create(court=batch.court, name=name[:60], defaults={"body": body})
        held.mapping, held.mapping_name = mapping, name[:60]
        _send_to_check(held)
        record.payload = {"名称": name, "对应": mapping}
    batch.refresh_from_db()


def fix_cells(actor: Actor, batch: Batch, cells: Mapping[int, Mapping[str, str]]) -> int:
    """Correct refused cells in the page (row number → column → text) and check the file again.

    The file stays as it was uploaded; corrections are laid over it. Returns how many cells were corrected.

    Raises
    ------
    WrongState   the batch is not waiting for confirmation
    """
    given = {
        str(row): {column: text.strip()[:LONGEST_CELL] for column, text in columns.items()}
        for row, columns in cells.items()
        if columns
    }
    if not given:
        raise Refusal("没有改动任何单元格。", example="把“2024-13-05”改成“2024-03-05”")
    with act(
        actor, "改正导入行", needs="导入数据", subject_kind="导入", subject_id=batch.pk, court=batch.court
    ) as record:
        held = _held(batch, Batch.State.CHECKED)
        fixes = dict(held.fixes)
        for row, columns in given.items():
            fixes[row] = {**fixes.get(row, {}), **columns}
        held.fixes = fixes
        _send_to_check(held)
        record.payload = {"改正": given}
    batch.refresh_from_db()
    return sum(len(columns) for columns in given.values())


def confirm(actor: Actor | Machine, batch: Batch) -> None:
    """Send a checked batch to be written.

    Raises
    ------
    WrongState   it is not waiting for confirmation
    """
    with act(
        actor,
        "确认导入",
        needs="确认导入",
        subject_kind="导入",
        subject_id=batch.pk,
        court=batch.court,
    ) as record:
        held = _held(batch, Batch.State.CHECKED)
        held.state, held.progress = Batch.State.WRITING, 0
        held.confirmed_at, held.moved_at = now(), timezone.now()
        held.save(update_fields=["state", "progress", "confirmed_at", "moved_at"])
        record.payload = {"预检": counts_of(held)}
    batch.refresh_from_db()


def cancel(actor: Actor, batch: Batch) -> None:
    """Give a batch up; nothing of it was written.

    Raises
    ------
    WrongState   it is being written or is done
    """
    with act(
        actor, "放弃导入", needs="导入数据", subject_kind="导入", subject_id=batch.pk, court=batch.court
    ):
        held = _held(
            batch, Batch.State.UPLOADED, Batch.State.CHECKING, Batch.State.CHECKED, Batch.State.FAILED
        )
        held.state = Batch.State.CANCELLED
        held.save(update_fields=["state"])
    batch.refresh_from_db()


def counts_of(batch: Batch) -> dict[str, object]:
    """The counts under their names, as the log and the interface show them."""
    return {
        "读到": batch.rows,
        "新增": batch.added,
        "更新": batch.updated,
        "未变": batch.unchanged,
        "退回": batch.refused,
    }


def _send_to_check(batch: Batch) -> None:
    batch.state, batch.progress, batch.error = Batch.State.CHECKING, 0, ""
    batch.moved_at = timezone.now()
    batch.save()


def _held(batch: Batch, *states: str) -> Batch:
    """The batch as it is now, locked, if it is in one of ``states``: of two at once, one is refused."""
    held = Batch.objects.select_for_update(of=("self",)).select_related("court").get(pk=batch.pk)
    if held.state not in states:
        raise WrongState(f"这一批现在是“{held.state}”，不能这样办。", allowed=states)
    return held
