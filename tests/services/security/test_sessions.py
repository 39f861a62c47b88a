"""Sessions end: after idle minutes, after eight hours, when a login is shut, when posts change."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.sessions.backends.base import UpdateError
from pytest_django import DjangoAssertNumQueries

from mingjing.services.accounts import set_account_active
from mingjing.services.permissions import NotVisible
from mingjing.services.postings import appoint, end_posting
from mingjing.services.security.ending import (
    end_own_others,
    end_own_session,
    end_sessions,
    sessions_of,
)
from mingjing.services.sessions import SessionStore, begin, digest_of
from mingjing.storage.people.models import Account, Posting
from mingjing.storage.security.models import Session
from tests.services.builders import House, acting
from tests.services.conftest import Logged, Refused
from tests.services.security.conftest import Later


def opened(login: Account, device: str = "Linux Chrome") -> str:
    """A browser in which the login is open; its key."""
    store = SessionStore()
    store["_auth_user_id"] = str(login.pk)
    begin(store, login, address="10.0.0.8", device=device, way="口令")
    store.create()
    assert store.session_key is not None
    return store.session_key


def alive(key: str) -> bool:
    """Whether a request with this key is still somebody's."""
    return bool(SessionStore(key).load())


def test_thirty_idle_minutes_end_it(login: Account, later: Later) -> None:
    key = opened(login)
    later(minutes=29)
    assert alive(key)
    later(minutes=31)
    assert not alive(key)


def test_use_keeps_it_open_but_not_beyond_eight_hours(login: Account, later: Later) -> None:
    key = opened(login)
    for _ in range(23):
        later(minutes=20)
        assert alive(key)
    later(minutes=20)
    assert not alive(key)


def test_reading_pages_writes_at_most_once_a_minute(
    login: Account, later: Later, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    key = opened(login)
    later(seconds=59)
    with django_assert_num_queries(1):
        assert alive(key)
    later(seconds=1)
    with django_assert_num_queries(2):
        assert alive(key)


def test_it_says_where_and_how_it_was_opened_and_never_its_key(login: Account, later: Later) -> None:
    key = opened(login)
    (found,) = sessions_of(login)
    assert (found.device, found.address, found.way) == ("Linux Chrome", "10.0.0.8", "口令")
    assert found.digest == digest_of(key)
    assert key not in found.digest


def test_one_ends_one_of_ones_own_and_not_somebody_elses(
    house: House, login: Account, later: Later, one_entry: Logged
) -> None:
    key = opened(login)
    with pytest.raises(NotVisible):
        end_own_session(acting(house.stranger), digest_of(key))
    assert alive(key)
    with one_entry():
        end_own_session(acting(house.judge), digest_of(key))
    assert not alive(key)


def test_one_ends_all_others_and_stays(house: House, login: Account, later: Later) -> None:
    here, there = opened(login), opened(login, "安卓 Chrome")
    assert end_own_others(acting(house.judge), here) == 1
    assert alive(here)
    assert not alive(there)


def test_the_security_keeper_ends_anyones_and_the_system_keeper_may_not(
    house: House, login: Account, later: Later, refused: Refused
) -> None:
    key = opened(login)
    with refused("管理会话"):
        end_sessions(acting(house.keeper), login, "离岗")
    assert end_sessions(acting(house.guardian), login, "离岗") == 1
    assert not alive(key)


def test_shutting_a_login_ends_them(house: House, login: Account, later: Later) -> None:
    key = opened(login)
    set_account_active(acting(house.keeper), account_id=login.pk, active=False, reason="调离")
    assert not alive(key)


def test_a_new_post_and_the_end_of_one_end_them(house: House, login: Account, later: Later) -> None:
    first = opened(login)
    appoint(acting(house.guardian), person_id=house.judge.pk, post="支部委员", since=date(2024, 4, 1))
    assert not alive(first)
    second = opened(login)
    held = Posting.objects.get(person=house.judge, post="支部委员")
    end_posting(acting(house.guardian), posting_id=held.pk, until=date(2024, 4, 1))
    assert not alive(second)


def test_a_session_that_was_ended_is_not_brought_back_by_a_page_still_being_answered(
    house: House, login: Account, later: Later
) -> None:
    slow = SessionStore(opened(login))
    slow["seen"] = 1
    end_sessions(acting(house.guardian), login, "离岗")
    with pytest.raises(UpdateError):
        slow.save()
    assert not Session.objects.exists()
