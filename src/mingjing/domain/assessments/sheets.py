"""What a scoring sheet asks: items with full marks, a jury, grades, vetoes, what follows from a grade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction

from mingjing.domain.dates.durations import Duration
from mingjing.domain.dates.periods import Every
from mingjing.domain.ledgers.register import Opening, Register

JURY, PERIOD, TITLE = "评分人", "考核期", "评分对象"
TOTAL, GRADE, BEFORE_VETO = "总分", "等级", "原等级"
NOTE, REPLY = "评分说明", "被评人意见"
CHANGED, CHANGED_TO, CHANGED_WHY = "改分项目", "改为", "改分理由"
VETO, VETO_WHY = "否决事由", "否决依据"
VOID_WHY = "撤销理由"
COLLECTED = "归集事项"
"""A field of this name is filled by the system when the sheet is opened: what the registers say."""


class Marking(Enum):
    """What a reviewer enters for an item: the mark itself, or what is taken off its full marks."""

    MARKS = "得分"
    DEDUCTIONS = "扣分"


class Jury(Enum):
    """How the totals of several reviewers become one: all, all but the highest and the lowest, the middle."""

    MEAN = "平均"
    TRIMMED = "去掉最高最低"
    MEDIAN = "中位数"

    @property
    def least(self) -> int:
        """Fewer reviewers than this cannot be combined."""
        return 3 if self is Jury.TRIMMED else 1


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is marked: ``full`` marks at most; its part in the total is mark × ``weight`` where the
    sheet weighs (``weight`` is a fraction of 1), else the mark itself."""

    key: str
    label: str
    full: Fraction
    category: str = ""
    weight: Fraction | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade from ``least`` marks on (included), and what it opens elsewhere once it is confirmed."""

    label: str
    least: Fraction
    opens: tuple[Opening, ...] = ()


@dataclass(frozen=True, slots=True)
class Veto:
    """A trigger that keeps the grade at ``best`` or lower, whatever the total (一票否优)."""

    label: str
    best: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """Ranking of whoever is scored in the same ``per``, ordered by the court's ``document``. ``among`` are
    rosters of departments: a period counts only once every one of them has a confirmed total."""

    per: Every
    document: str
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One version of a scoring sheet.

    ``subject`` is the label of the field (部门, 人员, 案件, 文本) that says what is scored. ``by`` open the
    sheet, tell the result and change marks after a reply; ``confirms`` make it final. ``own`` are the words
    for whoever may not score it, because it is their own. ``decimals`` are the places of the total, rounded
    half up; grades and ranks are read off the rounded total. ``reply`` is how long the scored may answer.
    ``grades`` go from the best to the worst; the last begins at nothing.
    """

    register: Register
    items: tuple[Item, ...]
    grades: tuple[Grade, ...]
    by: tuple[str, ...]
    confirms: tuple[str, ...]
    subject: str
    marking: Marking = Marking.MARKS
    jury: Jury = Jury.MEAN
    least: int = 1
    decimals: int = 2
    full: Fraction = Fraction(100)
    own: tuple[str, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    reply: Duration | None = None
    period: Every | None = None
    ranking: Ranking | None = None
    eligible: bool = False

    @property
    def reviewers(self) -> int:
        """How many must score at least."""
        return max(self.least, self.jury.least)

    def item(self, label: str) -> Item:
        """The item of this label. Raises KeyError."""
        for one in self.items:
            if one.label == label:
                return one
        raise KeyError(label)

    @property
    def weighted(self) -> bool:
        """Whether items count by weight."""
        return any(one.weight is not None for one in self.items)


@dataclass(frozen=True, slots=True)
class Marks:
    """What one reviewer handed in: item label → what they entered, exactly; a note; the day (ISO 8601)."""

    entered: Mapping[str, Fraction]
    note: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A mark set otherwise after the reply: the item, the mark now, why, by whom, on which day."""

    item: str
    mark: Fraction
    why: str
    by: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """What a sheet remembers: marks by key of the reviewer, changes in order, vetoes found."""

    marks: Mapping[int, Marks] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    vetoes: tuple[tuple[str, str], ...] = ()
