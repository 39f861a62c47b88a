"""The light beside a figure: green until a bound is passed, then amber, then red."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction


class Light(Enum):
    """How urgent a figure is."""

    GREEN = "绿灯"
    AMBER = "黄灯"
    RED = "红灯"


class Basis(Enum):
    """What a bound is compared with: the figure, or the figure in percent of the same days a year before."""

    VALUE = "数字"
    YEAR = "比上年同期"


class Side(Enum):
    """On which side of its number a bound is passed."""

    BELOW = "低于"
    AT_MOST = "不高于"
    ABOVE = "高于"
    AT_LEAST = "不低于"


@dataclass(frozen=True, slots=True)
class Bound:
    """``低于 100``."""

    side: Side
    number: Decimal

    def passed(self, value: Fraction) -> bool:
        """Whether a value lies on that side."""
        than = Fraction(self.number)
        if self.side is Side.BELOW:
            return value < than
        if self.side is Side.AT_MOST:
            return value <= than
        return value > than if self.side is Side.ABOVE else value >= than

    @property
    def text(self) -> str:
        """As it is written."""
        return f"{self.side.value} {self.number}"


@dataclass(frozen=True, slots=True)
class Lights:
    """From where a figure is amber, and from where it is red; either may be missing."""

    of: Basis = Basis.VALUE
    amber: Bound | None = None
    red: Bound | None = None

    def shown(self, now: Fraction | None, before: Fraction | None) -> Light | None:
        """The light of a value, given that of a year before; None where there is nothing to compare: no
        figure is not a good one."""
        value = now
        if self.of is Basis.YEAR:
            value = now / before * 100 if now is not None and before else None
        if value is None:
            return None
        if self.red is not None and self.red.passed(value):
            return Light.RED
        return Light.AMBER if self.amber is not None and self.amber.passed(value) else Light.GREEN

    @property
    def text(self) -> str:
        """In words."""
        bounds = (("黄灯", self.amber), ("红灯", self.red))
        told = [f"{bound.text} 亮{word}" for word, bound in bounds if bound is not None]
        unit = "（%）" if self.of is Basis.YEAR else ""
        return f"{self.of.value}{unit}{'，'.join(told)}"
