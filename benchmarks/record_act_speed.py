"""How long one act on a record takes: permission, rules, clocks, log and commit, beside SpiffWorkflow.

    .venv/bin/python benchmarks/record_act_speed.py [--records 1000000] [--write FILE.md]
    DATABASE_URL=postgresql://… .venv/bin/python benchmarks/record_act_speed.py [--keep] [--only acts]

A court of 300 people and a register with a million records, their acts, parts and clocks. Acts are done and
committed, each by the whole verb (``services.records.acting.do``): handing on (no clock), handing in (stops
a clock), sending back (starts it anew), on records that have 10 to 10,000 acts behind them. Then lists of 15
and 100 as four people see them, and a flow of twelve steps beside SpiffWorkflow, which has an environment of
its own in benchmarks/.work/ and keeps each step in SQLite. Without DATABASE_URL the database is a file in a
folder made for the run; the database DATABASE_URL names gets a schema of the run, dropped with it. With
``--keep`` both stay below benchmarks/.work/, and the next run with it measures without filling again.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from benchmarks.machine import machine_line, write_result  # noqa: E402

if TYPE_CHECKING:
    from mingjing.services.actors import Actor
    from mingjing.storage.records.models import Record
    from tests.services.records.builders import Bench

SIZES = (10, 100, 1_000, 10_000)
KINDS = ("acts", "spiff", "lists")
PEOPLE, TIMES, LIMIT_MS, FLOWS = 300, 40, 15.0, 20
TODAY = date(2024, 6, 3)
PARTS = ("calendar", "dictionary", "roles")
"""What of the nationwide definitions a register needs beside its own file."""
SCHEMA = "record_act_speed"
SPIFF = HERE / ".work" / "spiff" / "bin" / "python"
KEPT = HERE / ".work" / "record_act"
COLUMNS = (
    "court_id, register, definition, number, title, state, over, holder_id, unit_id, registered_by_id, "
    'acted_by_id, period, obligation, opened_on, due_on, colour, data, "inner", margin, once, likeness, '
    "search, revision"
)


def fill(bench: Bench, count: int, first_person: int) -> None:
    """Records as they are after being taken over, by plain statements: a million in a minute or two."""
    from django.db import connection

    postgres = connection.vendor == "postgresql"
    series = (
        f"SELECT g AS n FROM generate_series(1, {count}) AS g"
        if postgres
        else f"WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {count}) "
        "SELECT n FROM s"
    )
    court, units = bench.house.court.pk, (bench.house.first_civil.pk, bench.house.second_civil.pk)
    unit = f"CASE WHEN n % 9 = 0 THEN {units[1]} ELSE {units[0]} END"
    holder = f"{first_person} + n % {PEOPLE}"
    json_, day, moment = ("::jsonb", "::date", "::timestamptz") if postgres else ("", "", "")
    no = "false" if postgres else "0"
    by = bench.inspector.pk
    told = "register, over, state, due_on, court_id, place_id"
    same = "register, over, state, due_on, court_id, unit_id"
    parts = (("person", "责任人", "holder_id"), ("person", "登记人", "registered_by_id"),
             ("unit", "责任部门", "unit_id"), ("unit", "本部门", "unit_id"))  # fmt: skip
    statements = [
        f"INSERT INTO records_record ({COLUMNS}) SELECT {court}, 'ledger.mending', "
        f"'ledger.mending @ 2024-01-01 # 00000000', '旧-' || n, '历史问题 ' || n, '整改中', {no}, {holder}, "
        f"{unit}, {by}, {by}, '', '', '2024-01-08'{day}, '2024-12-31'{day}, 0, "
        f'\'{{"problem": "历史问题", "source": "案件评查"}}\'{json_}, \'{{}}\'{json_}, \'{{}}\'{json_}, '
        f"'', '', '历史问题', 2 FROM ({series}) AS numbers",
        *(
            f"INSERT INTO records_recordparty (record_id, capacity, {kind}_id, {told}) "
            f"SELECT id, '{word}', {column}, {same} FROM records_record"
            for kind, word, column in parts
        ),
        "INSERT INTO records_recordclock (record_id, label, turn, started, due_on, refusal, provisional, "
        f"colour) SELECT id, '整改时限', 2, '2024-01-08'{day}, '2024-12-31'{day}, '', {no}, 0 "
        "FROM records_record",
        'INSERT INTO records_recordact (record_id, turn, label, actor_id, "on", at, before, after, "values", '
        f"target, why, flags) SELECT id, 1, '登记', registered_by_id, '2024-01-08'{day}, "
        f"'2024-01-08 01:00:00'{moment}, "
        f"'新建', '待认领', '{{}}'{json_}, '{{}}'{json_}, '', '[]'{json_} FROM records_record",
    ]
    with connection.cursor() as cursor:
        if postgres:  # what is filled in refers to what is there: no row need be looked up again
            cursor.execute("SET session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
            print(".", end="", file=sys.stderr, flush=True)
        if postgres:
            cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE" if postgres else "ANALYZE")
    print(file=sys.stderr)


def aged(bench: Bench, acts: int) -> Record:
    """A record that has been handed on and sent back ``acts`` times before."""
    from mingjing.storage.records.models import RecordAct, RecordClock
    from tests.services.records.builders import accepted, fresh, registered

    record = accepted(bench, registered(bench, on=TODAY), on=TODAY)
    rows, over = [], []
    for turn in range(3, acts + 1):
        label = ("报验", "退回")[turn % 2]
        rows.append(
            RecordAct(
                record=record, turn=turn, label=label, actor=bench.inspector, on=TODAY,
                at="2024-06-03T01:00:00Z", before="整改中", after="待验收", values={"reason": "再改"},
            )
        )  # fmt: skip
        if turn % 2:
            over.append(
                RecordClock(record=record, label="整改时限", turn=turn, started=TODAY, due_on=TODAY,
                            done_on=TODAY)
            )  # fmt: skip
    RecordAct.objects.bulk_create(rows)
    RecordClock.objects.bulk_create(over)
    record.revision = max(record.revision, acts)
    record.save(update_fields=["revision"])
    return fresh(record)


def timed(work: Callable[[], object], spans: list[tuple[float, float]]) -> None:
    """Milliseconds by the wall and of the processor."""
    began, cpu = time.perf_counter(), time.process_time()
    work()
    spans.append(((time.perf_counter() - began) * 1000, (time.process_time() - cpu) * 1000))


def acts(bench: Bench, record: Record) -> dict[str, list[tuple[float, float]]]:
    """Handing on, handing in, sending back, again and again, each committed."""
    from mingjing.services.records.acting import do
    from tests.services.builders import acting
    from tests.services.records.builders import file_of

    judge, inspector = acting(bench.house.judge, TODAY), acting(bench.inspector, TODAY)
    proof = [("整改佐证", file_of("清单"), "清单.pdf")]
    spans: dict[str, list[tuple[float, float]]] = {"移交": [], "报验": [], "退回": []}
    pk, me = record.pk, bench.house.judge.pk
    for _ in range(TIMES + 3):
        timed(lambda: do(judge, pk, "移交", {"责任人": me}), spans["移交"])
        timed(lambda: do(judge, pk, "报验", {}, files=proof), spans["报验"])
        timed(lambda: do(inspector, pk, "退回", {"退回理由": "再改"}), spans["退回"])
    return {label: found[3:] for label, found in spans.items()}


def statements_of(bench: Bench, record: Record) -> int:
    """How many statements one act takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from mingjing.services.records.acting import do
    from tests.services.builders import acting

    with CaptureQueriesContext(connection) as queries:
        do(acting(bench.house.judge, TODAY), record.pk, "移交", {"责任人": bench.house.judge.pk})
    return len(queries)


