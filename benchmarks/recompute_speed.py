"""How long the clocks of new cases take after an import, and a full sweep, database included.

    .venv/bin/python benchmarks/recompute_speed.py [--cases 100000] [--write FILE.md]
    DATABASE_URL=postgresql://… .venv/bin/python benchmarks/recompute_speed.py

The cases of synthetic.py are stored as an import would leave them; then every clock is computed and written
(as after an import), then the whole is swept again (nothing has changed), then as of a week later. The
database is made for the run, as in event_speed.py.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from benchmarks.event_speed import database  # noqa: E402
from benchmarks.machine import machine_line, write_result  # noqa: E402
from benchmarks.synthetic import AS_OF, make_page, read_page  # noqa: E402

if TYPE_CHECKING:
    from mingjing.analytics.columns import Cases
    from mingjing.storage.cases.models import Case
    from tests.services.builders import House

CHUNK = 10_000


def fill(cases: int) -> list[int]:
    """Store a page of the docket in a court with people in their posts; the ids of its cases."""
    from mingjing.storage.cases.models import Case, CaseEvent, Exclusion, GrantedExtension
    from tests.services.builders import build_house

    path = HERE / ".work" / f"recompute-{cases}.npz"
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        make_page(path, 0, cases)
    columns, events = read_page(path)
    house = build_house()
    rows = [_case(columns, place, house) for place in range(columns.count)]
    stories: list[list[tuple[str, date]]] = [[] for _ in rows]
    for place, kind, day in zip(events.case.tolist(), events.kind.tolist(), events.day.tolist(), strict=True):
        stories[place].append((events.kinds[kind], date.fromordinal(day)))
    for case, story in zip(rows, stories, strict=True):
        for kind, happened in story:
            case.milestones.setdefault(kind, happened.isoformat())
            if kind == "结案":
                case.closed_on = happened
    Case.objects.bulk_create(rows, batch_size=CHUNK)
    made = (
        CaseEvent(case=case, kind=kind, happened=day, source_key=f"{kind}{place}")
        for case, story in zip(rows, stories, strict=True)
        for place, (kind, day) in enumerate(story)
    )
    batch: list[CaseEvent] = []
    for event in made:
        batch.append(event)
        if len(batch) == CHUNK:
            CaseEvent.objects.bulk_create(batch)
            batch = []
    CaseEvent.objects.bulk_create(batch)
    for place, facts in columns.odd.items():
        for kind, spans in facts.items():
            for span in spans if isinstance(spans, tuple) else ():
                first, last = getattr(span, "first", None), getattr(span, "last", None)
                if first is not None:
                    Exclusion.objects.create(case=rows[place], kind=kind, first=first, last=last)
    GrantedExtension.objects.bulk_create(
        GrantedExtension(case=rows[place], clock=slot, length=str(length), approved_on=AS_OF, approver="院长")
        for slot, granted in columns.granted.items()
        for place, lengths in granted.items()
        for length in lengths
    )
    return [case.pk for case in rows]


def _case(columns: Cases, place: int, house: House) -> Case:
    """One case of the docket as a row, not yet saved."""
    from mingjing.storage.cases.models import Case

    facts = columns.facts(place, frozenset(columns.words))
    named = {name: facts.pop(name) for name in ("案件类型", "审理程序", "案由", "在押")}
    filed = date.fromordinal(int(columns.asked_on[0][place]))
    return Case(
        court=house.court,
        number=f"（{filed.year}）云9821民初{place + 1}号",
        kind=str(named["案件类型"]),
        procedure=str(named["审理程序"]),
        cause=str(named["案由"]),
        in_custody=named["在押"] is True,
        handler=house.judge,
        department=house.first_civil,
        filed_on=filed,
        original_filed_on=filed,
        known_since=AS_OF,
        facts=facts,
    )


def timed(label: str, work: Callable[[], object]) -> str:
    """One line of the table."""
    from mingjing.storage.supervision.models import Alert, Clock

    began, cpu = time.perf_counter(), time.process_time()
    work()
    wall, spent = time.perf_counter() - began, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    counts = f"{Clock.objects.count():,} | {Alert.objects.count():,}"
    line = f"| {label} | {wall:.1f} | {spent:.1f} | {counts} | {peak:,.0f} |"
    print(line, file=sys.stderr)
    return line


def import_clocks(ids: list[int]) -> None:
    """As the act that writes an import does: in one transaction."""
    from django.db import transaction

    from mingjing.services.recomputing import recompute
    from mingjing.storage.people.models import Court

    with transaction.atomic():
        recompute(Court.objects.get(code="云9821"), ids, on=AS_OF)


def sweep_on(day: date) -> None:
    """Every case of the database, page by page."""
    from mingjing.services.sweeping import sweep

    sweep(day)


def main() -> int:
    """Fill, compute, sweep, sweep on."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    with database() as name:
        ids = fill(args.cases)
        lines = [
            timed("clocks of new cases", lambda: import_clocks(ids)),
            timed("full sweep, nothing new", lambda: sweep_on(AS_OF)),
            timed("full sweep a week later", lambda: sweep_on(AS_OF + timedelta(days=7))),
        ]
    text = "\n".join(
        [
            f"# Clocks of {args.cases:,} cases, database included ({name})",
            "",
            f"`.venv/bin/python benchmarks/recompute_speed.py --cases {args.cases}`",
            "",
            machine_line(),
            "",
            "| | wall s | processor s | clocks after | alerts after | peak MB |",
            "|---|---|---|---|---|---|",
            *lines,
            "",
            "The peak includes this program's own copy of the docket, which it stores first.",
            "",
        ]
    )
    write_result(args.write, text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
