"""`mingjing witness`: another office countersigns a court's log. It needs no database."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from mingjing.cli.arguments import Commands, Parser, subcommands


def add_commands(commands: Commands[Parser]) -> None:
    """Add ``witness init``, ``witness run`` and ``witness status``."""
    said = "做见证：给别的法院的日志副署"
    about = f"{said}。只用一个文件夹，不用数据库，也不用对方的账号。"
    parser = commands.add_parser("witness", help=said, description=about)
    actions = subcommands(parser, name="action")
    begin = actions.add_parser(
        "init", help="生成见证人的密钥", description="生成密钥，显示要交给法院的公钥。"
    )
    _folder(begin)
    begin.add_argument(
        "--name", required=True, metavar="名称", help="如 yunxi-procuratorate/witness，不能有空格"
    )
    begin.set_defaults(run=run_begin)
    once = actions.add_parser(
        "run", help="取检查点，核对，副署", description="取检查点，与上次的核对，副署。"
    )
    _folder(once)
    _key(once)
    once.add_argument(
        "--from", dest="source", required=True, metavar="来处", help="法院的网址，或者检查点文件"
    )
    once.set_defaults(run=run_once)
    status = actions.add_parser("status", help="上次见到的", description="显示上次见到并副署的检查点。")
    _folder(status)
    _key(status)
    status.set_defaults(run=run_status)


def _folder(parser: Parser) -> None:
    parser.add_argument("--folder", type=Path, required=True, metavar="文件夹", help="见证人自己的文件夹")


def _key(parser: Parser) -> None:
    parser.add_argument("--key", required=True, metavar="公钥", help="法院日志的公钥，当面或者书面核对过的")


def run_begin(args: argparse.Namespace) -> int:
    """Make the key and show its public half."""
    from mingjing.services.proving.witness_office import begin

    print(f"请把这一行公钥交给法院登记：\n{begin(args.folder, args.name).vkey}")
    return 0


def run_once(args: argparse.Namespace) -> int:
    """Witness once."""
    from mingjing.services.proving.witness_office import witness

    found = witness(args.folder, args.key, args.source, datetime.now(UTC))
    before = f"接着上次的 {found.before.size} 条" if found.before else "第一次见到"
    print(f"已副署：{found.checkpoint.origin}，{found.checkpoint.size} 条（{before}）。")
    print(f"请把 {found.file} 送回法院。")
    return 0


def run_status(args: argparse.Namespace) -> int:
    """Show what was seen last."""
    from mingjing.services.proving.witness_office import seen

    last = seen(args.folder, args.key)
    print(f"{last.origin}，{last.size} 条，根 {last.root.hex()}" if last else "还没有见过这本日志。")
    return 0
