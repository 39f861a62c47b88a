"""起草制度: write a definition in the browser with a live check, submit it, have another approve it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mingjing.definitions.describing import Description, describe
from mingjing.domain.reasons import Refusal
from mingjing.services.drafting import verbs
from mingjing.services.drafting.checking import Checked, check
from mingjing.services.reading import drafts as reading
from mingjing.services.records.machineries import register_of
from mingjing.services.trying.registers import is_register
from mingjing.storage.drafts.models import Draft
from mingjing.web.acting import act_page, post_act
from mingjing.web.institutions.draft_forms import PUTS, BeginForm, DecideForm, SubmitForm, puts_of
from mingjing.web.institutions.register_diagram import register_diagram
from mingjing.web.routing import SIGNED_IN, Route, StaffRequest


def draft_list(request: StaffRequest) -> HttpResponse:
    """Drafts to decide, one's own, and what became of the rest."""
    request.family = "制度"
    context = {"found": reading.drafts(request.actor), "on": request.actor.on}
    context["may_begin"] = request.actor.may("起草制度")
    return render(request, "pages/institutions/drafts.html", context)


def draft_begin(request: StaffRequest) -> HttpResponse:
    """Begin from a blank, from a definition as its next version, or as a copy of it."""
    request.family = "制度"
    like = request.GET.get("like", "")

    def run(data: dict[str, Any]) -> str:
        draft = verbs.begin(request.actor, like=data["like"], copy=data["how"] == "copy", kind=data["kind"])
        went.append(reverse("draft", args=[draft.pk]))
        return "草稿已经建好。改到没有错误、例子都对，就可以提交。"

    went: list[str] = []
    initial = {"like": like, "how": "next" if like else "blank"}
    found = act_page(
        request,
        title="起草一份制度",
        lead="可以从一份能用的空白开始，也可以照着现行的某一份改。提交以后由另一个人批准，批准即施行，不用重启。",
        form_class=BeginForm,
        run=run,
        back=reverse("drafts"),
        button="开始起草",
        initial=initial,
        arguments={"actor": request.actor},
    )
    return HttpResponseRedirect(went[0]) if went else found


def draft_detail(request: StaffRequest, draft_id: int) -> HttpResponse:
    """The text beside what it says; saving keeps it however wrong it still is."""
    request.family = "制度"
    draft = verbs.seen_draft(request.actor, draft_id)
    if request.method != "POST":
        return _page(request, draft, draft.text, check(draft.court, draft.text))
    text = request.POST.get("text", "")
    try:
        _, checked = verbs.save(
            request.actor, draft_id, text, revision=_whole(request.POST.get("revision", ""))
        )
    except Refusal as refused:
        return _page(request, draft, text, check(draft.court, text), refused)
    if checked.ready:
        messages.success(request, f"已保存。没有错误，{len(checked.examples)} 个例子都对，可以提交了。")
    else:
        messages.info(request, "已保存。右边列着还要改的地方。")
    return HttpResponseRedirect(reverse("draft", args=[draft_id]))


def draft_check(request: StaffRequest, draft_id: int) -> HttpResponse:
    """The check of what is being typed, for the right-hand side; nothing is kept."""
    draft = verbs.seen_draft(request.actor, draft_id)
    text = request.POST.get("text", draft.text)[: verbs.MOST]
    return render(
        request, "pages/institutions/_draft_typed.html", _checked(check(draft.court, text), request)
    )


def draft_put(request: StaffRequest, draft_id: int, what: str) -> HttpResponse:
    """Put a field, a state, an act or a limit into the text by a small form."""
    request.family = "制度"
    draft = verbs.seen_draft(request.actor, draft_id)
    put = PUTS.get(what)
    if put is None:
        return HttpResponseRedirect(reverse("draft", args=[draft_id]))
    checked = check(draft.court, draft.text)

    def run(data: dict[str, Any]) -> str:
        verbs.save(request.actor, draft_id, put.put(draft.text, data), revision=draft.revision)
        return f"{put.label}已经加进全文。"

    return act_page(
        request,
        title=f"加一个{put.label}",
        lead=f"加到《{draft.label or '草稿'}》里，别的内容和批注都不动。",
        form_class=put.form,
        run=run,
        back=reverse("draft", args=[draft_id]),
        button="加进去",
        arguments={"definition": checked.definition, "court": draft.court},
    )


