"""J5. The machine dies in the middle of the night pass and comes back three days later."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.desk import Desk, main_text
from tests.journeys.installation import NOW, Installation, Served, until

NIGHT, MORNING = "2026-10-09T01:00:00", "2026-10-12T08:00:00"
RUNGS = """
SELECT clock_id, due_on, rung, "on", colour, tell, person_id, settled FROM supervision_alert
ORDER BY clock_id, due_on, rung
"""
SPOKEN = 'SELECT clock_id, due_on, rung, "on" FROM supervision_alert WHERE "on" > :after ORDER BY id'
TOLD = """
SELECT a.username, c.number FROM supervision_alert s JOIN cases_case c ON c.id = s.case_id
JOIN people_account a ON a.person_id = s.person_id WHERE s."on" > :after AND s.settled = ''
ORDER BY (SELECT count(*) FROM supervision_alert o WHERE o.person_id = s.person_id AND o.settled = '')
"""
BEHIND = "SELECT count(*) FROM supervision_clock WHERE next_on <= :day"
UNLOGGED = """
SELECT a.id FROM supervision_alert a WHERE a."on" > :after AND NOT EXISTS
(SELECT 1 FROM auditlog_act x WHERE x.verb = '到点提醒' AND x.subject_id = cast(a.case_id AS text))
"""
OPEN_RUNS = "SELECT count(*) FROM supervision_sweeprun WHERE finished_at IS NULL"
FINISHED = "SELECT count(*) FROM supervision_sweeprun WHERE finished_at IS NOT NULL AND day = :day"


@pytest.fixture
def calm(template: Path, tmp_path: Path) -> Installation:
    """The same court with no power cut: one pass on the morning."""
    installation = Installation.copied(template, tmp_path / "calm")
    installation.run("clock", "--once", "--on", MORNING[:10], now=MORNING)
    return installation


def began(installation: Installation) -> bool:
    """A pass has begun and not finished."""
    return bool(installation.ask(OPEN_RUNS)[0][0])


def spoke(installation: Installation) -> bool:
    """The pass has told somebody something, and goes on."""
    return began(installation) and bool(installation.ask(SPOKEN, {"after": NOW[:10]}))


def cut_the_power(
    installation: Installation, served: Served, moment: Callable[[Installation], bool]
) -> list[tuple[object, ...]]:
    """Kill everything in the middle of the pass; returns what it had said by then.

    The test takes the write lock at the moment: from there the pass can neither go on nor finish.
    """
    until(lambda: moment(installation), 60, f"时钟走到“{moment.__name__}”")
    lock = installation.connected()
    lock.execute("BEGIN IMMEDIATE")
    served.kill()
    lock.execute("ROLLBACK")
    lock.close()
    assert began(installation), "the pass was through before it could be killed"
    return installation.ask(SPOKEN, {"after": NOW[:10]})


def assert_whole(installation: Installation) -> None:
    """The file is sound, and an alert and its log entry came together or not at all."""
    assert installation.ask("PRAGMA integrity_check") == [("ok",)]
    assert installation.ask("PRAGMA foreign_key_check") == []
    assert installation.ask(UNLOGGED, {"after": NOW[:10]}) == []


@pytest.mark.parametrize("moment", [began, spoke])
def test_every_missed_rung_appears_once_in_order_with_its_true_day(
    installation: Installation, calm: Installation, desk: Desk, moment: Callable[[Installation], bool]
) -> None:
    with installation.served(NIGHT, clock=True) as served:
        said = cut_the_power(installation, served, moment)
    assert said or moment is began
    assert_whole(installation)

    with installation.served(MORNING, clock=True) as served:
        until(lambda: installation.ask(FINISHED, {"day": MORNING[:10]})[0][0], 60, "补走完一遍")
        user, number = installation.ask(TOLD, {"after": NOW[:10]})[0]
        page = desk.sign_in(served.url, user)
        page.goto("/alerts")
        assert number in main_text(page)

    assert installation.ask(RUNGS) == calm.ask(RUNGS)  # none lost, none doubled, none misdated
    spoken = installation.ask(SPOKEN, {"after": NOW[:10]})
    assert spoken[: len(said)] == said  # what was said stays said
    assert len(spoken) > len(said)
    for clock in {row[0] for row in spoken}:
        rungs = [(due, rung, on) for owner, due, rung, on in spoken if owner == clock]
        assert rungs == sorted(rungs)
    assert installation.ask(BEHIND, {"day": MORNING[:10]}) == [(0,)]
