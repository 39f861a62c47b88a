"""The pages of docs/reference, written from the code so that they cannot lag behind it."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import mingjing
from mingjing.cli.arguments import Parser
from mingjing.cli.definition_reference import definitions_page, schemas
from mingjing.cli.markdown import WRITTEN, table
from mingjing.definitions.problems import CODES
from mingjing.domain.reasons import Refusal

PROJECT = Path(mingjing.__file__).resolve().parents[2]
_REFUSING_ROOMS = (
    "domain",
    "definitions",
    "imports",
    "documents",
    "analytics",
    "services",
    "cli",
    "web",
    "api",
)


def pages(parser: Parser) -> Mapping[str, str]:
    """File name → text of every generated page. Django must be set up."""
    return {
        "settings.md": settings_page(),
        "cli.md": cli_page(parser),
        "errors.md": errors_page(),
        "definitions.md": definitions_page(),
        **schemas(),
    }


def settings_page() -> str:
    """Every environment variable the program reads."""
    from django.conf import settings

    def default_of(setting: Any) -> str:
        text = setting.default.replace(str(PROJECT), "项目目录")
        return f"`{text}`" if text else ""

    rows = [
        (
            f"`{setting.variable}`" + (f"<br>`{setting.variable}_FILE`" if setting.secret else ""),
            setting.meaning,
            default_of(setting),
        )
        for setting in settings.KNOWN_SETTINGS
    ]
    return (
        f"{WRITTEN}\n# 设置\n\n"
        "全部设置都是环境变量，启动时读一次；写错名字或写错值，程序不会启动，并说明错在哪里。"
        "`…_FILE` 指向一个文件，值写在文件里，适合口令与密钥。"
        "`mingjing settings` 列出现在的值和来源，口令不显示。\n\n" + table(("变量", "含义", "不写时"), rows)
    )


def cli_page(parser: Parser) -> str:
    """Every command with its own help text."""
    width = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = "100"  # argparse reads the width of the terminal from here
    try:
        sections = [f"## `{leaf.prog}`\n\n```text\n{leaf.format_help()}```\n" for leaf in commands(parser)]
    finally:
        if width is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = width
    return (
        f"{WRITTEN}\n# 命令\n\n"
        "只有一个程序：`.venv/bin/mingjing`。退出码：0 完成；1 被拒绝，或检查发现问题；2 命令写错。\n\n"
        + "\n".join(sections)
    )


def commands(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Every parser that runs something, in the order of the help text."""
    below = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not below:
        yield parser
    for action in below:
        for child in action.choices.values():
            yield from commands(child)


def refusals() -> Mapping[str, type[Refusal]]:
    """Code → the refusal that carries it, from every room that may refuse."""
    for room in _REFUSING_ROOMS:
        package = importlib.import_module(f"mingjing.{room}")
        for found in pkgutil.walk_packages(package.__path__, f"mingjing.{room}."):
            importlib.import_module(found.name)
    found_codes: dict[str, type[Refusal]] = {}
    waiting: list[type[Refusal]] = [Refusal]
    while waiting:
        kind = waiting.pop()
        waiting.extend(kind.__subclasses__())
        if "code" in vars(kind):
            found_codes[kind.code] = kind
    return dict(sorted(found_codes.items()))


def errors_page() -> str:
    """Every stable code: refusals of rules and verbs, and problems of definition files."""
    rows = [
        (f"`{code}`", (kind.__doc__ or "").strip().splitlines()[0], f"`{kind.__module__}`")
        for code, kind in refusals().items()
    ]
    problems = [(f"`{code}`", meaning) for code, meaning in CODES.items()]
    return (
        f"{WRITTEN}\n# 错误代码\n\n"
        "代码不变，文字可以改得更清楚。页面、命令行、接口（RFC 9457 的 `type`）用同一套代码。\n\n"
        "## 拒绝回答、拒绝办理\n\n"
        "明镜不猜：缺事实、没有生效的版本、权限不够时，给出下面的代码，并说明可用的写法和一个例子。\n\n"
        + table(("代码", "Meaning", "模块"), rows)
        + "\n## 制度文件的问题\n\n"
        "`mingjing institutions check` 会指出文件、行、列、原因、可用的写法和一个例子。\n\n"
        + table(("代码", "含义"), problems)
    )
