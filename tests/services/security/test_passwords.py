"""Passwords: Argon2id, older hashes made anew, chosen by their owner, rules told beforehand."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import make_password
from pytest_django import Settings

from mingjing.services.accounts import open_account, reset_password
from mingjing.services.demands import WrongEntry
from mingjing.services.security.entering import check_password, note_entry
from mingjing.services.security.passwords import change_password
from mingjing.services.security.standing import must_change, told_rules
from mingjing.storage.people.models import Account
from mingjing.storage.security.models import Session
from tests.services.builders import House, acting, entries
from tests.services.conftest import Logged
from tests.services.security.conftest import Later

NEW = "a-much-better-one"


def own_hashers(settings: Settings) -> None:
    """The product's hashers instead of the quick one of the tests."""
    from mingjing.site.settings import PASSWORD_HASHERS

    settings.PASSWORD_HASHERS = PASSWORD_HASHERS


def test_a_password_is_kept_with_argon2id(house: House, settings: Settings) -> None:
    own_hashers(settings)
    made = Account.objects.create_account("linzhiyuan", "a-long-password", house.judge)
    assert made.password.startswith("argon2$argon2id$")


def test_a_hash_of_an_earlier_release_is_made_anew_at_the_next_log_in(
    house: House, login: Account, settings: Settings
) -> None:
    own_hashers(settings)
    old = make_password("a-long-password", hasher="scrypt")
    Account.objects.filter(pk=login.pk).update(password=old)
    check_password("linzhiyuan", "a-long-password", "10.0.0.8")
    login.refresh_from_db()
    assert login.password.startswith("argon2$argon2id$")
    assert login.check_password("a-long-password")


def test_whoever_got_a_password_from_somebody_else_must_change_it_first(house: House) -> None:
    made = open_account(
        acting(house.keeper), person_id=house.judge.pk, username="lin", password="given-by-hand"
    )
    assert note_entry(made, "口令", "10.0.0.8") == ["口令"]
    change_password(acting(house.judge), old="given-by-hand", new=NEW, again=NEW)
    assert note_entry(made, "口令", "10.0.0.8") == []


def test_a_reset_makes_it_due_again_and_ends_every_session(
    house: House, login: Account, later: Later
) -> None:
    Session.objects.create(session_key="k" * 32, session_data="", expire_date=later(hours=1), account=login)
    reset_password(acting(house.keeper), account_id=login.pk, password=NEW)
    assert must_change(login)
    assert not Session.objects.filter(account=login).exists()


@pytest.mark.parametrize(
    ("old", "new", "again", "words"),
    [
        ("wrong", NEW, NEW, "现在的口令"),
        ("a-long-password", NEW, NEW + "x", "不一样"),
        ("a-long-password", "a-long-password", "a-long-password", "与现在的相同"),
        ("a-long-password", "short", "short", "5 个字符，应为 10 至 200 个"),
        ("a-long-password", "linzhiyuan1", "linzhiyuan1", "不合要求"),
        ("a-long-password", "password123", "password123", "不合要求"),
        ("a-long-password", "长" * 201, "长" * 201, "201 个字符"),
    ],
    ids=["the old one wrong", "two different", "the same", "short", "the login", "a common one", "absurd"],
)
def test_what_will_not_do_is_refused_with_its_reason(
    house: House, login: Account, old: str, new: str, again: str, words: str
) -> None:
    with pytest.raises(WrongEntry, match=words):
        change_password(acting(house.judge), old=old, new=new, again=again)
    login.refresh_from_db()
    assert login.check_password("a-long-password")


def test_a_change_ends_the_other_sessions_keeps_this_one_and_is_one_entry(
    house: House, login: Account, later: Later, one_entry: Logged
) -> None:
    for key in ("here", "there"):
        Session.objects.create(session_key=key, session_data="", expire_date=later(hours=1), account=login)
    with one_entry() as found:
        change_password(acting(house.judge), old="a-long-password", new=NEW, again=NEW, keep="here")
    assert list(Session.objects.values_list("session_key", flat=True)) == ["here"]
    assert NEW not in str(vars(found[0]))


def test_the_rules_are_told_before_they_are_broken(house: House) -> None:
    assert any("至少 10 个字符" in rule for rule in told_rules())


def test_logging_in_is_one_entry_with_the_way_and_the_address(login: Account, one_entry: Logged) -> None:
    with one_entry() as found:
        note_entry(login, "口令", "10.0.0.8")
    assert found[0].verb == "登录"
    assert "10.0.0.8" in found[0].payload
    assert entries("登录")[0].actor == str(login.person_id)
