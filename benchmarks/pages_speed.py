"""How fast the pages are over 1,000,000 cases with ten people at once, and how many statements each takes.

    .venv/bin/python -m benchmarks.pages_speed [--seconds 5] [--write benchmarks/results/pages_speed.md]
    DATABASE_URL=postgresql://… .venv/bin/python -m benchmarks.pages_speed

The database named by the settings is filled on the first run (an empty database is wanted: without
DATABASE_URL a file in benchmarks/.work/). Then ``mingjing serve`` runs with two workers, and ten signed-in
people (two of each of five roles) ask for one page each, again and again without a pause, over connections
they keep. Server, database and the ten share the machine. Statements are counted in this process.
"""

from __future__ import annotations

import argparse
import http.client
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Barrier, Thread
from urllib.parse import quote

from benchmarks.startup import family

WORK = Path(__file__).parent / ".work"
NOW = "2026-09-30T09:00:00"
PORT = 8951
ROLES = ("judge", "head", "president", "manager", "higher")
SAID = {
    "judge": "承办法官",
    "head": "庭长",
    "president": "院长",
    "manager": "审管办",
    "higher": "辖区审管专员",
}
LIMITS = {"postgresql": 150.0, "sqlite": 300.0}
CASE_LIMIT = 100.0
STATEMENTS = 8

Paths = Callable[["Visitor"], list[str]]


@dataclass(slots=True)
class Visitor:
    """Somebody signed in: role, cookie, and what their own addresses need."""

    role: str
    cookie: str
    case_ids: list[int]
    cursors: dict[str, str]


@dataclass(slots=True)
class Timing:
    """What was measured of one page: milliseconds by role, statements, load, and the processor time of one
    request in milliseconds (server and database together), which others on the machine disturb least."""

    label: str
    limit: float
    by_role: dict[str, list[float]] = field(default_factory=dict)
    statements: int = 0
    alone: float = 0.0
    load: float = 0.0
    processor: float = 0.0

    @property
    def over(self) -> bool:
        """Whether a limit was missed: of time, and of a list its statements."""
        many = self.label != "案件页" and self.statements > STATEMENTS
        return many or percentile(self.all, 0.95) > self.limit

    @property
    def all(self) -> list[float]:
        return sorted(value for values in self.by_role.values() for value in values)


