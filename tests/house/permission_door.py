"""What hangs on somebody's login: an open browser and a passkey."""

from __future__ import annotations

from django.utils import timezone

from mingjing.storage.people.models import Account, Person
from mingjing.storage.security.models import Passkey, Session


def of_the_door(judge: Person) -> dict[str, object]:
    """A passkey and a second browser of the judge."""
    account = Account.objects.create_account("linzhiyuan", "a-long-password", judge)
    moment = timezone.now()
    key = Passkey.objects.create(
        account=account, label="办公室电脑", credential="Y3JlZGVudGlhbA", public_key=b"key", made_at=moment
    )
    browser = Session.objects.create(
        session_key="k" * 32, session_data="", expire_date=moment.replace(year=2099), account=account,
        digest="d" * 24, begun_at=moment, seen_at=moment,
    )  # fmt: skip
    return {"passkey_id": key.pk, "digest": browser.digest}
