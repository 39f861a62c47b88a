"""Of a clean year little is found, of a planted one everything planted; the seed is fixed."""

from __future__ import annotations

from datetime import date

import pytest

from benchmarks.planted_year import YEAR, Keys, Year
from mingjing.domain.dates.periods import Period
from mingjing.services.detecting.finding import Report, detectors_on, run

ON = date(2026, 6, 30)
WHOLE_YEAR = Period(date(YEAR, 1, 1), date(YEAR, 12, 31), str(YEAR), f"{YEAR} 年")
MOST = {
    "detector.ended_at_month_end": 0.15,
    "detector.nominal_handling": 0.15,
    "detector.exclusion_open": 1.0,
}
"""Rules that ask about slips, or about what chance often does: their false alarms are many by nature."""


def ran(code: str, *, dirty: bool, monkeypatch: pytest.MonkeyPatch) -> tuple[Keys, dict[str, Report]]:
    """A small year and what every rule makes of it."""
    for name, number in (("CIVIL", 260), ("ENFORCED", 160), ("MEDIATED", 30)):
        monkeypatch.setattr(f"benchmarks.planted_year.{name}", number)
    made = Year(code, seed=7, dirty=dirty)
    planted = made.make()
    reports = {one.id: run(made.court, one, WHOLE_YEAR, ON) for one in detectors_on(made.court, ON)}
    return planted, reports


@pytest.mark.django_db
def test_a_clean_year_raises_few_alarms(monkeypatch: pytest.MonkeyPatch) -> None:
    _, reports = ran("试01", dirty=False, monkeypatch=monkeypatch)
    for id_, report in reports.items():
        assert len(report.hits) <= MOST.get(id_, 0.07) * max(len(report.looked), 15), id_


@pytest.mark.django_db
def test_every_trouble_planted_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    planted, reports = ran("试02", dirty=True, monkeypatch=monkeypatch)
    assert len(planted) >= 14
    for id_, keys in planted.items():
        if id_ not in ("detector.year_end_closing", "detector.year_end_filing"):  # too few cases to tell
            assert keys <= {hit.suspect.key for hit in reports[id_].hits}, id_
