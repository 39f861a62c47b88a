"""`mingjing demo`: the demonstration courts in an empty database, and the logins to look around with."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from mingjing.cli.arguments import Commands, Parser
from mingjing.cli.starting import prepare, start_django


def add_commands(commands: Commands[Parser]) -> None:
    """Add ``demo``."""
    said = "在空数据库里生成演示法院，列出演示账号；已有数据时只列账号"
    parser = commands.add_parser("demo", help=said, description=f"{said}。人名、案件都是虚构的。")
    parser.add_argument(
        "--cases",
        action="append",
        default=[],
        type=_amount,
        metavar="法院代字=件数",
        help="改一个法院的案件数，可以写几次，例如 --cases 云9801=200（只在首次生成时有用）",
    )
    parser.set_defaults(run=run)


def _amount(text: str) -> tuple[str, int]:
    """``云9801=200`` → a court code and how many cases the court gets."""
    code, _, amount = text.partition("=")
    if not code or not (amount.isascii() and amount.isdigit()):
        raise argparse.ArgumentTypeError(f"“{text}”看不懂，写作 法院代字=件数。例如：--cases 云9801=200")
    return code, int(amount)


def run(args: argparse.Namespace) -> int:
    """Bring the tables to this version, make the courts, print the logins."""

    start_django()
    prepare()
    make_and_print(dict(args.cases))
    return 0


def make_and_print(sizes: Mapping[str, int] | None = None) -> None:
    """Make the demonstration where nothing is yet, and print its logins."""
    from mingjing.services.demo import build
    from mingjing.services.installation import today

    logins = build.ensure(today(), report=lambda text: print(text, flush=True), sizes=dict(sizes or {}))
    print("\n演示账号（口令都是 " + build.PASSWORD + "）：")
    for login in logins:
        print(f"  {login.username:<12} {login.name}　{login.title}")
