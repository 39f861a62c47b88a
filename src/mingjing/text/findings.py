"""What a check says: a verdict on a place in the text, the arithmetic behind it, what would repair it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    """From the requirements, section 2; the value is what people read."""

    MISMATCH = "矛盾"
    TENSION = "存疑"
    OK = "相符"
    DERIVED = "推得"
    APPROX = "约数"
    UNCHECKED = "无法核对"

    @property
    def rank(self) -> int:
        """1 for what is wrong, 2 for what must be explained, 3 for the rest."""
        return {"矛盾": 1, "存疑": 2}.get(self.value, 3)

    @property
    def accuses(self) -> bool:
        """Whether it says that something is wrong or must be explained."""
        return self in (Verdict.MISMATCH, Verdict.TENSION)


@dataclass(frozen=True, slots=True)
class Finding:
    """``code`` names the check; ``start`` and ``end`` the place marked; ``beside`` what it was held
    against.

    ``arithmetic`` are lines that can be recomputed by hand; ``repairs`` what would make it agree.
    """

    code: str
    verdict: Verdict
    start: int
    end: int
    message: str
    arithmetic: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    beside: tuple[tuple[int, int], ...] = ()


CHECKS = {
    "rate": "比率复算",
    "share": "占比复算",
    "growth": "增减复算",
    "movement": "升降方向",
    "points": "百分比与百分点",
    "parts": "分项与总数",
    "flow": "收结存平衡",
    "subset": "部分不大于整体",
    "status": "销号状态与文中标注",
    "matter": "一事两种状态",
    "evidence": "完成与佐证",
    "twice": "一项佐证两处使用",
    "early": "早于反馈的佐证",
    "table": "表格合计与比率",
    "list": "列举与个数",
    "numbering": "序号连续",
    "heading": "标题与走势",
    "period": "期间是否一致",
    "rank": "名次",
    "average": "平均数",
    "together": "合在一起",
    "persons": "人数与措施",
    "units": "计量单位",
    "repeated": "前后一致",
    "definition": "口径是否一致",
    "frequency": "频次是否一致",
    "name": "名称是否一致",
    "zero": "零的两种读法",
    "date": "日期",
    "feasible": "比率能否取到",
    "single": "只有一个数",
}
"""The checks by code, as people call them."""
