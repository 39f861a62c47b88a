"""What is done in the draw: run a day, give a value, ask for a departure, decide it."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mingjing.domain.assignment.drawing import commit
from mingjing.domain.reasons import Refusal
from mingjing.services.draws import contributions, days, deviations, drawing, taking
from mingjing.services.permissions import NotVisible, seen_case
from mingjing.services.reading import draws
from mingjing.services.reading.draws import DayView, DrawView
from mingjing.services.security.fresh import SEED
from mingjing.web.acting import act_page, post_act
from mingjing.web.draws import forms
from mingjing.web.listing import numbers
from mingjing.web.routing import Route, StaffRequest


def _day(day_id: int) -> str:
    return reverse("filing-day", args=[day_id])


def day_open(request: StaffRequest) -> HttpResponse:
    """Begin a filing day and go there."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("draws"))
    return HttpResponseRedirect(_day(days.open_day(request.actor).pk))


def cases_add(request: StaffRequest, day_id: int) -> HttpResponse:
    """List the chosen cases."""
    chosen = numbers(request.POST.getlist("case"))

    def run() -> str:
        made = days.add_cases(request.actor, day_id, chosen)
        return f"已列入 {len({one.case_id for one in made})} 件，共 {len(made)} 份名单。"

    return post_act(request, run, _day(day_id))


def day_lock(request: StaffRequest, day_id: int) -> HttpResponse:
    """Commit the lists."""

    def run() -> str:
        day = days.lock_day(request.actor, day_id)
        return f"名单已锁定，承诺记在日志第 {day.locked_entry} 条。现在等各部门提交承诺。"

    return post_act(request, run, _day(day_id))


def waiting_stop(request: StaffRequest, day_id: int) -> HttpResponse:
    """Go on without those who did not commit."""

    def run() -> str:
        contributions.stop_waiting(request.actor, day_id)
        return "不再等没有提交承诺的部门，开始揭示。"

    return post_act(request, run, _day(day_id))


def silence(request: StaffRequest, day_id: int) -> HttpResponse:
    """The time is over: mark who stayed silent."""

    def run() -> str:
        day = contributions.declare_silence(request.actor, day_id)
        return f"已登记逾期未揭示，按规则“{day.missing}”。"

    return post_act(request, run, _day(day_id))


def public_take(request: StaffRequest, day_id: int) -> HttpResponse:
    """Take down the public value, before anybody reveals."""

    def run() -> str:
        day = contributions.name_public(request.actor, day_id, value=request.POST.get("public", ""))
        return f"公共随机值 {day.public} 已录入并记入日志，各部门可以揭示。"

    return post_act(request, run, _day(day_id))


def day_draw(request: StaffRequest, day_id: int) -> HttpResponse:
    """Draw and publish."""

    def run() -> str:
        drawing.draw_day(request.actor, day_id)
        return "已抽取并公布。核对以后把结果入案。"

    return post_act(request, run, _day(day_id))


def day_take(request: StaffRequest, day_id: int) -> HttpResponse:
    """Take the results into the cases."""
    return post_act(
        request, lambda: f"{taking.take_day(request.actor, day_id)} 件案件已有承办人。", _day(day_id)
    )


def day_void(request: StaffRequest, day_id: int) -> HttpResponse:
    """End a day that cannot be drawn."""
    request.family = "案件"
    draws.day_view(request.actor, day_id)

    def run(data: dict[str, str]) -> str:
        days.void_day(request.actor, day_id, reason=data["reason"])
        return "这个立案日已作废，案件可以列入下一次。"

    lead = "已经提交的承诺和揭示都留着，谁也删不掉；案件可以列入下一个立案日。"
    return act_page(
        request,
        title="作废立案日",
        form_class=forms.Reason,
        run=run,
        back=_day(day_id),
        lead=lead,
        button="作废",
    )


def case_remove(request: StaffRequest, day_id: int, case_id: int) -> HttpResponse:
    """Take a case off the lists."""
    request.family = "案件"
    case = seen_case(request.actor, case_id)

    def run(data: dict[str, str]) -> str:
        days.remove_case(request.actor, day_id, case_id, reason=data["reason"])
        return f"{case.number}已撤出。"

    title = f"把{case.number}撤出名单"
    return act_page(request, title=title, form_class=forms.Reason, run=run, back=_day(day_id), button="撤出")


def value_page(request: StaffRequest, day_id: int) -> HttpResponse:
    """A department's page: promise a value, then show it. Works without script."""
    request.family = "案件"
    view = draws.day_view(request.actor, day_id)
    if view.mine is None:
        raise NotVisible
    form_class = forms.Promising if view.own is None else forms.Revealing
    form = form_class(request.POST if request.method == "POST" and "make" not in request.POST else None)
    context = {"view": view, "day": view.day, "form": form, "on": request.actor.on}
    if request.method != "POST":
        return render(request, "pages/draws/value.html", context)
    return _given(request, view, form, context)


def _given(request: StaffRequest, view: DayView, form: Form, context: dict[str, object]) -> HttpResponse:
    try:
        if "make" in request.POST and view.own is None:
            return _made(request, view, context)
        if form.is_valid():
            messages.success(request, _give(request, view, form.cleaned_data))
            return HttpResponseRedirect(_day(view.day.pk))
    except Refusal as refused:
        context["refusal"] = refused
    return render(request, "pages/draws/value.html", context, status=422)


def _give(request: StaffRequest, view: DayView, data: dict[str, str]) -> str:
    if view.own is None:
        contributions.promise(request.actor, view.day.pk, commitment=data["commitment"])
        return "承诺已提交。随机数请自己保管，等各部门都提交以后再揭示。"
    contributions.reveal(request.actor, view.day.pk, value=data["value"])
    return "随机数已揭示，与承诺相符。"


