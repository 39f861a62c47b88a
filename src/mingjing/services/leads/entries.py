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
SALT = 16
NOWHERE = Court(code="密件", name="密件", short_name="密件")
"""The court of sealed entries: no court's log page shows them, the tree and its proofs hold them all."""


def commitment(content: bytes, salt: bytes) -> str:
    """SHA-256 of salt and content: says nothing, and fits no other content."""
    return hashlib.sha256(salt + content).hexdigest()


def committed(content_commitment: str, salt: bytes | None = None) -> dict[str, object]:
    """What every sealed entry says, so that none looks different from another: a commitment to what was
    done, and one to the salt of it, by which a receipt that was changed is found out."""
    text = (secrets.token_bytes(SALT) if salt is None else salt).hex()
    return {
        "content_commitment": content_commitment,
        "salt_commitment": hashlib.sha256(text.encode()).hexdigest(),
    }


@contextmanager
def sealed_act(actor: Actor | None, what: str, *, needs: str = "", subject: str = "") -> Iterator[Record]:
    """As ``services.acts.act`` for what nobody outside may learn of: one transaction, one entry.

    ``what`` and the actor go into the entry as one salted commitment, unless the act itself enters what it
    commits to (``committed``). Raises NotAllowed.
    """
    if actor is not None and needs:
        require(actor, needs)
    who = actor.person.pk if actor is not None else 0
    text = json.dumps([who, what, subject], ensure_ascii=False)
    hidden = committed(commitment(text.encode(), secrets.token_bytes(SALT)))
    with act(
        SEALED, VERB, needs="", subject_kind=KIND, subject_id=secrets.token_hex(8), court=NOWHERE
    ) as entry:
        yield entry
        entry.payload = entry.payload or hidden
