"""`mingjing demo`: the demonstration courts in an empty database, and the logins to look around with."""

from __future__ import annotations

import argparse

from mingjing.cli.arguments import Commands, Parser
from mingjing.cli.starting import start_django


def add_commands(commands: Commands[Parser]) -> None:
    """Add ``demo``."""
    said = "在空数据库里生成演示法院，列出演示账号；已有数据时只列账号"
    parser = commands.add_parser("demo", help=said, description=f"{said}。人名、案件都是虚构的。")
    parser.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Bring the tables to this version, make the courts, print the logins."""
    from mingjing.cli.serving import prepare

    start_django()
    prepare()
    make_and_print()
    return 0


def make_and_print() -> None:
    """Make the demonstration where nothing is yet, and print its logins."""
    from mingjing.services.demo import build
    from mingjing.services.installation import today

    logins = build.ensure(today(), report=lambda text: print(text, flush=True))
    print("\n演示账号（口令都是 " + build.PASSWORD + "）：")
    for login in logins:
        print(f"  {login.username:<12} {login.name}　{login.title}")
