"""The life of an imported file: upload → mapping → pre-check → preview → confirm → written.

Nothing is written to cases before a person confirms; confirming is one transaction, so a killed import
leaves nothing half-done and can simply be run again. added + updated + unchanged + refused = rows.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path, PurePath

from django.conf import settings
from django.db import transaction

from mingjing.domain.reasons import Refusal
from mingjing.imports.logcheck import LogPrecheck
from mingjing.imports.mapping import mapping_from, plain_mapping
from mingjing.imports.precheck import Precheck
from mingjing.imports.refusals import FileTooLarge
from mingjing.imports.rows import CaseRow, EventRow, RowError
from mingjing.imports.rows import RefusedRow as RefusedCells
from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.importing.comparing import Difference, Refused, compare
from mingjing.services.importing.counting import Counts, gathered, refuse_unknown
from mingjing.services.importing.identity import Directory
from mingjing.services.importing.sources import Look, look, own_lateness, walk
from mingjing.services.importing.writing import write
from mingjing.services.installation import now, registry, today
from mingjing.services.recomputing import recompute
from mingjing.storage.batches.models import Batch, PreviewRow, RefusedRow, SavedMapping
from mingjing.storage.people.models import Court

logger = logging.getLogger(__name__)
SHOWN = 1000
"""How many differences and refused rows are kept for the page; the workbook holds all refused rows."""


class WrongState(Refusal):
    """The batch is not where this act needs it."""

    code = "wrong-state"


def upload(
    actor: Actor, *, court: Court, filename: str, chunks: Iterable[bytes], encoding: str = ""
) -> Batch:
    """Keep the file and look at it. A file that cannot be opened is refused and not kept.

    Raises
    ------
    ImportRefused   torn, empty, protected, too large, not a table or log
    """
    folder = Path(settings.MEDIA_ROOT) / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    stored = folder / f"{secrets.token_hex(12)}{''.join(PurePath(filename).suffixes[-2:])[:12]}"
    digest, size = hashlib.sha256(), 0
    limit = settings.CONFIGURATION.upload_limit_mb * 1024 * 1024
    try:
        with stored.open("wb") as out:
            for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise FileTooLarge(f"文件超过 {settings.CONFIGURATION.upload_limit_mb} MB 的上限。")
                digest.update(chunk)
                out.write(chunk)
        batch = Batch(
            court=court,
            uploaded_by=actor.person,
            uploaded_at=now(),
            filename=PurePath(filename).name[:200],
            sha256=digest.hexdigest(),
            stored=f"imports/{stored.name}",
            encoding=encoding,
        )
        look(batch)
        with act(
            actor, "上传文件", needs="导入数据", subject_kind="导入", subject_id="", court=court
        ) as record:
            batch.save()
            record.subject_id = str(batch.pk)
            record.payload = {"文件": batch.filename, "摘要": batch.sha256, "字节": size}
    except BaseException:
        stored.unlink(missing_ok=True)
        raise
    return batch


def look_again(batch: Batch, encoding: str) -> Look:
    """The file under another encoding, chosen by the user."""
    batch.encoding = encoding
    found = look(batch)
    batch.save(update_fields=["encoding"])
    return found


def choose_mapping(actor: Actor, batch: Batch, plain: Mapping[str, object], *, name: str = "") -> None:
    """Fix how columns become facts and send the batch to the pre-check; ``name`` saves it for next time.

    Raises
    ------
    MappingWrong   the mapping is malformed
    WrongState     the batch is being written or is done
    """
    _require(batch, Batch.State.UPLOADED, Batch.State.CHECKED, Batch.State.FAILED)
    mapping = plain_mapping(mapping_from(dict(plain)))
    with act(
        actor, "选定列对应", needs="导入数据", subject_kind="导入", subject_id=batch.pk, court=batch.court
    ) as record:
        if name:
            SavedMapping.objects.update_or_create(court=batch.court, name=name, defaults={"body": mapping})
        batch.mapping, batch.mapping_name, batch.state = mapping, name, Batch.State.CHECKING
        batch.progress, batch.error = 0, ""
        batch.save()
        record.payload = {"名称": name, "对应": mapping}


def confirm(actor: Actor, batch: Batch) -> None:
    """Send a checked batch to be written.

    Raises
    ------
    WrongState   it is not waiting for confirmation
    """
    with act(
        actor, "确认导入", needs="确认导入", subject_kind="导入", subject_id=batch.pk, court=batch.court
    ) as record:
        changed = Batch.objects.filter(pk=batch.pk, state=Batch.State.CHECKED).update(
            state=Batch.State.WRITING, progress=0, confirmed_at=now()
        )
        if not changed:
            batch.refresh_from_db()
            _require(batch, Batch.State.CHECKED)
        record.payload = {"预检": _counts_of(batch)}


def cancel(actor: Actor, batch: Batch) -> None:
    """Give a batch up; nothing of it was written."""
    _require(batch, Batch.State.UPLOADED, Batch.State.CHECKED, Batch.State.FAILED)
    with act(
        actor, "放弃导入", needs="导入数据", subject_kind="导入", subject_id=batch.pk, court=batch.court
    ):
        batch.state = Batch.State.CANCELLED
        batch.save(update_fields=["state"])


def work_one() -> bool:
    """Check or write one waiting batch; whether there was one. Called by the clock process."""
    batch = (
        Batch.objects.filter(state__in=(Batch.State.CHECKING, Batch.State.WRITING))
        .select_related("court", "uploaded_by")
        .order_by("pk")
        .first()
    )
    if batch is None:
        return False
    work(batch)
    return True


def work(batch: Batch) -> None:
    """Check or write ``batch`` now. A refusal or a fault ends it as 失败 with its reason, nothing half-done."""
    writing = batch.state == Batch.State.WRITING
    try:
        if writing:
            _write(batch)
        else:
            _check(batch)
    except Refusal as refusal:
        _fail(batch, str(refusal))
    except Exception:
        logger.exception("导入 %s 失败", batch.pk)
        _fail(batch, "程序出错，已记录；没有写入任何内容。请联系系统管理员。")


def _fail(batch: Batch, reason: str) -> None:
    Batch.objects.filter(pk=batch.pk).update(state=Batch.State.FAILED, error=reason)
    batch.refresh_from_db()


def _check(batch: Batch) -> None:
    """Read every row, compare with what is stored, keep the preview. Nothing is written to cases."""
    preview: list[PreviewRow] = []
    counts, directory, refused = Counts(), Directory.of(batch.court), _RefusedRows(batch)
    with walk(batch) as rows:
        for item in _compared(batch, rows, directory, counts, refused, create=False):
            if isinstance(item, Difference) and item.effect != "未变" and len(preview) < SHOWN:
                preview.append(_preview(batch, item))
            if counts.rows % 2000 == 0:
                Batch.objects.filter(pk=batch.pk).update(progress=counts.rows)
        read = rows.counts
    with transaction.atomic():
        batch.refused_rows.all().delete()
        batch.preview_rows.all().delete()
        RefusedRow.objects.bulk_create(refused.kept)
        PreviewRow.objects.bulk_create(preview)
        _keep(batch, counts)
        batch.skipped = read.skipped_total + read.skipped_blank
        batch.events, batch.events_refused = read.events, read.events_refused
        batch.lateness = [asdict(found) for found in own_lateness(batch)]
        batch.notes = _notes(directory, read.skipped_total, read.skipped_blank)
        batch.state = Batch.State.CHECKED
        batch.save()


def _write(batch: Batch) -> None:
    """Write every accepted row in one transaction, then bring the clocks of the touched cases up to date."""
    on = today(batch.court)
    counts = Counts()
    with act(
        None, "写入导入", needs="", subject_kind="导入", subject_id=batch.pk, court=batch.court
    ) as record:
        directory = Directory.of(batch.court)
        with walk(batch) as rows:
            items = _compared(batch, rows, directory, counts, _RefusedRows(batch), create=True)
            touched = set(write(items, on=on))
        recompute(batch.court, sorted(touched), on=on)
        _keep(batch, counts)
        batch.state = Batch.State.DONE
        batch.save()
        record.why = f"{batch.uploaded_by} 上传，经确认" if batch.uploaded_by else "接口推送"
        record.payload = {"文件": batch.filename, "摘要": batch.sha256, **_counts_of(batch)}


def _compared(
    batch: Batch,
    rows: Precheck | LogPrecheck,
    directory: Directory,
    counts: Counts,
    refused: _RefusedRows,
    *,
    create: bool,
) -> Iterator[Difference | Refused]:
    """Every row beside what is stored; refused ones are counted and kept on the way."""
    source = _cases(rows, counts, refused)
    items = compare(source, directory, registry(batch.court), create=create)
    for item in refuse_unknown(items, free_numbers=batch.court.number_grammar != "案号"):
        counts.add(item)
        if isinstance(item, Refused):
            refused.add(item)
        yield item


def _cases(rows: Precheck | LogPrecheck, counts: Counts, refused: _RefusedRows) -> Iterator[CaseRow]:
    """The accepted rows as cases; event rows are gathered by case first."""
    events: list[EventRow] = []
    for row in rows:
        if isinstance(row, CaseRow):
            yield row
        elif isinstance(row, EventRow):
            events.append(row)
        else:
            if isinstance(row, RefusedCells):
                counts.refuse()
            for error in row.errors:
                refused.keep(error)
    yield from gathered(events)


class _RefusedRows:
    """The refused rows of a batch, the first SHOWN kept for the page."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.kept: list[RefusedRow] = []

    def keep(self, error: RowError) -> None:
        """Keep one reason."""
        if len(self.kept) < SHOWN:
            self.kept.append(
                RefusedRow(
                    batch=self.batch,
                    row=error.row,
                    column=error.column[:120],
                    value=error.value[:200],
                    reason=error.reason[:300],
                    allowed="、".join(error.allowed)[:300],
                    example=error.example[:120],
                )
            )

    def add(self, item: Refused) -> None:
        """Keep a row that does not fit what is stored."""
        refusal = item.refusal
        source = item.row.source_row or item.row.events[0].source_row
        self.keep(
            RowError(source, item.column, item.row.number, refusal.message, refusal.allowed, refusal.example)
        )


