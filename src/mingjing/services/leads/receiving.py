"""A report comes in: routed around the reported, sealed, numbered, its clocks started, a receipt given."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from mingjing.domain.leads.routing import Route, route_of
from mingjing.domain.ledgers.register import Register
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.installation import registry, today
from mingjing.services.leads import parts, sealing
from mingjing.services.leads.clocks import carry
from mingjing.services.leads.entries import committed, sealed_act
from mingjing.services.leads.keys import holders, installation_salt, keys_in_use
from mingjing.services.leads.organisations import organisation_on, people_named, receiving_posts
from mingjing.services.leads.receipts import content_commitment, salt_of
from mingjing.services.leads.shell import LEAD, register_on
from mingjing.services.records.numbering import number_of
from mingjing.storage.leads.models import Lead, LeadAct, LeadMember, LeadPart, SealKey
from mingjing.storage.people.models import Court

REGISTER_LEAD = "登记线索"
WEB = "网络"
MOST_LETTERS = 20_000
SERIALS, KEYS = range(100_000, 1_000_000), range(2**40, 2**50)
"""What numbers and addresses of leads are drawn from."""


class EmptyReport(Refusal):
    """A report says nothing, or too much for one."""

    code = "empty-report"


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A file on its way in: checked, its bytes in memory until they are sealed."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody reports. ``reported`` are names as they were said, ``unit`` the department where known.

    ``reporter`` and ``contact`` are empty for anonymous reports; both are sealed with the rest.
    """

    court: Court
    text: str = field(repr=False)
    reported: tuple[str, ...] = field(default=(), repr=False)
    unit: str = ""
    reporter: str = field(default="", repr=False)
    contact: str = field(default="", repr=False)
    channel: str = WEB
    files: Sequence[SealedFile] = ()


@dataclass(frozen=True, slots=True)
class Received:
    """What the reporter is given: the code words, and what proves date and content later."""

    receipt: sealing.Receipt
    lead: Lead

    @property
    def commitment(self) -> str:
        """The commitment the log carries."""
        return self.lead.commitment


@transaction.atomic
def receive(report: Report, actor: Actor | None = None) -> Received:
    """Take in a report: all of it or nothing; a receipt is given only for what is kept.

    ``actor`` registers what came by telephone, message, letter or visit; None is the public entrance.
    Where the actor themself is reported or stands above the reported, it is taken in all the same and they
    never see it again.

    Raises
    ------
    EmptyReport   no text, or more than 20,000 letters
    NoReceiver    nobody is left who may receive it
    """
    text = report.text.strip()
    if not text or len(text) > MOST_LETTERS:
        raise EmptyReport(
            f"请写明反映的事，最多 {MOST_LETTERS:,} 字；更长的请作为附件。", example="何时、何地、何人、何事"
        )
    route, reported = _routed(report)
    receipt = sealing.new_receipt(installation_salt())
    court = Court.objects.get(pk=route.court)
    register = register_on(court, today(court))
    with sealed_act(actor, "登记线索", needs=REGISTER_LEAD if actor else "") as entry:
        lead = _shell(report, route, court, register, receipt)
        readers = _take_in(lead, route)
        said = {
            "内容": text,
            "被反映人": list(report.reported),
            "部门": report.unit,
            "被反映人编号": sorted(reported),
            "举报人": report.reporter,
            "联系方式": report.contact,
            "涉及法院": report.court.pk,
            "渠道": report.channel,
            "登记人": actor.person.name if actor else "",
            "法院": report.court.name,
            "材料": [[one.name, hashlib.sha256(one.content).hexdigest()] for one in report.files],
            "回执盐": salt_of(receipt).hex(),
        }
        part = parts.write_part(
            lead, parts.REPORT, said, lead.opened_on, readers=readers, reporter=actor is None
        )
        for one in report.files:
            keep_file(lead, one, readers)
        lead.commitment = content_commitment(said)
        entry.payload = committed(lead.commitment, salt_of(receipt))
    lead.entry = entry.seq
    lead.save(update_fields=["entry", "commitment"])
    LeadAct.objects.filter(lead=lead, turn=1).update(entry=entry.seq, part=part)
    return Received(receipt, lead)


def keep_file(lead: Lead, one: SealedFile, readers: Sequence[SealKey]) -> LeadPart:
    """A file of a lead, sealed before it is written."""
    says = {"文件名": one.name, "类型": one.media_type, "字节": len(one.content)}
    return parts.write_part(lead, parts.FILE, says, today(lead.court), readers=readers, file=one.content)


def _routed(report: Report) -> tuple[Route, set[int]]:
    named = [people_named(report.court, name, report.unit) for name in report.reported]
    reported = {person.pk for people in named for person in people}
    known = organisation_on(today(report.court), seated=holders())
    return route_of(known, report.court.pk, reported, receiving_posts(report.court)), reported


def _shell(report: Report, route: Route, court: Court, register: Register, receipt: sealing.Receipt) -> Lead:
    on = today(court)
    data = {"channel": report.channel, "named": bool(report.reporter)}
    return Lead.objects.create(
        pk=_unlike(lambda pk: Lead.objects.filter(pk=pk), KEYS),
        court=court,
        number=_drawn_number(court, register, on),
        mark=secrets.token_hex(16),
        definition=registry(court).ref(LEAD, on),
        channel=report.channel,
        named=bool(report.reporter),
        state="待受理",
        opened_on=on,
        raised=route.raised,
        data=data,
        receipt=receipt.mark,
        reporter=receipt.public,
        revision=1,
    )


def _drawn_number(court: Court, register: Register, on: date) -> str:
    def taken(serial: int) -> QuerySet[Lead]:
        return Lead.objects.filter(court=court, number=number_of(court, register, on, serial))

    return number_of(court, register, on, _unlike(taken, SERIALS))


def _unlike(taken: Callable[[int], QuerySet[Lead]], among: range) -> int:
    """One of ``among`` by lot that is not taken: counted numbers have gaps, and a gap between two leads tells
    whoever works on both that there is a third."""
    while True:
        found = among[secrets.randbelow(len(among))]
        if not taken(found).exists():
            return found


def _take_in(lead: Lead, route: Route) -> list[SealKey]:
    """Those who work on it from the start, the first act, and its clocks. Their keys."""
    held = (("线索管理人", route.manager), ("审批人", route.approver), ("上级督办人", route.overseer))
    LeadMember.objects.bulk_create(
        LeadMember(lead=lead, person_id=person, capacity=capacity, since=lead.opened_on)
        for capacity, person in held
    )
    register = register_on(lead.court, lead.opened_on)
    LeadAct.objects.create(
        lead=lead, turn=1, label="登记", on=lead.opened_on, after=lead.state, values={"渠道": lead.channel}
    )
    carry(lead, register, lead.opened_on)
    found = keys_in_use({person for _, person in held})
    return list(found.values())
