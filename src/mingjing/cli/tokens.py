"""`mingjing token`: keys for the systems that push data."""

from __future__ import annotations

import argparse

from mingjing.cli.arguments import Commands, Parser, subcommands
from mingjing.cli.columns import columns
from mingjing.cli.starting import start_django


def add_commands(commands: Commands[Parser]) -> None:
    """Add ``token create``, ``token list`` and ``token revoke``."""
    said = "接口密钥：给推送数据的系统用"
    parser = commands.add_parser("token", help=said, description=f"{said}。密钥只显示一次，库里只存摘要。")
    actions = subcommands(parser, name="action")
    create = actions.add_parser("create", help="生成一个密钥", description="生成一个密钥并显示一次。")
    create.add_argument("--court", required=True, metavar="法院代字", help="推送到哪个法院（及其下级）")
    create.add_argument("--label", required=True, metavar="用途", help="哪个系统用，例如 审判系统")
    create.set_defaults(run=run_create)
    listing = actions.add_parser("list", help="列出密钥", description="列出全部密钥，不含密钥本身。")
    listing.set_defaults(run=run_list)
    revoke = actions.add_parser("revoke", help="停用一个密钥", description="停用一个密钥，不能恢复。")
    revoke.add_argument("id", type=int, metavar="编号", help="token list 里的编号")
    revoke.set_defaults(run=run_revoke)


def run_create(args: argparse.Namespace) -> int:
    """Make a key and show it."""
    start_django()
    from mingjing.services.acts import CONSOLE
    from mingjing.services.courts import court_of
    from mingjing.services.tokens import make_token

    court = court_of(args.court)
    secret = make_token(CONSOLE, court, args.label)
    print(f"{court} · {args.label} 的接口密钥（只显示这一次，请马上存好）：\n{secret}")
    return 0


def run_list(_: argparse.Namespace) -> int:
    """List the keys."""
    start_django()
    from mingjing.services.tokens import tokens

    rows = [("编号", "法院", "用途", "开头", "生成", "状态")]
    for token in tokens():
        state = f"{token.revoked_at:%Y-%m-%d} 停用" if token.revoked_at else "有效"
        made = f"{token.made_at:%Y-%m-%d}"
        rows.append((str(token.pk), token.person.court.code, token.label, f"{token.beginning}…", made, state))
    print("\n".join(columns(rows)) if len(rows) > 1 else "还没有接口密钥。")
    return 0


def run_revoke(args: argparse.Namespace) -> int:
    """Shut a key."""
    start_django()
    from mingjing.services.acts import CONSOLE
    from mingjing.services.tokens import revoke_token

    token = revoke_token(CONSOLE, args.id)
    print(f"已停用 {token.label} 的密钥 {token.beginning}…")
    return 0
