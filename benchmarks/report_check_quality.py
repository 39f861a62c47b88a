"""How many planted errors the report check finds, and how many right figures it accuses.

    .venv/bin/python -m benchmarks.report_check_quality [--write FILE]

Each batch of reports was written and frozen before the checker saw it; what it said then is kept beside the
reports in tests/text/fixtures/first_sight.json, with the commit the batch was frozen in. What it says now
is counted anew. Only the figures of first sight tell what to expect of a report nobody has seen: the rules
were mended afterwards with these very reports before us.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks.machine import machine_line, write_result
from tests.text.measuring import FIXTURES, reports, tally


def _share(part: int, rest: int) -> str:
    return f"{part * 100 / (part + rest):.0f}%" if part + rest else "无数据"


def _row(batch: str, first: dict[str, int | str]) -> tuple[str, list[int], list[int]]:
    found, false, missed = (int(first[key]) for key in ("found", "false", "missed"))
    now = tally(batch)
    count = sum(1 for _ in reports(batch))
    later = [len(now.found), len(now.false), len(now.missed)]
    line = (
        f"| {batch} | {count} | {found + missed} | {found} / {false} / {missed} | {_share(found, false)} "
        f"| {_share(found, missed)} | {later[0]} / {later[1]} / {later[2]} | {_share(later[0], later[1])} "
        f"| {_share(later[0], later[2])} |"
    )
    return line, [found, false, missed], later


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 where a right figure is accused."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else "")
    parser.add_argument("--write", type=Path, help="also keep the result in a file")
    chosen = parser.parse_args(arguments)
    known = json.loads((FIXTURES / "first_sight.json").read_text(encoding="utf-8"))
    rows = [_row(batch, first) for batch, first in known.items()]
    first, now = (
        [sum(column) for column in zip(*(row[place] for row in rows), strict=True)] for place in (1, 2)
    )
    lines = (
        "# 报告核数查得准不准\n",
        f"{machine_line()}\n",
        "`.venv/bin/python -m benchmarks.report_check_quality`\n",
        "每一批报告都是先写好、定住（提交），再第一次交给核数的；“初见”是那一次的数，此后不改。“现在”是照着这些报告"
        "改过规则之后的数，只说明没有改坏，不说明没见过的报告会怎样。查出 / 错怪 / 漏掉。\n",
        "九、十、十一这三批同一天写好定住；十和十一当时只数过总数（14/0/16、18/3/14），没有拆开看，照前一批改过规则之后"
        "才拆，“初见”是拆开那一次的。埋错越花哨的批（十三、十四、十七、十八）越低，寻常写法的批（十二、十六、十九）"
        "在七成到八成五。二十至二十二三批先一起写好定住，再依次初见；二十以后埋的错更密、更杂（每份三四处，连口语的成数、"
        "名单、升降个数也埋），二十八对的数多、错的数少。二十五有一处标注没圈住错处，圈住后才记。"
        "二十九至三十三照十种真实文体写，每份四至八处，每一批都在前一批改过规则之后初见。"
        "三十四至三十七四批由没有看过规则的手一次写好定住，每份六至八处，错处种类最杂（跨段、表外、"
        "口语的成数、星期和历时），再逐批初见、逐批改；三十八在改完之后另写。"
        "三十九至四十四六批由没有看过规则的手一次写好，每份零至四处，错的前后都是容易错怪的写法；先初见三十九和四十，"
        "改过再初见四十一和四十二，再改，最后初见四十三和四十四。六批里相同的句式换过数再用，后面的批占了前面改过的光。"
        "四十五至四十九五批（每批五份，每份五至八处）由没有看过规则的手一次写好，同时初见；照前四批改完之后，"
        "第四十九批再量一次仍是 17/1/16：前四批里新学的句式，第五批一处也没有用上。圈住的原文比错处宽几个字，"
        "查出可能多算。同时写的二十份没有错的文书，初见错怪 11 处（8 份），照前十份改完之后，"
        "后十份再量一次仍错怪 8 处（6 份），改完之后 0 处，收在 fixtures/right 的 31 至 50。\n",
        "| 批 | 份 | 埋的错 | 初见 | 初见准确率 | 初见查全率 | 现在 | 准确率 | 查全率 |\n" + "|---" * 9 + "|",
        *(row[0] for row in rows),
        f"| 合计 | | | {first[0]} / {first[1]} / {first[2]} | {_share(first[0], first[1])} "
        f"| {_share(first[0], first[2])} | {now[0]} / {now[1]} / {now[2]} | {_share(now[0], now[1])} "
        f"| {_share(now[0], now[2])} |",
    )
    write_result(chosen.write, "\n".join(lines) + "\n")
    return 1 if now[1] else 0


if __name__ == "__main__":
    raise SystemExit(main())
