"""`mingjing indicator`: which figures there are, what they look at, and what a file one brings makes them."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mingjing.cli.arguments import Commands, Parser, day, subcommands
from mingjing.cli.columns import columns
from mingjing.cli.institutions import over_nationwide
from mingjing.domain.reasons import Refusal

if TYPE_CHECKING:
    from mingjing.analytics.indicators.compiling import Cut
    from mingjing.definitions.registry import Registry
    from mingjing.services.brought.answering import Answered
    from mingjing.services.brought.filling import Choices

GRAINS = ("合计", "年", "半年", "季", "月", "周", "日")
ENGINES = ("duckdb", "python", "spark", "all")
CASES = "案件"
SHOWN = 200
"""Rows printed; a file holds all."""


class IndicatorAsked(Refusal):
    """What was asked on the command line makes no sense."""

    code = "indicator-asked"


def add_commands(commands: Commands[Parser]) -> None:
    """Add ``indicator`` with ``list``, ``columns`` and ``count``."""
    group = commands.add_parser(
        "indicator", help="指标：有哪些、看哪些列、用自己的数据算", description="指标的三件事，都不用数据库。"
    )
    actions = subcommands(group, name="action")
    listing = actions.add_parser("list", help="有哪些指标", description="逐个列出指标、单位和算式。")
    _add_definitions(listing)
    listing.set_defaults(run=run_list)
    looks = actions.add_parser(
        "columns",
        help="算这些指标，文件里要有哪些列",
        description="列出文件要有的列、每一列是什么、条件里写的是哪些词。",
    )
    looks.add_argument("ids", nargs="+", metavar="ID", help="编号，例如 indicator.within_limit；可以不写前缀")
    looks.add_argument("--by", default="", metavar="列,列", help="还要按哪些列分组")
    _add_definitions(looks)
    looks.set_defaults(run=run_columns)
    _add_count(actions)


def _add_definitions(parser: Parser) -> None:
    parser.add_argument("--on", type=day, metavar="日期", help="用哪一天施行的定义（默认今天）")
    parser.add_argument("--folder", metavar="目录", help="本院制度目录的名称或路径，叠在全国制度之上")


def _add_count(actions: Commands[Parser]) -> None:
    count = actions.add_parser(
        "count",
        help="用自己的文件算指标",
        description="读 .csv .xlsx .parquet，数出指标。读不成的格子逐个说出行号，不猜；"
        "没有登记的另列，不当成“否”。\n"
        "--engine all 用三个引擎各数一遍，有一格不同就列出来，退出码为 1。",
    )
    count.add_argument("ids", nargs="+", metavar="ID", help="编号，例如 indicator.within_limit；可以不写前缀")
    count.add_argument(
        "--data",
        action="append",
        required=True,
        metavar="文件",
        help="案件的文件；数别的写 事项=文件、ledger.petition=文件；可以写几次，也可以是一个 Parquet 文件夹",
    )
    count.add_argument(
        "--period", default="", metavar="期间", help="2024、2024-H1、2024-Q3、2024-07、2024-W30"
    )
    count.add_argument("--from", dest="first", type=day, metavar="日期", help="从哪一天")
    count.add_argument("--to", dest="last", type=day, metavar="日期", help="到哪一天，当天算在内")
    count.add_argument("--by", default="", metavar="列,列", help="按哪些列分组，例如 法院,承办人")
    count.add_argument("--every", choices=GRAINS, default="合计", help="每个多长的期间一个数（默认合计）")
    count.add_argument("--engine", choices=ENGINES, default="duckdb", help="用哪个引擎数（默认 duckdb）")
    _add_choices(count)
    _add_definitions(count)
    count.add_argument("--out", metavar="结果", help="写成 .csv 或 .xlsx；不写就打印")
    count.set_defaults(run=run_count)


def _add_choices(count: Parser) -> None:
    count.add_argument(
        "--column", action="append", default=[], metavar="项=列", help="哪一项在文件里叫什么，可以写几次"
    )
    count.add_argument("--empty", default="", metavar="列,列", help="文件里没有、确实没有登记的列")
    count.add_argument(
        "--together",
        action="append",
        default=[],
        metavar="列=对照.csv",
        help="合并过的：对照表两列，原来叫什么、归到什么（部门合并、同一个人的两种写法）",
    )
    count.add_argument("--lenient", action="store_true", help="读不成的格子当作没有登记（默认拒绝）")
    count.add_argument("--encoding", default="", metavar="编码", help="例如 GB18030；不写就自动识别")


def run_list(args: argparse.Namespace) -> int:
    """Every indicator in force."""
    shelf, on = _shelf(args)
    found = sorted(shelf.indicators(on), key=lambda one: (one.group, one.id))
    head = ("编号", "名称", "单位", "类", "算式")
    print("\n".join(columns([head, *((i.id, i.label, i.unit, i.group, i.value.text) for i in found)])))
    return 0


def run_columns(args: argparse.Namespace) -> int:
    """What a file must have, by population."""
    from mingjing.services.brought.asking import asked_columns

    shelf, on = _shelf(args)
    for over, asked in asked_columns(shelf, _ids(args.ids), _listed(args.by), on).items():
        print(f"{over}：")
        rows = [("列", "是什么", "条件里写的词", "没有这一列时")]
        rows += [(one.name, one.kind.value, "、".join(one.words) or "—", one.instead or "—") for one in asked]
        print("\n".join(columns(rows)))
    return 0


def run_count(args: argparse.Namespace) -> int:
    """Count, tell what was noticed, print or write the figures; 1 where engines differ."""
    from mingjing.services.brought.answering import ENGINES as ALL
    from mingjing.services.brought.answering import answer
    from mingjing.services.brought.listing import write

    shelf, on = _shelf(args)
    answered = answer(
        shelf,
        _ids(args.ids),
        _files(args.data),
        _cut(args),
        on=on,
        choices=_choices(args),
        engines=ALL if args.engine == "all" else (args.engine,),
    )
    for line in _said(answered):
        print(line, file=sys.stderr)
    if args.out:
        print(f"{args.out}：{write(answered, Path(args.out))} 行")
    else:
        print("\n".join(_table(answered)))
    return 1 if answered.differing else 0


def _shelf(args: argparse.Namespace) -> tuple[Registry, date]:
    folders = over_nationwide(args.folder).folders
    if args.on:
        return load(folders), args.on
    from mingjing.services.installation import today

    return load(folders), today()


def load(folders: tuple[Path, ...]) -> Registry:
    """The definitions of the folders. Raises DefinitionErrors: what cannot be read is not counted by."""
    from mingjing.definitions.registry import Registry

    return Registry.load_strict(*folders)


def _ids(given: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(one if one.startswith("indicator.") else f"indicator.{one}" for one in given))


def _listed(given: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip() for one in given.replace("，", ",").split(",") if one.strip()))


def _files(given: Sequence[str]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for one in given:
        over, sign, path = one.partition("=")
        if not sign or "/" in over or "\\" in over:
            over, path = CASES, one
        if over in found:
            raise IndicatorAsked(f"{over}给了两个文件。几个文件先合成一个，或者放进一个 Parquet 文件夹。")
        found[over] = Path(path)
    return found


def _cut(args: argparse.Namespace) -> Cut:
    from mingjing.analytics.indicators.compiling import Cut
    from mingjing.domain.dates.periods import Period, read_period
    from mingjing.domain.indicators.grains import Grain

    by, every = _listed(args.by), Grain(args.every)
    if args.period:
        if args.first or args.last:
            raise IndicatorAsked("--period 和 --from、--to 只写一种。", example="--period 2024")
        return Cut(read_period(args.period), by, every)
    if not args.first or not args.last:
        raise IndicatorAsked(
            "没有写算哪一段时间。", example="--period 2024，或者 --from 2024-01-01 --to 2024-06-30"
        )
    if args.last < args.first:
        raise IndicatorAsked(f"--to {args.last} 早于 --from {args.first}。")
    label = f"{args.first} 至 {args.last}"
    return Cut(Period(args.first, args.last, label, label), by, every)


def _choices(args: argparse.Namespace) -> Choices:
    from mingjing.services.brought.filling import Choices

    named = dict(_pair(one, "--column", "结案日期=审结日期") for one in args.column)
    together = {
        name: _together(Path(path))
        for name, path in (_pair(one, "--together", "部门=对照.csv") for one in args.together)
    }
    return Choices(named, frozenset(_listed(args.empty)), together, args.lenient, args.encoding)


def _pair(text: str, option: str, example: str) -> tuple[str, str]:
    left, sign, right = text.partition("=")
    if not (left and sign and right):
        raise IndicatorAsked(f"{option} 要写成 项=列，写的是“{text}”。", example=f"{option} {example}")
    return left, right


def _together(path: Path) -> Mapping[str, str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.reader(file) if any(row)]
    if any(len(row) != 2 for row in rows):
        raise IndicatorAsked(
            f"“{path.name}”每行要有两列：原来叫什么，归到什么。", example="民一庭,民事审判庭"
        )
    return {row[0].strip(): row[1].strip() for row in rows}


def _said(answered: Answered) -> Iterator[str]:
    for over, rows in answered.rows.items():
        yield f"{over}：{rows:,} 行"
        yield from (f"  {note}" for note in answered.notes[over])
    yield "，".join(f"{engine} {seconds:.2f} 秒" for engine, seconds in answered.by_engine.items())
    if len(answered.by_engine) > 1 and not answered.differing:
        yield f"{len(answered.by_engine)} 个引擎每一格都相同。"
    for line in answered.differing[:SHOWN]:
        yield f"不同：{line}"


def _table(answered: Answered) -> Iterator[str]:
    from itertools import islice

    from mingjing.services.brought.listing import header, rows

    listed = list(islice(rows(answered), SHOWN + 1))
    value = len(answered.cut.by) + 3
    shown = [[*row[:value], row[value] or "无数据", *row[value + 1 :]] for row in listed[:SHOWN]]
    yield from columns([header(answered), *shown])
    if len(listed) > SHOWN:
        yield "……还有更多行，写 --out 结果.csv 看全部"