def percentile(values: list[float], share: float) -> float:
    """The smallest value not exceeded by ``share`` of them."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def fixed(query: str) -> Paths:
    """The same address for everybody."""
    return lambda _: [query]


def _cases(query: str) -> Paths:
    return fixed("/cases?" + quote(query, safe="=&~-"))


def _deep(order: str) -> Paths:
    return lambda visitor: [f"/cases?order={quote(order)}&after={quote(visitor.cursors[order])}"]


PAGES: dict[str, Paths] = {
    "今日": fixed("/"),
    "案件": fixed("/cases"),
    "案件 · 按新收排": _cases("order=新收"),
    "案件 · 按案龄排": _cases("order=案龄"),
    "案件 · 按颜色排": _cases("order=颜色"),
    "案件 · 逾期": _cases("due=逾期"),
    "案件 · 本周内": _cases("due=本周内"),
    "案件 · 停止计算": _cases("due=停止计算"),
    "案件 · 红": _cases("colour=红"),
    "案件 · 红 · 按颜色排": _cases("colour=红&order=颜色"),
    "案件 · 部门": _cases("department=民事审判第一庭"),
    "案件 · 法院": _cases("court=云9801"),
    "案件 · 案件类型": _cases("kind=行政一审"),
    "案件 · 程序": _cases("procedure=小额诉讼程序"),
    "案件 · 环节": _cases("stage=开庭审理"),
    "案件 · 标签": _cases("tag=涉众"),
    "案件 · 超 12 个月": _cases("older=12"),
    "案件 · 超 36 个月 · 按新收排": _cases("older=36&order=新收"),
    "案件 · 类型与程序与环节": _cases("kind=刑事一审&procedure=简易程序&stage=宣判"),
    "案件 · 没有一件符合": _cases("kind=刑事一审&stage=归档"),
    "案件 · 全部": _cases("status=全部"),
    "案件 · 全部 · 按新收排": _cases("status=全部&order=新收"),
    "案件 · 全部 · 按案龄排": _cases("status=全部&order=案龄"),
    "案件 · 全部 · 按颜色排": _cases("status=全部&order=颜色"),
    "案件 · 全部 · 案件类型": _cases("status=全部&kind=行政一审"),
    "案件 · 全部 · 标签": _cases("status=全部&tag=涉众&order=新收"),
    "案件 · 已结": _cases("status=已结"),
    "案件 · 已结 · 按新收排": _cases("status=已结&order=新收"),
    "案件 · 第 40 页": _deep("期限"),
    "案件 · 第 40 页 · 按新收排": _deep("新收"),
    "案件 · 第 40 页 · 按颜色排": _deep("颜色"),
    "查找 · 案号": _cases("q=（2025）云9801民初12号&order=期限"),
    "查找 · 案号前段": _cases("q=（2025）云9801民初1"),
    "查找 · 序号": _cases("q=1234"),
    "查找 · 当事人姓": _cases("q=周"),
    "查找 · 当事人": _cases("q=周见"),
    "查找 · 承办人": lambda visitor: ["/cases?q=" + quote(visitor.cursors["judge"])],
    "查找 · 拼音首字母": lambda visitor: ["/cases?q=" + visitor.cursors["initials"]],
    "查找 · 没有": _cases("q=查无此人"),
    "看板": fixed("/cases/board"),
    "看板 · 案件类型": fixed("/cases/board?kind=" + quote("民事一审")),
    "案件页": lambda visitor: [f"/cases/{pk}" for pk in visitor.case_ids],
}


def prepare(count: int) -> None:
    """Settings, tables and rows."""
    os.environ.setdefault("MINGJING_NOW", NOW)
    os.environ.setdefault("MINGJING_DATA", str(WORK / "million"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingjing.site.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from benchmarks.million_loading import ensure

    Path(os.environ["MINGJING_DATA"]).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    started = time.perf_counter()
    if ensure(count):
        print(f"filled with {count:,} cases in {time.perf_counter() - started:.0f} s", flush=True)


def visitors() -> list[Visitor]:
    """One per role, signed in, with their cases and the cursor of their fortieth page."""
    from django.test import Client

    from mingjing.services.actors import actor_of
    from mingjing.services.permissions import cases_seen
    from mingjing.services.reading.case_list import CaseFilter, page
    from mingjing.storage.people.models import Account

    found = []
    for account in Account.objects.filter(username__in=ROLES):
        client = Client()
        client.force_login(account, backend="mingjing.services.sign_in.AccountBackend")
        actor = actor_of(account)
        seen = cases_seen(actor).filter(closed_on=None)
        cursors = {}
        for order in ("期限", "新收", "颜色"):
            after = ""
            for _ in range(39):
                following = page(actor, CaseFilter(order=order, after=after)).next_after
                if not following:
                    break
                after = following
            cursors[order] = after
        handler = seen.exclude(handler=None).select_related("handler")[0].handler
        assert handler is not None
        cursors |= {"judge": handler.name, "initials": handler.initials}
        cookie = f"sessionid={client.cookies['sessionid'].value}"
        ids = list(seen.order_by("due_on").values_list("pk", flat=True)[:400:20])
        found.append(Visitor(account.username, cookie, ids, cursors))
    return found


def statements_of(path: str, visitor: Visitor) -> int:
    """How many statements the page takes."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.cookies.load(visitor.cookie)
    client.get(path, headers={"host": "127.0.0.1"})
    with CaptureQueriesContext(connection) as caught:
        client.get(path, headers={"host": "127.0.0.1"})
    return len(caught)


@contextmanager
def serving(workers: int) -> Iterator[int]:
    """``mingjing serve`` over the same database; the process id of its main process."""
    command = [str(Path(sys.executable).with_name("mingjing")), "serve", "--no-clock", "--port", str(PORT)]
    server = subprocess.Popen([*command, "--workers", str(workers)], stdout=subprocess.DEVNULL)
    try:
        for _ in range(200):
            time.sleep(0.1)
            try:
                _get(http.client.HTTPConnection("127.0.0.1", PORT, timeout=30), "/login", "")
                break
            except OSError:
                continue
        yield server.pid
    finally:
        server.terminate()
        server.wait(timeout=30)


def _get(connection: http.client.HTTPConnection, path: str, cookie: str) -> int:
    connection.request("GET", path, headers={"Cookie": cookie})
    response = connection.getresponse()
    response.read()
    return response.status


