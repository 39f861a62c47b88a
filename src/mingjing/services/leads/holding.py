"""A key in use for some minutes: the server keeps it encrypted, only the browser has the key to that.

A copy of the database shows a ciphertext, a stolen cookie a key to nothing: it takes both, within the
quarter of an hour, and the log-in as well.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from datetime import datetime, timedelta

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from mingjing.services.actors import Actor
from mingjing.services.installation import now
from mingjing.services.leads import sealing
from mingjing.services.leads.keys import Opened, key_in_use

COOKIE = "seal"
HELD = timedelta(minutes=15)
PLACE = "seal"
Session = MutableMapping[str, object]


def hold(session: Session, opened: Opened) -> str:
    """Keep an unlocked key with the session; the value of the cookie that opens it again."""
    box, key = sealing.hold(opened.private)
    session[PLACE] = {"box": box.hex(), "key": opened.row.pk, "until": (now() + HELD).isoformat()}
    return key.hex()


def held_until(session: Session) -> datetime | None:
    """Until when the key may be used without its passphrase."""
    kept = session.get(PLACE)
    until = datetime.fromisoformat(str(kept["until"])) if isinstance(kept, dict) else None
    return until if until is not None and until > now() else None


def take(session: Session, cookie: str, actor: Actor) -> Opened | None:
    """The key, where the session keeps it, the cookie fits and the time has not run out."""
    kept = session.get(PLACE)
    row = key_in_use(actor.person)
    if not isinstance(kept, dict) or row is None or row.pk != kept["key"] or held_until(session) is None:
        return None
    try:
        return Opened(row, SecretBox(bytes.fromhex(cookie)).decrypt(bytes.fromhex(str(kept["box"]))))
    except (CryptoError, ValueError, TypeError):
        return None


def drop(session: Session) -> None:
    """Forget the key at once."""
    session.pop(PLACE, None)
