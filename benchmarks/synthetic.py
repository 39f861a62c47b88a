"""A synthetic docket, vectorised and seeded: pages of cases with their events, as columns.

Kinds, procedures and delays are made up but shaped like a court's: mostly civil, most steps in time, a tail
that is late, some steps never recorded; filings spread evenly over three years. 8 % of the cases have an
excluded period and 3 % an extension.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mingjing.analytics.columns import Cases, Days, Events, Words
from mingjing.domain.dates.durations import read_duration
from mingjing.domain.dates.spans import Span
from mingjing.domain.deadlines.rules import Fact

SEED = 20260930
AS_OF = date(2026, 9, 30)
YEARS = 3
EXCLUDED, EXTENDED = 0.08, 0.03
KINDS = ("民事一审", "民事二审", "首次执行", "刑事一审", "行政一审")
SHARES = (0.64, 0.08, 0.18, 0.07, 0.03)
WORDS: dict[str, tuple[tuple[Fact, ...], tuple[float, ...]]] = {
    "审理程序": (("简易程序", "普通程序", "小额诉讼程序"), (0.55, 0.33, 0.12)),
    "审判组织": (("独任", "合议庭"), (0.66, 0.34)),
    "在押": ((False, True), (0.96, 0.04)),
    "涉外": ((False, True), (0.997, 0.003)),
    "可能判处三年以上": ((False, True), (0.8, 0.2)),
    "查封类别": (("银行存款", "动产", "不动产"), (0.6, 0.2, 0.2)),
    "案由": (tuple(f"第 {n} 类纠纷" for n in range(200)), (1 / 200,) * 200),
}
SPANS = ("鉴定期间", "公告期间", "管辖异议期间", "中止诉讼期间", "和解期间")

Step = tuple[str, float, float]
"""What happens next, how often it is recorded, and after how many days on average."""

TRIAL: tuple[Step, ...] = (
    ("移送审判庭", 0.9, 2.0),
    ("分案", 0.95, 1.5),
    ("告知审判人员", 0.75, 2.0),
    ("送达起诉状副本", 0.85, 5.0),
    ("答辩期满", 0.7, 16.0),
    ("排期", 0.6, 4.0),
    ("开庭", 0.85, 20.0),
    ("合议", 0.4, 6.0),
    ("签发裁判文书", 0.6, 8.0),
    ("当庭宣判", 0.35, 1.0),
    ("宣判", 0.6, 4.0),
    ("送达裁判文书", 0.85, 5.0),
    ("报请结案", 0.7, 3.0),
    ("结案", 0.98, 4.0),
    ("裁判生效", 0.6, 16.0),
    ("归档", 0.7, 60.0),
)
ENFORCEMENT: tuple[Step, ...] = (
    ("确定执行人员", 0.9, 3.0),
    ("发出执行通知", 0.9, 2.0),
    ("责令报告财产", 0.6, 1.0),
    ("发起网络查控", 0.8, 3.0),
    ("收到财产线索", 0.4, 15.0),
    ("核查财产线索", 0.35, 5.0),
    ("查封", 0.6, 10.0),
    ("启动确定参考价", 0.3, 25.0),
    ("案款到账", 0.4, 30.0),
    ("案款发放", 0.35, 20.0),
    ("终结本次执行程序", 0.5, 60.0),
    ("结案", 0.9, 8.0),
    ("归档", 0.7, 60.0),
)
CHAINS: dict[str, tuple[str, tuple[Step, ...]]] = {
    "民事一审": ("收到起诉状", TRIAL),
    "民事二审": ("收到上诉卷宗", TRIAL),
    "首次执行": ("收到执行申请", ENFORCEMENT),
    "刑事一审": ("收到起诉书", TRIAL),
    "行政一审": ("收到起诉状", TRIAL),
}
EVENT_KINDS = tuple(
    dict.fromkeys(
        [name for first, steps in CHAINS.values() for name in (first, "立案", *(step[0] for step in steps))]
    )
)


def make_page(path: Path, number: int, count: int) -> None:
    """Write page ``number`` of ``count`` cases to an .npz file; the same page every time."""
    dice = np.random.default_rng([SEED, number])
    kind = dice.choice(len(KINDS), size=count, p=SHARES).astype(np.int16)
    filed = AS_OF.toordinal() - dice.integers(0, 365 * YEARS, size=count)
    case, what, day = _events(dice, kind, filed)
    order = np.lexsort((day, case))
    excluded = np.flatnonzero(dice.random(count) < EXCLUDED)
    begun = filed[excluded] + dice.integers(5, 120, size=len(excluded))
    lasting = dice.integers(5, 90, size=len(excluded))
    columns: dict[str, NDArray[Any]] = {
        "kind": kind,
        "filed": filed.astype(np.int32),
        "event_case": case[order].astype(np.int32),
        "event_kind": what[order].astype(np.int16),
        "event_day": day[order].astype(np.int32),
        "excluded": excluded,
        "excluded_kind": dice.integers(0, len(SPANS), size=len(excluded)),
        "excluded_first": begun,
        "excluded_last": np.where(dice.random(len(excluded)) < 0.1, 0, begun + lasting),
        "extended": np.flatnonzero(dice.random(count) < EXTENDED),
    }
    for place, (values, shares) in enumerate(WORDS.values()):
        columns[f"word{place}"] = dice.choice(len(values), size=count, p=shares)
    np.savez(path, **columns)  # type: ignore[arg-type]


def _events(
    dice: np.random.Generator, kind: NDArray[np.int16], filed: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    cases, kinds, days = [], [], []

    def happen(rows: NDArray[np.int64], name: str, on: NDArray[np.int64]) -> None:
        past = on <= AS_OF.toordinal()
        cases.append(rows[past])
        kinds.append(np.full(int(past.sum()), EVENT_KINDS.index(name)))
        days.append(on[past])

    for place, name in enumerate(KINDS):
        rows = np.flatnonzero(kind == place)
        first, steps = CHAINS[name]
        now = filed[rows]
        happen(rows, first, now - dice.integers(0, 9, size=len(rows)))
        happen(rows, "立案", now)
        slow = dice.gamma(2.0, 0.5, size=len(rows))  # a court's slow cases are slow throughout
        for step, recorded, mean in steps:
            now = now + np.floor(dice.exponential(mean, size=len(rows)) * slow).astype(np.int64)
            there = dice.random(len(rows)) < recorded
            happen(rows[there], step, now[there])
    return np.concatenate(cases), np.concatenate(kinds), np.concatenate(days)


def read_page(path: Path) -> tuple[Cases, Events]:
    """A page as a sweep wants it: every fact in its column, spans and lengths aside."""
    with np.load(path) as page:
        held = {name: page[name] for name in page.files}
    count = len(held["kind"])
    words = {"案件类型": Words(held["kind"].astype(np.int64), KINDS)}
    for place, (name, (values, _)) in enumerate(WORDS.items()):
        words[name] = Words(held[f"word{place}"], values)
    odd: dict[int, dict[str, Fact]] = {}
    spans = (held[f"excluded{part}"].tolist() for part in ("", "_kind", "_first", "_last"))
    for case, kind, first, last in zip(*spans, strict=True):
        ended = date.fromordinal(last) if last else None
        odd.setdefault(case, {})[SPANS[kind]] = (Span(date.fromordinal(first), ended),)
    granted = {"审理期限": {case: (read_duration("1 个月"),) for case in held["extended"].tolist()}}
    events = Events(EVENT_KINDS, held["event_case"], held["event_kind"], held["event_day"])
    return Cases(count, words, _first_days(events, count), (held["filed"],), odd, granted), events


def _first_days(events: Events, count: int) -> dict[str, Days]:
    """The day each kind first happened, as the facts a rule counts from. ``events`` are by case and day."""
    found: dict[str, Days] = {}
    for place, name in enumerate(events.kinds):
        rows = np.flatnonzero(events.kind == place)[::-1]
        days = np.zeros(count, np.int32)
        days[events.case[rows]] = events.day[rows]  # the last assignment, the earliest day, stays
        found[f"{name}日期"] = days
    return found
