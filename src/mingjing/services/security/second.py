"""The second factor of a login: a telephone's six digits, or a recovery code where it is lost."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass

import pyotp
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction

from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.security.passwords import own_account, require_password
from mingjing.services.security.wall import wall
from mingjing.storage.people.models import Account
from mingjing.storage.security.models import Authenticator, Passkey, RecoveryCode

STEP = 30
DRIFT = 1
"""So many time steps a telephone's clock may be off, each way."""
CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class WrongCode(Refusal):
    """The digits are wrong, used up, or of a clock that is too far off."""

    code = "wrong-code"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What the page of enrolment shows: the secret to type, and the address in the QR code."""

    secret: str
    uri: str


def has_second(account: Account) -> bool:
    """Whether a login brings a second factor: a confirmed telephone, or a passkey."""
    confirmed = Authenticator.objects.filter(account=account, confirmed_at__isnull=False)
    return confirmed.exists() or Passkey.objects.filter(account=account).exists()


def enrolment(actor: Actor) -> Enrolment:
    """The secret of an enrolment that is not confirmed yet, made on the first call.

    Raises
    ------
    WrongCode   a telephone is enrolled already
    """
    account = own_account(actor)
    row = Authenticator.objects.filter(account=account).first()
    if row is not None and row.confirmed_at is not None:
        raise WrongCode("验证码已经开通。换手机的，先停用再开通。")
    if row is None:
        row = Authenticator.objects.create(
            account=account, sealed=_seal(account, pyotp.random_base32()), made_at=wall()
        )
    secret = _open(account, row.sealed)
    uri = pyotp.TOTP(secret).provisioning_uri(name=account.username, issuer_name="明镜")
    return Enrolment(secret, uri)


def confirm(actor: Actor, digits: str) -> list[str]:
    """The telephone shows the right digits: from now on they are asked for. The codes, shown once."""
    account = own_account(actor)
    with act(actor, "开通验证码", needs=None, subject_kind="人员", subject_id=actor.person.pk):
        row = Authenticator.objects.select_for_update().filter(account=account, confirmed_at=None).first()
        if row is None:
            raise WrongCode("没有等待确认的验证码。", example="从“我的安全”重新开通")
        _use_up(row, digits)
        row.confirmed_at = wall()
        row.save(update_fields=["confirmed_at"])
        return _new_codes(account)


def switch_off(actor: Actor, password: str) -> None:
    """No telephone any more, and no recovery codes. Asks for the password again."""
    account = own_account(actor)
    with act(actor, "停用验证码", needs=None, subject_kind="人员", subject_id=actor.person.pk):
        require_password(account, password)
        Authenticator.objects.filter(account=account).delete()
        RecoveryCode.objects.filter(account=account).delete()


def new_codes(actor: Actor, password: str) -> list[str]:
    """Ten new recovery codes; the old ones are worth nothing any more. Asks for the password again."""
    account = own_account(actor)
    with act(actor, "换恢复码", needs=None, subject_kind="人员", subject_id=actor.person.pk):
        require_password(account, password)
        return _new_codes(account)


def reset_second(actor: Actor, account: Account, why: str) -> None:
    """Somebody has lost telephone and codes: the login is without a second factor again. Needs 管理会话."""
    with act(
        actor,
        "重置双因素",
        needs="管理会话",
        subject_kind="人员",
        subject_id=account.person_id,
        court=account.person.court,
        why=why,
    ) as record:
        for table in (Authenticator, RecoveryCode, Passkey):
            table.objects.filter(account=account).delete()
        record.payload = {"账号": account.username}


def check_second(account: Account, given: str) -> str:
    """Use up six digits or a recovery code; which of the two it was.

    Raises
    ------
    WrongCode   neither fits, or it was used before
    """
    typed = given.strip().replace(" ", "").replace("-", "").lower()
    with transaction.atomic():
        if typed.isascii() and typed.isdigit():
            row = Authenticator.objects.select_for_update().filter(account=account).first()
            if row is None or row.confirmed_at is None:
                raise WrongCode("这个账号没有开通验证码。")
            _use_up(row, typed)
            return "验证码"
        code = RecoveryCode.objects.select_for_update().filter(
            account=account, digest=_digest(account, typed), used_at=None
        )
        if not code.update(used_at=wall()):
            raise WrongCode("恢复码不对，或者已经用过。", example="abcd-efgh-jkmn")
        return "恢复码"


def codes_left(account: Account) -> int:
    """How many recovery codes are not used yet."""
    return RecoveryCode.objects.filter(account=account, used_at=None).count()


def _use_up(row: Authenticator, digits: str) -> None:
    """Accept digits of the present step or one beside it, each step once."""
    totp = pyotp.TOTP(_open(row.account, row.sealed), interval=STEP)
    now = int(wall().timestamp()) // STEP
    for step in range(now - DRIFT, now + DRIFT + 1):
        if hmac.compare_digest(totp.generate_otp(step).encode(), digits.strip().encode()):
            if step <= row.step:
                raise WrongCode("这个验证码已经用过。请等下一个（每 30 秒换一次）。")
            row.step = step
            row.save(update_fields=["step"])
            return
    raise WrongCode("验证码不对。请核对手机的时间是否准确，相差不能超过 30 秒。", example="六位数字")


def _new_codes(account: Account) -> list[str]:
    RecoveryCode.objects.filter(account=account).delete()
    codes = ["".join(secrets.choice(LETTERS) for _ in range(12)) for _ in range(CODES)]
    codes = [code if not code.isdigit() else f"a{code[1:]}" for code in codes]
    now = wall()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account=account, digest=_digest(account, code), made_at=now) for code in codes
    )
    return [f"{code[:4]}-{code[4:8]}-{code[8:]}" for code in codes]


def _digest(account: Account, code: str) -> str:
    """Sixty random bits need no slow hash; the login's number keeps equal codes apart."""
    return hashlib.sha256(f"{account.pk}:{code}".encode()).hexdigest()


def _key() -> bytes:
    """The key the shared secrets are sealed with, derived from the installation's signing key."""
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"mingjing second factor")
    return derive.derive(settings.SECRET_KEY.encode())


def _seal(account: Account, secret: str) -> str:
    nonce = secrets.token_bytes(12)
    sealed = AESGCM(_key()).encrypt(nonce, secret.encode(), str(account.pk).encode())
    return base64.b64encode(nonce + sealed).decode()


def _open(account: Account, sealed: str) -> str:
    raw = base64.b64decode(sealed)
    try:
        return AESGCM(_key()).decrypt(raw[:12], raw[12:], str(account.pk).encode()).decode()
    except InvalidTag:
        raise WrongCode(
            "验证码的密钥打不开：签名密钥 MINGJING_SECRET_KEY 换过了。请安全管理员重置双因素。"
        ) from None
