"""How often each detector is wrong, and how much it misses: clean years and years with planted troubles.

    .venv/bin/python -m benchmarks.detector_alarms [--years 3] [--write FILE.md]

Each year is made from its own seed in an empty database of its own (see planted_year.py). In the clean years
everything found is a false alarm; in the planted ones it is known what ought to be found.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.machine import machine_line, write_result

ON = date(2026, 6, 30)
HEADS = ("detector", "rows, clean", "false alarms", "per 100 rows", "planted", "caught", "found besides")


@dataclass(slots=True)
class Score:
    """What one detector did in all years."""

    looked: int = 0
    false: int = 0
    planted: int = 0
    caught: int = 0
    besides: int = 0

    @property
    def alarms(self) -> float:
        """False alarms of every hundred rows looked at in clean years."""
        return 100 * self.false / self.looked if self.looked else 0.0


def measure(years: int) -> dict[str, Score]:
    """The score of every detector; needs an empty database."""
    from django.db import transaction

    from benchmarks.planted_year import YEAR, Year
    from mingjing.domain.dates.periods import Period
    from mingjing.services.detecting.finding import detectors_on, run

    period = Period(date(YEAR, 1, 1), date(YEAR, 12, 31), str(YEAR), f"{YEAR} 年")
    scores: dict[str, Score] = {}
    for number in range(years):
        for dirty in (False, True):
            made = Year(f"试{2 * number + dirty:02}", seed=100 + number, dirty=dirty)
            with transaction.atomic():
                planted = made.make()
            for detector in detectors_on(made.court, ON):
                report = run(made.court, detector, period, ON)
                score = scores.setdefault(detector.id, Score())
                found = {hit.suspect.key for hit in report.hits}
                if dirty:
                    wanted = planted.get(detector.id, set())
                    score.planted += len(wanted)
                    score.caught += len(wanted & found)
                    score.besides += len(found - wanted)
                else:
                    score.looked += len(report.looked)
                    score.false += len(found)
    return scores


def table(scores: dict[str, Score]) -> str:
    """The scores as Markdown."""
    rows = [f"| {' | '.join(HEADS)} |", "|---" * len(HEADS) + "|"]
    for name, one in sorted(scores.items()):
        cells = (one.looked, one.false, f"{one.alarms:.2f}", one.planted, one.caught, one.besides)
        rows.append(f"| `{name}` | " + " | ".join(str(cell) for cell in cells) + " |")
    return "\n".join(rows)


def main() -> None:
    """Make the years, measure, print or write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=3)
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MINGJING_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "mingjing.site.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        found = table(measure(asked.years))
    parts = (
        "# False alarms of the detectors",
        f"`.venv/bin/python -m benchmarks.detector_alarms --years {asked.years}`",
        machine_line(),
        f"{asked.years} clean and {asked.years} planted years of a fictional court, seeds from 100.",
        "A clean year has the slips of any year: what is found in it is a false alarm. *Found besides* are "
        "rows of planted years for which nothing of that sort was planted: slips, troubles of another sort.",
        found,
    )
    write_result(asked.write, "\n\n".join(parts) + "\n")


if __name__ == "__main__":
    main()
