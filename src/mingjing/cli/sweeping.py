"""`mingjing sweep`: every clock of every case computed anew."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import date

from mingjing.cli.arguments import Commands, Parser
from mingjing.cli.starting import start_django


def add_commands(commands: Commands[Parser]) -> None:
    """Add ``sweep``."""
    parser = commands.add_parser(
        "sweep",
        help="全部案件的期限重算一遍",
        description="把每一件案件的每一个期限按现行制度重算一遍，补发漏掉的提醒。可以随时中断，重来不会重复提醒。",
    )
    parser.add_argument(
        "--on", type=date.fromisoformat, default=None, help="按这一天计算（默认今天），例如 2026-09-30"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Sweep, telling page by page how far it is."""
    start_django()
    from mingjing.services.installation import today
    from mingjing.services.sweeping import sweep

    on, began = args.on or today(), time.perf_counter()
    swept = sweep(on, step=_tell)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    print(
        f"{on}：{swept.cases} 件，期限 {swept.clocks} 个，新提醒 {swept.alerts} 条，"
        f"用时 {time.perf_counter() - began:.1f} 秒。"
    )
    return 0


def _tell(cases: int) -> None:
    """How far it is, on one line of the screen; a file is not filled with it."""
    if sys.stderr.isatty():
        print(f"\r已算 {cases} 件", end="", file=sys.stderr, flush=True)
