"""`mingjing account` makes the first court and login in an empty database, and sets forgotten passwords."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingjing.cli.main import main
from mingjing.storage.auditlog.models import Act
from mingjing.storage.people.models import Account, Court, Person, Posting

pytestmark = pytest.mark.django_db
CREATE = ["account", "create", "--court", "云9801", "--name", "林知远", "--post", "系统管理员"]


@pytest.fixture(autouse=True)
def _no_second_migration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingjing.cli.account.prepare", lambda: None)


def test_the_first_login_brings_its_court_person_and_post(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*CREATE, "--court-name", "清河区人民法院", "--username", "xitong"]) == 0
    printed = capsys.readouterr().out
    for line in ("法院：清河区人民法院（云9801，基层）", "人员：林知远", "系统管理员", "账号：xitong"):
        assert line in printed
    password = printed.split("口令（只显示这一次）：")[1].split()[0]
    account = Account.objects.get(username="xitong")
    assert account.check_password(password)
    assert Posting.objects.get(person=account.person).post == "系统管理员"
    entry = Act.objects.get()
    assert (entry.actor_name, entry.verb, entry.court) == ("控制台", "开通账号", "云9801")
    assert password not in entry.payload


def test_the_level_of_a_new_court_is_what_its_code_says() -> None:
    assert main([*CREATE[:3], "云98", *CREATE[4:], "--court-name", "清河市中级人民法院"]) == 0
    assert Court.objects.get().level == "中级"


def test_a_second_login_at_the_same_court_makes_only_what_is_missing(tmp_path: Path) -> None:
    assert main([*CREATE, "--court-name", "清河区人民法院"]) == 0
    secret = tmp_path / "password"
    secret.write_text("long-enough-to-keep\n", encoding="utf-8")
    second = ["account", "create", "--court", "云9801", "--name", "苏禾", "--post", "安全管理员"]
    assert main([*second, "--password-file", str(secret)]) == 0
    assert (Court.objects.count(), Person.objects.count(), Account.objects.count()) == (1, 2, 2)
    assert Account.objects.get(person__name="苏禾").check_password("long-enough-to-keep")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (CREATE, "请写明名称"),
        ([*CREATE, "--court-name", "清河区人民法院", "--level", "乡级"], "法院级别"),
        ([*CREATE[:3], "清河", *CREATE[4:], "--court-name", "清河区人民法院"], "“清河”不是法院代字"),
        ([*CREATE[:-1], "系统管员", "--court-name", "清河区人民法院"], "“职务”里没有“系统管员”"),
        (["account", "password", "nobody"], "没有账号“nobody”"),
    ],
    ids=[
        "a court without a name",
        "an unknown level",
        "a code that is none",
        "an unknown post",
        "an unknown login",
    ],
)
def test_what_is_refused_leaves_nothing_behind(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 1
    assert said in capsys.readouterr().err
    assert not Court.objects.exists()
    assert not Act.objects.exists()


def test_a_weak_password_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret = tmp_path / "password"
    secret.write_text("12345\n", encoding="utf-8")
    words = [*CREATE, "--court-name", "清河区人民法院", "--password-file", str(secret)]
    assert main(words) == 1
    assert "口令不合要求" in capsys.readouterr().err
    assert not Court.objects.exists()


def test_a_new_password_opens_a_shut_login_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*CREATE, "--court-name", "清河区人民法院", "--username", "xitong"]) == 0
    Account.objects.update(is_active=False)
    capsys.readouterr()
    assert main(["account", "password", "xitong"]) == 0
    password = capsys.readouterr().out.split("口令（只显示这一次）：")[1].split()[0]
    account = Account.objects.get()
    assert account.is_active
    assert account.check_password(password)
    assert [entry.verb for entry in Act.objects.order_by("seq")] == ["开通账号", "重置口令"]
