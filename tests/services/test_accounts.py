"""Logins: opened, shut, re-keyed; the log never holds a password."""

from __future__ import annotations

from mingjing.services.accounts import open_account, reset_password, set_account_active
from mingjing.services.actors import actor_of
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.storage.people.models import Account
from tests.services.builders import House, acting
from tests.services.conftest import Logged, Refused

SECRET = "qingyan-8841-lan"


def _open(house: House) -> Account:
    return open_account(
        acting(house.keeper), person_id=house.judge.pk, username="linzhiyuan", password=SECRET
    )


def test_a_login_acts_with_the_posts_of_its_person(house: House, one_entry: Logged) -> None:
    with one_entry() as found:
        account = _open(house)
    assert account.check_password(SECRET)
    assert SECRET not in found[0].payload
    assert actor_of(account).roles == ("承办法官",)


def test_a_name_or_a_person_has_one_login(house: House, refused: Refused) -> None:
    _open(house)
    keeper = acting(house.keeper)
    with refused("账号“linzhiyuan”已经有人使用"):
        open_account(keeper, person_id=house.head.pk, username="linzhiyuan", password=SECRET)
    with refused("林知远已有账号“linzhiyuan”"):
        open_account(keeper, person_id=house.judge.pk, username="lin2", password=SECRET)


def test_a_weak_password_is_refused_with_the_reason(house: House, refused: Refused) -> None:
    with refused("口令不合要求", "10"):
        open_account(acting(house.keeper), person_id=house.judge.pk, username="lin", password="1234")
    account = _open(house)
    with refused("口令不合要求"):
        reset_password(acting(house.keeper), account_id=account.pk, password="password12")


def test_a_login_is_shut_and_opened_again_for_a_reason(
    house: House, one_entry: Logged, refused: Refused
) -> None:
    account = _open(house)
    keeper = acting(house.keeper)
    with refused("“理由”没有填写"):
        set_account_active(keeper, account_id=account.pk, active=False, reason="")
    with one_entry() as found:
        for _ in range(2):
            set_account_active(keeper, account_id=account.pk, active=False, reason="调离本院")
    assert (found[0].verb, Account.objects.get(pk=account.pk).is_active) == ("停用账号", False)
    with one_entry() as found:
        set_account_active(keeper, account_id=account.pk, active=True, reason="返回本院")
    assert found[0].verb == "启用账号"


def test_nobody_shuts_their_own_login(house: House, refused: Refused) -> None:
    keeper = acting(house.keeper)
    mine = open_account(keeper, person_id=house.keeper.pk, username="tangjian", password=SECRET)
    with refused("不能停用您自己的账号", of=NotAllowed):
        set_account_active(keeper, account_id=mine.pk, active=False, reason="试试")


def test_a_new_password_replaces_the_old_one(house: House, one_entry: Logged) -> None:
    account = _open(house)
    with one_entry() as found:
        reset_password(acting(house.keeper), account_id=account.pk, password="lanxi-5573-shan")
    account.refresh_from_db()
    assert account.check_password("lanxi-5573-shan")
    assert "lanxi" not in found[0].payload


def test_logins_of_other_courts_are_not_there_and_posts_give_no_logins(
    house: House, refused: Refused
) -> None:
    with refused(of=NotVisible):
        open_account(acting(house.keeper), person_id=house.higher_manager.pk, username="bai", password=SECRET)
    with refused("不能“维护账号”", of=NotAllowed):
        open_account(acting(house.guardian), person_id=house.judge.pk, username="lin", password=SECRET)
