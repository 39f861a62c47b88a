"""Reports with planted errors, and how many of them are found, rightly and wrongly."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mingjing.text.checking import check_report

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
    """All reports of a folder, checked."""
    result = Tally([], [], [])
    for text, planted in reports(folder):
        left = list(planted)
        for finding in check_report(text).accusations:
            hit = next(
                (one for one in left if _meets(text, one, finding.code, finding.start, finding.end)), None
            )
            if hit is None:
                result.false.append(finding.message)
            else:
                left.remove(hit)
                result.found.append(finding.message)
        result.missed += [str(one["why"]) for one in left]
    return result


def _meets(text: str, planted: dict[str, object], code: str, start: int, end: int) -> bool:
    quote, codes = planted["quote"], planted["codes"]
    assert isinstance(quote, str) and isinstance(codes, list)
    place = text.index(quote)
    return code in codes and start < place + len(quote) and place < end
