"""The rows a detector looks at, with the kind of every field: cases with what they share with others, spans
of excluded days, what a judge or a whole court did in a year."""

from __future__ import annotations

from collections.abc import Mapping

from mingjing.definitions.values.populations import EVENTS
from mingjing.domain.expressions.kinds import Kind
from mingjing.domain.indicators.counts import CASES, Population

SPANS, JUDGES, COURTS = "扣除期间", "承办人年度", "全院年度"
OVER = (CASES, SPANS, JUDGES, COURTS)
FELLOWS = {
    "撤诉后再立": Kind.FLAG,
    "撤诉后再立天数": Kind.NUMBER,
    "再立案号": Kind.TEXT,
    "同日延长件数": Kind.NUMBER,
    "相同理由件数": Kind.NUMBER,
    "相同理由字数": Kind.NUMBER,
    "同类件数": Kind.NUMBER,
    "同类中位天数": Kind.NUMBER,
    "审理天数": Kind.NUMBER,
    "同类措施件数": Kind.NUMBER,
    "首次措施天数": Kind.NUMBER,
    "同类中位措施天数": Kind.NUMBER,
    "结案后作废日期": Kind.NUMBER,
    "结案后更正次数": Kind.NUMBER,
    "距月末天数": Kind.NUMBER,
    "承办人为院领导": Kind.FLAG,
    "主持开庭次数": Kind.NUMBER,
    "起草文书次数": Kind.NUMBER,
    "阅卷次数": Kind.NUMBER,
}
"""What a case has besides its own fields: seen only beside other cases, its later history, or its people."""
YEARLY = {
    "年度": Kind.NUMBER,
    "年末日": Kind.DAY,
    "结案数": Kind.NUMBER,
    "末月结案数": Kind.NUMBER,
    "平常月均结案": Kind.NUMBER,
    "末月多结万分率": Kind.NUMBER,
    "收案数": Kind.NUMBER,
    "末月收案数": Kind.NUMBER,
    "平常月均收案": Kind.NUMBER,
    "末月少收万分率": Kind.NUMBER,
}
"""What somebody, or a court, closed and filed in a calendar year; the last two of each four say how unlikely
the last month is, in ten-thousandths, if closing and filing were spread evenly over the days."""


def suspects(over: str, cases: Population | None, events: Population | None) -> Mapping[str, Kind] | None:
    """The fields of the rows of one name; None where the dictionaries of cases cannot be read."""
    if over in (JUDGES, COURTS):
        return {**YEARLY, **({"承办人": Kind.TEXT, "承办人为院领导": Kind.FLAG} if over == JUDGES else {})}
    if cases is None or events is None:
        return None
    return {**cases.kinds, **FELLOWS} if over == CASES else {**cases.kinds, **events.kinds}


__all__ = ["CASES", "COURTS", "EVENTS", "FELLOWS", "JUDGES", "OVER", "SPANS", "YEARLY", "suspects"]
