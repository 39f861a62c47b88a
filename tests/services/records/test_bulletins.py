"""Bulletins: counted from the register, whole or not at all, numbered; typed counts are compared."""

from __future__ import annotations

import pytest

from mingjing.domain.ledgers.register import Register
from mingjing.services.actors import Actor
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.services.records.bulletins import CountsDiffer, NotTheWhole, bulletin, bulletins_of, issue
from mingjing.services.records.opening import open_record
from mingjing.services.records.versions import registers_on
from mingjing.storage.auditlog.models import Act
from tests.services.builders import House, acting, hire

pytestmark = pytest.mark.django_db
REGISTER, PAPER = "ledger.rectification", "document.rectification_bulletin"


@pytest.fixture
def inspector(house: House) -> Actor:
    """Two problems of the first civil division are registered."""
    person = hire(house.court, "纪明", "督察员", house.office)
    given = {
        "问题描述": "卷宗超期未归档", "问题来源": "案件评查", "问题类别": "审判执行",
        "责任部门": house.first_civil.pk,
    }  # fmt: skip
    for _ in range(2):
        open_record(acting(person), REGISTER, "登记", given)
    return acting(person)


def register(actor: Actor) -> Register:
    """The register in force."""
    return next(one for one in registers_on(actor.court, actor.on) if one.id == REGISTER)


def test_records_are_counted_by_what_they_bear_out(inspector: Actor) -> None:
    found = bulletin(inspector, register(inspector), PAPER)
    assert dict(found.borne) == {"已完成": 0, "已完成并长期坚持": 0, "基本完成": 0, "正在整改": 2}
    assert found.differing == ()


def test_typed_counts_are_refused_where_they_differ_and_no_number_is_used(inspector: Actor) -> None:
    with pytest.raises(CountsDiffer, match="“已完成”写了 2，台账认定 0"):
        issue(inspector, register(inspector), PAPER, {"已完成": 2, "正在整改": 2})
    assert not Act.objects.filter(verb="出具通报").exists()
    assert "改通1号" in issue(inspector, register(inspector), PAPER, {"正在整改": 2}).name


def test_each_bulletin_has_its_number_and_one_entry(inspector: Actor) -> None:
    names = [issue(inspector, register(inspector), PAPER, {}).name for _ in range(2)]
    assert ["改通1号" in names[0], "改通2号" in names[1]] == [True, True]
    entries = Act.objects.filter(verb="出具通报")
    assert [entry.definition.partition("@")[0].strip() for entry in entries] == [PAPER, PAPER]


def test_who_sees_only_a_part_makes_no_bulletin_of_it(house: House, inspector: Actor) -> None:
    judge = acting(house.stranger)
    with pytest.raises(NotTheWhole, match="有 2 条"):
        bulletin(judge, register(judge), PAPER)


def test_a_register_nothing_counts_has_no_bulletin(inspector: Actor) -> None:
    other = next(one for one in registers_on(inspector.court, inspector.on) if one.id == "ledger.petition")
    assert bulletins_of(inspector, other) == ()
    with pytest.raises(NotVisible):
        bulletin(inspector, other, PAPER)


def test_who_may_not_act_on_registers_issues_nothing(house: House, inspector: Actor) -> None:
    keeper = acting(hire(house.court, "钟管", "系统管理员", house.office))
    with pytest.raises((NotAllowed, NotTheWhole)):
        issue(keeper, register(inspector), PAPER, {})
