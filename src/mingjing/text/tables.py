"""Tables that were pasted as text or read from .docx: rows of cells, each cell with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from mingjing.text.numerals import arabic, decimals_of
from mingjing.text.outline import Outline

_CELL = re.compile(r"(?:^|(?<=[\t|]))[^\t|]*")
_TOKEN = re.compile(r"[^\s|]+")
_NUMBER = re.compile(
    r"(?P<sign>[-+−])?(?P<digits>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?P<unit>%|件|人|次|天|万元|亿元|元|个百分点)?"
)
_TOTAL = re.compile(r"(?:合计|总计|总数|小计|全市|全院|全省|全州|全区|共计|全年|全市法院|总体|全市合计)$")
LEAST_ROWS = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """``value`` is None where it holds words; ``percent`` where it is a share."""

    start: int
    end: int
    text: str
    value: Fraction | None
    decimals: int
    percent: bool


@dataclass(frozen=True, slots=True)
class Row:
    """The words before the numbers, and as many cells as the table has columns of numbers."""

    label: str
    cells: tuple[Cell, ...]

    @property
    def is_total(self) -> bool:
        """Whether it says that it adds up others."""
        return bool(_TOTAL.search(re.sub(r"[\s:()]", "", self.label)))


@dataclass(frozen=True, slots=True)
class Table:
    """``heads`` as many as columns; empty strings where there is no line of heads."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]

    def column(self, index: int) -> list[Cell]:
        """The cells under one head."""
        return [row.cells[index] for row in self.rows]


def find_tables(outline: Outline) -> list[Table]:
    """Runs of at least three lines of one label and as many numbers each, with the line of heads above."""
    found: list[Table] = []
    rows: list[Row] = []
    head: list[str] = []
    before: list[str] = []
    for paragraph in outline.paragraphs:
        line = outline.folded[paragraph.start : paragraph.end]
        row = _row(line, paragraph.start)
        if row is not None and (not rows or len(row.cells) == len(rows[0].cells)):
            if not rows:
                head = before
            rows.append(row)
        else:
            _keep(found, head, rows)
            rows = [row] if row is not None else []
            head = before
        before = _words(line)
    _keep(found, head, rows)
    return found


def reads_as_row(line: str) -> bool:
    """Whether a line may be one of a table: parted by tabs, or a label and numbers without a unit."""
    return "\t" in line or "|" in line or _row(line, 0) is not None


def _keep(found: list[Table], head: list[str], rows: list[Row]) -> None:
    if len(rows) >= LEAST_ROWS:
        width = len(rows[0].cells)
        heads = head[-width:] if len(head) >= width else [""] * width
        found.append(Table(tuple(heads), tuple(rows)))


def _words(line: str) -> list[str]:
    pattern = _CELL if "\t" in line or "|" in line else _TOKEN
    return [cell.group().strip() for cell in pattern.finditer(line)]


def _row(line: str, start: int) -> Row | None:
    """A label without a number, then at least two numbers and nothing else."""
    pattern = _CELL if "\t" in line or "|" in line else _TOKEN
    label: list[str] = []
    cells: list[Cell] = []
    tokens = list(pattern.finditer(line))
    for token in tokens[1:] if _numbered(tokens) else tokens:
        words = token.group().strip()
        if not words and not label:
            continue
        number = _NUMBER.fullmatch(words)
        if number is None and words not in ("", "-", "—", "/", "--", "——", "无"):
            if cells:
                return None
            label.append(words)
            continue
        place = start + token.start() + token.group().index(words)
        cells.append(_cell(words, number, place))
    plain = re.sub("^其中:?", "", "".join(label))
    if len(cells) < 2 or not plain or re.search(r"[,。;:!?]", plain):
        return None
    first = cells[0]
    if re.fullmatch(r"\d*", plain) or (first.value is None and len(cells) < 3):
        return None
    return Row(plain, tuple(cells))


def _numbered(tokens: list[re.Match[str]]) -> bool:
    """1|立案庭|56.2|23.5: a place in the list before the name, in a line with cells."""
    if len(tokens) < 4 or tokens[0].re is not _CELL:
        return False
    first, second = (token.group().strip() for token in tokens[:2])
    return bool(re.fullmatch(r"\d{1,2}", first)) and bool(second) and _NUMBER.fullmatch(second) is None


def _cell(words: str, number: re.Match[str] | None, place: int) -> Cell:
    if number is None:
        return Cell(place, place + len(words), words, None, 0, False)
    value = arabic(number["digits"])
    if number["sign"] in ("-", "−"):
        value = -value
    percent = number["unit"] == "%"
    return Cell(place, place + len(words), words, value, decimals_of(number["digits"]), percent)
