"""What of a checked file is kept for the page: refused cells with their reasons, differences by field."""

from __future__ import annotations

from mingjing.imports.mapping import Mapping
from mingjing.imports.rows import RowError
from mingjing.services.importing.comparing import Difference, Refused
from mingjing.storage.batches.models import Batch, PreviewRow, RefusedRow

LISTED = 20


class RefusedRows:
    """The refused cells of a file in the order of reading, the first ``limit`` kept."""

    def __init__(self, batch: Batch, mapping: Mapping, *, limit: int) -> None:
        self.batch, self.mapping, self.limit = batch, mapping, limit
        self.kept: list[RefusedRow] = []
        self._said: set[tuple[int, str, str]] = set()

    def keep(self, error: RowError) -> None:
        """Keep one reason; a cell read for two purposes says it once."""
        said = (error.row, error.column, error.reason)
        if len(self.kept) < self.limit and said not in self._said:
            self._said.add(said)
            self.kept.append(
                RefusedRow(
                    batch=self.batch,
                    row=error.row,
                    column=error.column[:120],
                    value=error.value.replace("\x00", "")[:200],
                    reason=error.reason.replace("\x00", "")[:300],
                    allowed="、".join(error.allowed)[:300],
                    example=error.example[:120],
                )
            )

    def add(self, item: Refused) -> None:
        """Keep a row that contradicts itself or does not fit what is stored."""
        for error in errors_of(item, self.mapping):
            self.keep(error)


def errors_of(item: Refused, mapping: Mapping) -> list[RowError]:
    """One reason per refused row of the file, placed in the column the data item is read from."""
    refusal, column = item.refusal, column_of(mapping, item.item)
    value = str(item.row.fields.get(item.item, "")) or item.row.number
    return [
        RowError(row, column, value[:80], refusal.message, refusal.allowed, refusal.example)
        for row in item.source_rows
    ]


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)


def column_of(mapping: Mapping, item: str) -> str:
    """The column of the file a data item, party role or exclusion is read from; the item's own name else."""
    if item == "案号":
        return "、".join(mapping.number.columns) or item
    source = mapping.columns.get(item)
    if source is not None:
        return "、".join(source.columns) or item
    parties = [party.column for party in mapping.parties if party.role == item]
    spans = [one.document or one.span for one in mapping.exclusions if one.kind == item]
    columns = [*parties, *(name for source in spans if source for name in source.columns)]
    return columns[0] if columns else item


def preview_of(batch: Batch, item: Difference) -> PreviewRow:
    """What a row would change, field by field."""
    changes = [
        {"field": name, "before": _shown(before), "after": _shown(after)}
        for name, before, after in item.changes
    ]
    for _, event in item.new_events[:LISTED]:
        changes.append({"field": "事项", "before": "", "after": f"{event.kind} {event.happened}"})
    for touched in item.touched_events[:LISTED]:
        after = "作废（日期已更正）" if touched.struck_at else "登记的期限、完成或录入时间有变化"
        changes.append({"field": "事项", "before": f"{touched.kind} {touched.happened}", "after": after})
    for span in item.new_exclusions[:LISTED]:
        changes.append(
            {"field": "扣除", "before": "", "after": f"{span.kind} {span.first} 至 {span.last or '今'}"}
        )
    for ended in item.touched_exclusions[:LISTED]:
        changes.append(
            {"field": "扣除", "before": f"{ended.kind} {ended.first} 至 今", "after": f"止于 {ended.last}"}
        )
    for role, name in item.new_parties[:LISTED]:
        changes.append({"field": role, "before": "", "after": name})
    changes += [{"field": "标签", "before": "", "after": tag} for tag in item.new_tags[:LISTED]]
    changes += [{"field": "前案", "before": "", "after": number} for number in item.new_links]
    return PreviewRow(
        batch=batch,
        row=item.row.source_row or item.row.events[0].source_row,
        number=item.row.number[:100],
        effect=item.effect,
        changes=changes,
    )
