"""The court's directory: bound as the person, with their own password, never with an empty one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from pytest_django import Settings

from mingjing.services.accounts import open_account
from mingjing.services.demands import WrongEntry
from mingjing.services.security import directory as module
from mingjing.services.security.directory import Directory, DirectoryUnreachable, connect, known_by_directory
from mingjing.services.security.entering import WrongPassword, check_password
from mingjing.storage.people.models import Account
from tests.services.builders import House, acting

ldap3 = pytest.importorskip("ldap3", reason="没有安装附加组件 ldap，统一目录的测试跳过")
PLACE = "uid={账号},ou=people,dc=court"


@pytest.fixture
def lin(house: House, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Account:
    """A login without a password of ours, known to a directory of this process."""
    settings.CONFIGURATION = replace(
        settings.CONFIGURATION, ldap_url="ldaps://ldap.court", ldap_user_dn=PLACE
    )

    def pretended(place: Directory, name: str, password: str) -> Any:
        server = ldap3.Server("pretended")
        link = ldap3.Connection(server, name, password, client_strategy=ldap3.MOCK_SYNC)
        for person, secret, number in (
            ("linzhiyuan", "of-the-directory", house.judge.staff_number),
            ("heshu", "of-the-directory", "somebody-else"),
        ):
            link.strategy.add_entry(
                f"uid={person},ou=people,dc=court",
                {"userPassword": secret, "employeeNumber": number, "objectClass": "person"},
            )
        return link

    monkeypatch.setattr(module, "connect", pretended)
    return open_account(acting(house.keeper), person_id=house.judge.pk, username="linzhiyuan", password="")


def test_the_right_password_of_the_directory_opens_the_login(lin: Account) -> None:
    known = check_password("linzhiyuan", "of-the-directory", "10.0.0.8")
    assert (known.account, known.way) == (lin, "统一目录")


@pytest.mark.parametrize("password", ["wrong", "", " "])
def test_a_wrong_or_empty_password_does_not(lin: Account, password: str) -> None:
    with pytest.raises(WrongPassword):
        check_password("linzhiyuan", password, "10.0.0.8")


def test_another_staff_number_does_not(lin: Account, house: House) -> None:
    open_account(acting(house.keeper), person_id=house.stranger.pk, username="heshu", password="")
    assert known_by_directory("heshu", "of-the-directory") is None


def test_a_login_with_a_password_of_ours_is_not_asked_there(lin: Account) -> None:
    lin.set_password("a-long-password")
    lin.save()
    assert known_by_directory("linzhiyuan", "of-the-directory") is None
    assert check_password("linzhiyuan", "a-long-password", "10.0.0.8").way == "口令"


def test_signs_that_mean_something_in_a_name_are_only_signs(lin: Account) -> None:
    Account.objects.filter(pk=lin.pk).update(username="x,ou=people")
    assert known_by_directory("x,ou=people", "of-the-directory") is None


def test_a_directory_that_cannot_be_reached_is_said_so(
    lin: Account, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CONFIGURATION = replace(settings.CONFIGURATION, ldap_url="ldaps://127.0.0.1:9")
    monkeypatch.setattr(module, "connect", connect)
    with pytest.raises(DirectoryUnreachable, match="连不上"):
        known_by_directory("linzhiyuan", "of-the-directory")


def test_the_connection_demands_a_certificate(lin: Account) -> None:
    place = Directory("ldaps://ldap.court:636", False, "", PLACE, "employeeNumber")
    link = connect(place, "uid=x", "y")
    assert link.server.ssl
    assert link.server.tls.validate.name == "CERT_REQUIRED"


def test_without_a_directory_no_login_is_opened_without_a_password(house: House) -> None:
    with pytest.raises(WrongEntry):
        open_account(acting(house.keeper), person_id=house.judge.pk, username="lin", password="")
