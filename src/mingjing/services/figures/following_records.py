"""Keeping the figures of registers fresh: records marked by their acts are counted anew, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection, transaction
from django.db.models import Q

from mingjing.services.figures.asked import Countings, countings_of
from mingjing.services.figures.cells import Given
from mingjing.services.figures.record_rows import RecordRow, case_field, record_rows
from mingjing.services.figures.rows import TEAMS
from mingjing.services.figures.sharing import AXES_KEY, Fresh, digest, renew
from mingjing.services.installation import now, registry, today
from mingjing.services.marking import mark, mark_records
from mingjing.storage.cases.models import Case
from mingjing.storage.indicators.models import Cell, RecordShare, RecordTally, StaleRecord
from mingjing.storage.people.models import Court
from mingjing.storage.records.models import Record

PAGE = 1000


def count_records(court: Court, countings: Countings) -> int:
    """Count one page of records: marked ones first, then those no count was asked of yet; how many."""
    return _stale(court, countings) or _further(court, countings)


def mark_days() -> int:
    """Mark the records that give something else since a day has come; how many."""
    due = RecordShare.objects.filter(next_on__lte=today()).order_by("next_on", "pk")
    ids = list(due.values_list("record_id", flat=True)[:PAGE])
    mark_records(ids)
    RecordShare.objects.filter(record_id__in=ids).update(next_on=None)
    return len(ids)


def mark_about(case_ids: Sequence[int]) -> None:
    """Mark the records about these cases: their figures ask what the case is."""
    courts = Case.objects.filter(pk__in=case_ids).values_list("court_id", flat=True).distinct()
    wanted = Q(pk__in=[])
    for court in Court.objects.filter(pk__in=list(courts)):
        for id_ in countings_of(court).registers:
            register = registry(court).newest_register(id_)
            key = case_field(register) if register else ""
            if key:
                wanted |= Q(court=court, register=id_, **{f"data__{key}__in": list(case_ids)})
    rows = Record.objects.filter(wanted, share__isnull=False)
    mark_records(list(rows.values_list("pk", flat=True)))


def _stale(court: Court, countings: Countings) -> int:
    with transaction.atomic():
        marked = StaleRecord.objects.filter(record__court=court).order_by("record_id")
        ids = list(marked.values_list("record_id", flat=True)[:PAGE])
        if not ids:
            return 0
        locked = _locked(ids)
        StaleRecord.objects.filter(record_id__in=locked).delete()
        rows = record_rows(court, locked)
        _count(court, countings, rows)
        _teams_moved([row.record_id for row in rows if row.register == TEAMS])
    return len(ids)


def _further(court: Court, countings: Countings) -> int:
    """Read the next page of a court's records for counts that not every record was read for; how many."""
    with transaction.atomic():
        tally, _ = RecordTally.objects.select_for_update().get_or_create(court=court)
        keys = countings.record_keys | {AXES_KEY, countings.words}
        wanted = digest(keys)
        rows = Record.objects.filter(court=court, register__in=countings.registers)
        if tally.definitions != wanted:
            tally.definitions, tally.last_record, tally.done = wanted, 0, 0
            tally.ready = [key for key in tally.ready if key in keys]
            tally.total = rows.count()
            tally.save()
        if not tally.total and set(tally.ready) == keys:
            return 0
        later = rows.filter(pk__gt=tally.last_record).order_by("pk")
        ids = list(later.values_list("pk", flat=True)[:PAGE])
        if ids:
            _count(court, countings, record_rows(court, _locked(ids)))
            tally.last_record, tally.done = ids[-1], tally.done + len(ids)
        else:
            tally.ready, tally.total = sorted(keys), 0
        tally.save()
    return max(len(ids), 1)


def _locked(ids: Sequence[int]) -> list[int]:
    """The keys of these records, locked in their order; whoever comes to act on one of them waits."""
    rows = Record.objects.filter(pk__in=ids).order_by("pk")
    if connection.vendor == "postgresql":
        rows = rows.select_for_update(of=("self",), no_key=True)
    return list(rows.values_list("pk", flat=True))


def _count(court: Court, countings: Countings, rows: Iterable[RecordRow]) -> None:
    asked = [row for row in rows if row.register in countings.registers]
    gone = [row.record_id for row in asked if row.shredded]
    kept = dict(RecordShare.objects.filter(record_id__in=gone).values_list("record_id", "given"))
    day, fresh = today(court), []
    for row in asked:
        if row.shredded:
            if row.record_id in kept:
                fresh.append(Fresh(row.record_id, _nameless(Given.load(kept[row.record_id])), None))
            continue
        parts = countings.registers[row.register].parts(row.fields)
        fresh.append(Fresh.of(row.record_id, row.places, parts, day))
    renew(RecordShare, court.pk, fresh, now())


def _nameless(given: Given) -> Given:
    """A destroyed record goes on counting for its court and department, and names nobody."""
    places = list(given.places)
    places[Cell.Axis.HANDLER] = ""
    return Given(tuple(places), given.parts)


def _teams_moved(ids: Sequence[int]) -> None:
    """Mark the cases of judges whose team was formed, left or dissolved."""
    judges = Record.objects.filter(pk__in=ids, holder__isnull=False).values_list("holder_id", flat=True)
    mark(list(Case.objects.filter(handler_id__in=list(judges)).values_list("pk", flat=True)))
