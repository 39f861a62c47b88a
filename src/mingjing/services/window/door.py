"""All the public window may ask of the house. What it is handed back holds no table of the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from mingjing.services.installation import registry
from mingjing.services.leads.tickets import Purse, Ticket, spend
from mingjing.services.leads.tickets import new_ticket as _ticket
from mingjing.services.permissions import NotVisible
from mingjing.services.records.evidence import Download
from mingjing.services.window import parties
from mingjing.services.window.entering import Entered, Said, enter
from mingjing.services.window.following import Progress, WrongCode, act_on, progress, record_of
from mingjing.services.window.offers import Form, Offer, Question, clean, offer_of, offers
from mingjing.services.window.parties import CaseProgress, case_progress
from mingjing.services.window.terminals import WrongKey, heard
from mingjing.services.window.uploading import Uploads
from mingjing.storage.people.models import Court
from mingjing.storage.records.models import Attachment

__all__ = [
    "Act", "CaseProgress", "Entered", "Form", "Key", "NotVisible", "Offer", "Place", "Progress", "Question",
    "Ticket", "WrongCode", "WrongKey", "add", "ask", "case", "case_file", "clean", "contacts", "courts",
    "file", "hand_in", "materials", "new_ticket", "offer", "place_of", "still_there", "terminal_hands_in",
]  # fmt: skip

PURSE = Purse("w", ((20_000, 60, 18), (4_000, 20, 16), (0, 5, 14)))
"""Ordinary matters come by the thousand: a short wait, longer only in a flood."""


@dataclass(frozen=True, slots=True)
class Place:
    """A court as the window knows it."""

    code: str
    name: str
    services: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """What somebody without a login has: number and code of a receipt."""

    number: str
    code: str


@dataclass(frozen=True, slots=True)
class Act:
    """What was filled in: the act, the answers and files by the short names of the questions."""

    label: str
    said: Said
    uploads: Uploads


def courts() -> list[Place]:
    """Every court, without its services."""
    return [Place(one.code, one.name, ()) for one in Court.objects.order_by("parent__code", "code")]


def place_of(code: str) -> Place:
    """A court with its services. Raises NotVisible."""
    court = _court(code)
    return Place(court.code, court.name, offers(court))


def offer(code: str, service: str) -> Offer:
    """One service of a court. Raises NotVisible."""
    return offer_of(_court(code), service)


def new_ticket() -> Ticket:
    """The ticket of a form that is fetched now."""
    return _ticket(PURSE)


def hand_in(code: str, service: str, filled: Act, ticket: str, proof: str) -> Entered:
    """A form handed in: the receipt, or a refusal with nothing kept but the ticket spent.

    Raises
    ------
    TooEarly, SpentBefore   the ticket
    NotVisible              no such window
    Refusal                 the definition, or a file
    """
    court = _court(code)
    spend(ticket, proof, PURSE)
    return enter(court, service, filled.said, filled.uploads)


def ask(code: str, key: Key, ticket: str, proof: str) -> Progress:
    """How a matter stands. Raises TooEarly, SpentBefore, WrongCode."""
    court = _court(code)
    spend(ticket, proof, PURSE)
    return progress(court, key.number, key.code)


def add(code: str, key: Key, filled: Act, ticket: str, proof: str) -> Progress:
    """Do what the receipt allows, and see how the matter stands then. Raises as ``hand_in``, WrongCode."""
    court = _court(code)
    spend(ticket, proof, PURSE)
    act_on(court, key.number, key.code, filled.label, filled.said, filled.uploads)
    return progress(court, key.number, key.code)


def still_there(code: str, key: Key) -> Progress:
    """The matter again, for a page whose act was refused. Raises WrongCode."""
    return progress(_court(code), key.number, key.code)


def file(code: str, key: Key, wanted: int) -> Download:
    """A file that the receipt shows. Raises WrongCode."""
    court = _court(code)
    shown = progress(court, key.number, key.code)
    if wanted not in [one.key for one in shown.files]:
        raise WrongCode("没有这份文件。")
    return _download(record_of(court, key.number, key.code).pk, wanted)


def case(code: str, number: str, name: str, query: str, *, ticket: str, proof: str) -> CaseProgress:
    """A case as its party sees it. Raises TooEarly, SpentBefore, NoSuchCase."""
    court = _court(code)
    spend(ticket, proof, PURSE)
    return case_progress(court, number, name, query)


def case_file(code: str, number: str, name: str, query: str, wanted: int) -> Download:
    """A file among the papers of a party's case. Raises NoSuchCase."""
    return _download(*parties.papers_file(_court(code), number, name, query, wanted))


def materials(code: str) -> Mapping[str, Sequence[Mapping[str, str]]]:
    """What to bring when a case is filed, by class of cause: rows of ``dictionary.filing_materials``."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in registry(_court(code)).dictionary("dictionary.filing_materials").rows:
        found.setdefault(row["cause"], []).append(row)
    return found


def contacts(code: str) -> Sequence[Mapping[str, str]]:
    """Address, hours and lines of a court: rows of ``dictionary.court_contacts``."""
    return registry(_court(code)).dictionary("dictionary.court_contacts").rows


def terminal_hands_in(key: str, job: str, service: str, filled: Act) -> Entered | None:
    """A job of a self-service terminal, or only the sign that it is there where no service is named.

    Raises
    ------
    WrongKey     no terminal in use has this key
    NotVisible   no such window
    Refusal      the definition, or a file
    """
    terminal = heard(key)
    if not service:
        return None
    return enter(terminal.court, service, filled.said, filled.uploads, terminal=terminal, job=job)


def _court(code: str) -> Court:
    found = Court.objects.filter(code=clean(code)[:40]).first()
    if found is None:
        raise NotVisible
    return found


def _download(record: int, attachment: int) -> Download:
    found = Attachment.objects.select_related("evidence").filter(pk=attachment, record=record).first()
    path = Path(settings.MEDIA_ROOT) / found.evidence.stored if found else None
    if found is None or path is None or not path.is_file():
        raise WrongCode("没有这份文件。")
    return Download(path, found.name, found.evidence.media_type, found.evidence.size)
