"""Lists of 15 and of 100 out of 100,000 records, beside a bare Django list of the same rows.

    DATABASE_URL=postgresql://… .venv/bin/python -m benchmarks.record_list_speed \\
        [--seconds 8] [--write benchmarks/results/record_list_speed.md]

The database named by the settings is filled on the first run (an empty one is wanted). Ours is served by
``mingjing serve`` with one worker; the bare one (``benchmarks/bare_list.py``: log-in, ListView, paginator,
template) by the same server with one worker. One person at a time asks without a pause, ours and the bare
one in turns, so that whatever else the machine does weighs on both.
"""

from __future__ import annotations

import argparse
import http.client
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

WORK = Path(__file__).parent / ".work"
NOW = "2026-09-30T09:00:00"
REGISTER = "ledger.rectification"
OURS, BARE = 8955, 8956
TURN = 0.5
LIMIT, SHARE, STATEMENTS = 50.0, 0.8, 6
STATES = ("待认领", "整改中", "待验收", "基本完成")


@dataclass(slots=True)
class Timing:
    """Milliseconds of each request, and for how many seconds it was asked."""

    label: str
    path: str
    port: int
    cookie: str
    found: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.found) / self.seconds

    def percentile(self, share: float) -> float:
        """The smallest value not exceeded by ``share`` of them."""
        return sorted(self.found)[min(len(self.found) - 1, int(len(self.found) * share))]


