"""`mingjing explain`: every clock of a case, worked out line by line."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mingjing.cli.arguments import Commands, Parser, day
from mingjing.cli.columns import columns
from mingjing.cli.starting import start_django
from mingjing.domain.reasons import Refusal, Step

if TYPE_CHECKING:
    from mingjing.services.reading.case_page import Explained

COLOURS = ("", "蓝", "黄", "红")


def add_commands(commands: Commands[Parser]) -> None:
    """Add ``explain``."""
    parser = commands.add_parser(
        "explain",
        help="一件案子的每个期限是怎么算出来的",
        description="逐行列出一件案子每个期限的算法、条文，以及到时提醒谁。",
    )
    parser.add_argument("case", metavar="案号", help="例如 （2024）云9801民初12号，半角括号也可以")
    parser.add_argument("--on", type=day, metavar="日期", help="按哪一天算（默认今天）")
    parser.add_argument("--court", metavar="法院代字", default="", help="几个法院有同一个编号时写明")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the clocks of one case."""
    start_django()
    from mingjing.services.installation import today
    from mingjing.services.reading.by_number import case_by_number
    from mingjing.services.reading.case_page import explain

    case = case_by_number(args.case, args.court)
    on = args.on or today(case.court)
    print(f"{case.number}　{case.court}　{case.kind}　{case.procedure}".rstrip("　"))
    clocks = explain(case, on)
    print(f"截至 {on}：" + (f"{len(clocks)} 个期限" if clocks else "没有适用的期限"))
    for clock in clocks:
        print("\n" + "\n".join(lines_of(clock)))
    return 0


def lines_of(clock: Explained) -> Iterator[str]:
    """One clock: its last day, the sum, what is unsettled, who is told when."""
    title = clock.label if clock.slot in ("", clock.label) else f"{clock.label}（{clock.slot}）"
    if isinstance(clock.due, Refusal):
        yield f"{title}：{clock.state}"
        yield f"   {clock.due}（{clock.due.code}）"
        return
    done = f"，{clock.done} 完成" if clock.done else ""
    late = f"，超期 {clock.late_days} 天" if clock.late_days else ""
    yield f"{title}：{clock.last_day or clock.state}{done}{late}"
    yield from columns([summand(step) for step in clock.due.steps], indent="")
    yield from (f"请留意：{caveat}" for caveat in clock.due.caveats)
    yield from (f"待确认：{question}" for question in clock.due.questions)
    if clock.due.definition:
        yield f"依据：{clock.due.definition}"
    for rung in clock.ladder:
        if clock.done and not rung.raised:
            continue  # a finished clock tells nobody any more
        said = "已提醒" if rung.raised else "将提醒"
        yield f"   {said} {rung.on} {COLOURS[rung.colour]} {rung.tell} {rung.person or '（无人担任）'}"


def summand(step: Step) -> tuple[str, str, str]:
    """The sign in a column of its own, so that the amounts stand below each other."""
    sign, rest = (
        (step.amount[0], step.amount[1:].strip()) if step.amount[:1] in "+-−=" else (" ", step.amount)
    )
    return f"{sign}  {rest}", step.text, step.law
