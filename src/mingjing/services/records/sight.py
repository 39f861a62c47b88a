"""Who sees which records: nothing that a definition does not give (G8).

公开 is seen by everybody of the court who may use registers; 内部 by whom the definition names, by whoever
has a part in the record, and by their line of command; 保密 only by ``seen_by``, the holder and the subject,
and every look at it by somebody else than its subject is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, cast

from django.db.models import Exists, OuterRef, Q, QuerySet

from mingjing.domain.ledgers.register import FieldType, Register
from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.permissions import MOST_KEY, NotVisible, require
from mingjing.services.records.capacities import PRESIDENT, held_by, who_with
from mingjing.services.records.standing import Hands, Standing, hands_of
from mingjing.services.records.versions import register_at, registers_on
from mingjing.services.records.words import (
    ACTED_BY,
    ANYBODY,
    ASSIGNED,
    HEAD_OF,
    LASTING,
    LEADER_OF,
    OWN_UNIT,
    REGISTERED_BY,
    SUBJECT,
    TOLD,
    Word,
    read_word,
    told_words,
    used_words,
)
from mingjing.storage.kept import Given, ask_rows
from mingjing.storage.people.models import Court, Posting
from mingjing.storage.records.models import Look, Record, RecordParty

SEE = "查看台账"
OPEN, INTERNAL, SECRET = "公开", "内部", "保密"
LOOKED = "查看保密记录"
_AT_ONCE = 40
_RELATED = ("holder", "unit", "subject", "registered_by", "acted_by", "above")


def sight_words(register: Register) -> frozenset[str]:
    """The capacities that give sight of a record of this register, its subject's left aside."""
    holder = {register.holder} - {""}
    if register.secrecy == SECRET:
        return frozenset(holder | set(register.seen_by))
    acting, opening = used_words(register)
    fields = {field.label for field in register.fields}
    command = {f"{anchor}{rank}" for anchor in (*holder, OWN_UNIT) for rank in (HEAD_OF, LEADER_OF)}
    parts = {REGISTERED_BY, ACTED_BY, TOLD, ASSIGNED, PRESIDENT}
    own = holder | command | parts | (opening & fields)
    return frozenset(own | set(register.seen_by) | acting | told_words(register)) - {ANYBODY}


@dataclass(frozen=True, slots=True)
class Sight:
    """Which records of a register somebody sees, as conditions on ``Record``.

    ``where`` gathers them, by index from the parts somebody has; ``asked`` says the same of each record in
    turn, for the first rows of an order in which a good share is theirs. ``whole``: all records of the
    register are seen (or none), and the two are one; else they are gathered by ``single``, of which each
    record of one's ``own`` departments has one, and by ``parts``, which any other record may have several of.
    ``mine`` are all records of the register in one's court.
    """

    where: Q
    asked: Q
    whole: bool
    single: QuerySet[RecordParty] | None = None
    parts: tuple[QuerySet[RecordParty], ...] = ()
    mine: Q = field(default_factory=Q)
    own: frozenset[int] = frozenset()

    def among(self, repeated: Q, matching: Q | None = None) -> Q:
        """``where`` of those for which ``repeated`` holds, a condition on what parts repeat of a record, and
        ``matching``, which asks more of the records: those of one's own departments are then looked for among
        the records themselves, for not all of them need be gathered to keep a few."""
        if self.whole:
            return self.where & (repeated if matching is None else matching)
        if matching is None:
            return self.mine & Q(pk__in=_gathered([rows.filter(repeated) for rows in self.every]))
        here = Record.objects.filter(self.mine & Q(unit__in=self.own) & matching).order_by()
        rest = _gathered([rows.filter(repeated) for rows in self.parts])
        return self.mine & matching & Q(pk__in=here.values_list("pk", flat=True).union(rest, all=True))

    def pieces(self, repeated: Q) -> tuple[Q, ...]:
        """Conditions: a record seen for which ``repeated`` holds meets one of them, any other none."""
        if self.whole or self.single is None:
            return (self.among(repeated),)
        rest = _gathered([rows.filter(repeated) for rows in self.parts])
        return self.mine & Q(unit__in=self.own) & repeated, self.mine & Q(pk__in=rest)

    @property
    def every(self) -> tuple[QuerySet[RecordParty], ...]:
        """All that the records are gathered by."""
        return self.parts if self.single is None else (self.single, *self.parts)

    def once(self, repeated: Q, *columns: str) -> QuerySet[RecordParty, Any]:
        """Columns of a part of each record for which ``repeated`` holds, once however many parts it has."""
        rest = self.elsewhere(repeated, *columns)
        if self.single is None:
            return rest
        return self.single.filter(repeated).values_list(*columns).union(rest, all=True)

    def elsewhere(self, repeated: Q, *columns: str) -> QuerySet[RecordParty, Any]:
        """As ``once``, without the records of one's own departments."""
        first, *others = (one.filter(repeated).values_list(*columns) for one in self.parts)
        return first.union(*others) if others else first.distinct()


