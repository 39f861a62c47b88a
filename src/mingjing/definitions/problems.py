"""What is wrong with a definition file, said so that a clerk can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from pathlib import Path

_WIDEST = 160


class Severity(Enum):
    """Whether a file can be used in spite of the problem."""

    ERROR = "错误"
    WARNING = "提醒"


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where it is, the line itself, why it is wrong, what would be right.

    ``line`` and ``column`` count from 1. ``code`` is stable and documented in ``CODES``.
    """

    path: Path
    line: int
    column: int
    text_line: str
    cause: str
    code: str
    allowed: tuple[str, ...] = ()
    example: str = ""
    severity: Severity = Severity.ERROR

    @property
    def place(self) -> str:
        """``civil-summary.yaml:21:12``, the path as it was given."""
        return f"{self.path}:{self.line}:{self.column}"

    def __str__(self) -> str:
        parts = [self.cause]
        if self.allowed:
            parts.append("可用：" + "、".join(self.allowed) + "。")
        if self.example:
            parts.append(f"例如：{self.example}")
        head = f"{self.place}  {self.severity.value} {self.code}"
        shown = self.text_line.strip()
        shown = shown if len(shown) <= _WIDEST else f"{shown[:_WIDEST]}…"
        lines = [head, f"  {shown}"] if shown else [head]
        return "\n".join([*lines, "  " + "".join(parts).replace("\n", "\n  ")])


class DefinitionErrors(Exception):  # noqa: N818 - it carries many
    """A folder of definitions cannot be used; ``problems`` lists everything that is wrong."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"制度文件有 {len(self.problems)} 处错误：\n" + "\n".join(map(str, self.problems)))


def nearest(word: str, known: Iterable[str]) -> str:
    """``您是不是想写“limit”？``, or nothing when no known word is close."""
    found = closest(word, known)
    return f"您是不是想写“{found}”？" if found else ""


_DENYING = ("不", "非", "未", "无")


def closest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, or nothing when none is close."""
    # Chinese words are short: one letter of two may be wrong. Of an id the kind says nothing: what is alike
    # must be the name behind it.
    name = word.partition(".")[2]
    if name:
        known = [one for one in known if get_close_matches(name, [one.partition(".")[2]], n=1, cutoff=0.6)]
    found = get_close_matches(word, list(known), n=3, cutoff=0.6 if word.isascii() else 0.5)
    return next((one for one in found if not _denies(one, word)), "")


def _denies(one: str, other: str) -> bool:
    """Whether the two say the opposite: who wrote 顺延 did not mean 不顺延."""
    shorter, longer = sorted((one, other), key=len)
    return longer[:1] in _DENYING and longer[1:] == shorter