def act_lines(bench: Bench, sizes: Sequence[int]) -> list[str]:
    """One line of the table for each length of history and kind of act."""
    lines = []
    for size in sizes:
        record = aged(bench, size)
        count = statements_of(bench, record)
        for label, spans in acts(bench, record).items():
            wall = statistics.quantiles([one for one, _ in spans], n=20)
            busy = statistics.median(cpu for _, cpu in spans)
            said = f"| {size:,} | {label} | {wall[0]:.1f} | {wall[9]:.1f} | {wall[18]:.1f} | {busy:.1f} |"
            lines.append(f"{said} {count if label == '移交' else ''} |")
            print(lines[-1], file=sys.stderr)
    return lines


def list_lines(bench: Bench) -> list[str]:
    """The first page of the register, 15 and 100 rows, as four people see it, with its numbers."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from mingjing.services.reading.records.filters import RecordFilter
    from mingjing.services.reading.records.listing import record_page
    from mingjing.services.records.versions import registers_on
    from tests.services.builders import acting

    lines, house = [], bench.house
    register = next(one for one in registers_on(house.court, TODAY) if one.id == "ledger.mending")
    people = {"督察员": bench.inspector, "审判员": house.judge, "庭长": house.head, "院长": house.president}
    for post, person in people.items():
        for length in (15, 100):
            actor, spans = acting(person, TODAY), list[tuple[float, float]]()
            chosen = RecordFilter(rows=str(length))

            def read(actor: Actor = actor, chosen: RecordFilter = chosen) -> None:
                record_page(actor, register, chosen)

            read()
            with CaptureQueriesContext(connection) as queries:
                read()
            for _ in range(10):
                timed(read, spans)
            wall = statistics.median(one for one, _ in spans)
            lines.append(f"| {post} | {length} | {len(queries)} | {wall:.1f} |")
            print(lines[-1], file=sys.stderr)
    return lines


def spiff() -> dict[str, float | str]:
    """SpiffWorkflow's own time for a step, in its own environment."""
    if not SPIFF.exists():
        uv = [sys.executable, "-m", "uv"]
        subprocess.run([*uv, "venv", "--python", "3.11", str(SPIFF.parents[1])], check=True)
        subprocess.run([*uv, "pip", "install", "--python", str(SPIFF), "SpiffWorkflow"], check=True)
    side = [str(SPIFF), str(HERE / "record_act_spiff.py"), str(FLOWS)]
    done = subprocess.run(side, check=True, capture_output=True, text=True)
    found: dict[str, float | str] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


