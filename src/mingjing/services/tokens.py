"""Keys for systems that push data: shown once, stored as a hash, bound to a person with the post 接口账号."""

from __future__ import annotations

import hashlib
import secrets

from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor, actor_for
from mingjing.services.acts import Machine, act
from mingjing.services.demands import filled
from mingjing.services.installation import now, today
from mingjing.services.permissions import NotAllowed
from mingjing.services.security.rules import SECOND, must_have_second
from mingjing.storage.people.models import ApiToken, Court, Person, Posting

POST = "接口账号"
STARTS = "mj_"


class TokenUnknown(Refusal):
    """No key of that number, or it is revoked already."""

    code = "token-unknown"


class KeyIsOneFactor(NotAllowed):
    """The key's person holds a role that must bring a second factor; a key is one factor and stays one."""

    code = "key-is-one-factor"


def make_token(by: Actor | Machine, court: Court, label: str) -> str:
    """A new key for a system of ``court``; the only time it is shown.

    The system is entered as a person of the court called ``label`` with the post 接口账号, unless it is
    there already. Needs 维护账号.

    Raises
    ------
    WrongEntry   no label
    NotAllowed   no role of the actor lists 维护账号
    """
    name = filled(label, "用途", example="审判系统推送", longest=60)
    secret = STARTS + secrets.token_urlsafe(32)
    with act(by, "生成接口密钥", needs="维护账号", subject_kind="人员", subject_id="", court=court) as record:
        person = _system(court, name)
        token = ApiToken.objects.create(
            person=person, label=name, digest=_digest(secret), beginning=secret[:8], made_at=now()
        )
        record.subject_id = str(person.pk)
        record.payload = {"用途": name, "密钥": token.pk}
    return secret


def _system(court: Court, name: str) -> Person:
    """The person that stands for the system, in its post."""
    known = Person.objects.filter(court=court, name=name, postings__post=POST).first()
    if known is not None:
        return known
    numbers = set(Person.objects.filter(court=court).values_list("staff_number", flat=True))
    place = 1
    while f"接口{place:02d}" in numbers:
        place += 1
    person = Person.objects.create(court=court, name=name, staff_number=f"接口{place:02d}")
    Posting.objects.create(person=person, post=POST, since=today(court))
    return person


def revoke_token(by: Actor | Machine, token_id: int) -> ApiToken:
    """Shut a key for good. Needs 维护账号.

    Raises
    ------
    TokenUnknown   no such key, or revoked already
    """
    token = ApiToken.objects.select_related("person__court").filter(pk=token_id, revoked_at=None).first()
    if token is None:
        open_ = [str(one) for one in ApiToken.objects.filter(revoked_at=None).values_list("pk", flat=True)]
        raise TokenUnknown(f"没有编号 {token_id} 的有效密钥。", allowed=open_)
    with act(
        by,
        "停用接口密钥",
        needs="维护账号",
        subject_kind="人员",
        subject_id=token.person_id,
        court=token.person.court,
    ) as record:
        token.revoked_at = now()
        token.save(update_fields=["revoked_at"])
        record.payload = {"用途": token.label, "密钥": token.pk}
    return token


def tokens() -> list[ApiToken]:
    """Every key, newest first."""
    return list(ApiToken.objects.select_related("person__court"))


def bearer(secret: str) -> Actor | None:
    """The actor behind a key, today; None where the key is unknown or revoked.

    Raises
    ------
    KeyIsOneFactor   a role of its person must bring a second factor as of today
    """
    found = (
        ApiToken.objects.select_related("person__court__parent")
        .filter(digest=_digest(secret), revoked_at=None)
        .first()
    )
    if found is None:
        return None
    actor = actor_for(found.person, today(found.person.court))
    if must_have_second(actor):
        raise KeyIsOneFactor(
            f"密钥“{found.label}”的人员担任须有第二个因素的岗位（{SECOND}），密钥只是一个因素，不能代替。"
            "请在“人员”里结束该岗位，或者另给系统生成一个只任“接口账号”的密钥。",
            allowed=[POST],
            example="mingjing token create --court 云9821 --label 审判系统推送",
        )
    return actor


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
