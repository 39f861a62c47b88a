"""Drafts of definitions for pages: whose turn it is, and what a draft changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from mingjing.services.actors import Actor
from mingjing.services.installation import registry
from mingjing.services.permissions import NotVisible
from mingjing.storage.drafts.models import Draft

State = Draft.State
SHOWN = 50
AROUND = 2
"""Unchanged lines kept on each side of a change."""


@dataclass(frozen=True, slots=True)
class Drafts:
    """Drafts of the court: those the actor may decide, the actor's own open ones, the rest; newest first."""

    to_decide: tuple[Draft, ...]
    own: tuple[Draft, ...]
    others: tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a comparison: 删 (only before), 增 (only in the draft), empty (both) or … (a gap)."""

    sign: str
    number: int
    text: str


def drafts(actor: Actor) -> Drafts:
    """What the page of drafts shows. Raises NotVisible for whoever neither drafts nor approves."""
    if not (actor.may("起草制度") or actor.may("批准制度")):
        raise NotVisible
    rows = Draft.objects.filter(court=actor.court).select_related("author", "decided_by")[:SHOWN]
    decides = actor.may("批准制度")
    to_decide, own, others = [], [], []
    for row in rows:
        mine = row.author_id == actor.person.pk
        if row.state == State.SUBMITTED and decides and not mine:
            to_decide.append(row)
        elif mine and row.state in (State.WRITING, State.RETURNED, State.SUBMITTED):
            own.append(row)
        else:
            others.append(row)
    return Drafts(tuple(to_decide), tuple(own), tuple(others))


def compared(draft: Draft) -> tuple[Line, ...]:
    """What the draft changes against the version it began from; empty where that is no longer there."""
    before = next(
        (
            one.text
            for one in registry(draft.court).files(draft.definition_id)
            if one.content_hash == draft.base_hash
        ),
        None,
    )
    if not draft.base_hash or before is None:
        return ()
    return tuple(_lines(before.rstrip("\n").split("\n"), draft.text.rstrip("\n").split("\n")))


def _lines(before: list[str], after: list[str]) -> Iterator[Line]:
    for group in SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(AROUND):
        yield Line("…", 0, "")
        for tag, first, last, start, end in group:
            if tag == "equal":
                yield from (
                    Line("", start + place + 1, text) for place, text in enumerate(before[first:last])
                )
                continue
            yield from (Line("删", first + place + 1, text) for place, text in enumerate(before[first:last]))
            yield from (Line("增", start + place + 1, text) for place, text in enumerate(after[start:end]))
