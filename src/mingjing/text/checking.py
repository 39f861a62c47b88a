"""All checks over one text, in the order of the places they mark."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from mingjing.text.checks.adding import check_adding
from mingjing.text.checks.averages import check_averages
from mingjing.text.checks.balances import check_balances
from mingjing.text.checks.bare_lists import check_bare_lists
from mingjing.text.checks.changes import check_changes
from mingjing.text.checks.closings import check_closings
from mingjing.text.checks.columns import check_columns
from mingjing.text.checks.comparisons import check_comparisons
from mingjing.text.checks.cross_sums import check_cross_sums
from mingjing.text.checks.derived import check_derived
from mingjing.text.checks.extremes import check_extremes
from mingjing.text.checks.flows import check_flows
from mingjing.text.checks.funnels import check_funnels
from mingjing.text.checks.growth import check_growth
from mingjing.text.checks.hundred import check_hundred
from mingjing.text.checks.items import check_items
from mingjing.text.checks.joint import check_joint
from mingjing.text.checks.labelled import check_labelled
from mingjing.text.checks.lists import check_lists
from mingjing.text.checks.loose import check_loose
from mingjing.text.checks.memberships import check_memberships
from mingjing.text.checks.named import check_named
from mingjing.text.checks.overdone import check_overdone
from mingjing.text.checks.parts import check_parts
from mingjing.text.checks.quoting import check_quoting
from mingjing.text.checks.ranks import check_ranks
from mingjing.text.checks.rates import check_rates
from mingjing.text.checks.ratios import check_ratios
from mingjing.text.checks.repeated import check_repeated
from mingjing.text.checks.rhythms import check_rhythms
from mingjing.text.checks.rosters import check_rosters
from mingjing.text.checks.roughly import check_roughly
from mingjing.text.checks.series import check_series
from mingjing.text.checks.shares import check_shares
from mingjing.text.checks.siblings import check_siblings
from mingjing.text.checks.slogans import check_slogans
from mingjing.text.checks.statuses import check_statuses
from mingjing.text.checks.superlatives import check_superlatives
from mingjing.text.checks.table_claims import check_table_claims
from mingjing.text.checks.tables import check_tables
from mingjing.text.checks.tallies import check_tallies
from mingjing.text.checks.totals import check_totals
from mingjing.text.checks.twofold import check_twofold
from mingjing.text.checks.unannounced import check_unannounced
from mingjing.text.checks.vectors import check_brackets, check_vectors
from mingjing.text.checks.wording import check_wording
from mingjing.text.excuses import without_excused
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.leftovers.arranged import check_arranged
from mingjing.text.leftovers.columns import check_leftover_columns
from mingjing.text.leftovers.compared import check_compared
from mingjing.text.leftovers.decomposed import check_decomposed
from mingjing.text.leftovers.doubled import check_doubled
from mingjing.text.leftovers.lists import check_leftover_lists
from mingjing.text.leftovers.means import check_leftover_means
from mingjing.text.leftovers.mixed import check_mixed
from mingjing.text.leftovers.moves import check_leftover_moves
from mingjing.text.leftovers.multiples import check_multiples
from mingjing.text.leftovers.near_misses import check_near_misses
from mingjing.text.leftovers.orders import check_leftover_orders
from mingjing.text.leftovers.products import check_products
from mingjing.text.leftovers.quotients import check_quotients
from mingjing.text.leftovers.rests import check_leftover_rests
from mingjing.text.leftovers.settled import settled_by
from mingjing.text.leftovers.shares import check_leftover_shares
from mingjing.text.leftovers.stocks import check_stocks
from mingjing.text.leftovers.sums import check_leftover_sums
from mingjing.text.leftovers.totals import check_leftover_totals
from mingjing.text.leftovers.vectors import check_leftover_vectors
from mingjing.text.leftovers.words import check_leftover_words
from mingjing.text.outline import Outline
from mingjing.text.reading import Reading
from mingjing.text.squeezing import squeeze

CHECKERS = (
    check_tables,
    check_cross_sums,
    check_rates,
    check_changes,
    check_growth,
    check_twofold,
    check_flows,
    check_parts,
    check_totals,
    check_balances,
    check_vectors,
    check_brackets,
    check_closings,
    check_named,
    check_shares,
    check_averages,
    check_hundred,
    check_siblings,
    check_statuses,
    check_lists,
    check_bare_lists,
    check_repeated,
    check_wording,
    check_slogans,
    check_items,
    check_quoting,
    check_adding,
    check_series,
    check_labelled,
    check_ranks,
    check_loose,
    check_roughly,
    check_ratios,
    check_extremes,
    check_superlatives,
    check_rosters,
    check_memberships,
    check_funnels,
    check_overdone,
    check_joint,
    check_columns,
    check_table_claims,
    check_tallies,
    check_comparisons,
    check_unannounced,
    check_derived,
    check_rhythms,
)
LEFTOVERS = (
    check_leftover_shares,
    check_near_misses,
    check_leftover_vectors,
    check_leftover_moves,
    check_leftover_means,
    check_quotients,
    check_leftover_rests,
    check_leftover_sums,
    check_leftover_totals,
    check_mixed,
    check_stocks,
    check_leftover_lists,
    check_leftover_columns,
    check_leftover_words,
    check_leftover_orders,
    check_arranged,
    check_decomposed,
    check_compared,
    check_multiples,
    check_products,
    check_doubled,
)
"""Asked last, of what the checks above left open."""


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
    settled = settled_by(found)
    found += [finding for leftover in LEFTOVERS for finding in leftover(reading, settled)]
    found = _once(_one_whole(without_excused(reading, found)))
    found += _uncounted(reading, found)
    found.sort(key=lambda finding: (finding.start, finding.end, not finding.verdict.accuses))
    return Checked(reading, tuple(dict.fromkeys(found)))


def _one_whole(found: list[Finding]) -> list[Finding]:
    """A list of parts was meant for one total: of several it misses, the one a misprint explains."""
    best: dict[frozenset[tuple[int, int]], Finding] = {}
    for finding in found:
        if finding.code == "parts" and finding.verdict.accuses and len(finding.beside) > 1:
            parts = frozenset(finding.beside)
            first = best.setdefault(parts, finding)
            if _explained(finding) > _explained(first):
                best[parts] = finding
    return [
        finding for finding in found
        if not (finding.code == "parts" and finding.verdict.accuses and len(finding.beside) > 1)
        or best[frozenset(finding.beside)] is finding
    ]  # fmt: skip


def _explained(finding: Finding) -> int:
    return sum("像是笔误" in repair for repair in finding.repairs)


def _once(found: list[Finding]) -> list[Finding]:
    """One accusation for one place, and one for one balance of the same figures: the first check that made
    it, since they stand in order of trust."""
    seen: set[object] = set()
    kept = []
    for finding in found:
        place = (finding.start, finding.end)
        known = {place, frozenset((place, *finding.beside))} if finding.code == "flow" else {place}
        if not finding.verdict.accuses or seen.isdisjoint(known):
            kept.append(finding)
        if finding.verdict.accuses:
            seen |= known
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
