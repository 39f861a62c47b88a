"""Looking for words in sealed leads: in those somebody works on and can open, and in memory only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mingjing.domain.leads.matching import plain_name
from mingjing.services.actors import Actor
from mingjing.services.leads import parts
from mingjing.services.leads.entries import sealed_act
from mingjing.services.leads.keys import Opened
from mingjing.services.leads.sight import SEE_LEADS, barred_from, leads_seen
from mingjing.storage.leads.models import Lead
from mingjing.text.folding import fold

NEAREST = 300
"""So many of the newest leads are opened for one search: each piece costs one opened key."""
AROUND = 20


@dataclass(frozen=True, slots=True)
class FoundLead:
    """A lead in which all the words stand, with some of what stands around the first."""

    lead: Lead
    around: str


def search(actor: Actor, opened: Opened, words: str) -> list[FoundLead]:
    """The leads in whose content or number all the words stand, newest first; that there was a search is one
    entry of the log, without the words.

    A lead whose reported the actor has since come to stand above is passed over, as if it were not there.
    """
    wanted = [_plain(word) for word in words.split()]
    if not wanted:
        return []
    found: list[FoundLead] = []
    with sealed_act(actor, "检索线索", needs=SEE_LEADS):
        for lead in leads_seen(actor).order_by("-opened_on", "-pk")[:NEAREST]:
            pieces = parts.open_parts(lead, opened)
            if actor.person.pk in barred_from(pieces, actor):
                continue
            text = _plain(" ".join([lead.number, *_said(pieces)]))
            if all(word in text for word in wanted):
                place = text.index(wanted[0])
                found.append(FoundLead(lead, text[max(0, place - AROUND) : place + len(wanted[0]) + AROUND]))
    return found


_SAID = ("内容", "被反映人", "部门", "举报人", "联系方式", "文件名")


def _said(pieces: Iterable[parts.Piece]) -> Iterable[str]:
    for piece in pieces:
        for label, value in piece.says.items():
            if label in _SAID or piece.part.kind == parts.WORK:
                yield "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _plain(text: str) -> str:
    return plain_name(fold(text))
