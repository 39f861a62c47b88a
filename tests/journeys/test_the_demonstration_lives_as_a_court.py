"""What the demonstration keeps is kept as a court keeps it."""

from __future__ import annotations

from tests.journeys.installation import Installation

OVERDUE = """
SELECT register, count(*) FROM records_record WHERE over = 0 AND due_on < '2026-09-30' GROUP BY register
"""
LATENESS = """
SELECT k.code, cast(julianday('2026-09-30') - julianday(s.due_on) AS integer) FROM supervision_clock s
JOIN cases_case c ON c.id = s.case_id JOIN people_court k ON k.id = c.court_id
WHERE s.state = '计算中' AND s.due_on < '2026-09-30'
"""
FEW = 5
HALF_A_YEAR = 180


def test_no_register_is_neglected(installation: Installation) -> None:
    neglected = {register: number for register, number in installation.ask(OVERDUE) if number > FEW}
    assert neglected == {}, "some entries of a court are late, not all of a register"
    assert "activity.theme_party_day" not in dict(installation.ask(OVERDUE))


def test_cases_are_late_by_weeks_and_none_by_years(installation: Installation) -> None:
    late = installation.ask(LATENESS)
    assert max(days for _, days in late) < HALF_A_YEAR, "a stayed case rests; it is not late"
    assert len([days for code, days in late if code == "云9801"]) > FEW, "there is something to supervise"
