"""What the log says of leads: that something sealed was done, and a commitment to what; nothing else (G9).

The entry names neither person nor lead nor court, for whoever reads the log must not learn that a lead
exists. Who did what stands in the lead's own acts, and its salted commitment in the entry.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from mingjing.services.actors import Actor
from mingjing.services.acts import Machine, Record, act
from mingjing.services.permissions import require
from mingjing.storage.people.models import Court

SEALED = Machine("sealed", "密件")
VERB = KIND = "密件"
NOWHERE = Court(code="密件", name="密件", short_name="密件")
"""The court of sealed entries: no court's log page shows them, the tree and its proofs hold them all."""


def commitment(content: bytes, salt: bytes) -> str:
    """SHA-256 of salt and content: says nothing, and fits no other content."""
    return hashlib.sha256(salt + content).hexdigest()


@contextmanager
def sealed_act(
    actor: Actor | None, what: str, *, needs: str = "", subject: str = "", told: str = ""
) -> Iterator[Record]:
    """As ``services.acts.act`` for what nobody outside may learn of: one transaction, one entry.

    ``what`` and the actor go into the entry as one salted commitment; ``told`` is a commitment shown as it
    is, by which a receipt is checked. Raises NotAllowed.
    """
    if actor is not None and needs:
        require(actor, needs)
    who = actor.person.pk if actor is not None else 0
    text = json.dumps([who, what, subject], ensure_ascii=False)
    hidden = told or commitment(text.encode(), secrets.token_bytes(16))
    with act(
        SEALED, VERB, needs="", subject_kind=KIND, subject_id=secrets.token_hex(8), court=NOWHERE
    ) as entry:
        yield entry
        entry.payload = {"承诺": hidden}
