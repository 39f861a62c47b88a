"""Old workbooks (.xls, .ods) are opened in a process of their own.

Their readers trust sizes and chains written in the file: one wrong byte can ask for all the memory there
is, and then the whole process ends, not one upload. Here only the child ends. (.xlsx is walked beforehand,
see spreadsheets.py, and stays in this process for speed.)
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from python_calamine import CalamineWorkbook, PasswordError, SheetVisibleEnum

from mingjing.imports.limits import Limits
from mingjing.imports.rows import Cell

MEMORY = 3 << 30
SECONDS = 120
_READERS: dict[str, Callable[[str], Cell]] = {
    "d": date.fromisoformat,
    "m": datetime.fromisoformat,
    "t": time.fromisoformat,
    "s": lambda text: timedelta(seconds=float(text)),
}


@dataclass(frozen=True, slots=True)
class ReadApart:
    """What the child found. ``fault`` is empty, or protected, empty, large, absent or torn."""

    fault: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    rows: int = 0
    columns: int = 0
    merges: tuple[tuple[int, int, int, int], ...] = ()
    lines: tuple[str, ...] = ()

    def cells(self) -> Iterator[list[Cell]]:
        """The rows, decoded one by one."""
        for line in self.lines:
            yield [_decoded(cell) for cell in json.loads(line)]


def read_apart(file: BinaryIO, kind: str, sheet: str, limits: Limits) -> ReadApart:
    """Read one sheet in a child process; a child that dies or hangs is a torn file."""
    file.seek(0)
    # A folder of the parent's, so that it is emptied even when the child dies; by a path, because only
    # then does the reader tell a password from damage.
    with tempfile.TemporaryDirectory(prefix="mingjing-") as folder:
        path = Path(folder) / f"workbook.{kind}"
        path.write_bytes(file.read())
        command = [sys.executable, "-m", __name__, str(path), sheet, str(limits.rows), str(limits.area)]
        try:
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
        except subprocess.TimeoutExpired:
            return ReadApart("torn")
    if done.returncode != 0:
        return ReadApart("torn")
    head, *lines = done.stdout.decode().split("\n")
    found = json.loads(head)
    merges = tuple((top, left, bottom, right) for top, left, bottom, right in found["merges"])
    return ReadApart(
        found["fault"],
        found["sheet"],
        tuple(found["sheets"]),
        found["rows"],
        found["columns"],
        merges,
        tuple(line for line in lines if line),
    )


def _decoded(cell: Any) -> Cell:
    if isinstance(cell, dict):
        ((kind, text),) = cell.items()
        return _READERS[kind](text)
    return cell  # type: ignore[no-any-return]


def _encoded(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return {"m": cell.isoformat()}
    if isinstance(cell, date):
        return {"d": cell.isoformat()}
    if isinstance(cell, time):
        return {"t": cell.isoformat()}
    if isinstance(cell, timedelta):
        return {"s": str(cell.total_seconds())}
    return cell


def _child(path: str, wanted: str, rows: int, area: int) -> Iterator[str]:
    """The lines the child prints: what it found, then one line per row."""
    found: dict[str, Any] = {"fault": "", "sheet": "", "sheets": [], "rows": 0, "columns": 0, "merges": []}
    try:
        book = CalamineWorkbook.from_path(path)
    except PasswordError:
        yield json.dumps({**found, "fault": "protected"})
        return
    names = [meta.name for meta in book.sheets_metadata if meta.visible == SheetVisibleEnum.Visible]
    found["sheets"] = names
    if wanted and wanted not in book.sheet_names:
        yield json.dumps({**found, "fault": "absent"})
        return
    for name in [wanted] if wanted else names:
        sheet = book.get_sheet_by_name(name)
        start = sheet.start
        if start is None:
            continue
        found |= {"sheet": name, "rows": sheet.total_height, "columns": sheet.total_width}
        if sheet.total_height > rows or sheet.total_height * sheet.total_width > area:
            yield json.dumps({**found, "fault": "large"})
            return
        found["merges"] = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
        yield json.dumps(found)
        pad = [None] * start[1]
        for row in sheet.iter_rows():
            yield json.dumps([*pad, *map(_encoded, row)], ensure_ascii=False)
        return
    yield json.dumps({**found, "fault": "empty"})


def _bound_memory() -> None:
    """Without this a bad file could starve the machine; where there is no such limit, time is one."""
    try:
        import resource
    except ImportError:  # not a Unix system
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    _bound_memory()
    path, wanted, rows, area = sys.argv[1:5]
    for line in _child(path, wanted, int(rows), int(area)):
        sys.stdout.buffer.write(line.encode() + b"\n")


if __name__ == "__main__":
    main()
