"""Judgments written by hand before proofreading saw them, each with its case; none has an error."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from mingjing.text.proofreading.known import Known
from tests.text.proofreading.judgments import TODAY, Judgment

FOLDER = Path(__file__).parents[1] / "fixtures" / "judgments_two"


def second_batch() -> Iterator[tuple[str, Judgment]]:
    """Divorce, penalty, labour, jurisdiction, assault with a civil claim, a suit not accepted."""
    for name, case in json.loads((FOLDER / "cases.json").read_text(encoding="utf-8")).items():
        known = Known(
            on=TODAY,
            court=case["court"],
            number=case["number"],
            kind=case["kind"],
            procedure=case["procedure"],
            cause=case["cause"],
            parties=tuple((role, party) for role, party in case["parties"]),
            bench=tuple((role, judge) for role, judge in case["bench"]),
            filed_on=date.fromisoformat(case["filed_on"]) if case["filed_on"] else None,
            hearings=tuple(date.fromisoformat(day) for day in case["hearings"]),
        )
        yield name, Judgment((FOLDER / name).read_text(encoding="utf-8"), known)