def prepare(count: int) -> None:
    """Settings, tables and rows."""
    os.environ.setdefault("MINGJING_NOW", NOW)
    os.environ.setdefault("MINGJING_DATA", str(WORK / "records"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingjing.site.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from mingjing.storage.records.models import Record

    Path(os.environ["MINGJING_DATA"]).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    if Record.objects.count() < count:
        fill(count)


def fill(count: int) -> None:
    """A court of twelve departments and sixty people with ``count`` records, a third of them open."""
    from django.db import connection

    from mingjing.services.installation import registry
    from mingjing.services.records.parties import part
    from mingjing.storage.people.models import Account, Court, Department, Person, Posting
    from mingjing.storage.records.models import Record, RecordParty

    since = date(2020, 1, 1)
    court = Court.objects.create(code="云98", name="云溪市中级人民法院", short_name="云溪中院", level="中级")
    units = [
        Department.objects.create(court=court, name=f"第{place}业务庭", order=place, since=since)
        for place in range(1, 13)
    ]
    people = []
    for place in range(60):
        person = Person.objects.create(court=court, name=f"林知{place:02}", staff_number=f"{place:04}")
        post = "督察员" if place == 0 else "庭长" if place < 13 else "审判员"
        unit = None if place == 0 else units[(place - 1) % 12]
        Posting.objects.create(person=person, post=post, department=unit, since=since)
        people.append(person)
    Account.objects.create_account("inspector", "mingjing-demo", people[0])
    Account.objects.create_account("head", "mingjing-demo", people[1])
    today, version = date(2026, 9, 30), registry(court).ref(REGISTER, date(2026, 9, 30))
    rows = []
    for place in range(count):
        over, unit, holder = place % 3 != 0, units[place % 12], people[13 + place % 47]
        opened = today - timedelta(days=place % 900)
        rows.append(
            Record(
                court=court, register=REGISTER, definition=version, number=f"整改-2026-{place:06}",
                title=f"公文登记传阅不规范，收文后三个工作日内未转承办部门（第 {place} 件）",
                state="已完成" if over else STATES[place % 4], over=over, holder=holder, unit=unit,
                registered_by=people[0], opened_on=opened,
                over_on=opened + timedelta(days=40) if over else None,
                due_on=None if over or place % 30 == 0 else today + timedelta(days=place % 120 - 30),
                colour=place % 4 if not over else 0, data={"problem": "公文登记传阅不规范", "unit": unit.pk},
                search="公文登记传阅不规范", revision=1,
            )
        )  # fmt: skip
    Record.objects.bulk_create(rows, batch_size=2000)
    parties = []
    for record in Record.objects.defer("data", "search").iterator():
        parties += [part(record, word, record.registered_by_id) for word in ("登记人", "办理人")]
        parties.append(part(record, "责任人", record.holder_id))
        parties += [part(record, word, unit=record.unit_id) for word in ("责任部门", "本部门")]
    RecordParty.objects.bulk_create(parties, batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def cookie_of(username: str) -> str:
    """A session of this account."""
    from django.test import Client

    from mingjing.storage.people.models import Account

    client = Client()
    account = Account.objects.get(username=username)
    client.force_login(account, backend="mingjing.services.sign_in.AccountBackend")
    return f"sessionid={client.cookies['sessionid'].value}"


def statements_of(path: str, cookie: str) -> int:
    """How many statements the page takes once it is warm."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.cookies.load(cookie)
    client.get(path, headers={"host": "127.0.0.1"})
    with CaptureQueriesContext(connection) as caught:
        client.get(path, headers={"host": "127.0.0.1"})
    return len(caught)


@contextmanager
def serving() -> Iterator[None]:
    """Ours and the bare one, one worker each."""
    here = Path(sys.executable)
    commands = (
        [str(here.with_name("mingjing")), "serve", "--no-clock", "--port", str(OURS), "--workers", "1"],
        [str(here.with_name("granian")), "--interface", "wsgi", "--port", str(BARE), "--workers", "1",
         "benchmarks.bare_list:application"],
    )  # fmt: skip
    bare = {**os.environ, "DJANGO_SETTINGS_MODULE": "benchmarks.bare_settings"}
    servers = [
        subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for command, env in zip(commands, (dict(os.environ), bare), strict=True)
    ]
    try:
        for port, path in ((OURS, "/login"), (BARE, "/bare")):
            for _ in range(1200):
                time.sleep(0.1)
                try:
                    _ask(http.client.HTTPConnection("127.0.0.1", port, timeout=30), path, "")
                    break
                except OSError:
                    continue
        yield
    finally:
        for server in servers:
            server.terminate()
            server.wait(timeout=30)


def _ask(connection: http.client.HTTPConnection, path: str, cookie: str) -> int:
    connection.request("GET", path, headers={"Cookie": cookie})
    response = connection.getresponse()
    response.read()
    return response.status


def in_turns(timings: list[Timing], seconds: float) -> None:
    """Ask each for half a second in turn until each was asked ``seconds``."""
    connections = [http.client.HTTPConnection("127.0.0.1", one.port, timeout=60) for one in timings]
    for one, connection in zip(timings, connections, strict=True):
        for _ in range(5):
            status = _ask(connection, one.path, one.cookie)
            assert status == 200, f"{one.path}: {status}"
    while timings[-1].seconds < seconds:
        for one, connection in zip(timings, connections, strict=True):
            begun = time.perf_counter()
            while (started := time.perf_counter()) - begun < TURN:
                _ask(connection, one.path, one.cookie)
                one.found.append(1000 * (time.perf_counter() - started))
            one.seconds += time.perf_counter() - begun


def measure(seconds: float) -> tuple[list[str], bool]:
    """The lines of the table, and whether every promise holds."""
    lines, kept = [], True
    whole, part = cookie_of("inspector"), cookie_of("head")
    for rows in (15, 100):
        path = f"/registers/{REGISTER}?rows={rows}"
        timings = [
            Timing(f"ours, {rows} rows, whole register", path, OURS, whole),
            Timing(f"ours, {rows} rows, one department", path, OURS, part),
            Timing(f"bare Django, {rows} rows", f"/bare?rows={rows}", BARE, whole),
        ]
        in_turns(timings, seconds)
        bare = timings[-1]
        for one in timings:
            statements = statements_of(one.path, one.cookie) if one.port == OURS else 4
            share = one.rate / bare.rate
            p95 = one.percentile(0.95)
            bad = one.port == OURS and (p95 > LIMIT or share < SHARE or statements > STATEMENTS)
            kept = kept and not bad
            lines.append(
                f"| {one.label} | {statements} | {statistics.median(one.found):.1f} | {p95:.1f} "
                f"| {one.rate:.0f} | {share:.2f}{' **over**' if bad else ''} | {os.getloadavg()[0]:.1f} |"
            )
            print(lines[-1], flush=True)
    return lines, kept


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=8.0, help="for each list")
    parser.add_argument("--write", type=Path, help="write the table to this file")
    chosen = parser.parse_args()
    prepare(chosen.records)
    from django.db import connection

    from benchmarks.machine import machine_line, write_result

    with serving():
        lines, kept = measure(chosen.seconds)
    head = (
        f"# Lists out of {chosen.records:,} records, one person asking\n\n"
        f"{'PostgreSQL' if connection.vendor == 'postgresql' else 'SQLite'}; "
        f"`.venv/bin/python -m benchmarks.record_list_speed --seconds {chosen.seconds:g}`\n\n"
        f"{machine_line()}\n\nPromised: ≤ {STATEMENTS} statements, p95 ≤ {LIMIT:g} ms, at least {SHARE:g} of "
        "the requests a second of a bare Django list. `load` is that of the machine, shared with others.\n\n"
        "| list | SQL | p50, ms | p95, ms | requests a second | share of bare | load |\n"
        "|---|---|---|---|---|---|---|\n"
    )
    write_result(chosen.write, head + "\n".join(lines) + "\n")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