def visible(actor: Actor, register: Register, hands: Hands | None = None) -> Q:
    """What makes a record of a register visible to the actor, as a condition on ``Record``.

    ``hands`` (``standing.hands_of``) saves its statements where several registers are asked about.
    """
    return sight_of(actor, register, hands).where


def sight_of(actor: Actor, register: Register, hands: Hands | None = None) -> Sight:
    """What the actor sees of a register; no statement of its own beside those of ``hands_of``."""
    mine = Q(court=actor.court, register=register.id)
    if not actor.may(SEE):
        return Sight(Q(pk__in=[]), Q(pk__in=[]), whole=True)
    known = hands or hands_of(actor)
    if sees_whole(actor, register, known):
        return Sight(mine, mine, whole=True)
    own, rows = _own_places(register, known), RecordParty.objects.order_by()
    asked = Exists(rows.filter(reduce(or_, _parts(actor, register, known)), record=OuterRef("pk")))
    here = rows.filter(court=actor.court, register=register.id)
    found = tuple(here.filter(part).exclude(place__in=own) for part in _parts(actor, register, known, own))
    single = here.filter(unit__in=own, capacity=OWN_UNIT) if own else None
    gathered = Q(pk__in=_gathered(found if single is None else (single, *found)))
    return Sight(mine & gathered, mine & Q(asked), False, single, found, mine, own)


def _gathered(parts: Sequence[QuerySet[RecordParty]]) -> QuerySet[RecordParty, int]:
    """The records of parts: a union, for no index serves an OR over them."""
    first, *others = (rows.values_list("record", flat=True) for rows in parts)
    return first.union(*others, all=True) if others else first


def sees_whole(actor: Actor, register: Register, hands: Hands) -> bool:
    """Whether the actor sees every record of a register, or none: nothing depends on the single record."""
    if not actor.may(SEE) or register.secrecy == OPEN:
        return True
    whole = {word for word in sight_words(register) if not read_word(word, register).anchor}
    return any(whole & (one.posts | one.roles) for one in hands.of(register.id))


def _parts(actor: Actor, register: Register, hands: Hands, own: frozenset[int] = frozenset()) -> list[Q]:
    """The parts by which somebody sees records of a register, as conditions on ``RecordParty``; left out are
    those that say no more than that a record is of one of the departments ``own``."""
    read = _read(register)
    found: list[Q] = []
    for place, standing in enumerate(hands.of(register.id)):
        also = [read_word(SUBJECT, register)] if place == 0 else []  # being the subject cannot be lent
        found += _parts_of(standing, [*read, *also], actor)
        for places, words in _places_of(standing, read):
            left = words - _said_of_place(register) if places <= own else words
            if left:
                found.append(Q(unit__in=places, capacity__in=left))
    return found


def _read(register: Register) -> list[Word]:
    return [read_word(word, register) for word in sight_words(register)]


