"""`mingjing settings`: every setting, what it is now and where that came from; secrets are masked."""

from __future__ import annotations

import argparse

from mingjing.cli.arguments import Commands, Parser
from mingjing.cli.starting import start_django

MASK = "********"


def add_commands(commands: Commands[Parser]) -> None:
    """Add ``settings``."""
    said = "列出全部设置、现在的值和来源"
    parser = commands.add_parser("settings", help=said, description=f"{said}。口令与密钥不显示。")
    parser.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Print one block a setting."""
    start_django()
    from django.conf import settings

    sources = {origin.variable: origin.source for origin in settings.ORIGINS}
    for setting in settings.KNOWN_SETTINGS:
        value = getattr(settings.CONFIGURATION, setting.field)
        text = MASK if setting.secret and value else shown(value)
        print(f"{setting.variable} = {text}（{sources[setting.variable]}）\n    {setting.meaning}")
    return 0


def shown(value: object) -> str:
    """A value as it would be written in the environment; 空 where nothing is set."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return ",".join(map(str, value)) or "空"
    return str(value) or "空"
