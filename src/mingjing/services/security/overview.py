"""What a login has for its safety, as its owner and the security keeper see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mingjing.services.actors import actor_of
from mingjing.services.security.ending import sessions_of
from mingjing.services.security.guessing import Locked, locked
from mingjing.services.security.passkeys import passkeys_of
from mingjing.services.security.rules import must_have_second
from mingjing.services.security.second import codes_left
from mingjing.storage.people.models import Account
from mingjing.storage.security.models import Authenticator, Passkey, Session, Standing


@dataclass(frozen=True, slots=True)
class Safety:
    """The password, the second factors and the open sessions of a login."""

    account: Account
    own_password: bool
    standing: Standing | None
    telephone: Authenticator | None
    codes: int
    passkeys: Sequence[Passkey]
    sessions: Sequence[Session]
    must_second: bool
    locked: Locked | None

    @property
    def second(self) -> bool:
        """Whether there is a second factor at all."""
        return bool(self.telephone or self.passkeys)


def safety_of(account: Account) -> Safety:
    """Everything about the safety of a login."""
    return Safety(
        account,
        account.has_usable_password(),
        Standing.objects.filter(account=account).first(),
        Authenticator.objects.filter(account=account, confirmed_at__isnull=False).first(),
        codes_left(account),
        passkeys_of(account),
        sessions_of(account),
        must_have_second(actor_of(account)),
        locked(account),
    )
