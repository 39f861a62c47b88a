"""Meetings as records: who is proposed for them, which calendar counts, which proof is real."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from django.db.models import QuerySet

from mingjing.domain.casenumbers.grammar import cases_named
from mingjing.domain.dates.calendars import WorkCalendar
from mingjing.domain.ledgers.matters import Deed, Matter, Stepped, WrongPerson, WrongValue
from mingjing.domain.meetings import moves, stepping
from mingjing.domain.meetings.outline import CALLED as CALLED_IN
from mingjing.domain.meetings.outline import CANCELLED, FILED, SIGNED, TO_SIGN
from mingjing.domain.meetings.rules import Meeting
from mingjing.domain.meetings.sitting import read_sitting
from mingjing.services.actors import Actor
from mingjing.services.installation import registry
from mingjing.services.recipients import load_roster
from mingjing.services.records.words import assigning, keys_of
from mingjing.storage.people.models import Court, Person, Posting
from mingjing.storage.records.models import Record

_WEEKENDS = WorkCalendar("", {})
_ROSTER = (moves.CHAIR, moves.HEAD, moves.CALLED, moves.OBSERVERS, moves.RECORDER)
MINUTED = (TO_SIGN, SIGNED, FILED)
LOOKED_THROUGH, MOST_OFFERED = 1000, 30


def step(value: Meeting, matter: Matter, deed: Deed) -> Stepped:
    """The meeting after an act, with the court's calendar, and the names behind the keys for its refusals.

    Raises
    ------
    WrongValue   the meeting named as proof of a preparation is none of that kind, or has no minutes yet
    and what ``domain.meetings.stepping.step`` raises
    """
    court = Court.objects.filter(people__pk=deed.who.key).first()
    _check_proof(value, matter, deed, court)
    _check_left(deed)
    named = replace(matter, inner=_with_names(matter, deed))
    calendar = registry(court).calendar(value.register.calendar) if court else _WEEKENDS
    stepped = stepping.step(value, named, deed, calendar)
    awaited = sorted(_awaited(stepped, court, deed.on))
    return replace(stepped, inner={**stepped.inner, **assigning(awaited)})


permitted = stepping.permitted


def _awaited(stepped: Stepped, court: Court | None, on: date) -> frozenset[int]:
    """Whom the meeting waits for: to come, to answer an invitation, to sign the minutes. It stands in their
    今日 until they did."""
    sitting, called = read_sitting(stepped.inner), keys_of(stepped.values.get(moves.CALLED))
    if stepped.state == TO_SIGN:
        return frozenset(key for key in called if sitting.attended(key) and key not in sitting.signatures)
    if stepped.state in (FILED, CANCELLED):
        return frozenset()
    asked = [who for who, one in sitting.invitations.items() if one.sent and not one.answer]
    invited = {one.pk for one in people_of_words(court, asked, on)} if court and asked else set()
    coming = {key for key in called if key not in sitting.seats} if stepped.state == CALLED_IN else set()
    return frozenset(invited | coming)


def _check_left(deed: Deed) -> None:
    """Nobody in office is entered as not signing by somebody else."""
    given = deed.target.get("人员")
    several = given if isinstance(given, (list, tuple)) else (given,)
    named = {int(str(one)) for one in several if str(one).isdecimal()} - {deed.who.key}
    serving = Posting.objects.on(deed.on).filter(person__in=named).select_related("person")
    if deed.act == "拒签" and (one := serving.first()):
        raise WrongPerson(
            f"{one.person.name}还在任，签字或者不签都由本人办理；离任的，才由记录人写明签不了。"
        )


def gone(court: Court, keys: Iterable[int], on: date) -> frozenset[int]:
    """Those of ``keys`` who hold no post at the court any more."""
    wanted = frozenset(keys)
    rows = Posting.objects.on(on).filter(person__in=wanted, person__court=court)
    return wanted - frozenset(rows.values_list("person", flat=True))


def _with_names(matter: Matter, deed: Deed) -> dict[str, object]:
    """What the meeting remembers, with the name of everybody its roster holds."""
    values = {**matter.values, **deed.values}
    given = matter.inner.get("names")
    known: dict[str, object] = dict(given) if isinstance(given, dict) else {}
    people = {key for label in _ROSTER for key in keys_of(values.get(label))} - {int(key) for key in known}
    rows = Person.objects.filter(pk__in=people).values_list("pk", "name") if people else ()
    return {**matter.inner, "names": {**known, **{str(key): name for key, name in rows}}}


def _check_proof(value: Meeting, matter: Matter, deed: Deed, court: Court | None) -> None:
    """A record that proves a preparation is of the register named, of this court, over (a meeting: with its
    minutes), and about the case of the topic it is to prove."""
    wanted = str(deed.target.get("会议") or "").strip()
    label = str(deed.target.get("准备") or "").strip()
    proofs = {need.label: need.of for kind in value.classes for need in kind.needs if need.of}
    if deed.act != "完成准备" or not wanted or label not in proofs:
        return
    of_meetings = proofs[label].startswith("meeting.")
    rows, topic = _proving(court, proofs[label]), _aimed(matter, deed)
    found = rows.filter(pk=int(wanted)).first() if wanted.isdecimal() else None
    if found is None:
        known = tuple(rows.order_by("-pk").values_list("number", flat=True)[:8])
        what = "一次已经形成纪要的会议" if of_meetings else "一份已经办结的记录"
        raise WrongValue(f"“{label}”要选{what}。", allowed=known)
    if not _is_about(found, topic):
        same = tuple(one.number for one in rows.order_by("-pk")[:LOOKED_THROUGH] if _is_about(one, topic))
        none = "" if same else f"现在还没有说“{topic}”的，请先办。"
        raise WrongValue(
            f"“{found.number}”说的是“{found.title}”，不是议题“{topic}”这一件，不能当作它的“{label}”。{none}",
            allowed=same[:8],
        )


def _aimed(matter: Matter, deed: Deed) -> str:
    """The title of the topic the act is aimed at: by its name, by its number, or the one under discussion."""
    sitting, named = read_sitting(matter.inner), str(deed.target.get("议题") or "").strip()
    for one in sitting.topics:
        if named in (one.title, str(one.id)) or (not named and one.id == sitting.current):
            return one.title
    return named


def _is_about(record: Record, topic: str) -> bool:
    """Whether a record speaks of the case the topic names; where neither names a case, any record may."""
    said = [record.title]
    if record.register.startswith("meeting."):
        said = [one.title for one in read_sitting(record.inner).agenda]
    named, there = cases_named(topic), {case for one in said for case in cases_named(one)}
    return bool(named & there) if named or there else True


def _proving(court: Court | None, register_id: str) -> QuerySet[Record]:
    """The records of a register that prove something: meetings with minutes, else what is over."""
    rows = Record.objects.filter(court=court, register=register_id)
    return rows.filter(state__in=MINUTED) if register_id.startswith("meeting.") else rows.filter(over=True)


def proofs_for(actor: Actor, register_id: str, topic: str) -> list[tuple[int, str]]:
    """Records of a register that can prove a preparation of a topic: key, number and title; newest first."""
    rows = _proving(actor.court, register_id).order_by("-pk")[:LOOKED_THROUGH]
    return [(one.pk, f"{one.number} {one.title}") for one in rows if _is_about(one, topic)][:MOST_OFFERED]


def proposed(actor: Actor, meeting: Meeting) -> dict[str, object]:
    """Whom the rules name for a meeting on the actor's day, by field label; vacant posts are left out."""
    called = people_of_words(actor.court, (*meeting.chair, *meeting.members), actor.on)
    chair = people_of_words(actor.court, meeting.chair, actor.on)
    head = people_of_words(actor.court, meeting.head or meeting.chair, actor.on)
    observers = people_of_words(actor.court, meeting.observers, actor.on)
    found: dict[str, object] = {
        moves.CALLED: [one.pk for one in called],
        moves.OBSERVERS: [one.pk for one in observers if one not in called],
        moves.RECORDER: actor.person.pk,
    }
    if chair:
        found[moves.CHAIR] = chair[0].pk
    if head and meeting.head_last:
        found[moves.HEAD] = head[0].pk
    return {label: value for label, value in found.items() if value}


def people_of_words(court: Court, words: Iterable[str], on: date) -> list[Person]:
    """Everybody who holds one of these roles or posts at the court on a day, each once."""
    roster, roles = load_roster(court, on), registry(court).roles()
    found: dict[int, Person] = {}
    for word in words:
        role = roles.role(word)
        for post in role.posts if role else (word,):
            for person in roster.posts.get((None, post), []):
                found.setdefault(person.pk, person)
    return list(found.values())


def names_of(keys: Iterable[int]) -> Mapping[int, str]:
    """The names of these people."""
    return dict(Person.objects.filter(pk__in=set(keys)).values_list("pk", "name"))
