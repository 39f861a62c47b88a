"""Reports with planted errors, and how many of them are found, rightly and wrongly."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mingjing.text.checking import check_report
from mingjing.text.findings import Finding
from mingjing.text.outline import Outline

FIXTURES = Path(__file__).parent / "fixtures"


@dataclass
class Tally:
    """``found`` planted errors, ``false`` accusations, ``missed`` planted errors, each in words."""

    found: list[str]
    false: list[str]
    missed: list[str]

    @property
    def precision(self) -> float:
        return len(self.found) / max(len(self.found) + len(self.false), 1)

    @property
    def recall(self) -> float:
        return len(self.found) / max(len(self.found) + len(self.missed), 1)


def reports(folder: str) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """The text of each report of a folder, and what was planted in it."""
    answers = json.loads((FIXTURES / folder / "answers.json").read_text(encoding="utf-8"))
    for name, planted in answers.items():
        yield (FIXTURES / folder / name).read_text(encoding="utf-8"), planted


def tally(folder: str) -> Tally:
    """All reports of a folder, checked; a second accusation over one planted error is neither."""
    result = Tally([], [], [])
    for text, planted in reports(folder):
        left = list(planted)
        checked = check_report(text)
        for finding in checked.accusations:
            hits = [one for one in planted if _meets(text, one, finding, checked.reading.outline)]
            hits.sort(key=lambda one: not _marks(text, one, finding, checked.reading.outline))
            if not hits:
                result.false.append(finding.message)
            elif hits[0] in left:
                left.remove(hits[0])
                result.found.append(finding.message)
        result.missed += [str(one["why"]) for one in left]
    return result


def _marks(text: str, planted: dict[str, object], finding: Finding, outline: Outline) -> bool:
    """Whether the finding itself stands on what was planted: such a one counts before those beside it."""
    quote = str(planted["quote"])
    place = text.index(quote)
    return outline.given(finding.start) < place + len(quote) and place < outline.given(finding.end)


def _meets(text: str, planted: dict[str, object], finding: Finding, outline: Outline) -> bool:
    """Whether the finding speaks of what was planted: marks it, or holds it against what it marks.

    Any check may, where the answers name none.
    """
    quote, codes = planted["quote"], planted.get("codes", [finding.code])
    assert isinstance(quote, str) and isinstance(codes, list)
    place = text.index(quote)
    told = ((finding.start, finding.end), *finding.beside)
    return finding.code in codes and any(
        outline.given(start) < place + len(quote) and place < outline.given(end) for start, end in told
    )
