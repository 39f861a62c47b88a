"""`mingjing import`: a file into a court, with the counts and the lateness it carries; `mingjing late`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mingjing.cli.arguments import Commands, Parser, day
from mingjing.cli.columns import columns
from mingjing.cli.starting import prepare, start_django

if TYPE_CHECKING:
    from mingjing.storage.batches.models import Batch
    from mingjing.storage.people.models import Court

PIECE = 1 << 20
FEW = 10
DATED = "03/04/2024"


def add_commands(commands: Commands[Parser]) -> None:
    """Add ``import`` and ``late``."""
    bring = commands.add_parser(
        "import",
        help="把一个文件导入一个法院：预检，加 --confirm 才写入",
        description="读文件、预检、列出读到、新增、更新、未变、退回各多少；加 --confirm 才写入。"
        "日志自带期限的，列出逾期多少件、最长几天。",
    )
    bring.add_argument(
        "file",
        metavar="文件",
        help=".xlsx .xls .ods .csv .xes .json .jsonl，文字文件可带 .gz，或单独装在 .zip 里",
    )
    bring.add_argument("--court", required=True, metavar="法院代字", help="导入到哪个法院，例如 云9801")
    bring.add_argument(
        "--mapping",
        metavar="对应",
        default="",
        help="列对应：保存的名称、自带的名称（如 xes-receipt），或一个 .yaml 文件；不写就按表头推定",
    )
    bring.add_argument("--encoding", metavar="编码", default="", help="例如 gb18030；不写就自动识别")
    bring.add_argument("--sheet", metavar="工作表", default="", help="工作簿里读哪一张；不写读第一张有案号的")
    bring.add_argument(
        "--date-order",
        choices=("年月日", "日月年", "月日年"),
        metavar="次序",
        default="",
        help="03/04/2024 按“日月年”还是“月日年”读；不写看整列推定，推定不了的退回",
    )
    bring.add_argument("--confirm", action="store_true", help="预检之后直接写入")
    bring.add_argument("--errors", metavar="工作簿", help="把退回的行连同原因写成 .xlsx")
    bring.add_argument("--late", action="store_true", help="写入后按已入库的数据列出逾期情况")
    bring.add_argument("--new-court", metavar="名称", help="没有这个法院就新建，用这个名称")
    bring.add_argument("--free-numbers", action="store_true", help="新建的法院不按案号规则编号（日志用）")
    bring.add_argument("--zone", metavar="时区", default="Asia/Shanghai", help="新建的法院在哪个时区")
    bring.add_argument("--parent", metavar="法院代字", default="", help="新建的法院的上级法院")
    bring.add_argument("--folder", metavar="目录", default="", help="新建的法院自己的制度放在哪个文件夹")
    bring.set_defaults(run=run_import)
    late = commands.add_parser(
        "late",
        help="已入库的案件按各期限逾期多少",
        description="按文件自带的期限和本系统的期限，列出逾期多少、最长几天，精确到日。",
    )
    late.add_argument("--court", required=True, metavar="法院代字", help="哪个法院")
    late.add_argument("--on", type=day, metavar="日期", help="截至哪一天（默认今天）")
    late.set_defaults(run=run_late)


def run_import(args: argparse.Namespace) -> int:
    """Check the file, and write it with ``--confirm``."""
    start_django()
    from mingjing.imports.mapping import plain_mapping
    from mingjing.services.acts import CONSOLE
    from mingjing.services.courts import court_of, enter_court
    from mingjing.services.importing.batches import choose_mapping, confirm
    from mingjing.services.importing.shipped import mapping_named
    from mingjing.services.importing.suggested import suggested
    from mingjing.services.importing.uploading import upload
    from mingjing.services.importing.working import work
    from mingjing.storage.batches.models import Batch

    path = Path(args.file)
    with path.open("rb") as file:
        prepare()
        if args.new_court:
            court = enter_court(
                CONSOLE,
                code=args.court,
                name=args.new_court,
                free_numbers=args.free_numbers,
                time_zone=args.zone,
                parent=args.parent,
                folder=args.folder,
            )
        else:
            court = court_of(args.court)
        plain = mapping_named(court, args.mapping) if args.mapping else None
        pieces = iter(lambda: file.read(PIECE), b"")
        batch = upload(CONSOLE, court=court, filename=path.name, chunks=pieces, encoding=args.encoding)
    if plain is None:
        guess = suggested(batch, args.sheet)
        if isinstance(guess, Exception):
            raise guess
        plain = plain_mapping(guess)
        print(f"没有写 --mapping，按文件推定：{_guessed(plain)}")
    if args.sheet:
        plain = {**plain, "sheet": args.sheet}
    if args.date_order:
        plain = {**plain, "date_order": args.date_order}
    choose_mapping(CONSOLE, batch, plain)
    work(batch)
    if batch.state == Batch.State.FAILED:
        print(batch.error, file=sys.stderr)
        return 1
    if args.errors and batch.refused + batch.events_refused:
        _write_errors(batch, Path(args.errors))
    if args.confirm:
        confirm(CONSOLE, batch)
        work(batch)
        if batch.state == Batch.State.FAILED:
            print(batch.error, file=sys.stderr)
            return 1
    print("\n".join(_report(batch)))
    if args.late and args.confirm:
        _print_late(court, None)
    return 0


def _write_errors(batch: Batch, target: Path) -> None:
    from mingjing.services.importing.returning import error_workbook

    target.write_bytes(error_workbook(batch))
    print(f"退回的行已写入 {target}，改好后可以原样再导入。")


def _guessed(plain: Mapping[str, Any]) -> str:
    fields = "、".join(plain.get("columns", {})) or "只有事项"
    shape = {"log": "日志", "events": "事项表"}.get(plain.get("shape", ""), "案件表")
    order = plain.get("date_order", "")
    return f"{shape}，{fields}" + (f"；{DATED} 这样的日期按{order}读" if order else "")


def _report(batch: Batch) -> Iterator[str]:
    """The counts as a sentence, the notes, the first refusals, the lateness of the file."""
    done = batch.state == batch.State.DONE
    yield f"{batch.filename} → {batch.court}（第 {batch.pk} 批，{'已写入' if done else '只预检，未写入'}）"
    yield (
        f"读到 {batch.rows} 行 = 新增 {batch.added} + 更新 {batch.updated} + 未变 {batch.unchanged}"
        f" + 退回 {batch.refused}"
    )
    if batch.events:
        yield f"其中事项 {batch.events} 个，退回 {batch.events_refused} 个"
    for note in batch.notes:
        yield f"提示：{note}"
    for refused in batch.refused_rows.order_by("row", "pk")[:FEW]:
        column = f"“{refused.column}”" if refused.column else ""
        allowed = f"可以写：{refused.allowed}" if refused.allowed else ""
        yield f"  第 {refused.row} 行{column}：{refused.reason}{allowed}"
    # Of very many only the first are kept beside the batch; the workbook has them all.
    more = max(batch.refused_rows.count(), batch.refused + batch.events_refused) - FEW
    if more > 0:
        yield f"  …… 还有 {more} 处，用 --errors 写成工作簿看全部"
    if batch.lateness:
        yield "文件自带的期限："
        rows = [("期限", "两个日期都有", "逾期", "最长")]
        rows += [
            (one["label"], str(one["with_both"]), str(one["late"]), f"{one['longest']} 天")
            for one in batch.lateness
        ]
        yield from columns(rows)


def run_late(args: argparse.Namespace) -> int:
    """Print how late what is stored is."""
    start_django()
    from mingjing.services.courts import court_of

    _print_late(court_of(args.court), args.on)
    return 0


def _print_late(court: Court, on: Any) -> None:
    from mingjing.services.importing.stored_lateness import stored_lateness
    from mingjing.services.installation import today

    as_of = on or today(court)
    found = stored_lateness(court, as_of)
    print(f"{court}，截至 {as_of}：" + ("" if found else "库里没有带期限的案件"))
    print("\n".join(_late_lines(found)))


def _late_lines(found: Iterable[Any]) -> Iterator[str]:
    rows = [(one.source, one.label, str(one.counted), str(one.late), f"{one.longest} 天") for one in found]
    if rows:
        yield from columns([("依据", "期限", "件数", "逾期", "最长"), *rows])
