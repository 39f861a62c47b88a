"""Six digits from a telephone: each once, a clock thirty seconds off, recovery codes, no way around."""

from __future__ import annotations

import pyotp
import pytest

from mingjing.services.actors import Actor
from mingjing.services.demands import WrongEntry
from mingjing.services.security.second import (
    WrongCode,
    check_second,
    codes_left,
    confirm,
    enrolment,
    has_second,
    new_codes,
    reset_second,
    switch_off,
)
from mingjing.storage.people.models import Account
from mingjing.storage.security.models import Authenticator, RecoveryCode
from tests.services.builders import House, acting, entries
from tests.services.conftest import Logged, Refused
from tests.services.security.conftest import Later


@pytest.fixture
def judge(house: House, login: Account) -> Actor:
    """The judge, with a login."""
    return acting(house.judge)


class Telephone:
    """An authenticator app as people have it."""

    def __init__(self, judge: Actor, later: Later) -> None:
        self.totp, self.later = pyotp.TOTP(enrolment(judge).secret), later

    def shows(self, seconds_off: int = 0) -> str:
        """The digits on a telephone whose clock is so many seconds off."""
        return self.totp.at(int(self.later().timestamp()) + seconds_off)


@pytest.fixture
def telephone(judge: Actor, later: Later) -> Telephone:
    """A telephone that has scanned the code and is confirmed; a minute later."""
    found = Telephone(judge, later)
    confirm(judge, found.shows())
    later(seconds=60)
    return found


def test_nothing_is_asked_for_until_the_telephone_has_proved_itself(
    judge: Actor, login: Account, later: Later
) -> None:
    telephone = Telephone(judge, later)
    assert not has_second(login)
    with pytest.raises(WrongCode):
        confirm(judge, "000000" if telephone.shows() != "000000" else "111111")
    assert not has_second(login)
    assert len(confirm(judge, telephone.shows())) == 10
    assert has_second(login)


def test_enrolment_is_one_entry_of_the_log_without_the_secret(
    judge: Actor, later: Later, one_entry: Logged
) -> None:
    telephone = Telephone(judge, later)
    with one_entry() as found:
        confirm(judge, telephone.shows())
    assert found[0].verb == "开通验证码"
    assert telephone.totp.secret not in str(vars(found[0]))


def test_digits_are_good_once(telephone: Telephone, login: Account) -> None:
    digits = telephone.shows()
    assert check_second(login, digits) == "验证码"
    with pytest.raises(WrongCode, match="已经用过"):
        check_second(login, digits)


def test_an_earlier_step_cannot_be_used_after_a_later_one(telephone: Telephone, login: Account) -> None:
    check_second(login, telephone.shows(30))
    with pytest.raises(WrongCode, match="已经用过"):
        check_second(login, telephone.shows())


@pytest.mark.parametrize("off", [-30, 0, 30])
def test_a_clock_one_step_off_is_accepted(telephone: Telephone, login: Account, off: int) -> None:
    assert check_second(login, telephone.shows(off)) == "验证码"


@pytest.mark.parametrize("off", [-90, -60, 60, 90, 3600])
def test_a_clock_two_steps_off_is_refused(telephone: Telephone, login: Account, off: int) -> None:
    with pytest.raises(WrongCode, match="时间是否准确"):
        check_second(login, telephone.shows(off))


def test_a_recovery_code_opens_once_however_it_is_typed(judge: Actor, login: Account, later: Later) -> None:
    codes = confirm(judge, Telephone(judge, later).shows())
    assert check_second(login, codes[0].upper().replace("-", " ")) == "恢复码"
    with pytest.raises(WrongCode, match="已经用过"):
        check_second(login, codes[0])
    assert codes_left(login) == 9


def test_new_codes_make_the_old_ones_worthless(judge: Actor, login: Account, later: Later) -> None:
    old = confirm(judge, Telephone(judge, later).shows())
    new = new_codes(judge, "a-long-password")
    assert not set(old) & set(new)
    with pytest.raises(WrongCode):
        check_second(login, old[0])
    assert check_second(login, new[0])


def test_secrets_and_codes_are_not_stored_as_they_are(judge: Actor, later: Later) -> None:
    telephone = Telephone(judge, later)
    codes = confirm(judge, telephone.shows())
    assert telephone.totp.secret not in Authenticator.objects.get().sealed
    assert not {code.replace("-", "") for code in codes} & set(
        RecoveryCode.objects.values_list("digest", flat=True)
    )


def test_a_secret_moved_to_another_login_does_not_open_it(
    house: House, telephone: Telephone, judge: Actor
) -> None:
    other = Account.objects.create_account("heshu", "a-long-password", house.stranger)
    stolen = Authenticator.objects.get()
    Authenticator.objects.create(
        account=other, sealed=stolen.sealed, made_at=stolen.made_at, confirmed_at=stolen.confirmed_at
    )
    with pytest.raises(WrongCode, match="打不开"):
        check_second(other, telephone.shows())


def test_switching_off_asks_for_the_password_again(
    telephone: Telephone, judge: Actor, login: Account
) -> None:
    with pytest.raises(WrongEntry, match="不对"):
        switch_off(judge, "wrong")
    assert has_second(login)
    switch_off(judge, "a-long-password")
    assert not has_second(login)
    assert codes_left(login) == 0


def test_only_the_security_keeper_resets_a_lost_second_factor(
    house: House, telephone: Telephone, login: Account, refused: Refused
) -> None:
    with refused("管理会话"):
        reset_second(acting(house.keeper), login, "手机丢失")
    reset_second(acting(house.guardian), login, "手机丢失")
    assert not has_second(login)
    assert entries("重置双因素")[0].why == "手机丢失"


@pytest.mark.parametrize(
    "typed", ["", " ", "12345", "1234567", "１２３４５６", "abc", "'; --", "²³⁴⁵⁶⁷", "é" * 20]
)
def test_whatever_else_is_typed_is_refused_in_words(telephone: Telephone, login: Account, typed: str) -> None:
    with pytest.raises(WrongCode):
        check_second(login, typed)


@pytest.mark.parametrize("typed", ["来信核实", "１２３４５６", "é" * 6])
def test_an_enrolment_is_not_confirmed_by_anything_but_digits(judge: Actor, typed: str) -> None:
    enrolment(judge)
    with pytest.raises(WrongCode):
        confirm(judge, typed)
