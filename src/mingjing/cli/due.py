"""`mingjing due`: one deadline computed from facts typed in, without any case."""

from __future__ import annotations

import argparse
from datetime import date

from mingjing.cli.arguments import Commands, Parser, day
from mingjing.cli.columns import columns
from mingjing.cli.starting import start_django


def add_commands(commands: Commands[Parser]) -> None:
    """Add ``due``."""
    parser = commands.add_parser(
        "due",
        help="不用案件，直接算一个期限",
        description="给出事实，按制度算出最后一天，逐行列出算法和条文。",
        epilog="例如：mingjing due 审理期限 案件类型=民事一审 审理程序=简易程序 立案日期=2024-03-13 "
        "鉴定期间=2024-04-01至2024-04-20",
    )
    parser.add_argument(
        "name", metavar="期限", help="期限的名称、所属期限（如 审理期限）或者 id（deadline.civil.summary）"
    )
    parser.add_argument(
        "facts", metavar="名称=内容", nargs="*", help="事实：日期、起止日期、时长、是/否、词语"
    )
    parser.add_argument(
        "--on", type=day, metavar="日期", help="站在哪一天看（默认今天）；没结束的扣除算到这一天"
    )
    parser.add_argument("--court", metavar="法院代字", default="", help="按哪个法院的制度算（默认全国）")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the last day and the sum that leads to it."""
    start_django()
    from mingjing.cli.explain import summand
    from mingjing.definitions.asking import ask, read_pairs
    from mingjing.services.installation import registry, today
    from mingjing.storage.people.models import Court

    court = Court.objects.filter(code=args.court).first() if args.court else None
    on: date = args.on or today(court)
    answer = ask(registry(court), args.name, read_pairs(args.facts), as_of=on)
    due = answer.value
    shown = due.moment.strftime("%Y-%m-%d %H:%M") if due.moment else str(due.last_day or due.state.value)
    print(f"{args.name}：{shown}")
    print("\n".join(columns([summand(step) for step in answer.steps], indent="")))
    for caveat in answer.caveats:
        print(f"请留意：{caveat}")
    for question in answer.questions:
        print(f"待确认：{question}")
    print(f"依据：{answer.definition}")
    return 0
