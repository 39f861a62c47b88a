"""An open browser is not enough for what is dangerous: the password or six digits, within minutes."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pyotp
import pytest
from django.test import Client
from django.urls import reverse

from mingjing.services.installation import registry
from mingjing.services.security import fresh
from mingjing.services.security.second import confirm, enrolment
from mingjing.services.security.wall import wall
from mingjing.storage.auditlog.models import Act
from mingjing.storage.people.models import Account, Posting
from mingjing.storage.security.models import Authenticator, Session
from mingjing.web.fresh import PROVED
from mingjing.web.urls import ROUTES
from tests.services.builders import House, acting, entries
from tests.services.conftest import SetMoment, house, moment

__all__ = ["house", "moment"]
PASSWORD = "a-long-password"

ASKED = {
    "posting-new", "posting-end", "oversight-new", "oversight-end", "account-new", "account-password",
    "account-state", "account-second-reset", "my-passkey-ask", "my-passkey-new", "my-passkey-drop",
    "filing-day-value", "lead-key-deposit", "lead-key-recover", "lead-key-give",
}  # fmt: skip


@pytest.fixture
def guardian(house: House, moment: SetMoment) -> Client:
    """The security keeper, logged in a moment ago, on a day the rule is in force."""
    moment("2026-09-30T09:00:00")
    Account.objects.create_account("luheng", PASSWORD, house.guardian)
    client = Client()
    client.post("/login", {"username": "luheng", "password": PASSWORD})
    return client


def grow_old(client: Client, minutes: int) -> None:
    """Let the session have been opened, and proved, so many minutes ago."""
    session = client.session
    then = (wall() - timedelta(minutes=minutes)).isoformat()
    session["door"] = {**session["door"], "begun": then}
    session.pop(PROVED, None)
    session.save()


def granting(house: House) -> str:
    return reverse("posting-new", args=[house.judge.pk])


def test_the_dangerous_addresses_are_these_and_each_names_a_matter_of_the_dictionary(house: House) -> None:
    assert {route.name for route in ROUTES if route.fresh} == ASKED
    table = registry(house.court).dictionary(fresh.TABLE)
    assert {route.fresh for route in ROUTES if route.fresh} == set(fresh.MATTERS) == set(table.keys)


def test_shortly_after_the_log_in_nothing_is_asked(guardian: Client, house: House) -> None:
    grow_old(guardian, 9)
    assert guardian.get(granting(house)).status_code == 200


def test_later_it_is_asked_and_then_leads_on(guardian: Client, house: House) -> None:
    grow_old(guardian, 11)
    path = granting(house)
    asked = guardian.get(path)
    assert asked["Location"] == f"/my/proof?for={quote('授予职务')}&next={quote(path, safe='')}"
    before = guardian.session.session_key
    page = guardian.get(asked["Location"]).content.decode()
    assert "“授予职务”要确认是您本人" in page
    answer = guardian.post("/my/proof", {"given": PASSWORD, "next": path})
    assert answer["Location"] == path
    assert guardian.session.session_key != before
    assert guardian.get(path).status_code == 200
    assert "口令" in str(entries("再验身份")[-1].payload)


def test_a_form_opened_in_time_may_be_sent_later_but_not_much_later(guardian: Client, house: House) -> None:
    given = {"post": "庭长", "department": house.first_civil.pk, "since": "2026-09-01"}
    held = Posting.objects.count()
    grow_old(guardian, 21)
    assert guardian.post(granting(house), given)["Location"].startswith("/my/proof")
    assert Posting.objects.count() == held
    grow_old(guardian, 19)
    assert not guardian.post(granting(house), given).get("Location", "").startswith("/my/proof")


def test_what_is_dangerous_writes_nothing_without_a_proof(guardian: Client, house: House) -> None:
    login = Account.objects.create_account("linzhiyuan", PASSWORD, house.judge)
    grow_old(guardian, 60)
    count = Act.objects.count()
    for name, one in (("posting-new", house.judge.pk), ("account-second-reset", login.pk)):
        answer = guardian.post(reverse(name, args=[one]), {"why": "手机丢失"})
        assert answer["Location"].startswith("/my/proof"), name
    assert Act.objects.count() == count


def test_a_session_no_person_opened_is_never_fresh(guardian: Client, house: House) -> None:
    session = guardian.session
    del session["door"]
    session.save()
    assert guardian.get(granting(house))["Location"].startswith("/my/proof")


def test_before_its_day_the_rule_asks_nobody(guardian: Client, house: House, moment: SetMoment) -> None:
    grow_old(guardian, 60)
    moment("2025-12-31T09:00:00")
    assert guardian.get(granting(house)).status_code == 200


def test_wrong_answers_open_nothing_and_are_counted_like_those_at_the_door(guardian: Client) -> None:
    grow_old(guardian, 60)
    for given in ("wrong", "123456", "来信核实", "x" * 300):
        answer = guardian.post("/my/proof", {"given": given, "next": "/people"})
        assert answer.status_code in (422, 429), given
    assert guardian.post("/my/proof", {"given": PASSWORD}).status_code == 429
    assert not entries("再验身份")


def test_six_digits_will_do_and_each_are_good_once(guardian: Client, house: House) -> None:
    secret = enrolment(acting(house.guardian)).secret
    confirm(acting(house.guardian), pyotp.TOTP(secret).at(wall()))
    Authenticator.objects.update(step=0)
    grow_old(guardian, 60)
    digits = pyotp.TOTP(secret).at(wall())
    assert guardian.post("/my/proof", {"given": digits, "next": "/people"})["Location"] == "/people"
    assert guardian.post("/my/proof", {"given": digits}).status_code == 422
    assert "验证码" in str(entries("再验身份")[-1].payload)


@pytest.mark.parametrize(
    "next_", ["https://elsewhere/", "//elsewhere", "/\\elsewhere", "javascript:alert(1)"]
)
def test_the_proof_leads_nowhere_off_this_site(guardian: Client, next_: str) -> None:
    assert guardian.post("/my/proof", {"given": PASSWORD, "next": next_})["Location"] == "/"


def test_the_page_repeats_no_words_a_link_brought_along(guardian: Client) -> None:
    page = guardian.get("/my/proof?for=<b>请致电12345</b>").content.decode()
    assert "12345" not in page


def test_a_proof_lengthens_no_session(guardian: Client, house: House) -> None:
    before = Session.objects.get(account__person=house.guardian)
    guardian.post("/my/proof", {"given": PASSWORD})
    after = Session.objects.get(account__person=house.guardian)
    assert (after.ends_at, after.begun_at) == (before.ends_at, before.begun_at)
