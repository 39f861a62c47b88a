"""报告核数: paste or upload a report, see what contradicts itself beside the place it stands; keep the list.

Nothing is stored: the text comes with the request and goes with the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.reports.confirming import Held, confirm
from mingjing.services.reports.listing import Row, document, rows_of, summary, workbook
from mingjing.services.reports.writing import write_report
from mingjing.text.checking import Checked, check_report
from mingjing.text.findings import Finding, Verdict
from mingjing.text.marking import marked_lines
from mingjing.text.roles import CARRIED, FILED, PENDING, RECEIVED
from mingjing.text.sources import LARGEST, ReportTooLarge, checked_text, text_of
from mingjing.web.cases.figures import PERIODS, period_of
from mingjing.web.downloads import attachment
from mingjing.web.routing import Route, StaffRequest

PASTED = "粘贴的报告"


class ReportForm(forms.Form):
    """粘贴或者上传."""

    file = forms.FileField(
        label="上传文件",
        required=False,
        max_length=200,
        help_text=".docx 或 .txt，20 MB 以内。图片、扫描件和 PDF 不认字，不读。",
        error_messages={"empty": "文件是空的（0 字节）。"},
    )
    text = forms.CharField(
        label="或者粘贴正文",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        help_text="只在这一次核对里用，不保存。",
    )
    name = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True)
class Note:
    """A finding beside its place, with the row of the list it is."""

    finding: Finding
    row: Row

    @property
    def tone(self) -> str:
        """The class of the box."""
        return "wrong" if self.finding.verdict is Verdict.MISMATCH else "doubt"


def report_check(request: StaffRequest) -> HttpResponse:
    """The form; after it was sent, the text with its notes, or one of the lists as a file."""
    request.family = "案件"
    form = ReportForm(request.POST or None, request.FILES or None, initial=_written(request))
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            text, name = _given(form)
        except Refusal as refused:
            refusal = refused
        else:
            return _answer(request, text, name)
    context = {"form": form, "refusal": refusal, "periods": PERIODS}
    status = 422 if refusal or form.errors else 200
    return render(request, "pages/reports/form.html", context, status=status)


def _written(request: StaffRequest) -> dict[str, str]:
    """The report of a period in live figures, where the address asks for one."""
    if "write" not in request.GET:
        return {}
    period = period_of(request.GET["write"], request.actor.on)
    return {"text": write_report(request.actor, period.first, period.last).text}


def _given(form: ReportForm) -> tuple[str, str]:
    """The text to be checked and what to call it."""
    file = form.cleaned_data["file"]
    if file is not None:
        if file.size > LARGEST:
            raise ReportTooLarge(
                f"“{file.name}”有 {file.size / (1 << 20):.0f} MB，超过 {LARGEST >> 20} MB，没有读。",
                example="只留正文另存为 .docx，或把文字粘贴进来",
            )
        return text_of(file.read(), file.name), file.name
    return checked_text(form.cleaned_data["text"], "正文框"), form.cleaned_data["name"] or PASTED


def _answer(request: StaffRequest, text: str, name: str) -> HttpResponse:
    checked = check_report(text)
    rows = rows_of(checked, checked.accusations)
    kind, title = request.POST.get("as", ""), name.rsplit(".", 1)[0]
    if kind == "again":
        form = ReportForm(initial={"text": text, "name": name})
        return render(request, "pages/reports/form.html", {"form": form, "refusal": None, "periods": PERIODS})
    if kind == "xlsx":
        others = rows_of(checked, _others(checked))
        return attachment(workbook(rows, summary(checked), others), f"核数清单-{title}.xlsx")
    if kind == "docx":
        actor = request.actor
        content = document(rows, summary(checked), title, actor.court.name, actor.on)
        return attachment(content, f"核数清单-{title}.docx")
    return render(request, "pages/reports/checked.html", _context(request.actor, checked, rows, text, name))


def _others(checked: Checked) -> tuple[Finding, ...]:
    """What is neither wrong nor to be explained."""
    return tuple(one for one in checked.findings if not one.verdict.accuses)


def _context(actor: Actor, checked: Checked, rows: list[Row], text: str, name: str) -> dict[str, object]:
    found = checked.accusations
    lines = [
        {"line": line, "notes": [Note(one, rows[number - 1]) for number, one in line.notes]}
        for line in marked_lines(checked, found)
    ]
    rest = tuple(one for one in _others(checked) if one.code != "single")
    return {
        "findings": rows,
        "name": name,
        "text": text,
        "lines": lines,
        "figures": len(checked.figures),
        "wrong": checked.count(Verdict.MISMATCH),
        "doubtful": checked.count(Verdict.TENSION),
        "summary": summary(checked),
        "rest": rows_of(checked, rest),
        "held": [
            {"held": one, "links": _links(one, actor), "named": len(actor.courts) > 1}
            for one in confirm(actor, checked)
        ],
        "on": actor.on,
        "query": name,
    }


def _links(held: Held, actor: Actor) -> list[tuple[str, str]]:
    """The lists of the cases behind a figure, each with what it holds."""
    if held.moved:
        return [
            (f"{first.year}年", _list(held, actor, held.counted, (first, last)))
            for first, last in (held.span, held.year_before)
        ]
    if held.counted == RECEIVED:
        return [(one, _list(held, actor, one, held.span)) for one in (CARRIED, FILED)]
    return [("", _list(held, actor, held.counted, held.span))]


def _list(held: Held, actor: Actor, counted: str, span: tuple[date, date]) -> str:
    """The list of the cases of one count; of a rate, those closed in its period; of 受理, those filed."""
    query = {"status": "全部", "kind": held.kind}
    if held.court is not None and len(actor.courts) > 1:
        query["court"] = held.court.code
    first, last = span
    if counted == CARRIED:
        query["open_on"] = str(first)
    elif counted == PENDING:
        query["open_on"] = str(last + timedelta(days=1))
    else:
        query["filed" if counted in (FILED, RECEIVED) else "closed"] = f"{first}~{last}"
    return f"{reverse('case-list')}?{urlencode({key: value for key, value in query.items() if value})}"


routes = (Route("reports/check", report_check, "report-check", "查看案件"),)
