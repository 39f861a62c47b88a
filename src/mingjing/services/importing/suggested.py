"""The mapping a file suggests by itself: that of its own columns, or of the log family it looks like."""

from __future__ import annotations

from mingjing.domain.reasons import Refusal
from mingjing.imports.mapping import Mapping
from mingjing.imports.suggesting import suggest
from mingjing.imports.suggesting_logs import suggest_log
from mingjing.services.importing.sources import look, opened, words_of
from mingjing.storage.batches.models import Batch


def suggested(batch: Batch) -> Mapping | Refusal:
    """A first mapping, to be shown and never used unseen, or why none can be guessed."""
    try:
        seen = look(batch)
        if seen.is_table:
            found = suggest(seen.header, words_of(batch.court), name=_name(batch))
            free = batch.court.number_grammar != "案号"
            return found.model_copy(
                update={
                    "zone": batch.court.time_zone,
                    **({"number_grammar": "自由", "kinds": "自由"} if free else {}),
                }
            )
        with opened(batch) as file:
            return suggest_log(file, batch.filename, zone=batch.court.time_zone, encoding=batch.encoding)
    except Refusal as refusal:
        return refusal


def _name(batch: Batch) -> str:
    return (batch.filename.rpartition(".")[0] or batch.filename)[:60]
