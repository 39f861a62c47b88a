"""`mingjing report check`: the figures of a work report held against each other, with a list to keep."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from mingjing.cli.arguments import Commands, Parser, subcommands

ALL_KINDS = "相符、推得、约数、无法核对"


def add_commands(commands: Commands[Parser]) -> None:
    """Add ``report``."""
    group = commands.add_parser("report", help="核对工作报告里的数", description="核对工作报告里的数。")
    parser = subcommands(group).add_parser(
        "check",
        help="一份报告里的数是否自相矛盾",
        description="找出报告里的每个数，比率按文中的分子分母复算，分项与总数相加，前后对照；"
        "矛盾的写出行:列、算式和怎么改。没有数据库也能用。",
    )
    parser.add_argument("file", metavar="文件", help=".txt 或 .docx")
    parser.add_argument("--all", action="store_true", help=f"连同{ALL_KINDS}的一起列出")
    parser.add_argument("--xlsx", metavar="工作簿", help="把清单写成 .xlsx")
    parser.add_argument("--docx", metavar="文档", help="把清单写成 .docx")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the findings; 1 where something contradicts itself."""
    from mingjing.services.reports.listing import document, rows_of, summary, workbook
    from mingjing.text.checking import check_report
    from mingjing.text.findings import Verdict
    from mingjing.text.sources import text_of

    path = Path(args.file)
    checked = check_report(text_of(path.read_bytes(), path.name))
    findings = checked.findings if args.all else checked.accusations
    rows = rows_of(checked, findings)
    print(f"{path.name}：{summary(checked)}")
    for row in rows:
        print("\n".join(_lines(path.name, row.place, row.verdict, row.message, row.arithmetic, row.repairs)))
    if args.xlsx:
        Path(args.xlsx).write_bytes(workbook(rows, summary(checked)))
    if args.docx:
        made = datetime.fromtimestamp(path.stat().st_mtime, ZoneInfo("Asia/Shanghai")).date()
        Path(args.docx).write_bytes(document(rows, summary(checked), path.stem, "明镜", made))
    return 1 if checked.count(Verdict.MISMATCH) else 0


def _lines(name: str, place: str, verdict: str, message: str, arithmetic: str, repairs: str) -> Iterator[str]:
    yield f"{name}:{place}  {verdict}  {message}"
    yield from (f"    {line}" for line in arithmetic.splitlines())
    yield from (f"    → {line}" for line in repairs.splitlines())
