"""`mingjing institutions`: the definition files checked, tested, shown, and a draft tried over the cases."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mingjing.cli.arguments import Commands, Parser, day, subcommands
from mingjing.cli.starting import start_django
from mingjing.definitions import commands as reports
from mingjing.definitions.beginning import BLANKS, blank
from mingjing.definitions.registry import Registry


@dataclass(frozen=True, slots=True)
class Stack:
    """Folders that are read together, the later one over the earlier."""

    label: str
    folders: tuple[Path, ...]


_FOLDER = "本院制度目录的名称或路径，叠在全国制度之上"


def add_commands(commands: Commands[Parser]) -> None:
    """Add ``institutions`` with ``blank``, ``check``, ``test``, ``show`` and ``try``."""
    group = commands.add_parser(
        "institutions", help="制度文件：起草、检查、测试、查看、试算", description="制度文件的五件事。"
    )
    actions = subcommands(group, name="action")
    check = actions.add_parser(
        "check",
        help="检查制度文件",
        description="逐份、逐对检查制度文件；有错误时退出码为 1。\n"
        "不写目录时检查全国制度，以及每个法院叠在其上的制度。",
    )
    check.add_argument("folders", nargs="*", metavar="目录", help="依次叠放的目录，后面的盖住前面的")
    check.set_defaults(run=run_check)
    _add_blank(actions)
    _add_test(actions)
    show = actions.add_parser("show", help="用白话显示一份制度", description="显示一份制度在某一天的样子。")
    show.add_argument("id", metavar="ID", help="编号，例如 deadline.civil.summary")
    show.add_argument("--on", type=day, metavar="日期", help="哪一天的（默认今天）")
    show.add_argument("--folder", metavar="目录", help=_FOLDER)
    show.set_defaults(run=run_show)
    _add_try(actions)


def _add_blank(actions: Commands[Parser]) -> None:
    begin = actions.add_parser(
        "blank",
        help="给出一份能用的空白，照着改",
        description="写出一份小小的、能用的制度，今天起施行，照着改成您要的。\n"
        + "\n".join(f"{kind}：{what}" for kind, what in BLANKS.items()),
    )
    begin.add_argument("kind", metavar="种类", choices=tuple(BLANKS), help="、".join(BLANKS))
    begin.set_defaults(run=run_blank)


def _add_test(actions: Commands[Parser]) -> None:
    test = actions.add_parser(
        "test",
        help="运行制度文件里的例子",
        description="运行例子；有不符的退出码为 1。\n"
        "--weak 在内存里逐处改错，看有没有例子发现；有发现不了的，退出码也为 1。",
    )
    test.add_argument("ids", nargs="*", metavar="ID", help="只测这些编号（写到点号为止的前一段也可以）")
    test.add_argument("--weak", action="store_true", help="找出改错了也没有例子会发现的地方")
    test.add_argument("--folder", metavar="目录", help=_FOLDER)
    test.set_defaults(run=run_test)


def _add_try(actions: Commands[Parser]) -> None:
    draft = actions.add_parser(
        "try",
        help="拿一份草稿对现有的案件或者记录试算，不写任何数据",
        description="把草稿当作已经施行，对现有的案件或者记录算一遍：期限、预警怎么变，谁会在哪天收到什么提醒。不写任何数据。",
    )
    draft.add_argument(
        "draft", metavar="草稿", help="期限、流程、筛查，或者台账、填报、审批等的制度文件；编号相同的被它代替"
    )
    draft.add_argument("--folder", metavar="目录", help="草稿要用到的别的草稿（例如字典）在哪个目录")
    draft.add_argument("--court", metavar="法院代字", help="只算一个法院，例如 云9801")
    draft.add_argument("--since", type=day, metavar="日期", help="只算这一天以后立案的")
    draft.add_argument("--on", type=day, metavar="日期", help="按哪一天算（默认今天）")
    draft.set_defaults(run=run_try)


def run_blank(args: argparse.Namespace) -> int:
    """The text of a blank, to be written into a file."""
    start_django()
    from mingjing.services.installation import today

    print(blank(args.kind, today()), end="")
    return 0


def run_check(args: argparse.Namespace) -> int:
    """Every problem once, then one line a court."""
    stacks = [_given(args.folders)] if args.folders else _installed()
    return _print_reports((stack.label, reports.check(stack.folders)) for stack in stacks)


def run_test(args: argparse.Namespace) -> int:
    """The examples, or the edits that none of them notices; the latter only for what a court wrote itself."""
    stacks = [over_nationwide(args.folder)] if args.folder else _installed()
    chosen = [_ids_in(stack, args.ids, own=args.weak) for stack in stacks]
    unknown = [id_ for id_ in args.ids if not any(_matches(one, id_) for ids in chosen for one in ids)]
    if unknown:
        print(f"没有制度“{'”“'.join(unknown)}”。有错误、没有读成的也算没有，请先运行 check。")
        return 1
    ask = reports.find_weak if args.weak else reports.run_examples
    asked = zip(stacks, chosen, strict=True)
    return _print_reports((stack.label, ask(stack.folders, ids)) for stack, ids in asked if ids)


def run_show(args: argparse.Namespace) -> int:
    """One definition in plain Chinese."""
    stack = over_nationwide(args.folder)
    from mingjing.services.installation import today

    report = reports.show(stack.folders, args.id, args.on or today())
    print("\n".join(report.lines))
    return 0 if report.ok else 1


def run_try(args: argparse.Namespace) -> int:
    """Try a draft and list what it would change; 1 where the draft itself must be mended first."""
    start_django()
    from django.conf import settings

    from mingjing.cli.trial import lines_of
    from mingjing.services.installation import today
    from mingjing.services.trying import try_file

    beside = Path(args.folder) if args.folder else None
    on = args.on or today()
    trial = try_file(Path(args.draft), beside=beside, court_code=args.court or "", since=args.since, on=on)
    for line in lines_of(trial, budget=settings.CONFIGURATION.alert_budget):
        print(line)
    return 1 if trial.problems else 0


def _print_reports(found: Iterable[tuple[str, reports.Report]]) -> int:
    """Each report's lines, what an earlier one said left out; 1 when something must be mended."""
    said: set[str] = set()
    ok = True
    for label, report in found:
        ok = ok and report.ok
        for line in report.lines[:-1]:
            if line not in said:
                print(line)
        said.update(report.lines)
        print(f"{label}：{report.lines[-1]}", flush=True)
    return 0 if ok else 1


