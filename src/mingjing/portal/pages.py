"""Public pages of the draws: find one by its number, check it, take the file away, open data."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse

from mingjing.documents.csv_cells import inert
from mingjing.portal.checking import check_file
from mingjing.portal.limiting import limited
from mingjing.storage.published.models import PublishedDeviation, PublishedDraw

VERIFIER = Path(__file__).resolve().parents[3] / "verifier" / "verify.py"
NEWEST, MOST = 30, 50_000
COLUMNS = (
    "抽取编号",
    "法院",
    "立案日",
    "案号",
    "组",
    "第几次",
    "可抽人数",
    "标记",
    "名单摘要",
    "锁定时间",
    "抽取时间",
)


@limited
def draws(request: HttpRequest) -> HttpResponse:
    """Find a draw by its number or its case; the newest; the departures."""
    asked = request.GET.get("number", "").strip()[:100]
    if asked and PublishedDraw.objects.filter(number=asked).exists():
        return HttpResponseRedirect(reverse("public-draw", args=[asked]))
    rows = PublishedDraw.objects.defer("file")
    rows = rows.filter(case=asked) if asked else rows
    context = {
        "asked": asked,
        "rows": rows[:NEWEST],
        "departures": [] if asked else PublishedDeviation.objects.all()[:NEWEST],
    }
    return render(request, "portal/draws.html", context)


@limited
def draw(request: HttpRequest, draw_number: str) -> HttpResponse:
    """One draw, done again."""
    found = _found(draw_number)
    file = json.loads(found.file)
    checks = check_file(found.file)
    context = {
        "draw": found,
        "pool": file["pool"],
        "seed": file["seed"],
        "drawn": file["drawn"],
        "checks": checks,
        "all_hold": all(one.holds for one in checks),
    }
    return render(request, "portal/draw.html", context)


@limited
def draw_file(request: HttpRequest, draw_number: str) -> HttpResponse:
    """The file that the verifier reads."""
    found = _found(draw_number)
    response = HttpResponse(found.file, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="draw-{found.number}.json"'
    return response


@limited
def verifier(request: HttpRequest) -> HttpResponse:
    """The verifier: one file, for any Python."""
    if not VERIFIER.is_file():
        raise Http404
    response = HttpResponse(VERIFIER.read_bytes(), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="verify.py"'
    return response


@limited
def data_csv(request: HttpRequest) -> HttpResponse:
    """Every published draw as a table."""
    out = StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    table.writerows([inert(cell) for cell in row] for row in _rows())
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="draws.csv"'
    return response


@limited
def data_json(request: HttpRequest) -> HttpResponse:
    """Every published draw, and every departure, as JSON."""
    departures = PublishedDeviation.objects.values_list("court", "on", "case", "kind", "ground")[:MOST]
    names = ("法院", "日期", "案号", "例外", "理由类别")
    data = {
        "抽取": [dict(zip(COLUMNS, row, strict=True)) for row in _rows()],
        "例外": [dict(zip(names, row, strict=True)) for row in departures],
    }
    text = json.dumps(data, ensure_ascii=False, default=str)
    return HttpResponse(text, content_type="application/json; charset=utf-8")


def _rows() -> list[list[object]]:
    found = []
    for one in PublishedDraw.objects.all()[:MOST].iterator(chunk_size=2000):
        pool = json.loads(one.file)["pool"]
        found.append([
            one.number, one.court, one.on, one.case, one.label, one.turn, len(pool["candidates"]),
            "、".join(one.flags), one.digest, one.locked_at.isoformat(), one.drawn_at.isoformat(),
        ])  # fmt: skip
    return found


def _found(number: str) -> PublishedDraw:
    found = PublishedDraw.objects.filter(number=number).first()
    if found is None:
        raise Http404
    return found


urlpatterns = [
    path("public/draws", draws, name="public-draws"),
    path("public/draws/data.csv", data_csv, name="public-draws-csv"),
    path("public/draws/data.json", data_json, name="public-draws-json"),
    path("public/draws/verify.py", verifier, name="public-verifier"),
    path("public/draws/<str:draw_number>", draw, name="public-draw"),
    path("public/draws/<str:draw_number>/file", draw_file, name="public-draw-file"),
]
