"""All checks over one text, in the order of the places they mark."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from mingjing.text.checks.balances import check_balances
from mingjing.text.checks.changes import check_changes
from mingjing.text.checks.derived import check_derived
from mingjing.text.checks.flows import check_flows
from mingjing.text.checks.growth import check_growth
from mingjing.text.checks.lists import check_lists
from mingjing.text.checks.parts import check_parts
from mingjing.text.checks.rates import check_rates
from mingjing.text.checks.repeated import check_repeated
from mingjing.text.checks.shares import check_shares
from mingjing.text.checks.slogans import check_slogans
from mingjing.text.checks.statuses import check_statuses
from mingjing.text.checks.tables import check_tables
from mingjing.text.checks.totals import check_totals
from mingjing.text.checks.wording import check_wording
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.outline import Outline
from mingjing.text.reading import Reading
from mingjing.text.squeezing import squeeze

CHECKERS = (
    check_tables,
    check_rates,
    check_changes,
    check_growth,
    check_flows,
    check_parts,
    check_totals,
    check_balances,
    check_shares,
    check_statuses,
    check_lists,
    check_repeated,
    check_wording,
    check_slogans,
    check_derived,
)


@dataclass(frozen=True)
class Checked:
    """A text with everything its figures say about each other."""

    reading: Reading
    findings: tuple[Finding, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        return self.reading.figures

    @cached_property
    def accusations(self) -> tuple[Finding, ...]:
        """What is wrong or must be explained, in the order of the text."""
        return tuple(finding for finding in self.findings if finding.verdict.accuses)

    def count(self, verdict: Verdict) -> int:
        """How many findings have the verdict."""
        return sum(1 for finding in self.findings if finding.verdict is verdict)


def check_report(text: str) -> Checked:
    """Check a work report; idle spaces and line ends are left out, places are told of the text as given."""
    squeezed = squeeze(text)
    reading = Reading(
        Outline(text) if squeezed.text == text else Outline(squeezed.text, text, squeezed.places)
    )
    found = [finding for checker in CHECKERS for finding in checker(reading)]
    found = _once(found)
    found += _uncounted(reading, found)
    found.sort(key=lambda finding: (finding.start, finding.end, not finding.verdict.accuses))
    return Checked(reading, tuple(dict.fromkeys(found)))


def _once(found: list[Finding]) -> list[Finding]:
    """One accusation for one place: the first check that made it, since they stand in order of trust."""
    seen: set[tuple[int, int]] = set()
    kept = []
    for finding in found:
        place = (finding.start, finding.end)
        if not finding.verdict.accuses or place not in seen:
            kept.append(finding)
        if finding.verdict.accuses:
            seen.add(place)
    return kept


def _uncounted(reading: Reading, found: list[Finding]) -> list[Finding]:
    """What is left: figures with nothing in the text to hold them against."""
    touched = {(finding.start, finding.end) for finding in found}
    touched.update(place for finding in found for place in finding.beside)
    return [
        Finding(
            "single", Verdict.UNCHECKED if figure.exact else Verdict.APPROX, figure.start, figure.end,
            "文中没有可以与它对照的数"
            if figure.exact
            else f"约数（{figure.qualifier}），只能存为约数，不作运算",
        )
        for figure in reading.figures
        if (figure.start, figure.end) not in touched
    ]  # fmt: skip
