"""`mingjing log`: verify, sign, export, prove, and take countersignatures."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from mingjing.cli.arguments import Commands, Parser, subcommands
from mingjing.cli.starting import start_django
from mingjing.cli.texts import text_of


def add_commands(commands: Commands[Parser]) -> None:
    """Add ``log`` with its actions."""
    said = "日志：核验、签检查点、导出、出证明"
    parser = commands.add_parser("log", help=said, description=f"{said}。看法和证明见 docs/explanation。")
    actions = subcommands(parser, name="action")
    fsck = "把整本日志从头重算一遍，说出第一处不对"
    whole = actions.add_parser("fsck", help=fsck, description=f"{fsck}；只看不改。")
    kept = "存在外面的检查点（见证人那里的），核对现在的日志接不接得上"
    whole.add_argument("--against", type=Path, action="append", default=[], metavar="检查点", help=kept)
    whole.set_defaults(run=run_fsck)
    point = actions.add_parser("checkpoint", help="签一个检查点", description="签一个检查点，写成文件。")
    point.add_argument("--since", type=int, default=0, metavar="条数", help="见证人上次见到的条数")
    point.add_argument("--latest", action="store_true", help="不签新的，写出最近的一个")
    point.add_argument("--out", type=Path, default=None, metavar="文件", help="写到哪里（默认屏幕）")
    point.set_defaults(run=run_checkpoint)
    taken = actions.add_parser("countersign", help="收下见证人的副署", description="收下见证人送回的文件。")
    taken.add_argument("file", type=Path, metavar="文件", help="见证人送回的检查点")
    taken.set_defaults(run=run_countersign)
    export = actions.add_parser(
        "export", help="导出日志全文", description="导出到文件夹，verify.py 可单独核验。"
    )
    export.add_argument("folder", type=Path, metavar="文件夹")
    export.add_argument("--contents", action="store_true", help="连同每条的内容（含个人信息，慎用）")
    export.set_defaults(run=run_export)
    prove = actions.add_parser(
        "prove", help="给几条日志出证明", description="给几条日志出一个证明包（.zip）。"
    )
    prove.add_argument("seqs", type=int, nargs="+", metavar="序号")
    prove.add_argument("--out", type=Path, default=Path("proof.zip"), metavar="文件", help="默认 proof.zip")
    prove.set_defaults(run=run_prove)
    key = actions.add_parser(
        "key", help="显示日志的公钥", description="显示日志的公钥，交给见证人和核验的人。"
    )
    key.set_defaults(run=run_key)
    renew = actions.add_parser("new-key", help="更换签名密钥", description="换一把签名密钥；旧的改名留存。")
    renew.add_argument("--why", required=True, metavar="理由")
    renew.set_defaults(run=run_new_key)


def run_fsck(args: argparse.Namespace) -> int:
    """Verify everything; 1 where something does not hold."""
    start_django()
    from mingjing.services.proving.checking import verify_log
    from mingjing.services.proving.held_against import held_against

    began = time.perf_counter()
    found = verify_log(_tell, hands=os.cpu_count() or 1)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    print(
        f"{found.entries} 条，其中 {found.destroyed} 条的内容已依规销毁；检查点 {found.checkpoints} 个，"
        f"副署 {found.countersigned} 个；用时 {time.perf_counter() - began:.1f} 秒。"
    )
    for file in args.against:
        if wrong := held_against(text_of(file)):
            found.add(wrong)
    for one in found.findings:
        print(f"{'不成立' if one.grave else '请留意'}：{one.text}")
    if found.more:
        print(f"还有 {found.more} 处没有列出。")
    if found.sound:
        print("全部成立。")
        return 0
    first = found.first_bad
    print("请保全现场，不要修复。" + ("" if first is None else f"最早不对的是第 {first} 条。"))
    return 1


def run_checkpoint(args: argparse.Namespace) -> int:
    """Sign, and write what a witness is handed."""
    start_django()
    from mingjing.services.acts import CONSOLE
    from mingjing.services.proving.checkpoints import handed, sign_checkpoint

    if not args.latest:
        sign_checkpoint(CONSOLE)
    text = handed(args.since).text()
    if args.out is None:
        print(text, end="")
    else:
        args.out.write_text(text, encoding="utf-8", newline="\n")
        print(f"已写到 {args.out}，交给见证人。")
    return 0


def run_countersign(args: argparse.Namespace) -> int:
    """Take what a witness sent back."""
    start_django()
    from mingjing.services.acts import CONSOLE
    from mingjing.services.proving.witnesses import receive

    for one in receive(CONSOLE, text_of(args.file)):
        print(f"收到 {one.witness.name} 对 {one.checkpoint.size} 条的副署（{one.at:%Y-%m-%d %H:%M} UTC）。")
    return 0


def run_export(args: argparse.Namespace) -> int:
    """Write the log into a folder."""
    start_django()
    from mingjing.services.proving.exporting import export

    found = export(args.folder, contents=args.contents)
    print(f"{found.entries} 条 → {found.lines}\n检查点 → {found.checkpoint}")
    print(f"核验：python3 verify.py log {found.lines} {found.checkpoint} --key 公钥（keys.txt 的第一行）")
    return 0


def run_prove(args: argparse.Namespace) -> int:
    """Write a bundle of proofs."""
    start_django()
    from mingjing.services.acts import CONSOLE
    from mingjing.services.proving.bundles import bundle_of_entries

    args.out.write_bytes(bundle_of_entries(CONSOLE, args.seqs))
    print(f"证明包 → {args.out}\n核验：python3 verify.py proof {args.out} --key 公钥")
    return 0


def run_key(_: argparse.Namespace) -> int:
    """Show the public key."""
    start_django()
    from mingjing.services.proving.own_key import own_key

    print(own_key().vkey)
    return 0


def run_new_key(args: argparse.Namespace) -> int:
    """Replace the key."""
    start_django()
    from mingjing.services.proving.checkpoints import replace_key

    print(f"新的公钥：{replace_key(args.why).vkey}\n请交给所有见证单位；旧密钥改名留在原处。")
    return 0


def _tell(entries: int) -> None:
    if sys.stderr.isatty():
        print(f"\r已核 {entries} 条", end="", file=sys.stderr, flush=True)
