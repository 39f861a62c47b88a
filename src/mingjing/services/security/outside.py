"""The court's identity server (OpenID Connect): authorization code with PKCE, state and nonce.

The libraries are loaded when the first person comes that way.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from mingjing.domain.reasons import Refusal
from mingjing.services.acts import act
from mingjing.services.security.directory import directory
from mingjing.services.security.guessing import DOOR
from mingjing.storage.people.models import Account, Person

TIMEOUT = 8
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
"""Signatures that are believed; never ``none``, never one made with a shared secret."""


class OutsideRefused(Refusal):
    """The identity server's answer is not to our question, not for us, or names nobody here."""

    code = "outside-refused"


@dataclass(frozen=True, slots=True)
class Provider:
    """The identity server and what we are to it."""

    issuer: str
    client_id: str
    client_secret: str
    label: str
    staff_claim: str
    court_claim: str
    create: bool


@dataclass(frozen=True, slots=True)
class Journey:
    """A person on the way to the identity server and back: what its answer must carry."""

    state: str
    nonce: str
    verifier: str


def provider() -> Provider | None:
    """The identity server that is set, or None."""
    known = settings.CONFIGURATION
    if not known.oidc_issuer:
        return None
    return Provider(
        known.oidc_issuer.rstrip("/"),
        known.oidc_client_id,
        known.oidc_client_secret,
        known.oidc_label,
        known.oidc_staff_claim,
        known.oidc_court_claim,
        known.oidc_create,
    )


def outside_known() -> bool:
    """Whether people may be known by another system: an identity server or a directory is set."""
    return provider() is not None or directory() is not None


def set_out(place: Provider, back: str) -> tuple[str, Journey]:
    """The address the browser is sent to, and what to remember until it comes back to ``back``."""
    journey = Journey(*(secrets.token_urlsafe(32) for _ in range(3)))
    found = _metadata(place)
    with _session(place, back) as session:
        address, _ = session.create_authorization_url(
            found["authorization_endpoint"],
            state=journey.state,
            nonce=journey.nonce,
            code_verifier=journey.verifier,
        )
    return str(address), journey


def come_back(place: Provider, journey: Journey, back: str, told: Mapping[str, str]) -> Account:
    """The login of whoever the identity server vouches for.

    Raises
    ------
    OutsideRefused   another state, issuer, audience or nonce, a bad signature, nobody of that staff number
    """
    if not secrets.compare_digest(told.get("state", ""), journey.state):
        raise OutsideRefused("统一身份认证的回答不是对这次登录的。请回到登录页重新开始。")
    if told.get("iss", place.issuer).rstrip("/") != place.issuer:
        raise OutsideRefused("统一身份认证的回答来自另一台服务器。请告诉系统管理员。")
    if "error" in told or not told.get("code"):
        raise OutsideRefused("统一身份认证没有放行。请重新登录，或者用账号口令。")
    claims = _claims(place, journey, back, told["code"])
    return _account(place, claims)


def _metadata(place: Provider) -> dict[str, Any]:
    import requests

    try:
        answer = requests.get(f"{place.issuer}/.well-known/openid-configuration", timeout=TIMEOUT)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
    except (requests.RequestException, ValueError):
        raise OutsideRefused("统一身份认证服务器现在连不上。请用账号口令登录，或者稍后再试。") from None
    if str(found.get("issuer", "")).rstrip("/") != place.issuer:
        raise OutsideRefused(
            "统一身份认证服务器自称的名字与设置 MINGJING_OIDC_ISSUER 不符。请告诉系统管理员。"
        )
    return found


def _session(place: Provider, back: str) -> Any:
    from authlib.integrations.requests_client import OAuth2Session

    return OAuth2Session(
        place.client_id,
        place.client_secret or None,
        scope="openid profile",
        redirect_uri=back,
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_basic" if place.client_secret else "none",
    )


def _claims(place: Provider, journey: Journey, back: str, code: str) -> Mapping[str, Any]:
    """The claims of the identity token, once signature, issuer, audience, time and nonce hold."""
    import requests
    from authlib.common.errors import AuthlibBaseError
    from authlib.jose import JsonWebKey, JsonWebToken

    found = _metadata(place)
    try:
        with _session(place, back) as session:
            token = session.fetch_token(
                found["token_endpoint"], code=code, code_verifier=journey.verifier, timeout=TIMEOUT
            )
        keys = JsonWebKey.import_key_set(requests.get(found["jwks_uri"], timeout=TIMEOUT).json())
        rules = {
            "iss": {"essential": True, "values": [place.issuer, f"{place.issuer}/"]},
            "aud": {"essential": True, "value": place.client_id},
            "nonce": {"essential": True, "value": journey.nonce},
            "exp": {"essential": True},
        }
        claims = JsonWebToken(ALGORITHMS).decode(token["id_token"], keys, claims_options=rules)
        claims.validate(leeway=60)
    except (AuthlibBaseError, requests.RequestException, KeyError, ValueError):
        raise OutsideRefused("统一身份认证的回答没有通过核对。请重新登录；仍不行请告诉系统管理员。") from None
    if isinstance(claims.get("aud"), list) and claims.get("azp") != place.client_id:
        raise OutsideRefused("统一身份认证的凭证是发给另一个系统的。请告诉系统管理员。")
    known: Mapping[str, Any] = claims
    return known


def _account(place: Provider, claims: Mapping[str, Any]) -> Account:
    """The one active login of the staff number in the claims; made only where the settings say so."""
    number = str(claims.get(place.staff_claim, "")).strip()
    if not number:
        raise OutsideRefused(f"统一身份认证没有给出工号（{place.staff_claim}）。请告诉系统管理员。")
    people = Person.objects.select_related("court").filter(staff_number=number)
    if place.court_claim:
        people = people.filter(court__code=str(claims.get(place.court_claim, "")))
    found = list(people[:2])
    if len(found) != 1:
        cause = "不止一个法院有这个工号" if found else "名册里没有这个工号"
        raise OutsideRefused(f"工号 {number} 不能登录：{cause}。请找系统管理员。")
    account = Account.objects.select_related("person__court").filter(person=found[0]).first()
    if account is None and place.create:
        account = _made(found[0])
    if account is None or not account.is_active:
        raise OutsideRefused(f"工号 {number} 没有启用的账号。请找系统管理员。")
    return account


def _made(person: Person) -> Account:
    with act(
        DOOR, "开通账号", needs="", subject_kind="人员", subject_id=person.pk, court=person.court
    ) as record:
        account = Account(username=f"{person.court.code}{person.staff_number}"[:60], person=person)
        account.set_unusable_password()
        account.save()
        record.payload = {"姓名": person.name, "账号": account.username, "来自": "统一身份"}
    return account