def _own_places(register: Register, hands: Hands) -> frozenset[int]:
    """The departments whose records somebody sees because they are of them: each such record says 本部门 of
    its department, once."""
    read = _read(register)
    held = (one for standing in hands.of(register.id) for one in _places_of(standing, read))
    return frozenset(place for places, words in held if OWN_UNIT in words for place in places)


def _said_of_place(register: Register) -> set[str]:
    """The capacities that only the department a record is of can have."""
    kinds = {field.label: field.type for field in register.fields}
    return {OWN_UNIT, register.unit} if kinds.get(register.unit) is FieldType.UNIT else {OWN_UNIT}


def _parts_of(standing: Standing, words: Iterable[Word], actor: Actor) -> list[Q]:
    """The parts of people: of this person, and of those in the departments they answer for."""
    plain = {word.anchor for word in words if word.anchor and not word.rank}
    found = [Q(person=standing.person, capacity__in=plain)]
    for rank, places in ((HEAD_OF, standing.heads), (LEADER_OF, standing.leads)):
        people = {word.anchor for word in words if word.rank == rank and not word.of_units}
        if places and people:
            under = Posting.objects.on(actor.on).filter(department__in=places).order_by().values("person")
            found.append(Q(person__in=under, capacity__in=people))
    return found


def _places_of(standing: Standing, words: Iterable[Word]) -> list[tuple[frozenset[int], set[str]]]:
    """Departments with the capacities that count there for this person."""
    ranks = (("", standing.posted), (HEAD_OF, standing.heads), (LEADER_OF, standing.leads))
    return _widest(
        (places, {word.anchor for word in words if word.rank == rank and word.of_units})
        for rank, places in ranks
    )


def _widest(
    held: Iterable[tuple[frozenset[int], set[str]]],
) -> list[tuple[frozenset[int], set[str]]]:
    """Departments with the capacities that count there, without those that stand inside others: a head is
    also posted in their department, and its records need not be gathered twice."""
    kept: list[tuple[frozenset[int], set[str]]] = []
    for places, words in sorted(held, key=lambda one: (-len(one[0]), -len(one[1]))):
        if places and words and not any(places <= more and words <= said for more, said in kept):
            kept.append((places, words))
    return kept


def seen_record(actor: Actor, pk: int) -> Record:
    """The record, if this actor may see it; a look at a 保密 one is kept, once a day.

    Raises
    ------
    NotVisible   it does not exist, or not for this actor (the two look alike)
    """
    record = find_record(actor, pk)
    register = register_at(record)
    if register.secrecy == SECRET and record.subject_id != actor.person.pk:
        _keep_look(actor, record, register)
    return record


def find_record(actor: Actor, pk: int, *, lock: bool = False, hands: Hands | None = None) -> Record:
    """As ``seen_record`` without keeping the look: for acts, which leave an entry of their own.

    ``lock`` keeps others from acting on it until the transaction ends.
    """
    require(actor, SEE)
    if pk > MOST_KEY:
        raise NotVisible
    rows = ask_rows(("a record", lock), _locked if lock else _whole, {"court": actor.court.pk, "record": pk})
    found = next(iter(rows), None)
    if found is None:
        raise NotVisible
    found.court = actor.court
    if not sees(actor, found, hands):
        raise NotVisible
    return found


def _whole() -> QuerySet[Record]:
    """A given record of a given court, with whom and what it names."""
    court = cast(Court, Given("court"))
    return Record.objects.filter(court=court, pk=Given("record")).select_related(*_RELATED)


def _locked() -> QuerySet[Record]:
    """The same for whoever acts on it: nobody else does until the transaction ends."""
    court = cast(Court, Given("court"))
    return Record.objects.filter(court=court, pk=Given("record")).select_for_update(of=("self",))


