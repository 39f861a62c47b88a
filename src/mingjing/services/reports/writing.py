"""A work report written from live figures: every number is a blank the record fills (S-317)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from mingjing.definitions.values.documents import BLANK, DocumentTemplate, FilledDocument
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.installation import registry
from mingjing.services.reading.figures import Flow, flows, total
from mingjing.services.reports.confirming import WHOLE
from mingjing.text.arithmetic import printed, rounded
from mingjing.text.checking import check_report

TEMPLATE = "document.work_report"
ENFORCEMENT = "执行"


class TypedFigure(Refusal):
    """The wording of a report has a number typed into it that the record knows."""

    code = "report-typed-figure"


class NotWhole(Refusal):
    """A report speaks of the whole court; whoever sees a part of it cannot write it."""

    code = "report-part-only"


@dataclass(frozen=True, slots=True)
class Written:
    """The report in words, and each blank with what filled it."""

    filled: FilledDocument
    values: dict[str, str]

    @property
    def text(self) -> str:
        """Title and paragraphs, one a line."""
        return "\n".join((self.filled.title, *self.filled.paragraphs))


def write_report(actor: Actor, first: date, last: date) -> Written:
    """The report of the court from ``first`` to ``last``, both counted, in the wording in force on ``last``.

    A period that is not over ends with the day of ``actor``.

    Raises
    ------
    TypedFigure   the wording holds a typed number
    NotWhole      the actor sees only part of the cases
    """
    if actor.scope not in WHOLE:
        raise NotWhole("您只看得到一部分案件，写不出全院的报告。请审判管理办公室或研究室来写。")
    last = min(last, actor.on)
    template = registry(actor.court).document(TEMPLATE, last)
    refuse_typed_figures(template)
    found = flows(actor, first, last)
    values = {
        "期间": period_words(first, last),
        "法院": actor.court.name,
        **_counts("", total(found)),
        **_counts(ENFORCEMENT, total(flow for flow in found if ENFORCEMENT in flow.kind)),
        "分类情况": "；".join(_kind_words(flow) for flow in found) or "本期没有案件",
    }
    named = {blank.name for blank in template.blanks}
    return Written(template.fill({name: value for name, value in values.items() if name in named}), values)


def refuse_typed_figures(template: DocumentTemplate) -> None:
    """Refuse a wording in which a count, an amount or a share is typed instead of being a blank.

    Raises
    ------
    TypedFigure   naming the first one, and the blanks to use instead
    """
    bare = "\n".join(BLANK.sub("某", line) for line in (template.title, *template.body))
    typed = check_report(bare).figures
    if typed:
        line, column = check_report(bare).reading.outline.line_column(typed[0].start)
        raise TypedFigure(
            f"“{template.label}”第 {line} 行第 {column} 字写死了“{typed[0].subject}{typed[0].text}”："
            "系统里有的数不手写，改成占位符，由记录填。",
            allowed=[f"{{{blank.name}}}" for blank in template.blanks],
        )


def period_words(first: date, last: date) -> str:
    """2026年1至6月, or 2026年; days where it ends within a month."""
    if last != last.replace(day=monthrange(last.year, last.month)[1]):
        return f"{first.year}年{first.month}月{first.day}日至{last.month}月{last.day}日"
    if first.year == last.year and (first.month, last.month) == (1, 12):
        return f"{first.year}年"
    if first.month == last.month and first.year == last.year:
        return f"{first.year}年{first.month}月"
    return f"{first.year}年{first.month}至{last.month}月"


def _counts(name: str, flow: Flow) -> dict[str, str]:
    counts = {
        "受理": flow.received,
        "新收": flow.filed,
        "旧存": flow.carried,
        "结案": flow.closed,
        "未结": flow.pending,
    }
    return {
        **{f"{name}{key}": str(value) for key, value in counts.items()},
        f"{name}结案率": _rate(flow.rate),
    }


def _rate(rate: Fraction | None) -> str:
    return "无数据" if rate is None else f"{printed(rounded(rate * 100, 2), 2)}%"


def _kind_words(flow: Flow) -> str:
    return f"{flow.kind}案件受理{flow.received}件，结案{flow.closed}件，结案率{_rate(flow.rate)}"
