"""Passkeys: a key pair in somebody's device, opened by finger, face or PIN. One counts as both factors.

The library is loaded when the first passkey is spoken of: most processes never see one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.demands import filled
from mingjing.services.permissions import NotVisible
from mingjing.services.security.passwords import own_account
from mingjing.services.security.wall import wall
from mingjing.storage.people.models import Account
from mingjing.storage.security.models import Passkey

MOST = 10


class PasskeyRefused(Refusal):
    """A passkey that is unknown, of another place, used before, or not made for this request."""

    code = "passkey-refused"


@dataclass(frozen=True, slots=True)
class Site:
    """The place a passkey is bound to: the host without port, and the origin the browser shows."""

    host: str
    origin: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the browser is asked, as JSON, and the challenge its answer must carry."""

    options: dict[str, Any]
    challenge: str


def ask_for_new(actor: Actor, site: Site) -> Asked:
    """Ask the browser to make a passkey for the person's login."""
    from webauthn import generate_registration_options, options_to_json
    from webauthn.helpers import base64url_to_bytes
    from webauthn.helpers import structs as words

    account = own_account(actor)
    known = [
        words.PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.credential))
        for one in account.passkeys.all()
    ]
    options = generate_registration_options(
        rp_id=site.host,
        rp_name="明镜",
        user_name=account.username,
        user_display_name=actor.person.name,
        user_id=f"mingjing-{account.pk}".encode(),
        authenticator_selection=words.AuthenticatorSelectionCriteria(
            resident_key=words.ResidentKeyRequirement.REQUIRED,
            user_verification=words.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=known,
    )
    return _asked(json.loads(options_to_json(options)))


def ask_for_known(site: Site) -> Asked:
    """Ask the browser to open any passkey it holds for this place."""
    from webauthn import generate_authentication_options, options_to_json
    from webauthn.helpers.structs import UserVerificationRequirement

    options = generate_authentication_options(
        rp_id=site.host, user_verification=UserVerificationRequirement.REQUIRED
    )
    return _asked(json.loads(options_to_json(options)))


def _asked(options: dict[str, Any]) -> Asked:
    return Asked(options, str(options["challenge"]))


def enrol_passkey(actor: Actor, answer: str, *, challenge: str, site: Site, label: str) -> Passkey:
    """Keep the public half of a new passkey.

    Raises
    ------
    PasskeyRefused   the answer is not to this challenge, not from this place, or the person has ten already
    """
    from webauthn import verify_registration_response
    from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
    from webauthn.helpers.exceptions import WebAuthnException

    account = own_account(actor)
    name = filled(label, "名称", example="办公室电脑", longest=60)
    with act(actor, "登记通行密钥", needs=None, subject_kind="人员", subject_id=actor.person.pk) as record:
        if Passkey.objects.filter(account=account).count() >= MOST:
            raise PasskeyRefused(f"已登记 {MOST} 把通行密钥。请先删去不用的。")
        try:
            made = verify_registration_response(
                credential=answer,
                expected_challenge=base64url_to_bytes(challenge),
                expected_rp_id=site.host,
                expected_origin=site.origin,
                require_user_verification=True,
            )
        except (WebAuthnException, ValueError, KeyError):
            raise PasskeyRefused("通行密钥没有登记成功：浏览器的回答与本次请求不符。请再试一次。") from None
        credential = bytes_to_base64url(made.credential_id)
        if Passkey.objects.filter(credential=credential).exists():
            raise PasskeyRefused("这把通行密钥已经登记过。")
        kept = Passkey.objects.create(
            account=account,
            label=name,
            credential=credential,
            public_key=made.credential_public_key,
            uses=made.sign_count,
            made_at=wall(),
        )
        record.payload = {"名称": name}
    return kept


def drop_passkey(actor: Actor, passkey_id: int) -> str:
    """Forget one of one's own passkeys; its name."""
    found = Passkey.objects.filter(pk=passkey_id, account__person=actor.person).first()
    if found is None:
        raise NotVisible
    with act(actor, "删除通行密钥", needs=None, subject_kind="人员", subject_id=actor.person.pk) as record:
        found.delete()
        record.payload = {"名称": found.label}
    return found.label


def passkeys_of(account: Account) -> list[Passkey]:
    """A login's passkeys, the oldest first."""
    return list(Passkey.objects.filter(account=account))


def open_with_passkey(answer: str, *, challenge: str, site: Site) -> Account:
    """The login whose passkey signed this challenge.

    Raises
    ------
    PasskeyRefused   unknown, another place or challenge, a counter that went back, or the login is shut
    """
    from webauthn import verify_authentication_response
    from webauthn.helpers import base64url_to_bytes
    from webauthn.helpers.exceptions import WebAuthnException

    with transaction.atomic():
        row = Passkey.objects.select_for_update().filter(credential=_named(answer)).first()
        account = (
            Account.objects.select_related("person__court").filter(pk=row.account_id, is_active=True).first()
            if row
            else None
        )
        if row is None or account is None:
            raise PasskeyRefused("这把通行密钥没有在本系统登记，或者账号已停用。请用口令登录。")
        try:
            seen = verify_authentication_response(
                credential=answer,
                expected_challenge=base64url_to_bytes(challenge),
                expected_rp_id=site.host,
                expected_origin=site.origin,
                credential_public_key=bytes(row.public_key),
                credential_current_sign_count=row.uses,
                require_user_verification=True,
            )
        except (WebAuthnException, ValueError, KeyError):
            raise PasskeyRefused("通行密钥没有通过核对。请再试一次，或者用口令登录。") from None
        row.uses, row.used_at = seen.new_sign_count, wall()
        row.save(update_fields=["uses", "used_at"])
    return account


def _named(answer: str) -> str:
    """The credential an answer speaks of; empty where it is no answer at all."""
    try:
        told = json.loads(answer)
    except ValueError:
        return ""
    name = told.get("id", "") if isinstance(told, dict) else ""
    return name if isinstance(name, str) else ""