def _given(folders: Sequence[str]) -> Stack:
    return Stack("＋".join(folders), tuple(map(Path, folders)))


def _installed() -> list[Stack]:
    """The nationwide folder by itself, and under the folder of each court."""
    start_django()
    from mingjing.services.installation import NATIONWIDE, court_folders, institutions_folder

    nationwide, *courts = _shown([institutions_folder() / NATIONWIDE, *court_folders()])
    own = [Stack(f"{court.name} 叠在全国制度之上", (nationwide, court)) for court in courts]
    return [Stack("全国制度", (nationwide,)), *own]


def over_nationwide(folder: str | None) -> Stack:
    """The nationwide folder, and over it the court's folder of that name or at that path."""
    nationwide, *courts = _installed()
    if not folder:
        return nationwide
    named = (stack for stack in courts if stack.folders[-1].name == folder)
    return next(named, Stack(f"{folder} 叠在全国制度之上", (*nationwide.folders, Path(folder))))


def _ids_in(stack: Stack, wanted: Sequence[str], *, own: bool) -> list[str]:
    """The ids to run in a stack; with ``own`` only those its topmost folder holds."""
    top = len(stack.folders) - 1
    known = [one.id for one in Registry.load(*stack.folders).all() if not own or one.layer == top]
    return list(dict.fromkeys(id_ for id_ in known if not wanted or any(_matches(id_, w) for w in wanted)))


def _matches(id_: str, wanted: str) -> bool:
    return id_ == wanted or id_.startswith(f"{wanted}.")


def _shown(paths: Iterable[Path]) -> list[Path]:
    """Paths from the working directory where they lie below it: that is what a reader can click."""
    here = Path.cwd()
    return [Path(os.path.relpath(path)) if path.is_relative_to(here) else path for path in paths]
