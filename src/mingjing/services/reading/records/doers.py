"""Who could move a record on, and which records nobody can: a post left empty, a holder who went away."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.db.models import Count, Exists, OuterRef

from mingjing.domain.approvals.approval import AGREE, REJECT, RETURNED, RUNNING, SUBMIT, WITHDRAW
from mingjing.domain.ledgers.matters import BUILT_IN
from mingjing.domain.ledgers.register import Act, Register
from mingjing.domain.ledgers.stepping import acts_from
from mingjing.services.actors import Actor
from mingjing.services.installation import registry
from mingjing.services.recipients import Roster, load_roster
from mingjing.services.records.capacities import people_of
from mingjing.services.records.machineries import register_of
from mingjing.services.records.sight import OPEN, SECRET, sees_whole
from mingjing.services.records.standing import hands_of
from mingjing.services.records.versions import register_at, registers_on
from mingjing.services.records.words import ACTED_BY, ASSIGNED, REGISTERED_BY, read_word
from mingjing.storage.people.models import Posting
from mingjing.storage.records.models import Record

APPROVAL = "approval"
NOT_NAMED = frozenset(BUILT_IN) - {REGISTERED_BY, ACTED_BY}
"""Words that are never vacant: anybody, the clock, the public."""


@dataclass(frozen=True, slots=True)
class Doers:
    """An act open now: the capacities that may do it, and the names of those in office who hold one.

    ``vacant``: nobody does. Names behind a field the reader may not read are left out.
    """

    act: str
    words: tuple[str, ...]
    names: tuple[str, ...]
    vacant: bool


@dataclass(frozen=True, slots=True)
class Stuck:
    """Open records of one register and state that nobody in office can move on, and what is missing."""

    register: Register
    state: str
    acts: tuple[str, ...]
    words: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Left:
    """Open records of one register whose holder holds no post any more."""

    register: Register
    count: int


def doers(actor: Actor, record: Record, readable: Collection[str]) -> tuple[Doers, ...]:
    """Who in office may do what to a record now; nothing where it is over, or is read by its subject."""
    register = register_at(record)
    mine = record.subject_id == actor.person.pk and register.secrecy != OPEN
    if record.over or mine:
        return ()
    roster, found = load_roster(record.court, actor.on), []
    serving = _serving(roster)
    for act in _acts_now(register, record.state):
        held: dict[int, str] = {}
        hidden = False
        for word in act.by:
            anchor = read_word(word, register).anchor
            unread = any(one.label == anchor for one in register.fields) and anchor not in readable
            people = [] if word in NOT_NAMED else people_of(record, word, actor.on, roster)
            there = {one.pk: one.name for one in people if one.pk in serving}
            hidden = hidden or (unread and bool(there))
            held |= {} if unread else there
        vacant = not held and not hidden and not NOT_NAMED.intersection(act.by)
        found.append(Doers(act.label, act.by, tuple(held.values()), vacant))
    return tuple(found)


def _acts_now(register: Register, state: str) -> tuple[Act, ...]:
    """The acts open in a state.

    Of an approval under way the file names everybody of every step: those who sit in the present one decide,
    and whoever applied does the rest.
    """
    acts = tuple(acts_from(register, state))
    if register.kind != APPROVAL or state not in (RUNNING, RETURNED):
        return acts
    own = [one for one in acts if one.label in (SUBMIT, WITHDRAW)]
    decided = [one for one in acts if one.label in (AGREE, REJECT)]
    return tuple(replace(one, by=(ASSIGNED,)) for one in decided) + tuple(
        replace(one, by=(REGISTERED_BY,)) for one in own
    )


def _serving(roster: Roster) -> frozenset[int]:
    """Everybody who holds a post: nobody else may act."""
    return frozenset(one.pk for (place, _), held in roster.posts.items() if place is None for one in held)


def stuck(actor: Actor, register_id: str = "") -> tuple[Stuck, ...]:
    """The states of registers in which open records stand though no post that may move them is filled.

    Counts of a 保密 register only for whoever sees all of it. Four statements however many registers.
    """
    rows = Record.objects.filter(court=actor.court, over=False).order_by()
    rows = rows.filter(register=register_id) if register_id else rows
    known, counts = _told(actor), rows.values_list("register", "definition", "state").annotate(n=Count("pk"))
    roster, found = load_roster(actor.court, actor.on), dict[tuple[str, str], Stuck]()
    for id_, reference, state, count in counts:
        if id_ not in known:
            continue
        version = register_of(registry(actor.court).register_value_at(reference))
        acts = acts_from(version, state)
        if acts and all(_is_vacant(actor, act.by, version, roster) for act in acts):
            words = tuple(dict.fromkeys(word for act in acts for word in act.by if word not in BUILT_IN))
            before = found.get((id_, state))
            labels = tuple(act.label for act in acts)
            whole = count + (before.count if before else 0)
            found[id_, state] = Stuck(known[id_], state, labels, words, whole)
    return tuple(found.values())


def _is_vacant(actor: Actor, words: Iterable[str], register: Register, roster: Roster) -> bool:
    """Whether every word is a role or a post that nobody holds; what a record itself names is not asked."""
    roles = registry(actor.court).roles()
    for word in words:
        role = None if read_word(word, register).anchor else roles.role(word)
        posts = role.posts if role else (word,)
        if word in NOT_NAMED or read_word(word, register).anchor:
            return False
        if any(roster.posts.get((None, post)) for post in posts):
            return False
    return True


def left_behind(actor: Actor, register_id: str = "") -> tuple[Left, ...]:
    """Open records whose holder holds no post today, by register: they have to be handed on."""
    serving = Posting.objects.on(actor.on).filter(person=OuterRef("holder"))
    rows = Record.objects.filter(court=actor.court, over=False, holder__isnull=False).order_by()
    rows = rows.filter(register=register_id) if register_id else rows
    counts = rows.filter(~Exists(serving)).values_list("register").annotate(n=Count("pk"))
    known = _told(actor)
    return tuple(Left(known[id_], count) for id_, count in counts if id_ in known)


def _told(actor: Actor) -> dict[str, Register]:
    """The registers whose numbers may be told to the actor."""
    hands = hands_of(actor)
    known = registers_on(actor.court, actor.on)
    return {one.id: one for one in known if one.secrecy != SECRET or sees_whole(actor, one, hands)}
