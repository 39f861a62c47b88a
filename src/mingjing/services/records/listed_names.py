"""Names met at the court against the list of bribe-givers: the office that receives one is warned (R-093).

Which registers are compared, by which of their fields, is ``dictionary.listed_name_watch``. Name and number
agreeing are a certain hit, a name alone a possible one, which somebody has to look into.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from mingjing.definitions.shelf import UnknownDefinition
from mingjing.domain.leads.matching import Likeness, Named, match, plain_name
from mingjing.domain.ledgers.matters import Deed, Who
from mingjing.domain.ledgers.register import Register
from mingjing.services.acts import CLOCK
from mingjing.services.installation import registry
from mingjing.services.records.capacities import people_of
from mingjing.services.records.machineries import register_of, step
from mingjing.services.records.parties import add_told
from mingjing.services.records.sight import SECRET
from mingjing.services.records.surroundings import matter_of
from mingjing.services.records.verbs import Work, verb
from mingjing.services.records.versions import value_at
from mingjing.services.records.words import SYSTEM, by_label
from mingjing.services.records.writing import before_of, write
from mingjing.storage.cases.models import Party
from mingjing.storage.people.models import Court
from mingjing.storage.records.models import Record, RecordNotice
from mingjing.text.folding import fold

LIST, LISTED, HIT = "ledger.bribe_giver", "在列", "记一次命中"
WATCH = "dictionary.listed_name_watch"
HEADS, CASES_TO = "本部门负责人", "诉讼服务中心主任"
PRIVATE = "受理部门"
"""How such a notice is marked: the list is confidential, so only whoever was told reads it."""
_BETWEEN = re.compile(r"[、，,；;\n]")


@dataclass(frozen=True, slots=True)
class _Listed:
    """Somebody on the list: as written there, and as compared."""

    record: Record
    name: str
    named: Named


@dataclass(frozen=True, slots=True)
class _Hit:
    """Somebody on the list, met under a name, in a part."""

    listed: _Listed
    name: str
    part: str
    likeness: Likeness

    @property
    def sentence(self) -> str:
        """What the office that receives them is told."""
        sure = self.likeness is Likeness.CERTAIN
        how = "姓名和证件号码都一致，确定是同一个" if sure else "姓名或者证件号码一致，可能是同一个，请核对"
        return f"{self.part}“{self.name}”与行贿人名单上的一条{how}。先核对、告诉督察室，再往下办。"


def warn(work: Work, record: Record, register: Register, values: Mapping[str, object]) -> None:
    """Compare what an act left in a watched register with the list; each hit is told and counted once."""
    if register.id == LIST:
        return
    met = list(_met(record.court, register, values))
    if not met:
        return
    known = set(RecordNotice.objects.filter(record=record).values_list("sentence", flat=True))
    for hit in _hits(record.court, met):
        if hit.sentence in known:
            continue
        heads = people_of(record, HEADS, work.on)
        _tell(work, record, hit.sentence, [work.person, *(one.pk for one in heads)], register)
        _count(
            work,
            hit.listed.record,
            f"{work.on} {register.label} {record.number}：{hit.name}（{hit.likeness.value}）",
        )


def _met(court: Court, register: Register, values: Mapping[str, object]) -> Iterator[tuple[Named, str]]:
    """The names in the watched fields of a record, with the part they have."""
    try:
        watch = registry(court).dictionary(WATCH)
    except UnknownDefinition:
        return
    for key in watch.keys:
        row = watch.row(key)
        if row.get("register") != register.id:
            continue
        names = [
            one.strip() for one in _BETWEEN.split(str(values.get(str(row.get("name"))) or "")) if one.strip()
        ]
        number = str(values.get(str(row.get("number"))) or "")
        for name in names:
            yield Named(name, number if len(names) == 1 else ""), str(row.get("part"))


def _hits(court: Court, met: Iterable[tuple[Named, str]]) -> Iterator[_Hit]:
    listed = _on_the_list(court)
    for named, part in met:
        for one in listed:
            likeness = match(one.named, _folded(named))
            if likeness is not Likeness.NONE:
                yield _Hit(one, named.name, part, likeness)


def _on_the_list(court: Court) -> list[_Listed]:
    rows = Record.objects.filter(court=court, register=LIST, state=LISTED).select_related("court")
    found = []
    for row in rows.order_by("pk"):
        held = by_label(register_of(value_at(row)), row.data)
        name, number = str(held.get("姓名或者名称")), str(held.get("证件号码") or "")
        found.append(_Listed(row, name, _folded(Named(name, number))))
    return found


def _folded(named: Named) -> Named:
    return Named(fold(named.name), named.number)


def _tell(
    work: Work, record: Record, sentence: str, people: Iterable[int | None], register: Register
) -> None:
    """Tell people, and whoever acts as well: it is they who have the other before them."""
    told = {one for one in people if one is not None}
    keys: list[int | None] = [*sorted(told)] or [None]
    RecordNotice.objects.bulk_create(
        RecordNotice(
            record=record,
            turn=record.revision,
            tell=PRIVATE,
            person_id=key,
            sentence=sentence[:400],
            on=work.on,
        )
        for key in keys
    )
    if told and register.secrecy != SECRET:
        add_told(record, told)


def _count(work: Work, listed: Record, said: str) -> None:
    """One hit more on the list, with where it was."""
    row = Record.objects.select_for_update(of=("self",)).get(pk=listed.pk)
    row.court = listed.court
    value = value_at(row)
    register = register_of(value)
    matter = matter_of(row, register)
    so_far = matter.values.get("命中次数")
    hits = {"命中情况": said, "命中次数": (so_far if isinstance(so_far, int) else 0) + 1}
    system = Who(0, "系统", frozenset((SYSTEM,)), anything=True)
    deed = Deed(HIT, system, work.at.replace(tzinfo=None), hits)
    write(work, row, value, step(value, matter, deed), deed, before=before_of(row, register))


def meet_parties(on: date) -> int:
    """The parties of cases filed since somebody was listed, compared by name; new hits, each told once."""
    found = 0
    for court in Court.objects.order_by("pk"):
        for one in _on_the_list(court):
            found += _meet(court, one, on)
    return found


def _meet(court: Court, one: _Listed, on: date) -> int:
    since = by_label(register_of(value_at(one.record)), one.record.data).get("列入日期")
    names = {one.name, one.named.name, plain_name(one.named.name)}
    rows = Party.objects.filter(case__court=court, name__in=names, case__filed_on__gte=since or on)
    found = 0
    for party in rows.select_related("case").order_by("pk"):
        sentence = (
            f"{party.case.number}的{party.role}“{party.name}”与名单上的这一条同名，可能是同一个，请核对。"
        )
        if RecordNotice.objects.filter(record=one.record, sentence=sentence).exists():
            continue
        with transaction.atomic(), verb(CLOCK, HIT, court, subject_id=one.record.pk) as work:
            _count(work, one.record, f"{on} {party.case.number}：{party.name}（{Likeness.POSSIBLE.value}）")
            one.record.refresh_from_db(fields=["revision"])
            people = {person.pk for person in people_of(one.record, CASES_TO, on)}
            _tell(work, one.record, sentence, people, register_of(value_at(one.record)))
        found += 1
    return found
