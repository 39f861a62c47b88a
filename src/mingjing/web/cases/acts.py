"""What is done on one case: a table of acts, each a form, a verb and the sentence said afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.urls import reverse

from mingjing.services import (
    case_links,
    change_procedure,
    closings,
    excluded_spans,
    limit_changes,
    record_event,
    record_exclusion,
    strike_event,
    supervision_notes,
    tips,
)
from mingjing.services.actors import Actor
from mingjing.services.node_papers import lacking
from mingjing.services.permissions import NotVisible, seen_case
from mingjing.services.reading.case_acts import case_of_event, case_of_exclusion, judges, termination_checks
from mingjing.services.reading.case_list import find_number
from mingjing.services.reading.choices import words
from mingjing.storage.cases.models import Case
from mingjing.web.acting import act_page, post_act
from mingjing.web.cases import forms
from mingjing.web.routing import Route, StaffRequest, View

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Subject:
    """What an act is done on: the case, or an event or exclusion of it (``pk``) and how that is called."""

    case: Case
    pk: int
    shown: str = ""


def _case(actor: Actor, pk: int) -> Subject:
    return Subject(seen_case(actor, pk), pk)


def _event(actor: Actor, pk: int) -> Subject:
    case, shown = case_of_event(actor, pk)
    return Subject(case, pk, shown)


def _exclusion(actor: Actor, pk: int) -> Subject:
    case, shown = case_of_exclusion(actor, pk)
    return Subject(case, pk, shown)


def _none(request: StaffRequest, on: Subject) -> Data:
    return {}


def _words(dictionary: str) -> Callable[[StaffRequest, Subject], Data]:
    """A form that offers the words of a dictionary."""
    return lambda request, on: {"words": words(request.actor, dictionary)}


def _fitting(words_for: Callable[[Case], list[str]]) -> Callable[[StaffRequest, Subject], Data]:
    """A form that offers only the words that cases like this may have."""
    return lambda request, on: {"words": tuple(words_for(on.case))}


def _today(name: str) -> Callable[[StaffRequest, Subject], Data]:
    """A form whose day is today unless changed."""
    return lambda request, on: {name: request.actor.on}


@dataclass(frozen=True, slots=True)
class CaseAct:
    """One act: its title (``{}`` stands for what it is done on), its form, the verb, the button."""

    title: str
    form: type[django_forms.Form]
    run: Callable[[Actor, Subject, Data], str]
    button: str
    find: Callable[[Actor, int], Subject] = _case
    arguments: Callable[[StaffRequest, Subject], Data] = _none
    initial: Callable[[StaffRequest, Subject], Data] = _none


def _record(actor: Actor, on: Subject, data: Data) -> str:
    kind, happened = data["word"], data["happened"]
    record_event.record_event(actor, case_id=on.pk, kind=kind, happened=happened, note=data["note"])
    lacks = "".join(one.sentence for one in lacking(seen_case(actor, on.pk), kind))
    return f"已录入“{kind}”（{happened}），相关期限已重新计算。{f'请注意：{lacks}' if lacks else ''}"


def _strike(actor: Actor, on: Subject, data: Data) -> str:
    strike_event.strike_event(actor, event_id=on.pk, reason=data["reason"])
    return f"已作废“{on.shown}”，相关期限已重新计算。"


def _exclude(actor: Actor, on: Subject, data: Data) -> str:
    kind = data.pop("word")
    record_exclusion.open_exclusion(actor, case_id=on.pk, kind=kind, **data)
    if not limit_changes.counts_for_limit(seen_case(actor, on.pk), kind):
        return f"已登记“{kind}”。本案适用的审限规定不扣除这种期间，届满日不变。"
    return f"已登记“{kind}”，期限已重新计算。"


def _end_exclusion(actor: Actor, on: Subject, data: Data) -> str:
    record_exclusion.close_exclusion(actor, exclusion_id=on.pk, **data)
    return f"“{on.shown}”已于 {data['last']} 结束，期限接着计算。"


def _strike_exclusion(actor: Actor, on: Subject, data: Data) -> str:
    record_exclusion.strike_exclusion(actor, exclusion_id=on.pk, reason=data["reason"])
    return f"已作废“{on.shown}”，这些天重新计入期限。"


def _extend(actor: Actor, on: Subject, data: Data) -> str:
    made = limit_changes.request_extension(actor, case_id=on.pk, **data)
    return f"已申请延长 {data['length']}，等{made.approver_role}在 {made.decide_by or '届满前'} 以前决定。"


def _close(actor: Actor, on: Subject, data: Data) -> str:
    outcome = data.pop("word")
    made = closings.request_closing(actor, case_id=on.pk, outcome=outcome, **data)
    return f"已报请结案，等{made.approver_role}审批；批准之前不算结案。"


def _procedure(actor: Actor, on: Subject, data: Data) -> str:
    chosen = data.pop("word")
    change_procedure.change_procedure(actor, case_id=on.pk, procedure=chosen, **data)
    return f"已改用{chosen}，期限已重新计算。"


def _handler(actor: Actor, on: Subject, data: Data) -> str:
    changed = change_procedure.change_handler(
        actor, case_id=on.pk, handler_id=int(data["handler"]), reason=data["reason"]
    )
    return f"承办人已变更为 {changed.handler}，等原承办人办的提醒转给新承办人。"


def _note(actor: Actor, on: Subject, data: Data) -> str:
    supervision_notes.add_note(actor, case_id=on.pk, text=data["text"])
    return "监督意见已入卷，合议庭看得到。"


def _link(actor: Actor, on: Subject, data: Data) -> str:
    earlier = find_number(actor, data["number"])
    case_links.link_cases(actor, earlier_id=earlier.pk, later_id=on.pk, relation=data["relation"])
    return f"已关联前案 {earlier.number}，案龄从最初立案之日起算。"


EVENT = CaseAct(
    "录入事项", forms.EventForm, _record, "录入", arguments=_words("dictionary.events"),
    initial=lambda request, on: {"word": request.GET.get("kind", ""), "happened": request.actor.on},
)  # fmt: skip
EXCLUSION = CaseAct(
    "登记扣除", forms.ExclusionForm, _exclude, "登记", arguments=_fitting(excluded_spans.spans_for)
)
END_EXCLUSION = CaseAct(
    "结束“{}”", forms.EndExclusionForm, _end_exclusion, "登记结束", find=_exclusion, initial=_today("last")
)
CLOSING = CaseAct(
    "申请结案", forms.ClosingForm, _close, "报请结案", initial=_today("closed_on"),
    arguments=lambda request, on: {
        "words": tuple(closings.outcomes_for(on.case)), "checks": termination_checks(on.case)
    },
)  # fmt: skip
PROCEDURE = CaseAct(
    "变更审理程序", forms.ProcedureForm, _procedure, "变更", initial=_today("decided_on"),
    arguments=_fitting(change_procedure.procedures_for),
)  # fmt: skip
HANDLER = CaseAct(
    "变更承办人", forms.HandlerForm, _handler, "变更",
    arguments=lambda request, on: {"judges": judges(on.case, request.actor.on)},
)  # fmt: skip


def page(act: CaseAct) -> View:
    """The page of an act: the form, then the verb, then back to the case."""

    def view(request: StaffRequest, **named: int) -> HttpResponse:
        request.family = "案件"
        on = act.find(request.actor, *named.values())
        return act_page(
            request,
            title=act.title.format(on.shown),
            lead=f"{on.case.number}　{on.case.cause}",
            form_class=act.form,
            run=lambda data: act.run(request.actor, on, data),
            back=reverse("case", args=[on.case.pk]),
            arguments=act.arguments(request, on),
            initial=act.initial(request, on),
            button=act.button,
        )

    return view


def acknowledge(request: StaffRequest, case_id: int) -> HttpResponse:
    """已阅一个节点的提示."""
    if request.method != "POST":
        raise NotVisible
    case = seen_case(request.actor, case_id)
    node = request.POST.get("node", "")

    def run() -> str:
        tips.acknowledge_tip(request.actor, case_id=case.pk, node=node)
        return f"已阅“{node}”的提示。"

    return post_act(request, run, reverse("case", args=[case.pk]))


TABLE: tuple[tuple[str, CaseAct, str, str], ...] = (
    ("cases/<int:case_id>/event", EVENT, "case-event", "录入事项"),
    ("events/<int:event_id>/strike", CaseAct("作废“{}”", forms.StrikeForm, _strike, "作废", find=_event),
     "event-strike", "更正事项"),
    ("cases/<int:case_id>/exclusion", EXCLUSION, "case-exclusion", "录入扣除"),
    ("exclusions/<int:exclusion_id>/end", END_EXCLUSION, "exclusion-end", "录入扣除"),
    ("exclusions/<int:exclusion_id>/strike",
     CaseAct("作废“{}”", forms.StrikeForm, _strike_exclusion, "作废", find=_exclusion),
     "exclusion-strike", "更正事项"),
    ("cases/<int:case_id>/extension", CaseAct("申请延长审限", forms.ExtensionForm, _extend, "申请"),
     "case-extension", "申请审限变更"),
    ("cases/<int:case_id>/closing", CLOSING, "case-closing", "申请结案"),
    ("cases/<int:case_id>/procedure", PROCEDURE, "case-procedure", "维护案件"),
    ("cases/<int:case_id>/handler", HANDLER, "case-handler", "变更承办人"),
    ("cases/<int:case_id>/note", CaseAct("留监督意见", forms.NoteForm, _note, "留痕"),
     "case-note", "留监督意见"),
    ("cases/<int:case_id>/link", CaseAct("关联前案", forms.LinkForm, _link, "关联"),
     "case-link", "维护案件"),
)  # fmt: skip
"""Path, act, name and what a role must list."""

routes = (
    *(Route(path, page(act), name, needs) for path, act, name, needs in TABLE),
    Route("cases/<int:case_id>/tip", acknowledge, "case-tip", "查看案件"),
)