def _preview(batch: Batch, item: Difference) -> PreviewRow:
    changes = [{"field": name, "before": before, "after": after} for name, before, after in item.changes]
    changes += [
        {"field": "事项", "before": "", "after": f"{e.kind} {e.happened}"} for e in item.new_events[:20]
    ]
    changes += [
        {"field": "扣除", "before": "", "after": f"{x.kind} {x.first}"} for x in item.new_exclusions[:20]
    ]
    return PreviewRow(
        batch=batch,
        row=item.row.source_row or item.row.events[0].source_row,
        number=item.row.number,
        effect=item.effect,
        changes=changes,
    )


def _keep(batch: Batch, counts: Counts) -> None:
    """Carry the counts onto the batch; they must add up."""
    if not counts.balanced:
        raise ArithmeticError(f"rows do not add up: {counts}")
    batch.rows, batch.refused = counts.rows, counts.refused
    batch.added, batch.updated, batch.unchanged = counts.added, counts.updated, counts.unchanged


def _notes(directory: Directory, totals: int, blanks: int) -> list[str]:
    """What the confirmer should know besides the counts."""
    notes = []
    if directory.new_departments:
        notes.append(
            f"将新建部门 {len(directory.new_departments)} 个：{'、'.join(directory.new_departments[:12])}"
        )
    if directory.new_people:
        notes.append(f"将新建人员 {len(directory.new_people)} 名：{'、'.join(directory.new_people[:12])}")
    if totals or blanks:
        notes.append(f"跳过合计行 {totals} 行、空行 {blanks} 行，不计入读到行数")
    return notes


def _counts_of(batch: Batch) -> dict[str, object]:
    return {
        "读到": batch.rows,
        "新增": batch.added,
        "更新": batch.updated,
        "未变": batch.unchanged,
        "退回": batch.refused,
    }


def _require(batch: Batch, *states: str) -> None:
    if batch.state not in states:
        raise WrongState(f"这一批现在是“{batch.state}”，不能这样办。", allowed=states)