def sees(actor: Actor, record: Record, hands: Hands | None = None) -> bool:
    """Whether the actor may see a record, under the version the record began with. It says of one record
    what ``visible`` says of all."""
    if not actor.may(SEE) or record.court_id != actor.court.pk:
        return False
    register = register_at(record)
    if register.secrecy == OPEN or record.subject_id == actor.person.pk:
        return True
    known, words = hands or hands_of(actor), sight_words(register)
    if who_with(actor, known, record, register, actor.on).capacities & words:
        return True
    lasting = words.intersection(LASTING)
    people = [standing.person for standing in known.of(register.id)]
    parts = RecordParty.objects.filter(record=record, capacity__in=lasting, person__in=people)
    return bool(lasting) and parts.exists()


def _keep_look(actor: Actor, record: Record, register: Register) -> None:
    if Look.objects.filter(record=record, person=actor.person, on=actor.on).exists():
        return
    with act(
        actor,
        LOOKED,
        needs=SEE,
        subject_kind="台账",
        subject_id=record.pk,
        definition=record.definition,
    ) as entry:
        Look.objects.get_or_create(record=record, person=actor.person, on=actor.on)
        entry.payload = {"台账": register.label, "编号": record.number}


def registers_seen(actor: Actor) -> tuple[Register, ...]:
    """The registers in force of which the actor may see a record, or in which they may open one."""
    if not actor.may(SEE):
        return ()
    hands, known = hands_of(actor), registers_on(actor.court, actor.on)
    sure = {register.id for register in known if may_open(register, hands)}
    doubtful = [register for register in known if register.id not in sure]
    for first in range(0, len(doubtful), _AT_ONCE):
        some = doubtful[first : first + _AT_ONCE]
        asked = {
            f"r{place}": Exists(_first_part(actor, register, hands)) for place, register in enumerate(some)
        }
        rows = Court.objects.filter(pk=actor.court.pk).annotate(**asked).values_list(*asked)
        sure |= {register.id for register, there in zip(some, rows[0], strict=True) if there}
    return tuple(register for register in known if register.id in sure)


def sees_any(actor: Actor, register: Register, hands: Hands) -> bool:
    """Whether there is a record of the register that the actor may see."""
    if not actor.may(SEE):
        return False
    if sees_whole(actor, register, hands):
        return Record.objects.filter(court=actor.court, register=register.id).exists()
    return _first_part(actor, register, hands).exists()


def _first_part(actor: Actor, register: Register, hands: Hands) -> QuerySet[RecordParty]:
    """The parts somebody has in records of one register: looked for from the parts, as far as the first."""
    parts = _parts(actor, register, hands)
    rows = RecordParty.objects.filter(register=register.id, court=actor.court)
    return rows.filter(reduce(or_, parts))


def may_open(register: Register, hands: Hands) -> bool:
    """Whether records are sure to be seen, or one may be opened: no record need be looked for."""
    standing = hands.of(register.id)
    held = frozenset(word for one in standing for word in one.posts | one.roles)
    fields = {field.label for field in register.fields}
    opening = used_words(register)[1]
    anybody = register.secrecy == OPEN or bool(opening & (fields | {ANYBODY}))
    return anybody or bool(held & (sight_words(register) | opening))


def fields_seen(
    actor: Actor, record: Record, register: Register, hands: Hands | None = None
) -> frozenset[str]:
    """The labels of the fields the actor may read of a record they see.

    A field with ``seen_by`` is read by those capacities alone. Whoever sees the record only because it is
    about them reads ``subject_sees``.
    """
    known = hands or hands_of(actor)
    capacities = who_with(actor, known, record, register, actor.on).capacities
    labels = frozenset(
        field.label
        for field in register.fields
        if not field.seen_by or ANYBODY in field.seen_by or capacities & set(field.seen_by)
    )
    if record.subject_id == actor.person.pk and register.secrecy != OPEN:
        mine = held_by(known.own, record, register, actor.on) & sight_words(register)
        if not mine:
            return labels & frozenset(register.subject_sees)
    return labels
