"""`mingjing docs`: writes docs/reference from the code, or says which page is out of date."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from mingjing.cli.arguments import Commands, Parser
from mingjing.cli.reference import PROJECT, pages
from mingjing.cli.starting import start_django

FOLDER = PROJECT / "docs" / "reference"


def add_commands(commands: Commands[Parser]) -> None:
    """Add ``docs``."""
    parser = commands.add_parser(
        "docs", help="按代码重写 docs/reference 里的参考页", description="重写参考页。"
    )
    parser.add_argument("--check", action="store_true", help="只检查：有过时的页就列出来，退出码为 1")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="写到哪个目录（默认 docs/reference）")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the pages, or compare them."""
    from mingjing.cli.main import build_parser

    start_django()
    wanted = pages(build_parser())
    if args.check:
        stale = [name for name, text in wanted.items() if not _is(args.folder / name, text)]
        for name in stale:
            print(f"{args.folder / name} 已过时，请执行 make docs。", file=sys.stderr)
        return 1 if stale else 0
    args.folder.mkdir(parents=True, exist_ok=True)
    for name, text in wanted.items():
        (args.folder / name).write_text(text, encoding="utf-8")
        print(f"已写：{args.folder / name}")
    return 0


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text
