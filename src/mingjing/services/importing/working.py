"""The work behind an import: checking a file row by row, and writing what was confirmed.

Both may be killed at any moment and done again: a check keeps its findings in one transaction, a write is
one transaction. A refusal or a fault ends the batch as 失败 with its reason.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Set
from dataclasses import asdict

from django.db import transaction
from django.db.utils import OperationalError
from django.utils import timezone

from mingjing.domain.reasons import Refusal
from mingjing.imports.logcheck import LogPrecheck
from mingjing.imports.precheck import Precheck
from mingjing.imports.rows import CaseRow, EventRow
from mingjing.imports.rows import RefusedRow as RefusedCells
from mingjing.services.acts import act
from mingjing.services.importing.batches import counts_of
from mingjing.services.importing.comparing import Difference, Refused, compare
from mingjing.services.importing.counting import Counts, gathered, refuse_unknown
from mingjing.services.importing.identity import Directory
from mingjing.services.importing.indexing import indexed_afterwards
from mingjing.services.importing.keeping import RefusedRows, preview_of
from mingjing.services.importing.links import Chains
from mingjing.services.importing.preview_notes import MADE, WILL_MAKE, PreviewNotes, newcomers
from mingjing.services.importing.sources import PUSHED, mapping_of, own_lateness, require_same_file, walk
from mingjing.services.importing.sparing import seldom_collecting, with_room
from mingjing.services.importing.uploading import disk_words
from mingjing.services.importing.writing import write
from mingjing.services.installation import registry, today
from mingjing.services.proposal_sweep import screen_brought
from mingjing.storage.batches.models import Batch, PreviewRow, RefusedRow
from mingjing.storage.people.models import Court

logger = logging.getLogger(__name__)
SHOWN = 1000
"""How many differences and refused rows are kept for the page; the workbook holds all refused rows."""
REPORT_EVERY = 1000
FAULT = "程序出错，已记录；没有写入任何内容。请联系系统管理员。"


class _GivenUp(Exception):  # noqa: N818 — nothing went wrong: somebody gave the batch up meanwhile
    """The batch was given up, or another worker finished it, while this one was at it."""


def work_one() -> bool:
    """Check or write one waiting batch; whether there was one. Called by the clock process."""
    waiting = Batch.objects.filter(state__in=(Batch.State.CHECKING, Batch.State.WRITING))
    batch = waiting.select_related("court", "uploaded_by").order_by("pk").first()
    if batch is None:
        return False
    work(batch)
    return True


def work(batch: Batch) -> None:
    """Check or write ``batch`` now; ``batch`` then holds how it ended.

    Raises
    ------
    OperationalError   the database is locked or unreachable; the batch waits and is taken up again
    """
    writing = batch.state == Batch.State.WRITING
    state, reason = batch.state, ""
    try:
        with seldom_collecting(), with_room():
            screen_brought(_write(batch), today(batch.court)) if writing else _check(batch)
    except _GivenUp:
        batch.refresh_from_db()
        return
    except Refusal as refusal:
        reason = str(refusal)
    except OSError as error:
        logger.warning("导入 %s：%s", batch.pk, error)
        reason = disk_words(error)
    except OperationalError as error:
        if "full" not in str(error).lower():
            raise
        reason = "数据库所在的磁盘已满，没有写入任何内容。请系统管理员腾出空间后再办一次。"
    except Exception:
        logger.exception("导入 %s 失败", batch.pk)
        reason = FAULT
    if reason:
        Batch.objects.filter(pk=batch.pk, state=state).update(
            state=Batch.State.FAILED, error=reason, moved_at=timezone.now()
        )
    batch.refresh_from_db()


def _check(batch: Batch) -> None:
    """Read every row, compare with what is stored, keep the preview. Nothing is written to cases."""
    run = _Run(batch, create=False)
    preview: list[PreviewRow] = []
    with walk(batch) as rows:
        for item in run.items(rows):
            if isinstance(item, Difference):
                run.notes.look(item)
                if item.effect != "未变" and len(preview) < SHOWN:
                    preview.append(preview_of(batch, item))
            if run.counts.rows % REPORT_EVERY == 0:
                _report(batch, run.counts.rows)
        read, absent, remarks = rows.counts, getattr(rows, "absent", ()), getattr(rows, "remarks", ())
        unread = rows.unread.names
    lateness = [asdict(found) for found in own_lateness(batch)]
    with transaction.atomic():
        held = _claimed(batch)
        held.refused_rows.all().delete()
        held.preview_rows.all().delete()
        RefusedRow.objects.bulk_create(run.refused.kept)
        PreviewRow.objects.bulk_create(preview)
        run.carry(held)
        held.skipped = read.skipped_total + read.skipped_blank + read.skipped_note
        held.events, held.events_refused = read.events, read.events_refused
        held.lateness = lateness
        held.notes = [f"文件里没有列对应写的这些列，按空白处理：{'、'.join(absent)}"] if absent else []
        held.notes += [
            *remarks,
            *run.notes.lines(
                run.directory,
                totals=read.skipped_total,
                blanks=read.skipped_blank,
                printed=read.skipped_note,
                chained=run.chains.unknown,
                unread=unread,
            ),
        ]
        held.state = Batch.State.CHECKED
        held.save()


def _write(batch: Batch) -> Set[int]:
    """Write every accepted row in one transaction, with the clocks of the touched cases; the cases' keys."""
    on = today(batch.court)
    require_same_file(batch)
    with act(
        None, "写入导入", needs="", subject_kind="导入", subject_id=batch.pk, court=batch.court
    ) as record:
        held = _claimed(batch)
        # One import into a court at a time: the second finds what the first has written.
        Court.objects.select_for_update(no_key=True).get(pk=held.court_id)
        run = _Run(held, create=True)
        from mingjing.services.importing.settling_new import settling  # loads the columns: only here

        settle, touched = settling(held.court, run.directory, on), dict[int, bool]()
        with walk(held) as rows, indexed_afterwards(held.added):
            for written, settled in write(run.items(rows), on=on, settle=settle.new):
                touched[written.case.key] = settled
        settle.rest(touched | dict.fromkeys(run.chains.tie(), False))
        before = counts_of(held)
        run.carry(held)
        still = [note for note in held.notes if not note.startswith(WILL_MAKE)]
        held.notes = [*still, *newcomers(run.directory, MADE)]
        if counts_of(held) != before:
            held.notes = [*held.notes, _moved_on(before, counts_of(held))]
        held.state = Batch.State.DONE
        held.save()
        said = "推送" if held.origin == PUSHED else "上传，经确认"
        record.why = f"{held.uploaded_by or held.origin}{said}"
        record.payload = {"文件": held.filename, "摘要": held.sha256, **counts_of(held)}
    return touched.keys()