def _made(request: StaffRequest, view: DayView, context: dict[str, object]) -> HttpResponse:
    """A value made here, shown once and not kept; its commitment is handed in."""
    value = contributions.new_value()
    name = view.mine.name if view.mine else ""
    contributions.promise(request.actor, view.day.pk, commitment=commit(name, bytes.fromhex(value)))
    return render(request, "pages/draws/value.html", {**context, "made": value})


def list_ask(request: StaffRequest, draw_id: int) -> HttpResponse:
    """Ask approval of what a list departs in."""
    request.family = "案件"
    view = draws.draw_view(request.actor, draw_id)
    seen_case(request.actor, view.draw.case_id)
    people = [(str(line.person.pk), f"{line.person.name}（现 {line.weight}）") for line in view.lines]

    def run(data: dict[str, object]) -> str:
        deviations.ask_for_list(request.actor, draw_id, **data)  # type: ignore[arg-type]
        return "已申请，等院领导批准；批准以前不能锁定名单。"

    return act_page(
        request,
        title=f"{view.draw.case.number}：例外申请",
        form_class=forms.Departing,
        run=run,
        back=_day(view.draw.day_id),
        lead="每一件例外都要写明理由，由另一人批准，计入统计，并在公开文件里标明。",
        button="申请",
        arguments={"kinds": [*view.unapproved, "权重调整"], "people": people},
    )


def redraw_ask(request: StaffRequest, draw_id: int) -> HttpResponse:
    """Ask for a redraw."""
    request.family = "案件"
    view = draws.draw_view(request.actor, draw_id)
    seen_case(request.actor, view.draw.case_id)
    people = [(str(line.person.pk), f"{line.person.name}（{line.role}）") for line in _drawn(view)]

    def run(data: dict[str, str]) -> str:
        deviations.ask_for_redraw(
            request.actor, draw_id, reason=data["reason"], person_id=int(data["person_id"])
        )
        return "已申请回避重抽，等院领导批准；批准以后列入下一个立案日。"

    return act_page(
        request,
        title=f"{view.draw.case.number}：回避重抽",
        form_class=forms.Again,
        run=run,
        back=reverse("draw", args=[draw_id]),
        lead="同一组的人全部重抽，回避的人不再进入本案名单。",
        button="申请重抽",
        arguments={"people": people},
    )


def _drawn(view: DrawView) -> tuple[draws.Line, ...]:
    if not view.people:
        raise NotVisible
    return view.people


def designate(request: StaffRequest, case_id: int) -> HttpResponse:
    """Ask that somebody be given a case without a draw."""
    request.family = "案件"
    case = seen_case(request.actor, case_id)
    rule, people = draws.designable(request.actor, case_id)

    def run(data: dict[str, str]) -> str:
        deviations.designate(
            request.actor,
            case_id,
            person_id=int(data["person_id"]),
            ground=data["ground"],
            reason=data["reason"],
        )
        return "已申请指定分案，等院领导批准。"

    return act_page(
        request,
        title=f"{case.number}：指定分案",
        form_class=forms.Designating,
        run=run,
        back=reverse("case", args=[case_id]),
        lead=f"随机分案是原则，指定是例外；批准人：{'、'.join(rule.approvers)}，不能是申请人自己。",
        button="申请指定",
        arguments={"people": people, "grounds": rule.grounds},
    )


def decide(request: StaffRequest, deviation_id: int) -> HttpResponse:
    """One departure, and the decision on it."""
    request.family = "案件"
    one = draws.deviation(request.actor, deviation_id)

    def run(data: dict[str, str]) -> str:
        done = deviations.decide(
            request.actor, deviation_id, approve=data["approve"] == "是", opinion=data["opinion"]
        )
        return f"{one.case.number}的“{one.kind}”{done.state}。"

    lead = f"{one.asked_by.name}申请：{one.why}"
    subject = f"{one.person.name}，" if one.person else ""
    words = f"{subject}{one.ground or '名单例外'}{f'，改为 {one.weight}' if one.weight else ''}"
    return act_page(
        request,
        title=f"{one.case.number}：{one.kind}（{words}）",
        form_class=forms.Deciding,
        run=run,
        back=reverse("deviations"),
        lead=lead,
        button="提交决定",
    )


RUN, ASK = "组织分案", "申请例外分案"
routes = (
    Route("draws/open", day_open, "filing-day-open", RUN),
    Route("draws/days/<int:day_id>/add", cases_add, "filing-day-add", RUN),
    Route("draws/days/<int:day_id>/remove/<int:case_id>", case_remove, "filing-day-remove", RUN),
    Route("draws/days/<int:day_id>/lock", day_lock, "filing-day-lock", RUN),
    Route("draws/days/<int:day_id>/go-on", waiting_stop, "filing-day-go-on", RUN),
    Route("draws/days/<int:day_id>/silence", silence, "filing-day-silence", RUN),
    Route("draws/days/<int:day_id>/public", public_take, "filing-day-public", RUN),
    Route("draws/days/<int:day_id>/draw", day_draw, "filing-day-draw", RUN),
    Route("draws/days/<int:day_id>/take", day_take, "filing-day-take", RUN),
    Route("draws/days/<int:day_id>/void", day_void, "filing-day-void", RUN),
    Route("draws/days/<int:day_id>/value", value_page, "filing-day-value", "提交随机数", SEED),
    Route("draws/<int:draw_id>/ask", list_ask, "draw-ask", ASK),
    Route("draws/<int:draw_id>/again", redraw_ask, "draw-again", ASK),
    Route("cases/<int:case_id>/designate", designate, "case-designate", ASK),
    Route("draws/exceptions/<int:deviation_id>", decide, "deviation-decide", "批准例外分案"),
)
