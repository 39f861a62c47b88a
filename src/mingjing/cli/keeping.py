"""`mingjing backup` and `mingjing restore`: everything in one encrypted file, and back on either database."""

from __future__ import annotations

import argparse
from pathlib import Path

from mingjing.cli.arguments import Commands, Parser
from mingjing.cli.starting import prepare, start_django

KEY = "backup-key"


def add_commands(commands: Commands[Parser]) -> None:
    """Add ``backup`` and ``restore``."""
    said = "把全部数据和文件存进一个加密文件，存完再整个读一遍核对"
    parser = commands.add_parser("backup", help=said, description=f"{said}。服务不用停。")
    parser.add_argument(
        "path", metavar="文件", type=Path, help="存到哪里，例如 备份/2026-09-30.mjb；已有的不覆盖"
    )
    parser.add_argument("--verify", action="store_true", help="不做新备份，只核对这一个文件")
    _key(parser)
    parser.set_defaults(run=run_backup)
    said = "把一个备份恢复到空的数据目录和空的数据库里"
    parser = commands.add_parser(
        "restore",
        help=said,
        description=f"{said}，SQLite 和 PostgreSQL 之间可以互换；核对不过就什么都不留下。",
    )
    parser.add_argument("path", metavar="文件", type=Path, help="哪一个备份")
    _key(parser)
    parser.set_defaults(run=run_restore)


def _key(parser: Parser) -> None:
    said = f"密钥文件；不写是数据目录里的 {KEY}，还没有时备份会做一把。请另存一份到别处：没有它备份打不开"
    parser.add_argument("--key", metavar="文件", type=Path, help=said)


def _key_path(args: argparse.Namespace) -> Path:
    from django.conf import settings

    return args.key or Path(settings.CONFIGURATION.data) / KEY


def run_backup(args: argparse.Namespace) -> int:
    """Write a backup and read it again; or only read one."""
    start_django()
    from mingjing.services.keeping.backup import write_backup
    from mingjing.services.keeping.restore import verify_backup
    from mingjing.services.keeping.sealed_stream import make_key, read_key

    path = _key_path(args)
    if not args.verify:
        prepare()
        if not path.exists():
            make_key(path)
            print(f"做了一把备份密钥：{path}。请另存一份到别处，没有它备份打不开。")
        write_backup(args.path, read_key(path), report=lambda text: print(f"  {text}", flush=True))
    held = verify_backup(args.path, read_key(path))
    print(_said("核对无误", held.rows, held.files, held.log_size, held.log_root))
    return 0


def run_restore(args: argparse.Namespace) -> int:
    """Restore into the installation the settings name."""
    start_django()
    from mingjing.services.keeping.restore import restore
    from mingjing.services.keeping.sealed_stream import read_key

    key = read_key(_key_path(args))
    prepare()
    held = restore(args.path, key)
    print(f"备份做于 {held.made_at[:16].replace('T', ' ')}（{held.version} 版）。")
    print(_said("已恢复", held.rows, held.files, held.log_size, held.log_root))
    return 0


def _said(what: str, rows: int, files: int, size: int, root: str) -> str:
    log = f"日志 {size} 条，根 {root[:16]}…" if size else "日志还没有内容"
    return f"{what}：{rows} 行，{files} 个文件，{log}。"
