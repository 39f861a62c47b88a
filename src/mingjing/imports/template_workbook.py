"""The workbook a court downloads, fills in and uploads: columns with notes, lists, examples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO

from mingjing.imports.mapping import EventColumn, ExclusionColumns, Mapping, PartyColumn, Source
from mingjing.imports.rows import Cell
from mingjing.imports.sheets import Styles, new_book, put
from mingjing.imports.words import FieldSpec, Words
from mingjing.imports.workbook_words import DATA_SHEET, EXAMPLE_SHEET, GUIDE_SHEET, OPTIONS_SHEET

FILLED_ROWS = 5_000
REGISTER = (
    "案件类型",
    "审理程序",
    "案由",
    "立案日期",
    "承办部门",
    "承办人",
    "审判长",
    "书记员",
    "标的额",
    "在押",
    "结案日期",
    "结案方式",
)
_INLINE = 250  # a list typed into the validation itself may not be longer
_NUMBER = FieldSpec("案号", "文字", required=True, note="全角、半角括号和数字都可以。")
_EXAMPLES: dict[str, tuple[Cell, Cell]] = {
    "文字": ("", ""),
    "数字": (2, 3),
    "日期": ("2024-03-05", "2024年3月6日"),
    "金额": ("1,286,400.00元", "128.64万元"),
    "是否": ("否", "是"),
    "时长": ("30 天", "3 个月"),
}
_HINTS = {
    "文字": "文字。",
    "数字": "数字。",
    "日期": "日期，写作 2024-03-05；2024.3.5、2024年3月5日也可以。",
    "金额": "金额，写作 1286400.00 或 128.64万元；不写单位按元计。",
    "是否": "填“是”或“否”。",
    "时长": "时长，写作 30 天、3 个月。",
    "选项": "从下拉列表中选择。",
}


def default_mapping(words: Words, *, name: str = "标准模板", fields: Sequence[str] = ()) -> Mapping:
    """The mapping of our own template: each column is named after its data item.

    ``fields`` picks the data items, in order; without it the usual ones, REGISTER.
    """
    chosen = [field for field in fields or REGISTER if field in words.fields]
    dated = {field.removesuffix("日期"): field for field in chosen if field.endswith("日期")}
    return Mapping(
        name=name,
        number=Source(column="案号"),
        columns={field: Source(column=field) for field in chosen},
        required=tuple(field for field in ("案件类型", "立案日期") if field in chosen),
        events=tuple(
            EventColumn(kind=kind, happened=Source(column=field))
            for kind, field in dated.items()
            if kind in words.event_kinds
        ),
        parties=tuple(PartyColumn(role=role, column=role) for role in ("原告", "被告", "第三人")),
        exclusions=tuple(
            ExclusionColumns(kind=kind, span=Source(column=kind))
            for kind in ("鉴定期间", "公告期间", "管辖异议期间")
            if kind in words.exclusion_kinds
        ),
    )


def write_template(target: BinaryIO, mapping: Mapping, words: Words) -> None:
    """Write the template of a mapping: sheets 数据 (empty), 示例, 填写说明, and the lists in 选项."""
    book = new_book(target)
    styles = Styles(book)
    columns = _columns(mapping, words)
    sheet = book.add_worksheet(DATA_SHEET)
    lists = _write_data(sheet, columns, styles)
    _write_examples(book.add_worksheet(EXAMPLE_SHEET), columns, styles)
    _write_guide(book.add_worksheet(GUIDE_SHEET), columns, styles)
    _write_lists(book.add_worksheet(OPTIONS_SHEET), lists, styles)
    sheet.activate()
    book.set_properties({"title": mapping.name, "comments": "填写“数据”工作表后上传。"})
    book.close()


def _columns(mapping: Mapping, words: Words) -> list[tuple[str, FieldSpec]]:
    """Each column of the file once, with what is expected in it."""
    expected: dict[str, FieldSpec] = dict.fromkeys(mapping.number.columns, _NUMBER)
    for field, source in mapping.columns.items():
        spec = words.fields.get(field, FieldSpec(field, source.kind or "文字"))
        must = spec.required or field in mapping.required
        one = FieldSpec(field, spec.kind, spec.options, must, spec.note, spec.open_list)
        expected |= {column: one for column in source.columns if column not in expected}
    for event in mapping.events:
        note = f"发生“{event.kind}”的日期。"
        for column in (*event.happened.columns, *(event.recorded.columns if event.recorded else ())):
            expected.setdefault(column, FieldSpec(event.kind, "日期", note=note))
    for party in mapping.parties:
        expected.setdefault(party.column, FieldSpec(party.role, note="多名之间用顿号“、”隔开。"))
    for column in mapping.file_columns:
        expected.setdefault(column, _other(mapping, column, words))
    return list(expected.items())


def _other(mapping: Mapping, column: str, words: Words) -> FieldSpec:
    for item in mapping.exclusions:
        if item.span is not None and column in item.span.columns:
            return FieldSpec(
                item.kind, note="写作 2024-04-01 至 2024-04-20，多段之间用分号；还没结束写“至 今”。"
            )
        if any(source is not None and column in source.columns for source in (item.first, item.last)):
            return FieldSpec(item.kind, "日期")
    event = mapping.event
    if event is not None and column in event.kind.columns:
        return FieldSpec("事项", "选项", tuple(sorted(words.event_kinds)), True)
    if event is not None and column in event.happened.columns:
        return FieldSpec("发生日期", "日期", required=True)
    return FieldSpec(column)


def _hint(spec: FieldSpec) -> str:
    kind = "选项" if spec.options and not spec.open_list else spec.kind
    parts = ["必填。" if spec.required else "", _HINTS[kind], spec.note]
    return "".join(part if not part or part.endswith("。") else f"{part}。" for part in parts)


def _write_data(
    sheet: Any, columns: list[tuple[str, FieldSpec]], styles: Styles
) -> list[tuple[str, Sequence[str]]]:
    """Head, notes, formats and lists to choose from; returns the lists that need a sheet of their own."""
    lists: list[tuple[str, Sequence[str]]] = []
    sheet.freeze_panes(1, 1)
    for index, (column, spec) in enumerate(columns):
        kind = {"日期": "date", "金额": "number", "数字": "number"}.get(spec.kind, "text")
        sheet.set_column(index, index, max(len(column) * 2 + 2, 14), styles.of(kind))
        sheet.write_string(0, index, column, styles.head)
        sheet.write_comment(0, index, _hint(spec), {"x_scale": 2.0, "author": "明镜"})
        options = ("是", "否") if spec.kind == "是否" else spec.options
        if options:
            sheet.data_validation(1, index, FILLED_ROWS, index, _validation(column, spec, options, lists))
    return lists


def _validation(
    column: str, spec: FieldSpec, options: Sequence[str], lists: list[tuple[str, Sequence[str]]]
) -> dict[str, Any]:
    source: list[str] | str = list(options)
    if len(",".join(options)) > _INLINE:
        lists.append((column, options))
        letters = _letters(len(lists) - 1)
        source = f"={OPTIONS_SHEET}!${letters}$2:${letters}${len(options) + 1}"
    return {
        "validate": "list",
        "source": source,
        "error_type": "information" if spec.open_list else "stop",
        "error_title": "请从列表中选择",
        "error_message": f"“{column}”请从下拉列表中选择。",
    }


def _write_examples(sheet: Any, columns: list[tuple[str, FieldSpec]], styles: Styles) -> None:
    """Two rows, correct in every cell; the names in them are invented."""
    for index, (column, _) in enumerate(columns):
        sheet.set_column(index, index, 20)
        sheet.write_string(0, index, column, styles.head)
    for row in (0, 1):
        for index, (column, spec) in enumerate(columns):
            put(sheet, row + 1, index, _example(column, spec, row), styles)


def _example(column: str, spec: FieldSpec, row: int) -> Cell:
    if spec is _NUMBER:
        return ("（2024）云0102民初1560号", "(2024)云0102民初1561号")[row]
    if spec.options:
        return spec.options[min(row, len(spec.options) - 1)]
    if column in ("原告", "被告", "第三人"):
        return f"{column}甲" if row == 0 else f"{column}乙、{column}丙"
    if "至" in spec.note:
        return "2024-04-01 至 2024-04-20" if row == 0 else ""
    return _EXAMPLES.get(spec.kind, ("", ""))[row]


def _write_guide(sheet: Any, columns: list[tuple[str, FieldSpec]], styles: Styles) -> None:
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 2, 90)
    lines = (
        "请在“数据”工作表中从第 2 行起填写，一行一件；不要改动第 1 行的列名，列的次序可以变。",
        "上传后先检查、不入库：通过的行和未通过的行分别列出，合计行、空白行不算数据。",
        "未通过的行会装在错误工作簿里退回，红色单元格写明原因；改好后原样上传。",
        "同一文件重复上传，不会产生重复案件。",
    )
    sheet.write_string(0, 0, "填写说明", styles.title)
    for row, line in enumerate(lines, 1):
        sheet.write_string(row, 0, f"{row}. {line}")
    start = len(lines) + 2
    for index, name in enumerate(("列名", "必填", "怎么填")):
        sheet.write_string(start, index, name, styles.head)
    for row, (column, spec) in enumerate(columns, start + 1):
        sheet.write_string(row, 0, column)
        sheet.write_string(row, 1, "是" if spec.required else "否")
        options = f"可填：{'、'.join(spec.options[:40])}。" if spec.options else ""
        sheet.write_string(row, 2, _hint(spec) + options, styles.wrapped)


def _write_lists(sheet: Any, lists: list[tuple[str, Sequence[str]]], styles: Styles) -> None:
    """Rows first: the workbook is written top down."""
    for index, (column, _) in enumerate(lists):
        sheet.write_string(0, index, column, styles.head)
    for row in range(max((len(options) for _, options in lists), default=0)):
        for index, (_, options) in enumerate(lists):
            if row < len(options):
                sheet.write_string(row + 1, index, options[row])
    sheet.hide()


def _letters(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
