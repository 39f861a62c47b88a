"""Wrong passwords are slowed, then locked, by login and by address; the refusal says how long."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.services.security.entering import WrongPassword, check_password, note_entry
from mingjing.services.security.guessing import TooManyGuesses, how_long, knock, locked, unlock
from mingjing.services.security.rules import Patience
from mingjing.storage.people.models import Account
from tests.services.builders import House, acting, entries
from tests.services.conftest import Refused
from tests.services.security.conftest import Later

HERE, THERE = "10.0.0.8", "10.0.0.9"
RULE = Patience(6, 3, timedelta(seconds=2), timedelta(minutes=15))


def guess(times: int, later: Later, username: str = "linzhiyuan", address: str = HERE) -> None:
    """So many wrong passwords, each as soon as it is allowed."""
    for _ in range(times):
        with pytest.raises(WrongPassword):
            check_password(username, "wrong", address)
        later(seconds=30)


def test_a_right_password_opens_and_takes_back_what_was_counted(login: Account, later: Later) -> None:
    guess(2, later)
    assert check_password("linzhiyuan", "a-long-password", HERE).account == login
    note_entry(login, "口令", HERE)
    guess(5, later)
    assert locked(login) is None


def test_the_third_wrong_password_must_wait_and_says_how_long(login: Account, later: Later) -> None:
    for _ in range(3):
        with pytest.raises(WrongPassword):
            check_password("linzhiyuan", "wrong", HERE)
    with pytest.raises(TooManyGuesses, match="2 秒后再试"):
        check_password("linzhiyuan", "a-long-password", HERE)
    later(seconds=2)
    assert check_password("linzhiyuan", "a-long-password", HERE)


def test_the_sixth_locks_for_a_quarter_of_an_hour_even_against_the_right_password(
    login: Account, later: Later
) -> None:
    guess(6, later)
    with pytest.raises(TooManyGuesses, match="15 分钟后再试"):
        check_password("linzhiyuan", "a-long-password", THERE)
    assert [entry.subject_id for entry in entries("锁定登录")] == ["linzhiyuan"]
    later(minutes=15)
    assert check_password("linzhiyuan", "a-long-password", HERE)


def test_an_unknown_login_is_answered_word_for_word_like_a_known_one(login: Account, later: Later) -> None:
    said = []
    for name in ("linzhiyuan", "nobody"):
        with pytest.raises(WrongPassword) as wrong:
            check_password(name, "wrong", HERE)
        guess(5, later, username=name)
        with pytest.raises(TooManyGuesses) as locked_out:
            check_password(name, "wrong", THERE)
        said.append((str(wrong.value), str(locked_out.value)))
    assert said[0] == said[1]


def test_capitals_and_blanks_are_the_same_login(login: Account, later: Later) -> None:
    for name in ("LinZhiyuan", "linzhiyuan ", " LINZHIYUAN"):
        with pytest.raises(WrongPassword):
            check_password(name, "wrong", HERE)
    with pytest.raises(TooManyGuesses):
        check_password("linzhiyuan", "a-long-password", HERE)


def test_one_address_that_tries_many_names_is_locked_and_other_addresses_are_not(
    login: Account, later: Later
) -> None:
    for number in range(53):
        with pytest.raises(WrongPassword):
            check_password(f"name{number}", "wrong", HERE)
        later(seconds=0 if number < 44 else 300)
    with pytest.raises(TooManyGuesses, match="这个地址"):
        check_password("linzhiyuan", "a-long-password", HERE)
    assert check_password("linzhiyuan", "a-long-password", THERE)


def test_the_security_keeper_lets_a_locked_login_try_again_and_nobody_else_may(
    house: House, login: Account, later: Later, refused: Refused
) -> None:
    guess(6, later)
    with refused("管理会话"):
        unlock(acting(house.keeper), login)
    assert locked(login)
    unlock(acting(house.guardian), login)
    assert locked(login) is None
    assert check_password("linzhiyuan", "a-long-password", HERE)


def test_a_closed_login_is_refused_like_a_wrong_password(login: Account, later: Later) -> None:
    Account.objects.filter(pk=login.pk).update(is_active=False)
    with pytest.raises(WrongPassword, match="账号或口令不对"):
        check_password("linzhiyuan", "a-long-password", HERE)


def test_a_guess_is_counted_before_the_password_is_looked_at(login: Account, later: Later) -> None:
    """A hundred at once: the first six count, whatever comes of them."""
    for _ in range(3):
        knock("linzhiyuan", HERE)
    with pytest.raises(TooManyGuesses):
        knock("linzhiyuan", HERE)


@given(failures=st.integers(0, 10_000))
def test_waiting_never_shrinks_with_more_failures_and_never_exceeds_the_lock(failures: int) -> None:
    assert RULE.wait(failures) <= RULE.wait(failures + 1) <= RULE.lock


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.1, "1 秒"), (2, "2 秒"), (119.5, "2 分钟"), (119, "119 秒"), (900, "15 分钟"), (841, "15 分钟")],
)
def test_a_waiting_time_is_told_rounded_up(seconds: float, words: str) -> None:
    assert how_long(timedelta(seconds=seconds)) == words
