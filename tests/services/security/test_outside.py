"""The court's identity server: PKCE, state, nonce, issuer, audience, signature; by staff number only."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from authlib.jose import OctKey
from pytest_django import Settings

from mingjing.services.security.outside import OutsideRefused, Provider, come_back, provider, set_out
from mingjing.storage.people.models import Account, Person
from tests.services.builders import House, entries, hire
from tests.services.security.identity_server import OTHER, IdentityServer, identity_server

BACK = "http://localhost:8000/login/outside/back"


@pytest.fixture
def server(house: House, settings: Settings) -> Iterator[IdentityServer]:
    """The server, which the settings name."""
    with identity_server(int(time.time())) as served:
        settings.CONFIGURATION = replace(
            settings.CONFIGURATION, oidc_issuer=served.url, oidc_client_id="mingjing"
        )
        yield served


def place() -> Provider:
    """The server as set."""
    found = provider()
    assert found is not None
    return found


def round_trip(server: IdentityServer, **told: str) -> Account:
    """There and back; ``told`` bends what the browser brings."""
    address, journey = set_out(place(), BACK)
    return come_back(place(), journey, BACK, {**server.visit(address), **told})


def test_a_staff_number_with_a_login_is_let_in(server: IdentityServer, login: Account) -> None:
    server.claims = {"staff_number": login.person.staff_number}
    assert round_trip(server) == login


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"state": "another"}, "不是对这次登录的"),
        ({"iss": "http://elsewhere"}, "另一台服务器"),
        ({"error": "access_denied"}, "没有放行"),
        ({"code": ""}, "没有放行"),
        ({"code": "stolen"}, "没有通过核对"),
    ],
    ids=["state", "issuer", "denied", "no code", "unknown code"],
)
def test_an_answer_that_is_not_to_our_question_is_refused(
    server: IdentityServer, login: Account, told: dict[str, str], words: str
) -> None:
    server.claims = {"staff_number": login.person.staff_number}
    with pytest.raises(OutsideRefused, match=words):
        round_trip(server, **told)


@pytest.mark.parametrize(
    "bend",
    [
        {"nonce": "another"},
        {"iss": "http://elsewhere"},
        {"aud": "another"},
        {"exp": 1},
        {"aud": ["mingjing", "x"]},
    ],
    ids=["nonce", "issuer", "audience", "expired", "two audiences and no party"],
)
def test_a_token_that_is_not_for_us_now_is_refused(
    server: IdentityServer, login: Account, bend: dict[str, Any]
) -> None:
    server.claims, server.bend = {"staff_number": login.person.staff_number}, bend
    with pytest.raises(OutsideRefused):
        round_trip(server)


def test_a_token_of_another_key_or_signed_with_a_shared_secret_is_refused(
    server: IdentityServer, login: Account
) -> None:
    server.claims = {"staff_number": login.person.staff_number}
    server.key = OTHER
    with pytest.raises(OutsideRefused):
        round_trip(server)
    server.key, server.algorithm = OctKey.generate_key(256, {"kid": "one"}), "HS256"
    with pytest.raises(OutsideRefused):
        round_trip(server)


def test_a_code_taken_by_somebody_else_is_worth_nothing_without_the_verifier(
    server: IdentityServer, login: Account
) -> None:
    server.claims = {"staff_number": login.person.staff_number}
    address, journey = set_out(place(), BACK)
    told = server.visit(address)
    with pytest.raises(OutsideRefused, match="没有通过核对"):
        come_back(place(), replace(journey, verifier="v" * 43), BACK, told)


def test_a_server_that_calls_itself_something_else_is_not_spoken_to(server: IdentityServer) -> None:
    server.issuer_told = "http://elsewhere"
    with pytest.raises(OutsideRefused, match="MINGJING_OIDC_ISSUER"):
        set_out(place(), BACK)


def test_a_server_that_does_not_answer_is_said_so(server: IdentityServer) -> None:
    with pytest.raises(OutsideRefused, match="连不上"):
        set_out(replace(place(), issuer="http://127.0.0.1:9"), BACK)


def test_nobody_is_made_up(server: IdentityServer, house: House, settings: Settings) -> None:
    """No staff number, an unknown one, somebody without a login, a closed login, one number at two courts."""
    for claims, words in (
        ({}, "没有给出工号"),
        ({"staff_number": "999"}, "名册里没有"),
        ({"staff_number": house.judge.staff_number}, "没有启用的账号"),
    ):
        server.claims = claims
        with pytest.raises(OutsideRefused, match=words):
            round_trip(server)
    login = Account.objects.create_account("lin", "a-long-password", house.judge)
    Account.objects.filter(pk=login.pk).update(is_active=False)
    with pytest.raises(OutsideRefused, match="没有启用的账号"):
        round_trip(server)
    twin = hire(house.higher, "林知远", "审判员", None)
    Person.objects.filter(pk=twin.pk).update(staff_number=house.judge.staff_number)
    with pytest.raises(OutsideRefused, match="不止一个法院"):
        round_trip(server)
    settings.CONFIGURATION = replace(settings.CONFIGURATION, oidc_court_claim="court")
    Account.objects.filter(pk=login.pk).update(is_active=True)
    server.claims = {"staff_number": house.judge.staff_number, "court": house.court.code}
    assert round_trip(server) == login


def test_a_login_is_made_for_somebody_on_the_roster_only_where_the_settings_say_so(
    server: IdentityServer, house: House, settings: Settings
) -> None:
    settings.CONFIGURATION = replace(settings.CONFIGURATION, oidc_create=True)
    server.claims = {"staff_number": house.judge.staff_number}
    made = round_trip(server)
    assert made.person == house.judge
    assert not made.has_usable_password()
    assert entries("开通账号")[0].actor_name == "登录入口"
    server.claims = {"staff_number": "999"}
    with pytest.raises(OutsideRefused, match="名册里没有"):
        round_trip(server)
