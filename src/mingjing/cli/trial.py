"""What `mingjing institutions try` prints of a trial."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from mingjing.cli.columns import columns

if TYPE_CHECKING:
    from mingjing.services.trying import Trial
    from mingjing.services.trying.trial import Listed, Told

SHOWN = 30
T = TypeVar("T")


def lines_of(trial: Trial, *, budget: int) -> Iterator[str]:
    """The trial as lines of text; ``budget`` is the most reminders a person should get in a day."""
    if trial.problems:
        yield from map(str, trial.problems)
        yield f"草稿有 {len(trial.problems)} 处错误，没有试算。"
        return
    yield from _draft(trial)
    yield from _counts(trial)
    changed = [
        (one.number, one.label, one.before or "—", "→", one.after or "—") for one in trial.changed.rows
    ]
    yield from _list("改变的期限与结论", changed, trial.changed)
    yield from _list("多出的提醒（谁，哪天，什么颜色）", _told(trial.warned.rows), trial.warned)
    yield from _list("不再有的提醒", _told(trial.spared.rows), trial.spared)
    yield from _burdens(trial, budget)


def _draft(trial: Trial) -> Iterator[str]:
    assert trial.draft is not None
    place = f"代替 {trial.replaces}" if trial.replaces else "是新增的"
    yield f"草稿：{trial.draft.label}（{trial.draft.id}），{place}。"
    yield f"例子：{trial.examples} 个，不符 {len(trial.failed_examples)} 个。"
    yield from (f"  {line}" for line in trial.failed_examples)


def _counts(trial: Trial) -> Iterator[str]:
    one = "条记录" if trial.of_records else "件"
    yield f"截至 {trial.on} 看了 {trial.seen:,} {one}，本制度管到 {trial.concerned:,} {one}。"
    yield f"会改变 {trial.cases:,} {one}，涉及期限或结论 {trial.changed.count:,} 项："
    yield f"  新成为超期 {trial.newly_late:,} 项，不再超期 {trial.no_longer_late:,} 项；"
    yield f"  多出提醒 {trial.warned.count:,} 条，不再有的提醒 {trial.spared.count:,} 条。没有写入任何数据。"


def _told(rows: Sequence[Told]) -> list[tuple[str, ...]]:
    return [(one.person, str(one.on), one.colour or "—", one.number, one.label) for one in rows]


def _list(title: str, rows: Sequence[Sequence[str]], listed: Listed[T]) -> Iterator[str]:
    if not rows:
        return
    yield f"\n{title}："
    yield from columns(rows[:SHOWN])
    if listed.count > SHOWN:
        yield f"  ……另有 {listed.count - SHOWN:,} 条"


def _burdens(trial: Trial, budget: int) -> Iterator[str]:
    burdens = trial.burdens()
    if not burdens:
        return
    yield "\n每人每天的提醒（只数本制度的）："
    head = ("姓名", "共", "原来", "最多一天", "那一天")
    rows = [
        (one.person, f"{one.reminders:,}", f"{one.before:,}", str(one.most), str(one.heaviest or "—"))
        for one in burdens[:SHOWN]
    ]
    yield from columns([head, *rows])
    if len(burdens) > SHOWN:
        yield f"  ……另有 {len(burdens) - SHOWN:,} 人"
    over, was = trial.after.over(budget), trial.before.over(budget)
    yield f"一人一天超过 {budget} 条的：{over:,} 次（原来 {was:,} 次）。"
