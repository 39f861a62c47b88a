"""What a report costs its sender: some waiting, or some arithmetic; never a name, an address or a cookie.

A form carries a signed ticket. It is good once, after so many seconds have passed since the form was fetched,
or at once with a proof of work. Both grow with what came in within the hour, and what is asked when the form
comes back is what the hour asks then: forms fetched in thousands while it was quiet are not cheaper. Whoever
writes a real report has waited while writing.
Each entrance has a purse of its own: a crowd at one makes nobody wait at another.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.db import IntegrityError, transaction

from mingjing.domain.reasons import Refusal
from mingjing.services.installation import now
from mingjing.storage.leads.models import SpentTicket

SALT = "mingjing.leads.tickets"
GOOD = timedelta(hours=6)
CROWDS = ((1000, 120, 20), (200, 60, 18), (0, 20, 16))
"""From so many reports within the hour: seconds to wait, leading zero bits of the proof."""


@dataclass(frozen=True, slots=True)
class Purse:
    """The tickets of one entrance: ``letter`` (no hexadecimal digit) begins their numbers, ``crowds`` as
    ``CROWDS``."""

    letter: str
    crowds: tuple[tuple[int, int, int], ...]


REPORTS = Purse("r", CROWDS)


class TooEarly(Refusal):
    """The form came back before its waiting time; it may be sent again."""

    code = "too-early"


class SpentBefore(Refusal):
    """The ticket was used, is too old, or is none of ours."""

    code = "spent-before"


@dataclass(frozen=True, slots=True)
class Ticket:
    """What stands in a form: the signed text, and what it asks."""

    text: str
    nonce: str
    wait: int
    bits: int


def new_ticket(purse: Purse = REPORTS) -> Ticket:
    """A ticket for a form that is fetched now."""
    wait, bits = _asked_now(purse)
    nonce = purse.letter + secrets.token_hex(15)
    said = [nonce, int(now().timestamp()), wait, bits]
    return Ticket(signing.dumps(said, salt=SALT + purse.letter), nonce, wait, bits)


def _asked_now(purse: Purse) -> tuple[int, int]:
    """Seconds to wait, and bits of a proof, after what came in within the hour."""
    spent = SpentTicket.objects.filter(nonce__startswith=purse.letter, at__gt=now() - timedelta(hours=1))
    lately = spent.count()
    return next((wait, bits) for least, wait, bits in purse.crowds if lately >= least)


def spend(text: str, proof: str = "", purse: Purse = REPORTS) -> None:
    """Use a ticket up, in the transaction of what it pays for.

    Raises
    ------
    SpentBefore   used, too old, forged
    TooEarly      not enough time has passed, and no proof of work instead; it says how long to wait
    """
    try:
        nonce, made, *asked = signing.loads(text, salt=SALT + purse.letter)
    except (signing.BadSignature, ValueError):
        raise SpentBefore("这张表已经失效。您写的还在下面，再提交一次就行。") from None
    passed = now().timestamp() - made
    if passed > GOOD.total_seconds():
        raise SpentBefore("这张表打开得太久了。您写的还在下面，再提交一次就行。")
    wait, bits = (max(pair) for pair in zip(asked, _asked_now(purse), strict=True))
    if passed < wait and not proves(nonce, proof, bits):
        raise TooEarly(
            f"为了挡住成批的乱投，打开表以后要过 {wait} 秒才能提交，还差 {int(wait - passed) + 1} 秒。"
            "您写的还在下面，过一会儿再按一次。"
        )
    SpentTicket.objects.filter(at__lt=now() - GOOD).delete()
    try:
        with transaction.atomic():
            SpentTicket.objects.create(nonce=nonce, at=now())
    except IntegrityError:
        raise SpentBefore("这张表已经提交过了，请看上一页给您的回执；没有看到，就再提交一次。") from None


def proves(nonce: str, proof: str, bits: int) -> bool:
    """Whether SHA-256 of nonce and proof begins with that many zero bits."""
    if not proof or len(proof) > 40:
        return False
    digest = int.from_bytes(hashlib.sha256(f"{nonce}:{proof}".encode()).digest(), "big")
    return digest >> (256 - bits) == 0
