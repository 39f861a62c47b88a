"""What proofreading says: a place in the document, what is wrong there, why, what it might be instead."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """``code`` is a row of ``dictionary.proofreading_rules``; ``start`` and ``end`` are the place marked
    in the text as it was given. ``proposal`` is empty where a person has to look; nothing is ever changed by
    itself.
    """

    code: str
    start: int
    end: int
    what: str
    why: str
    proposal: str = ""


CODES = (
    "案号不一致", "法院名称不一致", "案由不一致", "程序不一致", "文书名称不一致", "立案日期不一致",
    "开庭日期不一致", "审判人员不一致", "缺当事人", "多当事人", "姓名差一字", "诉讼地位不一致",
    "地位与姓名对不上", "没有这一天", "日期还没有到", "日期先后颠倒", "落款日期写法", "大小写不一致",
    "合计不等于分项", "减半收取算错", "诉讼费分担算错", "金额写法", "法律名称没有书名号",
    "法律名称有误", "法律已经废止", "没有这一条", "条文序号写法", "法律用了简称", "同一条引用两次",
    "上诉期写错", "判项序号不连续", "判项没有句号", "括号引号不成对", "标点重复", "半角标点",
    "全角数字", "字间空格", "字词重复", "错别字",
)  # fmt: skip
"""Every rule the checks know; the dictionary says what each is called on a page and whether it is in use."""
