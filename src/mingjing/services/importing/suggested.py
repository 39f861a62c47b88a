"""The mapping a file suggests by itself: that of its own columns, or of the log family it looks like."""

from __future__ import annotations

from mingjing.domain.reasons import Refusal
from mingjing.imports.kinds import TABLES, kind_of
from mingjing.imports.limits import STANDARD
from mingjing.imports.mapping import Mapping
from mingjing.imports.suggesting import suggest_table
from mingjing.imports.suggesting_logs import suggest_log
from mingjing.imports.tables import read_table
from mingjing.services.importing.sources import opened, words_of
from mingjing.storage.batches.models import Batch


def suggested(batch: Batch, sheet: str = "") -> Mapping | Refusal:
    """A first mapping, to be shown and never used unseen, or why none can be guessed."""
    zone = batch.court.time_zone
    try:
        with opened(batch) as file:
            if kind_of(file, batch.filename, STANDARD) not in TABLES:
                return suggest_log(file, batch.filename, zone=zone, encoding=batch.encoding)
            table = read_table(file, batch.filename, encoding=batch.encoding, sheet=sheet)
            found = suggest_table(table, words_of(batch.court), name=_name(batch))
            free = batch.court.number_grammar != "案号"
            grammar = {"number_grammar": "自由", "kinds": "自由"} if free else {}
            return found.model_copy(update={"zone": zone, "sheet": sheet, **grammar})
    except Refusal as refusal:
        return refusal


def _name(batch: Batch) -> str:
    return (batch.filename.rpartition(".")[0] or batch.filename)[:60]
