"""Opening a record and acting on one: forms made from the definition."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import get_random_string

from mingjing.domain.assessments.outline import SCORE
from mingjing.domain.ledgers.matters import Permitted
from mingjing.domain.ledgers.register import NEW, Register
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.permissions import NotVisible
from mingjing.services.reading.case_list import find_number
from mingjing.services.reading.records import choices
from mingjing.services.reading.records.finding import by_number
from mingjing.services.reading.records.overview import known_register, seen_register
from mingjing.services.records import acting, evidence, opening
from mingjing.services.records.sight import find_record
from mingjing.services.records.versions import register_at
from mingjing.storage.records.models import Evidence, Record
from mingjing.web.records.addresses import within
from mingjing.web.records.fields import Lists
from mingjing.web.records.following import follows
from mingjing.web.records.forms import KEPT, WHY, ActForm, sealed, unsealed
from mingjing.web.records.pledges import signed_text
from mingjing.web.routing import Route, StaffRequest

Files = list[tuple[str, Evidence, str]]


def lists_for(actor: Actor) -> Lists:
    """What the forms of this actor offer."""
    return Lists(
        people=lambda: choices.people(actor),
        units=lambda: choices.departments(actor),
        find_case=lambda text: find_number(actor, text).pk,
        find_record=lambda register, text: _key(by_number(actor, register, text)),
    )


def _key(record: Record | None) -> int | None:
    return record.pk if record else None


def act_form(
    request: StaffRequest,
    register: Register,
    act: Permitted,
    values: Mapping[str, object],
    *,
    sent: bool | None = None,
    above: Register | None = None,
) -> ActForm:
    """The form of an act, filled where it was sent: by POST, unless said otherwise."""
    sent = request.method == "POST" if sent is None else sent
    return ActForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        register=register,
        act=act,
        lists=lists_for(request.actor),
        values=values,
        received=unsealed(request.POST.get(KEPT, "")) if sent else [],
        above=above,
    )


def take_files(form: ActForm) -> Files:
    """The files sent now and with the form before. Raises Refusal where one is not what it says."""
    before = choices.evidence([digest for _, digest, _ in form.received])
    found = [(label, before[digest], name) for label, digest, name in form.received if digest in before]
    for label, upload in form.uploads():
        kept = evidence.keep(upload)
        found.append((label, kept, upload.name))
        form.received.append((label, kept.digest, upload.name))
    return found


def named(record: Record, actor: Actor) -> str:
    """Number and title; of a record about the actor the number alone: the title may be barred."""
    return record.number if record.subject_id == actor.person.pk else f"{record.number}　{record.title}"


def consequences(register: Register, label: str, state: str) -> list[str]:
    """What follows from an act, in words, before it is done."""
    act = register.act(label)
    after = next((after for sources, after in act.moves if state in sources), "")
    said = []
    if _is_marking(register, label):
        said.append("还有人没有交，您的分数封存；您是最后一位，结果就一起打开。")
    elif after and after != state:
        final = register.is_final(after)
        said.append(f"状态变为“{after}”" + ("，这条记录就办完了。" if final else "。"))
    for clock in register.clocks:
        if label in clock.starts:
            limit = f"（{clock.within}）" if clock.within else ""
            said.append(f"“{clock.label}”{limit}开始计算。")
        elif label in clock.stops:
            said.append(f"“{clock.label}”停止计算。")
    said += [f"自动登记一条“{one.link or one.register}”。" for one in act.opens]
    if act.approval:
        said.append("先报批，批准以后才生效。")
    return [*said, "办理人、时间和填写的内容留在经过里，不能修改。"]


def _shown(
    request: StaffRequest,
    register: Register,
    act: Permitted,
    form: ActForm,
    *,
    record: Record | None,
    back: str,
    refusal: Refusal | None,
    above: Record | None = None,
) -> HttpResponse:
    state = record.state if record else NEW
    revision = request.POST.get("revision") or (record.revision if record else "")
    if record and isinstance(refusal, acting.MeanwhileActed):
        revision = record.revision  # they have read what the others did: sent again, it is meant
    said = follows(record, act.act) if register.kind == "approval" else []
    final = any(register.is_final(after) for _, after in register.act(act.act).moves if after)
    context = {
        "revision": revision,
        "title": f"发起{register.label}" if record is None and register.kind == "approval" else act.act,
        "lead": named(record, request.actor) if record else f"{register.label} · {register.owner}主管",
        "above": named(above, request.actor) if above else "",
        "about": act.about,
        "paragraphs": signed_text(record, act.act),
        "marking": _is_marking(register, act.act),
        "form": form,
        "refusal": refusal,
        "blocked": act.refusal,
        "consequences": said or consequences(register, act.act, state),
        "final": final and not said,
        "back": back,
        "register": register,
        "once": request.POST.get("once") or get_random_string(20),
        "received": form.received,
        "sealed": sealed(form.received),
        "multipart": form.is_multipart(),
    }
    status = 422 if refusal or form.errors else 200
    return render(request, "pages/records/act.html", context, status=status)


def new_record(request: StaffRequest, register_id: str) -> HttpResponse:
    """登记一条."""
    request.family = "台账"
    actor = request.actor
    register = seen_register(actor, register_id)
    offered = opening.openings(actor, register_id)
    if not offered:
        raise NotVisible
    wanted = request.GET.get("act", "")
    act = next((one for one in offered if one.act == wanted), offered[0])
    above = _above(request, register)
    asked = known_register(actor, register.under) if register.under and above is None else None
    form = act_form(request, register, act, _given(request, register), above=asked)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            made = _open(request, register, act, form, above)
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, f"已登记 {made.number}，现在是“{made.state}”。")
            return HttpResponseRedirect(reverse("record", args=[made.pk]))
    back = reverse("record", args=[above.pk]) if above else within("register", register)
    return _shown(request, register, act, form, record=None, back=back, refusal=refusal, above=above)


def _above(request: StaffRequest, register: Register) -> Record | None:
    """The record a link names that the new one is to stand under."""
    key = request.GET.get("above", "")
    return find_record(request.actor, int(key)) if register.under and key.isdecimal() else None


def _given(request: StaffRequest, register: Register) -> dict[str, object]:
    """Values a link gives in advance, by the key of the field."""
    return {one.key: request.GET[one.key] for one in register.fields if one.key in request.GET}


def _open(
    request: StaffRequest, register: Register, act: Permitted, form: ActForm, above: Record | None
) -> Record:
    return opening.open_record(
        request.actor,
        register.id,
        act.act,
        form.entered(),
        above=above.pk if above else form.above(),
        files=take_files(form),
        target=form.target(),
        why=form.cleaned_data[WHY],
        once=request.POST.get("once", ""),
    )


def act_on(request: StaffRequest, record_id: int, act_label: str) -> HttpResponse:
    """One act on one record."""
    request.family = "台账"
    actor = request.actor
    record = find_record(actor, record_id)
    register = register_at(record)
    act = next((one for one in acting.options(actor, record) if one.act == act_label), None)
    if act is None:
        return _gone(request, record, register, act_label)
    form = act_form(request, register, act, record.data)
    back, refusal = reverse("record", args=[record.pk]), None
    if request.method == "POST" and form.is_valid():
        try:
            done = _do(request, record, act, form)
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, _done(act.act, done, record.state))
            # the next sheet to mark waits in the list
            return HttpResponseRedirect(reverse("assessments") if _is_marking(register, act.act) else back)
    return _shown(request, register, act, form, record=record, back=back, refusal=refusal)


def _is_marking(register: Register, label: str) -> bool:
    """Whether an act hands in marks."""
    return register.kind == "sheet" and label == SCORE


def _done(label: str, after: Record, before: str) -> str:
    changed = f"，现在是“{after.state}”" if after.state != before else ""
    return f"已办理“{label}”{changed}。"


def _gone(request: StaffRequest, record: Record, register: Register, label: str) -> HttpResponse:
    """An act that is not open to the actor: say why where the register has it, else there is no such page."""
    if label not in {one.label for one in register.acts}:
        raise NotVisible
    now = "、".join(one.act for one in acting.options(request.actor, record)) or "没有"
    messages.error(request, f"“{record.state}”时您不能办理“{label}”。现在您可以办的：{now}。")
    return HttpResponseRedirect(reverse("record", args=[record.pk]))


def _do(request: StaffRequest, record: Record, act: Permitted, form: ActForm) -> Record:
    revision = request.POST.get("revision", "")
    if _is_marking(register_at(record), act.act):
        revision = ""  # reviewers mark at the same time, each their own
    return acting.do(
        request.actor,
        record.pk,
        act.act,
        form.entered(),
        target=form.target(),
        why=form.cleaned_data[WHY],
        files=take_files(form),
        revision=int(revision) if revision.isdecimal() else None,
    )


routes = (
    Route("registers/<str:register_id>/new", new_record, "register-new", "办理台账"),
    Route("records/<int:record_id>/do/<str:act_label>", act_on, "record-act", "办理台账"),
)
