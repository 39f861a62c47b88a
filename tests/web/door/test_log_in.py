"""Logging in on the page: refusals in plain words, a second step, what is owed first, nowhere else to go."""

from __future__ import annotations

import pyotp
import pytest
from django.test import Client

from mingjing.services.accounts import open_account
from mingjing.services.security.second import confirm, enrolment
from mingjing.services.security.wall import wall
from mingjing.storage.people.models import Account
from mingjing.storage.security.models import Authenticator, Session
from tests.services.builders import House, acting
from tests.services.conftest import SetMoment, house, moment

__all__ = ["house", "moment"]
PASSWORD = "a-long-password"


@pytest.fixture
def login(house: House) -> Account:
    """The judge's login."""
    return Account.objects.create_account("linzhiyuan", PASSWORD, house.judge)


def enter(client: Client, password: str = PASSWORD, **more: str):  # type: ignore[no-untyped-def]
    """Post the log-in form."""
    return client.post("/login", {"username": "linzhiyuan", "password": password, **more})


def test_a_wrong_password_is_refused_in_plain_words_and_too_many_are_told_to_wait(
    login: Account, client: Client
) -> None:
    assert "账号或口令不对" in enter(client, "wrong").content.decode()
    for _ in range(3):
        answer = enter(client, "wrong")
    assert answer.status_code == 429
    assert "秒后再试" in answer.content.decode()


def test_the_right_one_leads_to_the_page_asked_for_but_never_off_this_site(login: Account) -> None:
    for given, wanted in (("/cases", "/cases"), ("https://elsewhere/", "/"), ("//elsewhere", "/"), ("", "/")):
        assert enter(Client(), next=given)["Location"] == wanted


def test_the_session_gets_a_new_key_and_says_where_it_was_opened(login: Account, client: Client) -> None:
    client.get("/login")
    client.post("/login/passkey/ask")
    before = client.session.session_key
    enter(client)
    assert client.session.session_key != before
    found = Session.objects.get(account=login)
    assert (found.way, found.address) == ("口令", "127.0.0.1")


def test_with_a_second_factor_the_password_alone_opens_nothing(
    house: House, login: Account, client: Client
) -> None:
    secret = enrolment(acting(house.judge)).secret
    confirm(acting(house.judge), pyotp.TOTP(secret).at(wall()))
    Authenticator.objects.update(step=0)
    assert enter(client)["Location"] == "/login/second"
    assert client.get("/cases").status_code == 302
    assert client.post("/login/second", {"code": "12345"}).status_code == 422
    answer = client.post("/login/second", {"code": pyotp.TOTP(secret).at(wall())})
    assert answer.status_code == 302
    assert client.get("/cases").status_code == 200
    assert Session.objects.get(account=login).way == "口令和验证码"


def test_the_second_step_without_the_first_leads_back(client: Client, house: House) -> None:
    assert client.get("/login/second")["Location"] == "/login"
    assert client.post("/login/second", {"code": "123456"})["Location"] == "/login"


def test_a_password_from_somebody_else_must_be_changed_before_anything_else(
    house: House, client: Client
) -> None:
    open_account(acting(house.keeper), person_id=house.judge.pk, username="linzhiyuan", password=PASSWORD)
    enter(client)
    for page in ("/", "/cases", "/registers"):
        assert client.get(page)["Location"] == "/my/password"
    given = {"old": PASSWORD, "new": "a-much-better-one", "again": "a-much-better-one"}
    assert client.post("/my/password", given).status_code == 302
    assert client.get("/cases").status_code == 200


def test_a_role_that_must_have_a_second_factor_first_gets_one(
    house: House, client: Client, moment: SetMoment
) -> None:
    moment("2027-01-01T09:00:00")
    Account.objects.create_account("linzhiyuan", PASSWORD, house.keeper)
    enter(client)
    assert client.get("/system")["Location"] == "/my/security"
    assert "必须有第二个因素" in client.get("/my/security").content.decode()
    client.get("/my/telephone")
    secret = enrolment(acting(house.keeper)).secret
    answer = client.post("/my/telephone", {"digits": pyotp.TOTP(secret).at(wall())})
    assert "只显示这一次" in answer.content.decode()
    assert client.get("/system").status_code == 200


def test_before_its_day_the_rule_forces_nobody(house: House, client: Client) -> None:
    Account.objects.create_account("linzhiyuan", PASSWORD, house.keeper)
    enter(client)
    assert client.get("/system").status_code == 200
