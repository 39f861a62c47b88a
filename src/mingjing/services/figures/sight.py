"""Whose figures somebody may see: what their roles let them see of cases, no more."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mingjing.definitions.values.populations import EVENTS
from mingjing.domain.indicators.counts import CASES, Indicator
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.figures.asked import overs_of
from mingjing.services.figures.rows import TEAMS
from mingjing.services.figures.summing import Place
from mingjing.storage.indicators.models import Cell
from mingjing.storage.people.models import Department, Person
from mingjing.storage.records.models import Record

AXES = {"部门": Cell.Axis.DEPARTMENT, "承办人": Cell.Axis.HANDLER, "案由": Cell.Axis.CAUSE}
AXES |= {"审理程序": Cell.Axis.PROCEDURE, "案件类型": Cell.Axis.KIND, "团队": Cell.Axis.TEAM}
"""What a figure can be taken apart by, as people name it."""
NOBODY, NONE = "（未填）", "none"


class NotYours(Refusal):
    """The figure of that place is not for this person, or there is no such place."""

    code = "not-your-figure"


@dataclass(frozen=True, slots=True)
class Seen:
    """A place somebody may look at, its name, and how it stands in an address (empty: all they see)."""

    place: Place
    name: str
    court: str = ""
    by: str = ""
    member: str = ""

    @property
    def query(self) -> dict[str, str]:
        """The part of an address that names it."""
        given = {"court": self.court, "by": self.by, "member": self.member}
        return {name: value for name, value in given.items() if value}


def whole(actor: Actor, court: str = "") -> Seen:
    """Everything an actor sees; ``court`` is the code of one of their courts, or 辖区 for all of them.

    Raises
    ------
    NotYours   no cases are seen, or not those of that court
    """
    if actor.scope == "辖区案件":
        if court == "辖区":
            return Seen(Place(tuple(one.pk for one in actor.courts)), "辖区各院合计", court)
        found = next((one for one in actor.courts if one.code == (court or actor.court.code)), None)
        if found is None:
            raise NotYours("没有这家法院，或者不在您的辖区里。", allowed=[one.code for one in actor.courts])
        return Seen(Place((found.pk,)), found.name, court)
    if court not in ("", actor.court.code):
        raise NotYours("您只能看本院的数字。", allowed=[actor.court.code])
    if actor.scope == "本院案件":
        return Seen(Place((actor.court.pk,)), actor.court.name)
    if actor.scope == "本庭案件":
        members = tuple(str(one.pk) for one in actor.departments)
        names = "、".join(one.name for one in actor.departments) or "还没有部门"
        return Seen(Place((actor.court.pk,), Cell.Axis.DEPARTMENT, members), names)
    if actor.scope == "本人案件":
        own = Place((actor.court.pk,), Cell.Axis.HANDLER, (str(actor.person.pk),))
        return Seen(own, f"{actor.person.name}承办的案件")
    raise NotYours("您的职务不看案件，也就没有案件的数字。")


def part(actor: Actor, court: str = "", by: str = "", member: str = "") -> Seen:
    """One member of an axis within what an actor sees, or the whole where none is named.

    Raises
    ------
    NotYours   it is not theirs to see
    """
    all_ = whole(actor, court)
    if not by:
        return all_
    axis = AXES.get(by)
    if axis is None:
        raise NotYours(f"不能按“{by}”分。", allowed=tuple(AXES))
    key = "" if member == NONE else member
    name = names(axis, [key]).get(key, key) or NOBODY
    if all_.place.axis == Cell.Axis.COURT:
        place = replace(all_.place, axis=axis, members=(key,))
    elif all_.place.axis == axis and all_.place.members == (key,):
        place = all_.place
    else:
        place = replace(all_.place, also=((axis, key),))
    return Seen(place, f"{all_.name}　{name}", court, by, member)


def axes_of(indicator: Indicator) -> tuple[str, ...]:
    """What the figure can be taken apart by; a record has a department and a holder, and no cause."""
    of_cases = bool(overs_of(indicator) & {CASES, EVENTS})
    return tuple(AXES) if of_cases else ("部门", "承办人")


def names(axis: int, members: list[str]) -> dict[str, str]:
    """The members of an axis with their names."""
    keys = [int(one) for one in members if one.isdecimal()]
    if axis == Cell.Axis.DEPARTMENT:
        rows = Department.objects.filter(pk__in=keys).values_list("pk", "name")
        return {str(pk): name for pk, name in rows}
    if axis == Cell.Axis.HANDLER:
        people = Person.objects.filter(pk__in=keys).values_list("pk", "name")
        return {str(pk): name for pk, name in people}
    if axis == Cell.Axis.TEAM:
        teams = Record.objects.filter(pk__in=keys, register=TEAMS).values_list("pk", "title")
        return {str(pk): title for pk, title in teams}
    return {one: one for one in members}


def in_order(axis: int, members: list[str]) -> list[str]:
    """The members of an axis in the order of the organisation, or of their names; never by a figure."""
    keys = [int(one) for one in members if one.isdecimal()]
    if axis == Cell.Axis.DEPARTMENT:
        rows = Department.objects.filter(pk__in=keys).order_by("court__code", "order", "name")
        found = [str(pk) for pk in rows.values_list("pk", flat=True)]
    elif axis == Cell.Axis.HANDLER:
        people = Person.objects.filter(pk__in=keys).order_by("court__code", "staff_number")
        found = [str(pk) for pk in people.values_list("pk", flat=True)]
    elif axis == Cell.Axis.TEAM:
        teams = Record.objects.filter(pk__in=keys, register=TEAMS).order_by("court__code", "title", "pk")
        found = [str(pk) for pk in teams.values_list("pk", flat=True)]
    else:
        found = sorted(one for one in members if one)
    return found + [one for one in members if one not in set(found)]
