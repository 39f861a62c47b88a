"""Conditions over money are exact to the cent, in a ledger and in what a period still owes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.definitions.registry import Registry
from mingjing.domain.activities.rules import Activity
from mingjing.domain.ledgers.register import Register
from mingjing.domain.ledgers.values import for_conditions

CN = Path(__file__).parents[2] / "institutions" / "cn"
ON = date(2026, 9, 30)
CENTS = st.integers(0, 10**13)


@pytest.fixture(scope="module")
def shelf() -> Registry:
    """The nationwide definitions."""
    return Registry.load(CN)


def yuan(cents: int) -> str:
    """The amount as a record keeps it."""
    return f"{Decimal(cents) / 100:.2f}"


@given(paid=CENTS, costs=CENTS)
def test_two_parts_are_the_whole_to_the_cent(shelf: Registry, paid: int, costs: int) -> None:
    register = shelf.register_value("ledger.execution_funds", ON)
    assert isinstance(register, Register)
    [whole] = register.act("申请发放").needs
    held = {"拟发金额": yuan(paid), "扣缴费用": yuan(costs), "到账金额": yuan(paid + costs)}
    assert whole.holds(for_conditions(register, held))
    assert not whole.holds(for_conditions(register, held | {"到账金额": yuan(paid + costs + 1)}))


@given(owed=CENTS)
def test_dues_a_cent_short_are_not_collected(shelf: Registry, owed: int) -> None:
    dues = shelf.register_value("activity.union_dues", ON)
    assert isinstance(dues, Activity)
    [quota] = dues.quotas
    assert quota.only is not None
    assert quota.only({"应收金额": yuan(owed), "实收金额": yuan(owed)})
    assert not quota.only({"应收金额": yuan(owed + 1), "实收金额": yuan(owed)})
