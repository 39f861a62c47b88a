"""A database with records, brought to this version: their parts repeat them, and what was there stays."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.upgrades.bringing import earlier, migrated

RECORD = (
    "INSERT INTO records_record (id, court_id, register, definition, number, title, state, over, unit_id, "
    "holder_id, period, obligation, opened_on, due_on, colour, data, inner, margin, once, likeness, search, "
    "revision) SELECT ?, (SELECT min(id) FROM people_court), ?, '', ?, '', ?, ?, (SELECT min(id) FROM "
    "people_department), (SELECT min(id) FROM people_person), '', '', '2024-03-01', ?, 0, '{}', '{}', '{}', "
    "'', '', '', 1"
)
RECORDS = (
    (1, "ledger.mending", "整改-1", "整改中", False, "2024-05-01"),
    (2, "ledger.mending", "整改-2", "已销号", True, None),
    (3, "ledger.step", "措施-1", "进行中", False, None),
)
PARTS = (
    "INSERT INTO records_recordparty (record_id, capacity, person_id) SELECT id, '责任人', holder_id FROM "
    "records_record",
    "INSERT INTO records_recordparty (record_id, capacity, unit_id) SELECT id, '责任部门', unit_id FROM "
    "records_record",
)
SAID = (
    "SELECT p.record_id, p.capacity, p.register, p.over, p.state, p.due_on, p.court_id = r.court_id, "
    "p.place_id = r.unit_id FROM records_recordparty p JOIN records_record r ON r.id = p.record_id "
    "ORDER BY p.record_id, p.capacity"
)


def test_the_parts_of_records_that_were_there_repeat_them(tmp_path: Path) -> None:
    place = earlier("c90934f", tmp_path)
    with closing(sqlite3.connect(place)) as held:
        held.executemany(RECORD, RECORDS)
        for statement in PARTS:
            held.execute(statement)
        held.commit()
    migrated(tmp_path, "records")
    with closing(sqlite3.connect(place)) as held:
        found = held.execute(SAID).fetchall()
        kept = held.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    assert found == [
        (key, capacity, register, int(over), state, due_on, 1, 1)
        for key, register, _, state, over, due_on in RECORDS
        for capacity in ("责任人", "责任部门")
    ]
    assert {"record_act_no_update", "record_act_no_delete"} <= {name for (name,) in kept}
