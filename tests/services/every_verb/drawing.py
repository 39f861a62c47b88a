"""A filing day from its lists to its results, and every departure from it."""

from __future__ import annotations

from contextlib import suppress

from mingjing.domain.assignment.drawing import FalseReveal, commit
from mingjing.services.draws.contributions import declare_silence, name_public, promise, reveal, stop_waiting
from mingjing.services.draws.days import add_cases, lock_day, open_day, remove_case, void_day
from mingjing.services.draws.deviations import ask_for_list, ask_for_redraw, decide, designate
from mingjing.services.draws.drawing import PoolChanged, draw_day
from mingjing.services.draws.papers import composition_paper
from mingjing.services.draws.taking import take_day
from mingjing.storage.assignment.models import Deviation, Draw, FilingDay
from tests.services.draws.conftest import VALUES
from tests.services.every_verb.world import Verb, World, does

GROUND = "系列或者关联案件"


def listed(w: World) -> FilingDay:
    """A day with a case in its list."""
    clerk = w.own(w.hall.filing)
    day = open_day(clerk)
    add_cases(clerk, day.pk, [w.hall.case().pk])
    return day


def revealed(w: World) -> FilingDay:
    """Everybody has shown their value."""
    day = w.hall.locked(w.hall.case(), w.hall.case())
    w.hall.promise(day)
    w.hall.reveal(day)
    return day


def taken(w: World) -> Draw:
    """Drawn, and the judges have their cases."""
    day = revealed(w)
    draw_day(w.own(w.hall.filing), day.pk)
    take_day(w.own(w.hall.filing), day.pk)
    return day.draws.order_by("pk")[0]


@does("draws.contributions.name_public")
def take_a_public_value_down(w: World) -> Verb:
    day, clerk = w.hall.locked(w.hall.case()), w.own(w.hall.filing)
    FilingDay.objects.filter(pk=day.pk).update(public_source="沪市收盘指数")
    w.hall.promise(day)
    return lambda: name_public(clerk, day.pk, value="3211.35")


@does("draws.days.open_day")
def open_one(w: World) -> Verb:
    clerk = w.own(w.hall.filing)
    return lambda: open_day(clerk)


@does("draws.days.add_cases")
def list_a_case(w: World) -> Verb:
    clerk, case = w.own(w.hall.filing), w.hall.case()
    day = open_day(clerk)
    return lambda: add_cases(clerk, day.pk, [case.pk])


@does("draws.days.remove_case")
def take_off_the_list(w: World) -> Verb:
    day = listed(w)
    case = day.draws.get().case_id
    return lambda: remove_case(w.own(w.hall.filing), day.pk, case, reason="移送管辖")


@does("draws.days.lock_day")
def lock(w: World) -> Verb:
    day = listed(w)
    return lambda: lock_day(w.own(w.hall.filing), day.pk)


@does("draws.days.void_day")
def void(w: World) -> Verb:
    day = listed(w)
    return lambda: void_day(w.own(w.hall.filing), day.pk, reason="系统升级")


@does("draws.contributions.promise")
def promise_a_value(w: World) -> Verb:
    day = w.hall.locked(w.hall.case())
    given = commit("立案庭", bytes.fromhex(VALUES["立案庭"]))
    return lambda: promise(w.own(w.hall.filing), day.pk, commitment=given)


@does("draws.contributions.stop_waiting")
def wait_no_more(w: World) -> Verb:
    day = w.hall.locked(w.hall.case())
    w.hall.promise(day, "立案庭", "督察室")
    return lambda: stop_waiting(w.own(w.hall.filing), day.pk)


@does("draws.contributions.reveal")
def show_a_value(w: World) -> Verb:
    day = w.hall.locked(w.hall.case())
    w.hall.promise(day)
    return lambda: reveal(w.own(w.hall.filing), day.pk, value=VALUES["立案庭"])


@does("draws.contributions.reveal")
def show_a_false_value(w: World) -> Verb:
    day = w.hall.locked(w.hall.case())
    w.hall.promise(day)

    def lie() -> None:
        with suppress(FalseReveal):
            reveal(w.own(w.hall.inspector), day.pk, value="44" * 32)

    return lie


@does("draws.contributions.declare_silence")
def a_silent_department(w: World) -> Verb:
    day = w.hall.locked(w.hall.case())
    w.hall.promise(day)
    w.hall.reveal(day, "立案庭", "督察室")
    FilingDay.objects.filter(pk=day.pk).update(reveal_by="2024-03-31T00:00:00Z")
    return lambda: declare_silence(w.own(w.hall.filing), day.pk)


@does("draws.drawing.draw_day")
def draw(w: World) -> Verb:
    day = revealed(w)
    return lambda: draw_day(w.own(w.hall.filing), day.pk)


@does("draws.drawing._unchanged")
def draw_from_an_edited_list(w: World) -> Verb:
    day = revealed(w)
    edited = day.draws.order_by("pk")[0]
    edited.pool["candidates"][0][1], edited.digest = 1, "0" * 64
    edited.save()

    def attempt() -> None:
        with suppress(PoolChanged):
            draw_day(w.own(w.hall.filing), day.pk)

    return attempt


@does("draws.taking.take_day")
def take(w: World) -> Verb:
    day = revealed(w)
    draw_day(w.own(w.hall.filing), day.pk)
    return lambda: take_day(w.own(w.hall.filing), day.pk)


@does("draws.taking._as_drawn")
def take_an_edited_result(w: World) -> Verb:
    day = revealed(w)
    draw_day(w.own(w.hall.filing), day.pk)
    edited = day.draws.order_by("pk")[0]
    edited.drawn = [next(one for one, _ in edited.pool["candidates"] if one not in edited.drawn)]
    edited.save()

    def attempt() -> None:
        with suppress(PoolChanged):
            take_day(w.own(w.hall.filing), day.pk)

    return attempt


@does("draws.papers.composition_paper")
def paper(w: World) -> Verb:
    made = taken(w)
    return lambda: composition_paper(w.own(w.hall.filing), made.pk, address="张三")


def asked(w: World) -> Deviation:
    """A designation waiting for a leader."""
    return designate(
        w.own(w.hall.filing), w.hall.case().pk, person_id=w.house.judge.pk, ground=GROUND, reason="同一工程"
    )


@does("draws.deviations.designate")
def ask_for_a_judge(w: World) -> Verb:
    assert w.hall
    return lambda: asked(w)


@does("draws.deviations.decide")
def allow_a_judge(w: World) -> Verb:
    made, president = asked(w), w.own(w.house.president)
    return lambda: decide(president, made.pk, approve=True, opinion="同意")


@does("draws.deviations.ask_for_list")
def ask_for_another_weight(w: World) -> Verb:
    one = listed(w).draws.get()
    return lambda: ask_for_list(
        w.own(w.hall.filing), one.pk, kind="权重调整", reason="半脱产", person_id=w.house.judge.pk, weight=50
    )


@does("draws.deviations.ask_for_redraw")
def ask_for_a_redraw(w: World) -> Verb:
    first = taken(w)
    recused = first.people[first.drawn[0]]
    return lambda: ask_for_redraw(w.own(w.hall.filing), first.pk, reason="近亲属", person_id=recused)
