"""廉政档案: what other registers hold about one person, as leaves; each opens where it was written (S-098).

Nothing is kept here. Which registers give leaves is ``dictionary.dossier_leaves``; what a reader sees of them
is what the reader would see there. Whoever looks at somebody else's is noted before anything is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mingjing.definitions.shelf import UnknownDefinition
from mingjing.domain.dates.months import MonthRule, add_months
from mingjing.domain.ledgers.register import Register
from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.installation import registry
from mingjing.services.looking import VERB, note_reading
from mingjing.services.notice_papers import Paper
from mingjing.services.permissions import NotVisible, require
from mingjing.services.reading.records.listing import RecordRow, fetching
from mingjing.services.records.sight import SEE, sight_of
from mingjing.services.records.standing import Hands, hands_of
from mingjing.storage.auditlog.models import Act
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Record, RecordParty

LEAVES = "dictionary.dossier_leaves"
SEE_DOSSIERS, GIVE, KIND = "查看廉政档案", "出具廉政档案", "廉政档案"
WHY = "翻看廉政档案"
MOST, MOST_LOOKS = 200, 50


@dataclass(frozen=True, slots=True)
class Leaf:
    """A record of another register, filed under what it is; ``until`` is its last day, None for always."""

    label: str
    group: str
    row: RecordRow
    until: date | None

    def holds(self, on: date) -> bool:
        """Whether it was completed and is in force on a day."""
        return self.row.over and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody looked at the dossier of somebody else, or took it out on paper."""

    name: str
    verb: str
    at: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """``missing`` are the kinds everybody must have of which none is in force; ``unsure`` those of which the
    reader does not see enough to say."""

    person: Person
    leaves: tuple[Leaf, ...]
    missing: tuple[str, ...]
    unsure: tuple[str, ...]
    looked: tuple[Looked, ...]

    def grouped(self) -> list[tuple[str, list[Leaf]]]:
        """The leaves by group, in the order of the definition, the newest first."""
        found: dict[str, list[Leaf]] = {}
        for leaf in self.leaves:
            found.setdefault(leaf.group, []).append(leaf)
        return [
            (group, sorted(held, key=lambda one: one.row.opened_on, reverse=True))
            for group, held in found.items()
        ]


@dataclass(frozen=True, slots=True)
class _Source:
    """A row of the dictionary with the register it means."""

    label: str
    group: str
    register: Register
    person: str
    months: int
    needed: bool


def dossier(actor: Actor, person_id: int) -> Dossier:
    """The dossier of somebody of the actor's court; one's own without leave.

    Raises
    ------
    NotVisible   nobody of this court
    NotAllowed   somebody else's, and no role of the actor lists 查看廉政档案
    """
    person = _person(actor, person_id)
    if person != actor.person:
        require(actor, SEE_DOSSIERS)
        note_reading(actor, KIND, person.pk, WHY)
    require(actor, SEE)
    return _gathered(actor, person)


def taken_out(actor: Actor, person_id: int) -> Dossier:
    """As ``dossier``, to be given out on paper, which is an entry of its own every time."""
    found = dossier(actor, person_id)
    with act(actor, GIVE, needs=None, subject_kind=KIND, subject_id=found.person.pk) as entry:
        entry.payload = {"页数": len(found.leaves), "编号": [leaf.row.number for leaf in found.leaves]}
    return found


def dossier_paper(found: Dossier, on: date) -> Paper:
    """The dossier as .docx: what is there, group by group, and what is missing."""
    from mingjing.documents.gongwen import OfficialDocument, Paragraph, write_document
    from mingjing.documents.tables import Column, Table

    columns = (Column("活页", 1.4), Column("编号", 1.6), Column("状态", 1.0), Column("登记", 1.0, "centre"))
    body: list[Paragraph | Table] = []
    for group, leaves in found.grouped():
        rows = tuple((one.label, one.row.number, one.row.state, f"{one.row.opened_on}") for one in leaves)
        body.append(Table(columns, rows, caption=f"{group}（{len(rows)} 页）"))
    lacking = "、".join(found.missing) or "没有"
    body.append(Paragraph(f"每人必有而没有的：{lacking}。"))
    if found.unsure:
        body.append(Paragraph(f"出具人看不全，说不准有没有的：{'、'.join(found.unsure)}。"))
    body.append(Paragraph("本表只列出具人看得到的记录；每一页的内容以原台账为准。"))
    court = found.person.court.name
    document = OfficialDocument(court, f"{found.person.name}廉政档案目录", tuple(body), on)
    return Paper(f"{found.person.name}廉政档案目录.docx", write_document(document))


def _person(actor: Actor, person_id: int) -> Person:
    found = Person.objects.filter(court=actor.court, pk=person_id).select_related("court").first()
    if found is None:
        raise NotVisible
    return found


def _gathered(actor: Actor, person: Person) -> Dossier:
    hands = hands_of(actor)
    leaves: list[Leaf] = []
    missing: list[str] = []
    unsure: list[str] = []
    for source in _sources(actor):
        found = list(_leaves(actor, person, source, hands))
        leaves += found
        if source.needed and not any(leaf.holds(actor.on) for leaf in found):
            sure = person == actor.person or sight_of(actor, source.register, hands).whole
            (missing if sure else unsure).append(source.label)
    return Dossier(person, tuple(leaves), tuple(missing), tuple(unsure), _looked(person))


def _sources(actor: Actor) -> Iterator[_Source]:
    """The kinds of leaves of the actor's court; a register the court does not have gives none."""
    known = registry(actor.court)
    rows = known.dictionary(LEAVES)
    for key in rows.keys:
        row = rows.row(key)
        try:
            register = known.register(str(row["register"]), actor.on)
        except UnknownDefinition:
            continue
        months = int(str(row["months"]))
        yield _Source(key, str(row["group"]), register, str(row["person"]), months, row["needed"] == "是")


def _leaves(actor: Actor, person: Person, source: _Source, hands: Hands) -> Iterator[Leaf]:
    named = RecordParty.objects.filter(person=person, capacity=source.person).order_by().values("record")
    rows = Record.objects.filter(sight_of(actor, source.register, hands).where, pk__in=named)
    for row in fetching(actor, with_data=False)(rows, ("-opened_on", "-pk"), MOST):
        until = (
            add_months(row.opened_on, source.months, MonthRule.MONTH_END_IF_MISSING)
            if source.months
            else None
        )
        yield Leaf(source.label, source.group, row, until)


def _looked(person: Person) -> tuple[Looked, ...]:
    rows = Act.objects.filter(subject_kind=KIND, subject_id=str(person.pk), verb__in=(VERB, GIVE))
    return tuple(Looked(one.actor_name, one.verb, one.at[:10]) for one in rows.order_by("-seq")[:MOST_LOOKS])
