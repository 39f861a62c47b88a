"""What happens at the door: logging in, second factors, passkeys, sessions, locks."""

from __future__ import annotations

from contextlib import suppress
from unittest.mock import patch

import pyotp

from mingjing.services.security import outside, passkeys
from mingjing.services.security.ending import end_own_others, end_own_session, end_sessions
from mingjing.services.security.entering import WrongPassword, check_password, note_entry
from mingjing.services.security.fresh import prove
from mingjing.services.security.guessing import unlock
from mingjing.services.security.passwords import change_password
from mingjing.services.security.rules import patience
from mingjing.services.security.second import confirm, enrolment, new_codes, reset_second, switch_off
from mingjing.services.security.wall import wall
from mingjing.services.sessions import SessionStore, begin, digest_of
from mingjing.storage.security.models import Guess, Passkey
from tests.services.every_verb.world import PASSWORD, Verb, World, does

HERE = "10.0.0.8"


def digits(w: World) -> str:
    """What the judge's telephone shows now."""
    assert w.login
    return pyotp.TOTP(enrolment(w.judge).secret).at(wall())


def with_second(w: World) -> None:
    """The judge has a telephone."""
    confirm(w.judge, digits(w))


def session(w: World) -> str:
    """A browser in which the judge is logged in."""
    store = SessionStore()
    store["_auth_user_id"] = str(w.login.pk)
    begin(store, w.login, address=HERE, device="Linux Chrome", way="口令")
    store.create()
    assert store.session_key is not None
    return store.session_key


@does("security.entering.note_entry")
def log_in(w: World) -> Verb:
    login = w.login
    return lambda: note_entry(login, "口令", HERE)


@does("security.guessing._count")
def lock_after_guesses(w: World) -> Verb:
    name, most = w.login.username, patience("账号").most
    Guess.objects.create(kind="账号", who=name, failures=most - 1, last_at=wall(), until=wall())

    def guess() -> None:
        with suppress(WrongPassword):
            check_password(name, "wrong", HERE)

    return guess


@does("security.guessing.unlock")
def unlock_a_login(w: World) -> Verb:
    login = w.login
    return lambda: unlock(w.guardian, login)


@does("security.passwords.change_password")
def another_password(w: World) -> Verb:
    assert w.login
    new = "a-much-better-one"
    return lambda: change_password(w.judge, old=PASSWORD, new=new, again=new)


@does("security.second.confirm")
def begin_a_second_factor(w: World) -> Verb:
    shown = digits(w)
    return lambda: confirm(w.judge, shown)


@does("security.second.switch_off")
def end_a_second_factor(w: World) -> Verb:
    with_second(w)
    return lambda: switch_off(w.judge, PASSWORD)


@does("security.second.new_codes")
def other_recovery_codes(w: World) -> Verb:
    with_second(w)
    return lambda: new_codes(w.judge, PASSWORD)


@does("security.second.reset_second")
def reset_a_lost_second_factor(w: World) -> Verb:
    with_second(w)
    return lambda: reset_second(w.guardian, w.login, "手机遗失")


@does("security.ending.end_own_session")
def end_one_of_ones_own(w: World) -> Verb:
    key = session(w)
    return lambda: end_own_session(w.judge, digest_of(key))


@does("security.ending.end_own_others")
def end_all_others(w: World) -> Verb:
    here, _ = session(w), session(w)
    return lambda: end_own_others(w.judge, here)


@does("security.ending.end_sessions")
def end_somebodys(w: World) -> Verb:
    session(w)
    return lambda: end_sessions(w.guardian, w.login, "离岗")


@does("security.outside._made")
def made_at_the_first_visit(w: World) -> Verb:
    place = outside.Provider("https://id", "mj", "", "统一身份", "staff", "", create=True)
    claims = {"staff": w.house.head.staff_number}
    return lambda: outside._account(place, claims)


@does("security.passkeys.enrol_passkey")
def enrol_a_passkey(w: World) -> Verb:
    """The browser's answer is stood in for: tests/web/door has a real authenticator."""
    assert w.login
    site = passkeys.Site("localhost", "http://localhost")

    class Verified:
        credential_id, credential_public_key, sign_count = b"id", b"key", 0

    def enrol() -> None:
        with patch("webauthn.verify_registration_response", lambda **_: Verified):
            passkeys.enrol_passkey(w.judge, "{}", challenge="AA", site=site, label="办公室电脑")

    return enrol


@does("security.passkeys.drop_passkey")
def drop_a_passkey(w: World) -> Verb:
    made = Passkey.objects.create(
        account=w.login, credential="id", public_key=b"key", label="办公室电脑", made_at=wall()
    )
    return lambda: passkeys.drop_passkey(w.judge, made.pk)


@does("security.fresh.prove")
def prove_who_it_is_again(w: World) -> Verb:
    assert w.login
    return lambda: prove(w.judge, PASSWORD, HERE)
