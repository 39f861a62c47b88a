"""Records under records as lines: indented, each with the roll-up of what stands below it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from django.utils.safestring import SafeString, mark_safe

from mingjing.services.reading.records.trees import Branch
from mingjing.web.records.rows import due_cell, record_prefix, shorter, state_cell

DEEP = 4


def lines(branches: Sequence[Branch], on: date) -> SafeString:
    """The branches as rows of a table, depth first."""
    due, prefix = due_cell(on), record_prefix()
    found: list[str] = []

    def walk(branch: Branch, depth: int) -> None:
        row = branch.row
        title = escape(shorter(row.title or row.number, 60))
        name = f'<span class="n">{escape(row.number)}</span> <a href="{prefix}{row.pk}">{title}</a>'
        who = " · ".join(escape(one) for one in (row.unit, row.holder) if one)
        found.append(
            f'<tr><td class="deep-{min(depth, DEEP)}">{name}</td><td data-label="由谁办">{who or "—"}</td>'
            f'<td class="num" data-label="期限">{due(row)}</td><td data-label="状态">{state_cell(row)}</td>'
            f'<td data-label="下级">{_progress(branch)}</td></tr>'
        )
        for one in branch.below:
            walk(one, depth + 1)

    for branch in branches:
        walk(branch, 0)
    return mark_safe("\n".join(found))  # noqa: S308  every value was escaped above


def _progress(branch: Branch) -> str:
    """How many of the leaves are over, as words and as a bar."""
    if not branch.below:
        return ""
    share = 100 * branch.done / branch.leaves
    late = f'，<span class="must">逾期 {branch.late}</span>' if branch.late else ""
    kind = " late" if branch.late else ""
    return (
        f'{branch.done} / {branch.leaves}{late}<svg class="bar{kind}" viewBox="0 0 100 6" '
        f'preserveAspectRatio="none" aria-hidden="true"><rect class="ground" width="100" height="6"/>'
        f'<rect class="part" width="{share:.1f}" height="6"/></svg>'
    )