class _Run:
    """One walk over a file: directory, counts, refused rows, chains and notes belong to it alone."""

    def __init__(self, batch: Batch, *, create: bool) -> None:
        definitions = registry(batch.court)
        mapping = mapping_of(batch)
        self.batch, self.create, self.definitions = batch, create, definitions
        self.directory = Directory.of(batch.court)
        self.counts = Counts()
        self.refused = RefusedRows(batch, mapping, limit=SHOWN)
        self.chains = Chains(batch.court, definitions)
        self.notes = PreviewNotes(batch.court, definitions, mapping, today(batch.court))

    def items(self, rows: Precheck | LogPrecheck) -> Iterator[Difference | Refused]:
        """Every accepted row beside what is stored; refused ones are counted and kept on the way."""
        source = self.chains.ordered(self._cases(rows))
        items = compare(source, self.directory, self.definitions, create=self.create)
        free = self.batch.court.number_grammar != "案号"
        for item in self.chains.watch(refuse_unknown(items, free_numbers=free)):
            self.counts.add(item)
            if isinstance(item, Refused):
                self.refused.add(item)
            yield item

    def _cases(self, rows: Precheck | LogPrecheck) -> Iterator[CaseRow]:
        """The accepted rows as cases; event rows are gathered by case first."""
        events: list[EventRow] = []
        for row in rows:
            if isinstance(row, CaseRow):
                self.notes.look_at_days(row.events)
                yield row
            elif isinstance(row, EventRow):
                events.append(row)
                self.notes.look_at_days((row,))
                if not self.create and len(events) % REPORT_EVERY == 0:
                    _report(self.batch, len(events))
            else:
                if isinstance(row, RefusedCells):
                    self.counts.refuse()
                for error in row.errors:
                    self.refused.keep(error)
        yield from gathered(events)

    def carry(self, batch: Batch) -> None:
        """Carry the counts onto the batch; they must add up."""
        counts = self.counts
        if not counts.balanced:
            raise ArithmeticError(f"rows do not add up: {counts}")
        batch.rows, batch.refused = counts.rows, counts.refused
        batch.added, batch.updated, batch.unchanged = counts.added, counts.updated, counts.unchanged
        batch.progress, batch.moved_at = counts.rows, timezone.now()


def _claimed(batch: Batch) -> Batch:
    """The batch, locked, if it still is where this work began."""
    held = (
        Batch.objects.select_for_update(of=("self",))
        .select_related("court", "uploaded_by")
        .filter(pk=batch.pk, state=batch.state)
        .first()
    )
    if held is None:
        raise _GivenUp
    return held


def _report(batch: Batch, rows: int) -> None:
    """How far the check has come, for the page; stops where the batch was given up."""
    moving = Batch.objects.filter(pk=batch.pk, state=batch.state)
    if rows > batch.progress and not moving.update(progress=rows, moved_at=timezone.now()):
        raise _GivenUp
    batch.progress = rows


def _moved_on(before: dict[str, object], after: dict[str, object]) -> str:
    """What the confirmer saw and what was written differ: something else changed the cases in between."""
    differing = [f"{name} {before[name]} → {after[name]}" for name in after if after[name] != before[name]]
    return f"预检之后案件有了变化，实际写入与预检不同：{'，'.join(differing)}"
