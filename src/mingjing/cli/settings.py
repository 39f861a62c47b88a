"""`mingjing settings`: every setting, what it is now and where that came from; secrets are masked."""

from __future__ import annotations

import argparse

from mingjing.cli.arguments import Commands, Parser
from mingjing.cli.starting import start_django


def add_commands(commands: Commands[Parser]) -> None:
    """Add ``settings``."""
    said = "列出全部设置、现在的值和来源"
    parser = commands.add_parser("settings", help=said, description=f"{said}。口令与密钥不显示。")
    parser.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Print one block a setting."""
    start_django()
    from mingjing.services.reading.system import settings_shown

    for one in settings_shown():
        print(f"{one.variable} = {one.value}（{one.source}）\n    {one.meaning}")
    return 0
