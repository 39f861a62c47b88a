"""督办: the list, one notice with its chain, issuing, answering, lifting, and the papers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mingjing.documents.pdf import is_available
from mingjing.domain.reasons import Refusal
from mingjing.services.notice_chain import lift_notice
from mingjing.services.notice_papers import Paper, notice_archive, notice_document, notice_paper, notice_pdf
from mingjing.services.notices import LEVELS, issue_notices, last_days, reply_notice
from mingjing.services.permissions import NotVisible
from mingjing.services.reading import notices as reading
from mingjing.services.reading.notices import NoticeFilter, NoticePage
from mingjing.services.reading.scope import places
from mingjing.storage.supervision.models import Notice
from mingjing.web.acting import DayField, act_page
from mingjing.web.downloads import attachment
from mingjing.web.listing import (
    carried,
    choice,
    linked,
    numbers,
    place_fields,
    tools,
    workbook,
)
from mingjing.web.routing import Route, StaffRequest

WITHOUT_PDF = "本机没有安装 LibreOffice，只能下载 Word 文件；装好以后这里可以下载 PDF。"


class IssueForm(forms.Form):
    """签发."""

    reason = forms.CharField(
        label="督办事由",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写进每一份通知。例如：立案已满十二个月，至今未结。",
    )
    reply_by = DayField(label="书面回复期限", help_text="过了这一天没有回复，次日自动报告上一级。")
    close_by = DayField(label="结案期限", help_text="过了这一天没有结案，次日自动报告上一级。")
    level = forms.ChoiceField(
        label="督办层级",
        required=False,
        choices=[("", "按各案案龄定"), *((level, level) for level in LEVELS)],
        help_text="不选时按长期未结档次定，不到最低一档的由庭长督办。",
    )


class ReplyForm(forms.Form):
    """回复."""

    reason = forms.CharField(
        label="书面原因",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="未结的原因、已经采取的措施、下一步安排。例如：鉴定机构退回委托，已重新选定。",
    )
    planned_close = DayField(label="承诺结案日期", help_text="到这一天结案；写得比结案期限晚的，要说明理由。")


class LiftForm(forms.Form):
    """解除."""

    reason = forms.CharField(
        label="解除理由", max_length=400, help_text="例如：案件已中止诉讼，督办事由消失。"
    )


def notice_list(request: StaffRequest) -> HttpResponse:
    """Notices by filter."""
    request.family = "案件"
    actor = request.actor
    chosen = NoticeFilter.read(request.GET.dict())
    found = reading.notices(actor, chosen)
    fields = [
        choice("whose", "范围", chosen.whose, reading.WHOSE),
        choice("state", "状态", chosen.state, reading.STATES),
        choice("late", "逾期", chosen.late, reading.LATE, "不限逾期"),
        *place_fields(places(actor), court=chosen.court, department=chosen.department),
        carried("run", chosen.run),
    ]
    context = {
        "found": found,
        "page": found.page,
        "chosen": chosen,
        "fields": fields,
        "tools": tools(request, "notices-export"),
        "query": " · ".join(chosen.sentence()),
        "late_url": linked("notices", whose=chosen.whose, late="逾期未回复"),
        "overdue_url": linked("notices", whose=chosen.whose, late="逾期未结案"),
        "pdf": is_available(),
        "without_pdf": WITHOUT_PDF,
        "may_issue": actor.may("签发督办"),
        "on": actor.on,
    }
    return render(request, "pages/supervision/notices.html", context)


def notice_export(request: StaffRequest) -> HttpResponse:
    """The list as .xlsx."""
    chosen = NoticeFilter.read(request.GET.dict())
    return workbook(request, reading.sheet(request.actor, chosen), verb="导出督办")


def _chain(page: NoticePage, on: date) -> list[dict[str, object]]:
    """The links of the chain, and those that come when nothing is done."""
    notice = page.notice
    shown: list[dict[str, object]] = []
    for step in page.steps:
        by = f"（{step.person.name}）" if step.person else ""
        late = step.kind == "逾期升级"
        shown.append(
            {
                "on": step.on,
                "text": f"{step.kind}{by}",
                "note": step.text,
                **({"state": "warn"} if late else {}),
            }
        )
    if notice.state == Notice.State.ISSUED and on <= notice.reply_by:
        text = "还没有回复就报告上一级"
        shown.append({"on": notice.reply_by + timedelta(days=1), "text": text, "state": "next"})
    if notice.state != Notice.State.CLOSED and on <= notice.close_by:
        text = "还没有结案就报告上一级"
        shown.append({"on": notice.close_by + timedelta(days=1), "text": text, "state": "next"})
    return sorted(shown, key=lambda entry: (entry.get("state") == "next", entry["on"]))


def notice_detail(request: StaffRequest, notice_id: int) -> HttpResponse:
    """One notice: what it says, what became of it, what comes next."""
    request.family = "案件"
    actor = request.actor
    page = reading.notice_page(actor, notice_id)
    notice, case = page.notice, page.notice.case
    pairs = [
        ("案号", case.number, reverse("case", args=[case.pk])),
        ("案由", case.cause),
        ("承办部门", case.department.name if case.department else ""),
        ("发给", notice.addressee.name if notice.addressee else case.handler_name),
        ("督办层级", notice.level),
        ("长期未结", page.tier.label if page.tier else ""),
        ("签发", f"{notice.issued_by.name}　{notice.issued_on}"),
        ("回复期限", notice.reply_by),
        ("结案期限", notice.close_by),
        ("承诺结案", notice.planned_close),
        ("签发法院", notice.court.short_name if notice.court_id != case.court_id else ""),
    ]
    paper, paper_refusal = None, None
    try:
        paper = notice_document(notice)
    except Refusal as refused:
        paper_refusal = refused
    context = {
        "notice": notice,
        "case": case,
        "paper": paper,
        "paper_refusal": paper_refusal,
        "page": page,
        "chain": _chain(page, actor.on),
        "pairs": pairs,
        "may_lift": actor.may("解除督办") and notice.state != Notice.State.CLOSED,
        "pdf": is_available(),
        "without_pdf": WITHOUT_PDF,
        "on": actor.on,
    }
    return render(request, "pages/supervision/notice.html", context)


def issue(request: StaffRequest) -> HttpResponse:
    """签发: the form over the chosen cases; all of them are issued or none."""
    request.family = "案件"
    actor = request.actor
    sent = request.POST if request.method == "POST" else request.GET
    ids = numbers(sent.getlist("case"))
    if not ids:
        messages.error(request, "还没有选案件。请在案件列表或者长期未结里勾选，再发督办通知。")
        return HttpResponseRedirect(reverse("long-pending"))
    reply_by, close_by = last_days(actor)
    initial = {"reply_by": reply_by, "close_by": close_by, "reason": request.GET.get("reason", "")}
    form = IssueForm(request.POST or None, initial=initial)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            made = issue_notices(actor, case_ids=ids, **form.cleaned_data)
        except Refusal as refused:
            refusal = refused
        else:
            first, last = made[0], made[-1]
            messages.success(request, f"已签发 {len(made)} 份：{first.number} 至 {last.number}。")
            run = f"{first.year}-{first.serial}-{last.serial}"
            return HttpResponseRedirect(linked("notices", state="全部", run=run))
    chosen = reading.candidates(actor, ids)
    ready = [candidate for candidate in chosen if not candidate.hindrance]
    serial = reading.next_serial(actor)
    context = {
        "form": form,
        "refusal": refusal,
        "ready": ready,
        "hindered": [candidate for candidate in chosen if candidate.hindrance],
        "first_serial": serial,
        "last_serial": serial + len(ready) - 1,
        "back": reverse("long-pending"),
        "on": actor.on,
    }
    status = 422 if refusal or form.errors else 200
    return render(request, "pages/supervision/issue.html", context, status=status)


def reply(request: StaffRequest, notice_id: int) -> HttpResponse:
    """书面回复."""
    request.family = "案件"
    actor = request.actor
    page = reading.notice_page(actor, notice_id)
    notice = page.notice
    if not page.may_reply and request.method == "GET":
        raise NotVisible

    def run(data: dict[str, Any]) -> str:
        reply_notice(actor, notice_id=notice.pk, **data)
        return f"已回复 {notice.number}，承诺 {data['planned_close']} 前结案。"

    return act_page(
        request,
        title=f"回复 {notice.number}",
        lead=f"{notice.case.number}　督办事由：{notice.reason}。请于 {notice.reply_by} 前回复。",
        form_class=ReplyForm,
        run=run,
        back=reverse("notice", args=[notice.pk]),
        button="提交回复",
        initial={"planned_close": notice.close_by},
    )


def lift(request: StaffRequest, notice_id: int) -> HttpResponse:
    """解除督办."""
    request.family = "案件"
    notice = reading.notice_page(request.actor, notice_id).notice

    def run(data: dict[str, Any]) -> str:
        lift_notice(request.actor, notice_id=notice.pk, reason=data["reason"])
        return f"已解除 {notice.number}。"

    return act_page(
        request,
        title=f"解除 {notice.number}",
        lead=f"{notice.case.number}。解除以后不再升级，也不能恢复；需要时另发一份。",
        form_class=LiftForm,
        run=run,
        back=reverse("notice", args=[notice.pk]),
        button="解除督办",
    )


def file(request: StaffRequest, notice_id: int) -> HttpResponse:
    """One notice as .docx, or as PDF (``?kind=pdf``)."""
    notice = reading.notice_page(request.actor, notice_id).notice
    paper = notice_pdf([notice]) if request.GET.get("kind") == "pdf" else notice_paper(notice)
    return attachment(paper.content, paper.name)


def prints(request: StaffRequest) -> HttpResponse:
    """The chosen notices together: Word files in one archive, or one PDF (``kind=pdf``)."""
    wanted, run = numbers(request.GET.getlist("notice")), request.GET.get("run", "")
    if not wanted and not run:
        messages.error(request, "还没有选督办通知。请先勾选，再下载。")
        return HttpResponseRedirect(reverse("notices"))
    chosen = reading.chosen_notices(request.actor, wanted, run if not wanted else "")
    paper = _together(chosen, pdf=request.GET.get("kind") == "pdf")
    return attachment(paper.content, paper.name)


def _together(chosen: list[Notice], *, pdf: bool) -> Paper:
    if pdf:
        return notice_pdf(chosen)
    return notice_paper(chosen[0]) if len(chosen) == 1 else notice_archive(chosen)


routes = (
    Route("notices", notice_list, "notices", "查看案件"),
    Route("notices/export", notice_export, "notices-export", "导出数据"),
    Route("notices/issue", issue, "notice-issue", "签发督办"),
    Route("notices/print", prints, "notices-print", "查看案件"),
    Route("notices/<int:notice_id>", notice_detail, "notice", "查看案件"),
    Route("notices/<int:notice_id>/reply", reply, "notice-reply", "回复督办"),
    Route("notices/<int:notice_id>/lift", lift, "notice-lift", "解除督办"),
    Route("notices/<int:notice_id>/file", file, "notice-file", "查看案件"),
)
