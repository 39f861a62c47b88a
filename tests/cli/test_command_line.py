"""`mingjing` speaks Chinese about a command line it cannot read, and ends with 0, 1 or 2."""

from __future__ import annotations

import argparse

import pytest

from mingjing import __version__
from mingjing.cli import main as program
from mingjing.cli.arguments import Parser, in_chinese, subcommands
from mingjing.domain.reasons import MissingFact


def parser_with(run: object) -> Parser:
    """A program of one command, ``do``, that runs ``run``."""
    parser = Parser(prog="mingjing")
    command = subcommands(parser).add_parser("do", description="做一件事。")
    command.add_argument("--kind", choices=["甲", "乙"])
    command.add_argument("--days", type=int)
    command.set_defaults(run=run)
    return parser


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        program.main(["--version"])
    assert left.value.code == 0
    assert capsys.readouterr().out.strip() == f"明镜 {__version__}"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ([], "缺少：命令。"),
        (["nowhere"], "命令 不能是 'nowhere'。可用：'do'。"),
        (["do", "--kind", "丙"], "--kind 不能是 '丙'。可用：'甲', '乙'。"),
        (["do", "--days", "三"], "--days 的值 '三' 读不懂。"),
        (["do", "--days"], "--days 后面要有一个值。"),
        (["do", "--nowhere"], "不认识：--nowhere。"),
        (["do", "--day", "3"], "不认识：--day 3。"),
    ],
)
def test_a_wrong_command_line_is_explained_in_chinese(
    line: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        parser_with(None).parse_args(line)
    assert left.value.code == 2
    printed = capsys.readouterr().err
    assert said in printed
    assert "用法：mingjing" in printed


def test_a_sentence_nobody_translated_is_passed_on() -> None:
    assert in_chinese("something new") == "something new"


def refuse(args: argparse.Namespace) -> int:
    raise MissingFact("缺少立案日期。", example="2024-03-05")


def fail_to_read(args: argparse.Namespace) -> int:
    raise FileNotFoundError(2, "No such file", "台账.xlsx")


def interrupt(args: argparse.Namespace) -> int:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("run", "code", "said"),
    [
        (lambda args: 0, 0, ""),
        (lambda args: 1, 1, ""),
        (refuse, 1, "缺少立案日期。例如：2024-03-05（missing-fact）"),
        (fail_to_read, 1, "读写失败 台账.xlsx：No such file"),
        (interrupt, 130, "已中断。"),
    ],
    ids=["done", "found something", "refused", "unreadable file", "interrupted"],
)
def test_how_a_command_ended_is_its_exit_code(
    run: object, code: int, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "build_parser", lambda: parser_with(run))
    assert program.main(["do"]) == code
    assert capsys.readouterr().err.strip() == said
