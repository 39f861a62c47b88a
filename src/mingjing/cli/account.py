"""`mingjing account`: logins from the console, for the first installation and for forgotten passwords."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from mingjing.cli.arguments import Commands, Parser, subcommands
from mingjing.cli.starting import prepare, start_django
from mingjing.cli.texts import text_of

_PASSWORD = "口令写在这个文件的第一行；不写时随机生成并显示一次"  # noqa: S105 — a help text


def add_commands(commands: Commands[Parser]) -> None:
    """Add ``account`` with ``create`` and ``password``."""
    group = commands.add_parser(
        "account", help="在控制台开通账号、重置口令", description="首次安装，或没有人能登录时使用。"
    )
    actions = subcommands(group, name="action")
    create = actions.add_parser(
        "create",
        help="开通一个账号；法院、人员、职务没有的一并建立",
        description="空数据库里的第一步：建立法院和第一位系统管理员。其余人员由系统管理员在网页上办理。\n"
        "例：mingjing account create --court 云0102 --name 林知远 --post 系统管理员",
    )
    create.add_argument("--court", required=True, metavar="法院代字", help="例如 云0102")
    create.add_argument(
        "--court-name", default="", metavar="名称", help="新法院的名称；代字表里查得到的可以不写"
    )
    create.add_argument("--level", default="", metavar="级别", help="新法院的级别（默认按法院代字）")
    create.add_argument("--name", required=True, metavar="姓名", help="账号属于谁")
    create.add_argument("--post", required=True, metavar="职务", help="例如 系统管理员，见 dictionary.posts")
    create.add_argument("--staff-number", default="", metavar="工号", help="同名的人不止一位时写明")
    create.add_argument("--username", default="", metavar="账号", help="登录用的名称（默认 法院代字加工号）")
    create.add_argument("--password-file", type=Path, metavar="文件", help=_PASSWORD)
    create.set_defaults(run=run_create)
    password = actions.add_parser(
        "password", help="重置口令，停用的重新启用", description="重置一个账号的口令。"
    )
    password.add_argument("username", metavar="账号")
    password.add_argument("--password-file", type=Path, metavar="文件", help=_PASSWORD)
    password.set_defaults(run=run_password)


def run_create(args: argparse.Namespace) -> int:
    """Make the login, and say what else was made for it."""
    start_django()
    from mingjing.services.first_account import open_at_console
    from mingjing.services.installation import today

    prepare()
    password, generated = _password(args.password_file)
    opened = open_at_console(
        court_code=args.court,
        court_name=args.court_name,
        level=args.level,
        name=args.name,
        post=args.post,
        username=args.username,
        password=password,
        staff_number=args.staff_number,
        on=today(),
    )
    print("\n".join(opened.made))
    _say_password(password, generated)
    return 0


def run_password(args: argparse.Namespace) -> int:
    """Set a new password."""
    start_django()
    from mingjing.services.first_account import reset_at_console

    password, generated = _password(args.password_file)
    account = reset_at_console(username=args.username, password=password)
    print(f"账号 {account.username}（{account.person}）的口令已重置，原来的登录全部失效。")
    _say_password(password, generated)
    return 0


def _password(file: Path | None) -> tuple[str, bool]:
    """The password of the file, else a new one; whether it is new."""
    from mingjing.services.first_account import new_password

    if file is None:
        return new_password(), True
    lines = text_of(file).splitlines()
    return (lines[0].strip() if lines else ""), False


def _say_password(password: str, generated: bool) -> None:
    if generated:
        print(f"口令（只显示这一次）：{password}")
        print("请立即登录并妥善保管。", file=sys.stderr)