CODES: dict[str, str] = {
    # the file as such
    "unreadable-file": "文件打不开",
    "bad-extension": "文件扩展名不是 .yaml",
    "not-utf8": "文件不是 UTF-8 编码",
    "gbk": "文件是 GBK 编码",
    "bom": "文件开头有 BOM",
    "too-large": "文件太大",
    "too-deep": "嵌套太深",
    "empty-file": "文件没有内容",
    "no-question": "第一行没有用注释写明本文件回答的问题",
    # YAML
    "control-character": "有看不见的控制字符",
    "tab": "用制表符缩进",
    "full-width-colon": "键后面用了全角冒号",
    "full-width-comma": "两项之间用了全角逗号",
    "no-space-after-colon": "冒号后面缺空格",
    "unclosed-quote": "引号没有成对",
    "unclosed-bracket": "括号没有成对",
    "bad-indent": "缩进没有对齐",
    "special-character": "内容以特殊符号开头，要加引号",
    "yaml-syntax": "不符合 YAML 的写法",
    "yaml-anchor": "用了锚点或引用",
    "yaml-tag": "用了类型标签",
    "yaml-merge": "用了合并键",
    "several-documents": "一个文件里有几份文档",
    "bad-key": "键不是一个词",
    "duplicate-key": "同一个键写了两次",
    # fields
    "not-a-mapping": "应为“键: 值”的形式",
    "not-a-list": "应为列表",
    "not-text": "应为一段文字",
    "empty-value": "没有内容",
    "unknown-key": "不认识的键",
    "missing-key": "缺少必填的键",
    "conflicting-keys": "几个键不能同时出现，或者必须有一个",
    "bad-id": "id 写法不对",
    "unknown-kind": "没有这一类制度",
    "bad-choice": "不在可选范围内",
    "bad-flag": "应写是或否",
    "bad-number": "应为整数",
    "bad-date": "日期不对",
    "bad-span": "起止日期不对",
    "bad-duration": "时长不对",
    "bad-fact": "数据项写法不对",
    "bad-table": "表格写法不对",
    "duplicate-row": "表格首列重复",
    "bad-rung": "预警档写法不对",
    "bad-period-day": "期间里的日子写法不对",
    "wrong-roster": "名册列的是人还是部门，和填报方式不一致",
    "bad-event": "事项写法不对",
    "bad-expression": "条件写法不对",
    "bad-placeholder": "占位符不对",
    "bad-share": "比率写法不对",
    "glued-comment": "批注的 # 前面没有空格",
    "bad-number-format": "文号格式不对",
    # registers
    "bad-proportion": "人数比例写法不对",
    "bad-move": "状态变化写法不对",
    "bad-step": "例子里的一步写法不对",
    "reserved-name": "名称另有意思",
    "bad-label": "名称空着、太长，或者有不能用的符号",
    "no-options": "选项没有内容，或者不该有",
    "no-first-act": "没有从新建开始的办理",
    "unreachable-state": "状态永远到不了",
    "dead-end-state": "状态没有办理离开它",
    "never-filled": "字段没有办理填它",
    "nobody-may": "谁也不能办",
    "unknown-capacity": "没有这种身份",
    "no-window": "公众办不了",
    "opens-unfilled": "自动开出的记录缺必填内容",
    "under-cycle": "台账互相挂在对方之下",
    # indicators
    "unused-count": "计数没有用到",
    "among-cycle": "计数绕了一圈是自己的一部分",
    "wrong-unit": "单位和算式不符",
    "wrong-kind": "数据项的类型用得不对",
    "needs-missing": "部分要看的数据项，整体没有要求",
    "sealed-population": "密封的台账不能数",
    # between files
    "duplicate-id": "两个文件用了同一个 id",
    "takes-the-place": "编号与另一件事的相同，会代替它",
    "name-differs": "文件名与生效日期不一致",
    "columns-lost": "代替字典时少了列",
    "versions-out-of-order": "版本没有按从新到旧排列",
    "duplicate-version": "同一天有两个版本",
    "no-law": "没有写依据",
    "no-law-text": "没有写条文",
    "no-examples": "没有例子",
    "no-refusal-example": "没有拒绝的例子",
    "unknown-name": "字典里没有这个名称",
    "unknown-definition": "没有这份制度",
    "missing-dictionary": "缺少字典，名称没有核对",
    "overlap": "两份期限同时适用",
    "node-cycle": "节点首尾相接成环",
    "unreachable-node": "节点永远不会开始",
    "unreachable-stage": "阶段永远不会进入",
    "rungs-out-of-order": "预警档次序颠倒",
    "no-ladder": "节点没有预警档",
    "no-role": "权限没有分给任何角色",
    "nobody-holds": "角色没有人担任",
    "too-few-contributors": "随机数少于两个部门",
    "bad-mark": "不是分数",
    "bad-sum": "权重或者满分加起来不对",
    "bad-grades": "等级没有从高到低",
    "wrong-count": "项目数与写明的不符",
    "wrong-period": "排名的期间与评分的期间不同",
    "bad-ranking": "不是一个月的得分",
    "no-ranking": "评分表没有排名",
}
"""Every code a problem may carry → what it means. The error reference is generated from this table."""
