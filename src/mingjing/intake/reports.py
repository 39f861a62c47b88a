"""举报: a form, a receipt of code words, progress by the receipt. No login, no cookie, no script needed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from mingjing.domain.reasons import Refusal
from mingjing.services.leads import entrance
from mingjing.services.leads.uploads import check_files, uploads_in_memory

View = Callable[[HttpRequest], HttpResponse]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)


class ReportForm(forms.Form):
    """What somebody reports."""

    court = forms.ChoiceField(label="反映的是哪个法院的人")
    reported = forms.CharField(
        label="反映谁",
        required=False,
        max_length=200,
        help_text="写姓名，几个人用顿号分开。系统据此让他本人和他的上级都看不到。不知道可以不填。",
    )
    unit = forms.CharField(label="他在哪个部门", required=False, max_length=60, help_text="例如：执行局")
    text = forms.CharField(
        label="反映什么",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text="什么时候、在哪里、谁、做了什么、您怎么知道的、有什么材料。",
    )
    reporter = forms.CharField(
        label="您的姓名", required=False, max_length=60, help_text="可以不填，不填就是匿名。"
    )
    contact = forms.CharField(
        label="怎么联系您", required=False, max_length=120, help_text="可以不填；凭回执也能互相写信。"
    )


class AskForm(forms.Form):
    """The receipt."""

    words = forms.CharField(
        label="回执上的八个词", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


def _public(view: View) -> View:
    """A page of the entrance: nothing kept by the browser or on the way, its own content policy. Its forms
    are guarded by a signed ticket that is good once, so that no cookie is needed against forgery."""

    @csrf_exempt
    @wraps(view)
    def serve(request: HttpRequest) -> HttpResponse:
        uploads_in_memory(request)
        response = view(request)
        response["Content-Security-Policy"] = POLICY
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return serve


def _page(name: str, status: int = 200, **context: object) -> HttpResponse:
    return HttpResponse(render_to_string(f"intake/{name}.html", context), status=status)


def _form(request: HttpRequest) -> ReportForm:
    form = ReportForm(request.POST or None)
    found = form.fields["court"]
    assert isinstance(found, forms.ChoiceField)
    found.choices = [(one.code, one.name) for one in entrance.courts()]
    return form


@_public
def report(request: HttpRequest) -> HttpResponse:
    """The form; then the receipt, once."""
    form = _form(request)
    if request.method != "POST" or not form.is_valid():
        return _page("report", 422 if form.errors else 200, form=form, ticket=entrance.new_ticket())
    try:
        received = _take_in(request, form)
    except Refusal as refusal:
        kept = request.POST.get("ticket", "")
        ticket = None if refusal.code == "too-early" else entrance.new_ticket()
        return _page("report", 422, form=form, refusal=refusal, ticket=ticket, kept=kept)
    return _page("receipt", received=received)


def _take_in(request: HttpRequest, form: ReportForm) -> entrance.Received:
    said = form.cleaned_data
    return entrance.report(
        request.POST.get("ticket", ""),
        request.POST.get("proof", ""),
        court=next(one for one in entrance.courts() if one.code == said["court"]),
        files=check_files(request.FILES.getlist("files")),
        **{key: said[key] for key in ("text", "reported", "unit", "reporter", "contact")},
    )


@_public
def ask(request: HttpRequest) -> HttpResponse:
    """Progress by the receipt, and a message more."""
    form = AskForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page("ask", 422 if form.errors else 200, form=form)
    words, message = form.cleaned_data["words"], request.POST.get("message", "")
    refusal, wanted = None, request.POST.get("give", "")
    try:
        if wanted:
            return _file(*entrance.proofs(words, wanted))
        if message.strip():
            refusal = _add(request, words, message)
        found = entrance.ask(words)
    except Refusal as wrong:
        return _page("ask", 422, form=form, refusal=wrong)
    ticket = entrance.new_ticket()
    kept = message if refusal else ""
    return _page("progress", found=found, words=words, ticket=ticket, refusal=refusal, message=kept)


def _file(name: str, content: bytes) -> HttpResponse:
    """A file to be saved; its name says nothing of what it is about."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _add(request: HttpRequest, words: str, message: str) -> Refusal | None:
    """A message more; why it was not taken, where it was not."""
    files = check_files(request.FILES.getlist("files"))
    try:
        entrance.add(words, message, request.POST.get("ticket", ""), request.POST.get("proof", ""), files)
    except Refusal as refusal:
        return refusal
    return None


urlpatterns = [path("report/", report, name="report"), path("report/ask/", ask, name="report-ask")]
