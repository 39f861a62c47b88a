"""Capacities: what somebody is towards one record on one day, and whom a capacity means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mingjing.domain.approvals.chain import from_plain, is_begun
from mingjing.domain.ledgers.matters import Who
from mingjing.domain.ledgers.register import Register
from mingjing.services.actors import Actor
from mingjing.services.installation import registry
from mingjing.services.recipients import Roster, load_roster
from mingjing.services.records.standing import Hands, Standing, hands_of, places_of
from mingjing.services.records.versions import register_at
from mingjing.services.records.words import (
    ACTED_BY,
    ANYBODY,
    ASSIGNED,
    HEAD_OF,
    LEADER_OF,
    OWN_UNIT,
    REGISTERED_BY,
    SUBJECT,
    Word,
    by_label,
    field_words,
    keys_of,
    read_word,
)
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Record

PRESIDENT = "院长"


@dataclass(frozen=True, slots=True)
class Anchors:
    """What a record names, word → keys: ``units`` are departments, ``people`` persons."""

    units: Mapping[str, frozenset[int]]
    people: Mapping[str, frozenset[int]]

    @classmethod
    def of(cls, record: Record, register: Register) -> Anchors:
        """As the record stands."""
        words = [word for word in field_words(register) if not word.rank]
        values = by_label(register, record.data)
        built_in = {
            OWN_UNIT: record.unit_id,
            SUBJECT: record.subject_id,
            REGISTERED_BY: record.registered_by_id,
            ACTED_BY: record.acted_by_id,
        }
        held = {word.text: keys_of(built_in.get(word.text, values.get(word.text))) for word in words}
        units = {word.text for word in words if word.of_units}
        people = {text: keys for text, keys in held.items() if text not in units}
        people |= {text: keys_of(keys) for text, keys in assigned(record).items()}
        return cls({text: held[text] for text in units}, people)

    @property
    def everybody(self) -> frozenset[int]:
        """Every person named."""
        return frozenset(key for keys in self.people.values() for key in keys)


def assigned(record: Record) -> dict[str, list[int]]:
    """Capacities a machinery gives to people by its memory: ``inner["assigned"]``, word → keys of people, and
    whoever sits in the step of an approval that is under way. All of them hold 现办人 as well."""
    given = record.inner.get("assigned")
    found = (
        {str(word): sorted(keys_of(keys)) for word, keys in given.items()} if isinstance(given, dict) else {}
    )
    waiting = {key for keys in found.values() for key in keys}
    if is_begun(record.inner) and not record.over:
        level = from_plain(record.inner).current
        waiting |= {
            seat.lent_to[0] if seat.lent_to else seat.key for seat in (level.waiting if level else [])
        }
    return {**found, ASSIGNED: sorted(waiting)} if waiting else found


def who(actor: Actor, record: Record | None, register: Register, on: date) -> Who:
    """The actor with every capacity held towards ``record`` on ``on``, delegated ones with them.

    Nobody has a capacity towards a record of another court.
    """
    return who_with(actor, hands_of(actor), record, register, on)


def who_with(actor: Actor, hands: Hands, record: Record | None, register: Register, on: date) -> Who:
    """As ``who``, with the hands already known."""
    found: set[str] = set()
    if record is None or record.court_id == actor.court.pk:
        found.add(ANYBODY)
        for standing in hands.of(register.id):
            found |= held_by(standing, record, register, on)
    lent = tuple((one.person, one.name) for one in hands.of(register.id)[1:])
    return Who(actor.person.pk, actor.person.name, frozenset(found), stands_in_for=lent)


def held_by(standing: Standing, record: Record | None, register: Register, on: date) -> frozenset[str]:
    """The capacities of one person towards a record of their court, delegations left aside."""
    named = field_words(register)
    found = set(standing.roles | standing.posts) - {word.text for word in named}
    if record is None:
        return frozenset(found)
    anchors = Anchors.of(record, register)
    ranked = standing.heads or standing.leads
    places = places_of(anchors.everybody, on) if ranked else {}
    for word in (*named, *(Word(text, text) for text in assigned(record))):
        if _holds(standing, word, anchors, places):
            found.add(word.text)
    return frozenset(found)


def _holds(standing: Standing, word: Word, anchors: Anchors, places: Mapping[int, frozenset[int]]) -> bool:
    if not word.rank:
        if word.of_units:
            return bool(anchors.units.get(word.anchor, frozenset()) & standing.posted)
        return standing.person in anchors.people.get(word.anchor, frozenset())
    mine = standing.heads if word.rank == HEAD_OF else standing.leads
    if word.of_units:
        return bool(anchors.units.get(word.anchor, frozenset()) & mine)
    people = anchors.people.get(word.anchor, frozenset())
    return any(places.get(key, frozenset()) & mine for key in people)


def people_of(record: Record, word: str, on: date, roster: Roster | None = None) -> list[Person]:
    """Whom a capacity means for a record on a day, first of all first; nobody where it is vacant.

    ``roster`` saves two statements where many records of a court are asked about.
    """
    return _Asking(record, register_at(record), roster or load_roster(record.court, on)).people(word)


def told_for(
    record: Record, word: str, on: date, roster: Roster | None = None, register: Register | None = None
) -> list[Person]:
    """Whom a warning to a capacity reaches: a department by its head, and one level up where nobody is
    there or only the one whom it is about, up to the president. ``register`` is another version to ask."""
    asking = _Asking(record, register or register_at(record), roster or load_roster(record.court, on))
    return asking.told(word)


@dataclass(slots=True)
class _Asking:
    record: Record
    register: Register
    roster: Roster

    def people(self, text: str) -> list[Person]:
        word = read_word(text, self.register)
        if not word.anchor:
            return self._of_post(text)
        anchors = Anchors.of(self.record, self.register)
        if word.rank:
            return self._ranked(word, anchors)
        if word.of_units:
            places = anchors.units.get(word.anchor, frozenset())
            rows = self.roster.posts.items()
            return _once(one for (place, _), held in rows if place in places for one in held)
        keys = anchors.people.get(word.anchor, frozenset())
        return list(Person.objects.filter(pk__in=keys).order_by("pk")) if keys else []

    def told(self, text: str) -> list[Person]:
        word = read_word(text, self.register)
        if word.of_units and not word.rank:
            word = read_word(f"{text}{HEAD_OF}", self.register)
        if not word.rank:
            found = self.people(text)
            return found or self._above(self._places(Word(OWN_UNIT, OWN_UNIT, HEAD_OF, True)))
        about = {self.record.holder_id, self.record.subject_id}
        if not word.of_units:
            about |= Anchors.of(self.record, self.register).people.get(word.anchor, frozenset())
        found = [one for one in self.people(word.text) if one.pk not in about]
        if found:
            return found if word.rank == LEADER_OF else found[:1]
        return [one for one in self._above(self._places(word)) if one.pk not in about] or self._president()

    def _of_post(self, text: str) -> list[Person]:
        role = registry(self.record.court).roles().role(text)
        posts = role.posts if role else (text,)
        return _once(one for post in posts for one in self.roster.posts.get((None, post), []))

    def _ranked(self, word: Word, anchors: Anchors) -> list[Person]:
        table = self.roster.heads if word.rank == HEAD_OF else self.roster.leaders
        return _once(one for place in self._places(word, anchors) for one in table.get(place, []))

    def _places(self, word: Word, anchors: Anchors | None = None) -> Sequence[int]:
        """The departments a ranked word looks at."""
        known = anchors or Anchors.of(self.record, self.register)
        if word.of_units:
            return sorted(known.units.get(word.anchor, frozenset()))
        people = known.people.get(word.anchor, frozenset())
        rows = self.roster.posts.items()
        return sorted({place for (place, _), held in rows if place and {one.pk for one in held} & people})

    def _above(self, places: Sequence[int]) -> list[Person]:
        """The leaders in charge of departments, or the president."""
        leaders = _once(one for place in places for one in self.roster.leaders.get(place, []))
        return leaders or self._president()

    def _president(self) -> list[Person]:
        return self.roster.posts.get((None, PRESIDENT), [])[:1]


def _once(people: Iterable[Person]) -> list[Person]:
    return list({one.pk: one for one in people}.values())
