"""Flags, titles and who may stand for them: a clean record counts only beside work that was done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from mingjing.domain.reasons import Refusal, Step


class NoGravity(Refusal):
    """A breach is to be answered, but nobody said how grave it is."""

    code = "no-gravity"


class NotEligible(Refusal):
    """A nomination while a card, a veto or a measure stands against it."""

    code = "not-eligible"


@dataclass(frozen=True, slots=True)
class YearOfWork:
    """What one department did in one full year: breaches found, and supervision done (leads checked,
    inspections passed, measures taken)."""

    year: int
    breaches: int
    supervision: int


@dataclass(frozen=True, slots=True)
class Flag:
    """Whether a department holds the rotating flag, and why."""

    held: bool
    years: tuple[int, ...]
    steps: tuple[Step, ...]


def rotating_flag(done: Iterable[YearOfWork], last_full_year: int, *, years: int = 3, least: int = 1) -> Flag:
    """The flag goes to whoever had no breach in ``years`` full years on end up to ``last_full_year`` and did
    at least so much supervision work in each of them: no finding and no supervision is silence, and silence
    earns nothing.
    """
    by_year = {one.year: one for one in done}
    wanted = range(last_full_year - years + 1, last_full_year + 1)
    steps: list[Step] = []
    good: list[int] = []
    for year in wanted:
        one = by_year.get(year)
        if one is None:
            steps.append(Step(str(year), "没有整年的数据，不算"))
        elif one.breaches:
            steps.append(Step(str(year), f"违纪 {one.breaches} 件，重新计数"))
            good.clear()
            continue
        elif one.supervision < least:
            told = f"违纪 0 件，监督工作 {one.supervision} 件，不到 {least} 件：不能证明清白，不算"
            steps.append(Step(str(year), told))
        else:
            steps.append(Step(str(year), f"违纪 0 件，监督工作 {one.supervision} 件"))
            good.append(year)
            continue
        good.clear()
    held = len(good) == years
    steps.append(Step("授旗" if held else "不授旗", f"连续 {len(good)} 个整年符合，要求 {years} 个"))
    return Flag(held, tuple(good), tuple(steps))


class Silence(Enum):
    """How findings and measures of a period stand to each other (零查处)."""

    LISTED = "列入复查"
    QUIET = "不作评价"
    WORKED = "正常"


def silence(findings: int, measures: int, *, threshold: int = 1) -> Silence:
    """``threshold`` findings or more without a single measure: listed for review. None of both: no praise
    by itself."""
    if findings >= threshold and measures == 0:
        return Silence.LISTED
    return Silence.QUIET if findings == 0 and measures == 0 else Silence.WORKED


def measure_for(gravity: str, scale: Mapping[str, str]) -> str:
    """The measure that answers a breach of some gravity, by the court's table.

    Raises
    ------
    NoGravity   no gravity is given, or none of the table
    """
    if gravity not in scale:
        cause = "没有写明情节轻重，不能确定处理方式。" if not gravity else f"情节里没有“{gravity}”。"
        raise NoGravity(cause, allowed=tuple(scale))
    return scale[gravity]


@dataclass(frozen=True, slots=True)
class Bar:
    """Something that keeps a person or a department from an award from ``since`` to ``until`` (both
    counted; None: still running). ``source`` says where it is recorded."""

    what: str
    since: date
    until: date | None = None
    source: str = ""

    def __str__(self) -> str:
        until = f"至 {self.until}" if self.until else ""
        source = f"，{self.source}" if self.source else ""
        return f"{self.what}（{self.since} 起{until}{source}）"

    def stands(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


def bars_on(bars: Sequence[Bar], on: date) -> tuple[Bar, ...]:
    """What stands against a nomination on its day, oldest first."""
    return tuple(sorted((one for one in bars if one.stands(on)), key=lambda one: (one.since, one.what)))


def require_eligible(name: str, bars: Sequence[Bar], on: date) -> None:
    """Refuse a nomination while something stands against it.

    Raises
    ------
    NotEligible   a yellow or red card, a veto or an award-cancelling measure is in force on ``on``
    """
    if standing := bars_on(bars, on):
        said = "；".join(map(str, standing))
        raise NotEligible(f"{name}在 {on} 不能参评：{said}。")
