"""`mingjing docs`: writes docs/reference and the SQL of migrations from the code, or says what is stale."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from io import StringIO
from pathlib import Path

from mingjing.cli.arguments import Commands, Parser
from mingjing.cli.reference import PROJECT, pages
from mingjing.cli.starting import start_django

_SQL_HEAD = "-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。\n"


def add_commands(commands: Commands[Parser]) -> None:
    """Add ``docs``."""
    said = "按代码重写 docs/reference 里的参考页，以及各数据库变更旁边的 SQL"
    parser = commands.add_parser("docs", help=said, description=f"{said}。供开发者使用。")
    parser.add_argument("--check", action="store_true", help="只检查：有过时的就列出来，退出码为 1")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write what is generated, or compare it."""
    from mingjing.cli.main import build_parser

    with tempfile.TemporaryDirectory(prefix="mingjing-docs-") as folder:
        # The SQL is that of an empty SQLite, whatever database this installation uses.
        os.environ["MINGJING_DATA"] = folder
        os.environ.pop("DATABASE_URL", None)
        start_django()
        reference = PROJECT / "docs" / "reference"
        wanted = {reference / name: text for name, text in pages(build_parser()).items()} | migration_sql()
        wanted[reference / "openapi.json"] = openapi()
    stale = [path for path, text in wanted.items() if not _is(path, text)]
    for path in stale:
        shown = path.relative_to(PROJECT)
        if args.check:
            print(f"{shown} 已过时，请执行 make docs。", file=sys.stderr)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8")
            print(f"已写：{shown}")
    return 1 if stale and args.check else 0


def openapi() -> str:
    """The description of the interface for other systems, as it is served."""
    from django.test import RequestFactory
    from django.urls import resolve

    path = "/api/v1/openapi.json"
    found = resolve(path)
    served = found.func(RequestFactory().get(path), *found.args, **found.kwargs)
    return json.dumps(json.loads(served.content), ensure_ascii=False, indent=1) + "\n"


def migration_sql() -> dict[Path, str]:
    """Where the SQL of each of our migrations stands → the SQL."""
    from django.core.management import call_command

    wanted = {}
    for path in sorted(PROJECT.glob("src/mingjing/storage/*/migrations/0*.py")):
        out = StringIO()
        call_command("sqlmigrate", path.parts[-3], path.stem, stdout=out, no_color=True)
        wanted[path.with_suffix(".sql")] = _SQL_HEAD + out.getvalue().rstrip() + "\n"
    return wanted


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text