def hammer(pages: Paths, everybody: list[Visitor], users: int, seconds: float) -> dict[str, list[float]]:
    """Milliseconds by role, of ``users`` who ask without a pause."""
    found: dict[str, list[float]] = {visitor.role: [] for visitor in everybody}
    together = Barrier(users)

    def visit(place: int) -> None:
        visitor = everybody[place % len(everybody)]
        paths = pages(visitor)
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=120)
        _get(connection, paths[0], visitor.cookie)
        together.wait()
        until, turn = time.perf_counter() + seconds, place
        while (started := time.perf_counter()) < until:
            status = _get(connection, paths[turn % len(paths)], visitor.cookie)
            assert status in (200, 302), f"{paths[turn % len(paths)]}: {status}"
            found[visitor.role].append(1000 * (time.perf_counter() - started))
            turn += 1

    threads = [Thread(target=visit, args=(place,)) for place in range(users)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {role: values for role, values in found.items() if values}


def processor_seconds(server: int) -> float:
    """Processor time used so far by the server and, where it is on this machine, the PostgreSQL database."""
    from django.db import connection

    pids = family(server)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() "
                "AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
            pids += [pid for (pid,) in cursor.fetchall()]
    ticks = 0
    for pid in pids:
        stat = Path(f"/proc/{pid}/stat")
        if stat.exists():
            ticks += sum(map(int, stat.read_text(encoding="utf-8").rsplit(")", 1)[1].split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def measure(chosen: argparse.Namespace, vendor: str, server: int) -> list[Timing]:
    """Every page in turn."""
    everybody = visitors()
    results = []
    for label, pages in PAGES.items():
        if chosen.only and chosen.only not in label:
            continue
        result = Timing(label, CASE_LIMIT if label == "案件页" else LIMITS[vendor])
        result.statements = max(statements_of(pages(visitor)[0], visitor) for visitor in everybody)
        alone = hammer(pages, everybody, 1, 0.3)
        result.alone = statistics.median([value for values in alone.values() for value in values])
        before = processor_seconds(server)
        result.by_role = hammer(pages, everybody, 10, chosen.seconds)
        used = processor_seconds(server) - before  # less than nothing where a connection was renewed
        result.processor = 1000 * used / (len(result.all) + 10) if used > 0 else float("nan")
        result.load = os.getloadavg()[0]
        results.append(result)
        print(line(result), flush=True)
    return results


def line(result: Timing) -> str:
    """One row of the table."""
    worst = max(result.by_role, key=lambda role: percentile(result.by_role[role], 0.95))
    p95 = percentile(result.all, 0.95)
    over = " **over**" if result.over else ""
    return (
        f"| {result.label} | {result.statements} | {result.alone:.0f} | {percentile(result.all, 0.5):.0f} "
        f"| {p95:.0f}{over} | {SAID[worst]} {percentile(result.by_role[worst], 0.95):.0f} "
        f"| {result.limit:.0f} | {result.processor:.0f} | {len(result.all)} | {result.load:.1f} |"
    )


def report(results: list[Timing], chosen: argparse.Namespace, database: str) -> str:
    from benchmarks.machine import machine_line

    head = (
        f"## {database}\n\n`{database_words(database)}.venv/bin/python -m benchmarks.pages_speed "
        f"--cases {chosen.cases} --seconds {chosen.seconds:g}`\n\n{machine_line()}\n\n"
        "| page | SQL | alone, ms | p50 | p95 | slowest role, its p95 | limit | processor, ms | requests "
        "| load |\n|---|---|---|---|---|---|---|---|---|---|\n"
    )
    return head + "\n".join(map(line, results)) + "\n"


def database_words(database: str) -> str:
    return "DATABASE_URL=postgresql://… " if database.startswith("PostgreSQL") else ""


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=5.0, help="per page")
    parser.add_argument("--only", default="", help="pages whose name contains this")
    parser.add_argument("--write", type=Path, help="append the table to this file")
    chosen = parser.parse_args()
    prepare(chosen.cases)
    from django.db import connection

    vendor = connection.vendor
    with serving(workers=2) as server:
        results = measure(chosen, vendor, server)
    if chosen.write:
        with chosen.write.open("a", encoding="utf-8") as target:
            target.write(report(results, chosen, "PostgreSQL" if vendor == "postgresql" else "SQLite"))
    return 1 if any(result.over for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
