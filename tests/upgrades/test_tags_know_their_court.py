"""Tags that were put before they named a court name that of their case."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.upgrades.bringing import earlier, migrated

TAGS = "INSERT INTO cases_casetag (case_id, tag, confirmed) SELECT id, '涉民企', 0 FROM cases_case"
SAID = (
    "SELECT count(*), sum(t.court_id = c.court_id) FROM cases_casetag t JOIN cases_case c ON c.id = t.case_id"
)
INDEXES = "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name LIKE 'cases_caseevent'"


def test_a_tag_names_the_court_of_its_case_and_indexes_are_not_kept_twice(tmp_path: Path) -> None:
    place = earlier("4eaae65", tmp_path)
    with closing(sqlite3.connect(place)) as held:
        put = held.execute(TAGS).rowcount
        held.commit()
    migrated(tmp_path, "cases")
    with closing(sqlite3.connect(place)) as held:
        assert held.execute(SAID).fetchone() == (put, put)
        left = {name for (name,) in held.execute(INDEXES)}
    assert put == 3
    assert not any(name.startswith("cases_caseevent_case_id") for name in left)
    assert {"event_by_kind", "case_event_once"} & left
