"""The text somebody signs, with its blanks filled: on the record, and above the button that signs it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mingjing.domain.filings.rules import COUNTERSIGN, SIGN, Filing
from mingjing.services.records.versions import value_at
from mingjing.services.records.words import by_label
from mingjing.storage.records.models import Record

Letter = list[list[tuple[str, bool]]]


def signed_text(record: Record | None, act: str) -> Letter:
    """The letter an act puts a name under; nothing where the act signs nothing."""
    value = value_at(record) if record and act in (SIGN, COUNTERSIGN) else None
    if record is None or not isinstance(value, Filing):
        return []
    return letter(value, record, by_label(value.register, record.data))


def letter(filing: Filing, record: Record, values: Mapping[str, object]) -> Letter:
    """The paragraphs of the letter as pieces (text, whether it fills a blank); an empty blank stays one."""
    name = record.holder.name if record.holder else ""
    known: dict[str, object] = {
        **values,
        "姓名": name,
        "部门": record.unit.name if record.unit else record.court.name,
        "职务": "",
        "法院": record.court.name,
        "年": str(record.opened_on.year),
        "日期": str(record.inner.get("filed") or ""),
        "会签人": str(values.get("会签顺序") or ""),
    }
    found = []
    for line in filing.text.split("\n"):
        if line.strip():
            pieces = re.split(r"\{([^{}]*)\}", line.strip())
            found.append(
                [
                    (str(known.get(piece) or "") if place % 2 else piece, bool(place % 2))
                    for place, piece in enumerate(pieces)
                ]
            )
    return found