def draft_submit(request: StaffRequest, draft_id: int) -> HttpResponse:
    """Put the draft before whoever approves definitions."""
    request.family = "制度"
    draft = verbs.seen_draft(request.actor, draft_id)

    def run(data: dict[str, Any]) -> str:
        verbs.submit(request.actor, draft_id, reason=data["reason"])
        return "已经提交。批准人会在“待批准的制度”里看到。"

    return act_page(
        request,
        title=f"提交《{draft.label or '草稿'}》",
        form_class=SubmitForm,
        run=run,
        back=reverse("draft", args=[draft_id]),
        button="提交批准",
    )


def draft_decide(request: StaffRequest, draft_id: int) -> HttpResponse:
    """Approve, which puts it in force, or return."""
    request.family = "制度"
    draft = verbs.seen_draft(request.actor, draft_id)

    def run(data: dict[str, Any]) -> str:
        agree = data["decision"] == "批准"
        verbs.decide(request.actor, draft_id, agree=agree, opinion=data["opinion"])
        return f"《{draft.label}》已经批准，从它写明的日期起施行。" if agree else "已退回起草人。"

    return act_page(
        request,
        title=f"批准《{draft.label}》",
        lead=f"{draft.author.name}起草。理由：{draft.reason}",
        form_class=DecideForm,
        run=run,
        back=reverse("draft", args=[draft_id]),
        button="决定",
    )


def draft_back(request: StaffRequest, draft_id: int) -> HttpResponse:
    """Take a submitted draft back."""
    return _button(
        request, draft_id, lambda: verbs.take_back(request.actor, draft_id), "已撤回，可以接着改。"
    )


def draft_drop(request: StaffRequest, draft_id: int) -> HttpResponse:
    """Give a draft up."""
    return _button(
        request, draft_id, lambda: verbs.take_back(request.actor, draft_id, give_up=True), "草稿已作废。"
    )


def _button(request: StaffRequest, draft_id: int, do: Callable[[], Draft], said: str) -> HttpResponse:
    verbs.seen_draft(request.actor, draft_id)

    def run() -> str:
        do()
        return said

    return post_act(request, run, reverse("draft", args=[draft_id]))


def _page(
    request: StaffRequest, draft: Draft, text: str, checked: Checked, refusal: Refusal | None = None
) -> HttpResponse:
    actor = request.actor
    mine = draft.author_id == actor.person.pk
    context = {
        "draft": draft,
        "text": text,
        "refusal": refusal,
        "may_write": mine and draft.state in verbs.OPEN,
        "may_take_back": mine and draft.state == Draft.State.SUBMITTED,
        "may_decide": not mine and draft.state == Draft.State.SUBMITTED and actor.may("批准制度"),
        "may_try": actor.may("试算制度") and checked.definition is not None,
        "puts": puts_of(text),
        "changes": reading.compared(draft),
        **_checked(checked, request),
    }
    return render(request, "pages/institutions/draft.html", context, status=422 if refusal else 200)


def _checked(checked: Checked, request: StaffRequest) -> dict[str, object]:
    described: Description | None = None
    if checked.definition is not None and checked.over is not None and not checked.errors:
        described = describe(checked.definition, checked.over, request.actor.on)
    value = checked.definition.value if described and checked.definition else None
    return {
        "checked": checked,
        "described": described,
        "drawn": register_diagram(register_of(value)) if is_register(value) else None,
        "on": request.actor.on,
    }


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


_AT = "institutions/drafts/<int:draft_id>"

routes = (
    Route("institutions/drafts", draft_list, "drafts", SIGNED_IN),
    Route("institutions/drafts/begin", draft_begin, "draft-begin", "起草制度"),
    Route(_AT, draft_detail, "draft", SIGNED_IN),
    Route(f"{_AT}/check", draft_check, "draft-check", SIGNED_IN),
    Route(f"{_AT}/put/<str:what>", draft_put, "draft-put", "起草制度"),
    Route(f"{_AT}/submit", draft_submit, "draft-submit", "起草制度"),
    Route(f"{_AT}/decide", draft_decide, "draft-decide", "批准制度"),
    Route(f"{_AT}/back", draft_back, "draft-back", "起草制度"),
    Route(f"{_AT}/drop", draft_drop, "draft-drop", "起草制度"),
)