@contextmanager
def folder_for(keep: bool) -> Iterator[str]:
    """Where the run keeps its files."""
    if keep:
        KEPT.mkdir(parents=True, exist_ok=True)
        yield str(KEPT)
        return
    with tempfile.TemporaryDirectory() as folder:
        yield folder


@contextmanager
def database(keep: bool) -> Iterator[str]:
    """Tables of this version in a file, or in a schema of their own, for as long as the block runs."""
    with folder_for(keep) as folder:
        os.environ["MINGJING_DATA"] = folder
        os.environ["MINGJING_NOW"] = f"{TODAY}T09:00:00"
        os.environ["MINGJING_INSTITUTIONS"] = f"{folder}/institutions"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingjing.site.settings")
        os.environ["PGOPTIONS"] = f"-c search_path={SCHEMA}"  # also for connections opened anew on the way
        place = Path(folder) / "institutions"
        shutil.rmtree(place, ignore_errors=True)
        (place / "cn").mkdir(parents=True)
        for part in PARTS:
            shutil.copytree(HERE.parent / "institutions" / "cn" / part, place / "cn" / part)
        own = HERE.parent / "tests" / "services" / "records" / "institutions" / "lan"
        (place / "lan").symlink_to(own)
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        schema = connection.vendor == "postgresql"
        with connection.cursor() as cursor:
            if schema:
                cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        try:
            call_command("migrate", interactive=False, verbosity=0)
            yield f"{connection.vendor} {'.'.join(map(str, connection.get_database_version()))}"
        finally:
            if schema and not keep:
                with connection.cursor() as cursor:
                    cursor.execute(f"DROP SCHEMA {SCHEMA} CASCADE")
            connection.close()


def filled(count: int, keep: bool) -> Bench:
    """The court with its records: as it was kept, or made anew."""
    from tests.services.builders import build_house, hire
    from tests.services.records.builders import build_bench

    kept = KEPT / "bench.pickle"
    if keep and kept.exists():
        found: Bench = pickle.loads(kept.read_bytes())  # written by this program
        return found
    house = build_house()
    bench = build_bench(house)
    places = (house.second_civil, house.first_civil)
    people = [hire(house.court, f"人员{n}", "审判员", places[bool(n % 9)]) for n in range(PEOPLE)]
    fill(bench, count, people[0].pk)
    if keep:
        kept.write_bytes(pickle.dumps(bench))
    return bench


def main() -> int:
    """Measure on the database of the settings."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--keep", action="store_true", help="keep what was filled in, and use it again")
    parser.add_argument("--only", nargs="+", choices=KINDS, default=KINDS, help="measure these alone")
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, help="lengths of history")
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    with database(args.keep) as name:
        bench = filled(args.records, args.keep)
        act_rows = act_lines(bench, args.sizes) if "acts" in args.only else []
        list_rows = list_lines(bench) if "lists" in args.only else []
    if set(args.only) != set(KINDS):
        return 0  # the parts are on the screen; a whole table is written by a whole run
    other = spiff()
    url = ", DATABASE_URL set" if os.environ.get("DATABASE_URL") else ""
    text = "\n".join(
        [
            f"# One act on a record ({name}, {args.records:,} records)",
            "",
            f"`.venv/bin/python benchmarks/record_act_speed.py`{url}",
            "",
            machine_line(),
            "",
            f"Milliseconds of the whole verb, {TIMES} times each, committed: sight, capacities, conditions,",
            f"record, parts, files, clocks, alerts, act and log entry. The limit is {LIMIT_MS:.0f} ms.",
            "Processor is what an act costs; the others also wait for whatever else the machine does.",
            "",
            "| acts before | act | p5 | median | p95 | processor | statements |",
            "|---|---|---|---|---|---|---|",
            *act_rows,
            "",
            f"SpiffWorkflow {other['version']}, twelve steps, each kept in SQLite (read, one step, written,",
            f"committed; {other['bytes']:,} bytes at the end, growing with every step; no permission, no",
            "clock, no log):",
            "",
            "| | p5 | median | p95 | processor |",
            "|---|---|---|---|---|",
            f"| one step | {other['p5']:.1f} | {other['median']:.1f} | {other['p95']:.1f} "
            f"| {other['busy']:.1f} |",
            "",
            "The first page of the register with its numbers, as each of them sees it (median milliseconds):",
            "",
            "| who | rows | statements | ms |",
            "|---|---|---|---|",
            *list_rows,
            "",
        ]
    )
    write_result(args.write, text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
