"""How long asking "may they?" takes in memory: rights of roles, and acts on records of every ledger.

    .venv/bin/python benchmarks/permission_speed.py [--write FILE.md]

Rights: every post with every right, by ``services.permissions.require`` (granted) and by the definition
itself (``Roles.may``: granted or not). Records: for every ledger, every state and every capacity, everything
that may be done (``domain.ledgers.stepping.permitted``), divided by the acts asked about. The definitions are
loaded before; no database is asked. Each figure is the median of many rounds.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from benchmarks.machine import machine_line, write_result  # noqa: E402

ROUNDS, LIMIT_US = 15, 50.0
DAY = date(2026, 9, 30)


def timed(run: Callable[[], int]) -> tuple[float, float, int]:
    """Median and worst microseconds for one question, and how many were asked in a round."""
    found, asked = [], 0
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        asked = run()
        found.append((time.perf_counter() - begun) / asked * 1e6)
    return statistics.median(found), max(found), asked


def questions() -> list[tuple[str, Callable[[], int]]]:
    """What is asked: its name, and what asks it once for everything there is."""
    from mingjing.domain.ledgers.matters import Matter, Who
    from mingjing.domain.ledgers.stepping import permitted
    from mingjing.services.actors import Actor
    from mingjing.services.installation import registry
    from mingjing.services.permissions import require
    from mingjing.storage.people.models import Court, Person

    court = Court(pk=1, code="云9821", name="岚县人民法院")
    known = registry(court)
    roles, acts = known.roles(), list(known.dictionary("dictionary.acts").keys)
    posts = list(known.dictionary("dictionary.posts").keys)
    actors = []
    for post in posts:
        held = roles.held_by(post)
        rights = frozenset(act for role in held for act in role.may)
        person = Person(pk=1, court=court, name="甲")
        actors.append(Actor(person, court, DAY, (post,), (), rights, "无", (), ()))
    ledgers = [one for one in known.registers(DAY) if one.kind == "ledger"]

    def granted() -> int:
        asked = 0
        for actor in actors:
            for act in actor.acts:
                require(actor, act)
                asked += 1
        return asked

    def defined() -> int:
        for post in posts:
            for act in acts:
                roles.may((post,), act)
        return len(posts) * len(acts)

    def on_records() -> int:
        asked = 0
        for register in ledgers:
            for word in {word for act in register.acts for word in act.by}:
                who = Who(1, "甲", frozenset((word,)))
                for state in register.states:
                    permitted(register, Matter(state=state.label), who, DAY)
                    asked += len(register.acts)
        return asked

    return [
        ("a right, granted (`require`)", granted),
        ("a right, any post and any act (`Roles.may`)", defined),
        ("an act on a record (`permitted` / acts)", on_records),
    ]


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, default=None)
    args = parser.parse_args()

    from mingjing.cli.starting import start_django

    start_django()
    rows = [(name, *timed(ask)) for name, ask in questions()]
    lines = [
        "# Asking “may they?” in memory",
        "",
        "`.venv/bin/python benchmarks/permission_speed.py`",
        "",
        machine_line(),
        "",
        f"Median and worst of {ROUNDS} rounds; limit {LIMIT_US:.0f} µs.",
        "",
        "| question | median µs | worst round µs | asked in a round |",
        "|---|---|---|---|",
        *(f"| {name} | {middle:.2f} | {worst:.2f} | {asked:,} |" for name, middle, worst, asked in rows),
    ]
    write_result(args.write, "\n".join(lines) + "\n")
    if any(middle > LIMIT_US for _, middle, _, _ in rows):
        sys.exit(1)


if __name__ == "__main__":
    main()
