"""Command lines are read by argparse; what it says about them is said in Chinese."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import date
from typing import Any, NoReturn

from mingjing.domain.dates.reading import read_date
from mingjing.domain.reasons import Refusal

_SAID = (
    (r"the following arguments are required: (.+)", "缺少：{}。"),
    (r"argument (.+): invalid choice: (.+) \(choose from (.*)\)", "{0} 不能是 {1}。可用：{2}。"),
    (r"argument (.+): invalid \w+ value: (.+)", "{0} 的值 {1} 读不懂。"),
    (r"argument (.+): expected one argument", "{} 后面要有一个值。"),
    (r"argument (.+): expected at least one argument", "{} 后面至少要有一个值。"),
    (r"argument (.+): not allowed with argument (.+)", "{0} 不能与 {1} 同时使用。"),
    (r"argument (.+): ignored explicit argument (.+)", "{0} 后面不带值，却写了 {1}。"),
    (r"one of the arguments (.+) is required", "下列选项要有一个：{}。"),
    (r"unrecognized arguments: (.+)", "不认识：{}。"),
    (r"ambiguous option: (.+) could match (.+)", "{0} 不明确，可能是：{1}。"),
    (r"argument (.+): (.+)", "{0}：{1}"),
)

WRONG_USE = 2


def in_chinese(message: str) -> str:
    """What argparse said, in Chinese; a sentence not known here is returned as it is."""
    for pattern, said in _SAID:
        if match := re.fullmatch(pattern, message):
            return said.format(*match.groups())
    return message


def day(text: str) -> date:
    """A day on the command line, in any of the ways people write it."""
    try:
        return read_date(text)
    except Refusal as refusal:
        raise argparse.ArgumentTypeError(str(refusal)) from None


class _Layout(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """An argument parser that helps and complains in Chinese, and takes no abbreviated options."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", _Layout)
        super().__init__(**{**options, "add_help": False, "allow_abbrev": False})
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how the command is written, and leave with 2."""
        self.print_usage(sys.stderr)
        print(f"{self.prog}：{in_chinese(message)}", file=sys.stderr)
        print(f"说明见：{self.prog} --help", file=sys.stderr)
        raise SystemExit(WRONG_USE)


Commands = argparse._SubParsersAction  # the type is private in argparse, its use is documented


def subcommands(parser: argparse.ArgumentParser, *, name: str = "command") -> Commands[Parser]:
    """Commands below ``parser``, one of which must be given; its name is kept under ``name``."""
    commands: Commands[Parser] = parser.add_subparsers(
        title="命令", dest=name, metavar="命令", required=True, parser_class=Parser
    )
    return commands
