"""What every list has: filters that read as a sentence, places, the export link, where a link leads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from mingjing.services.exporting import Sheet, export
from mingjing.services.reading.scope import Places
from mingjing.web.downloads import attachment
from mingjing.web.routing import StaffRequest

Row = TypeVar("Row")
Field = dict[str, object]


def choice(name: str, label: str, value: str, options: Iterable[str], empty: str = "") -> Field:
    """A filter over words; ``empty`` is what its empty choice says, without it there is none."""
    words = [(option, option) for option in options]
    return {
        "name": name,
        "label": label,
        "value": value,
        "options": [("", empty), *words] if empty else words,
    }


def carried(name: str, value: str) -> Field:
    """A filter that is not shown but stays when another one changes."""
    return {"name": name, "label": name, "value": value, "hidden": True}


def place_fields(places: Places, *, court: str, department: str) -> list[Field]:
    """Court and department, each where there is a choice or one was chosen by a link."""
    found: list[Field] = []
    if places.courts:
        options = [("", "全部法院"), *places.courts]
        found.append({"name": "court", "label": "法院", "value": court, "options": options})
    if places.departments:
        found.append(choice("department", "部门", department, places.departments, "全部部门"))
    elif department:
        found.append(carried("department", department))
    return found


def tools(request: StaffRequest, export_name: str, *more: tuple[str, str]) -> list[dict[str, str]]:
    """Links at the right of the filters: those given, then the export where it is allowed."""
    shown = [{"label": label, "url": url} for label, url in more]
    if request.actor.may("导出数据"):
        query = urlencode(request.GET.dict())
        shown.append({"label": "导出 Excel", "url": f"{reverse(export_name)}?{query}"})
    return shown


def workbook(request: StaffRequest, sheet: Sheet[Row], *, verb: str) -> HttpResponse:
    """The list as .xlsx."""
    content = export(request.actor, sheet, verb=verb)
    return attachment(content, f"{sheet.title}{request.actor.on:%Y%m%d}.xlsx")


def numbers(values: Sequence[str]) -> list[int]:
    """The identities among ``values``; anything else is left out."""
    return [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 16]


def linked(name: str, **query: str) -> str:
    """The address of a page with a query."""
    filled = {key: value for key, value in query.items() if value}
    return f"{reverse(name)}?{urlencode(filled)}" if filled else reverse(name)
