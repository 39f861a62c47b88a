"""The units of counts, amounts and shares, and the words that loosen a number."""

from __future__ import annotations

PERCENT, POINT = "%", "个百分点"
PLAIN = (
    "个工作日",
    "工作日",
    "个小时",
    "小时",
    "分钟",
    "个月",
    "人次",
    "件次",
    "场次",
    "卷次",
    "课时",
    "节",
    "册次",
    "批次",
    "户次",
    "方面",
    "大类",
    "平方米",
    "公里",
    "美元",
    "元",
    "件",
    "株",
    "尾",
    "公顷",
    "立方米",
    "岁",
    "封",
    "座",
    "幢",
    "艘",
    "只",
    "卷",
    "箱",
    "公斤",
    "人",
    "名",
    "次",
    "项",
    "条",
    "场",
    "起",
    "份",
    "篇",
    "家",
    "户",
    "笔",
    "宗",
    "天",
    "位",
    "本",
    "套",
    "台",
    "辆",
    "面",
    "所",
    "处",
    "期",
    "批",
    "轮",
    "倍",
    "页",
    "幅",
    "组",
    "支",
    "对",
    "栋",
    "间",
    "类",
    "编",
    "部",
    "堂",
    "课",
    "吨",
    "册",
    "张",
    "块",
    "分",
    "通",
    "例",
    "枚",
    "亩",
    "案",
    "日",
    "个",
)
WITH_HAN = frozenset(PLAIN) - frozenset("案分通例枚亩日期位部对本面课处株尾岁节封座艘只卷")
"""Units a number written in Chinese numerals may carry: 一案双查, 一面 and 一期 are idioms, not figures."""

MONEY = "元"
CASES = frozenset("件案起宗")
PEOPLE = frozenset("人名位")
SAME = {"案": "件", "宗": "件", "名": "人", "个工作日": "工作日", "个小时": "小时", "件次": "件次"}

BEFORE = {
    "将近": "近", "近": "近", "约": "约", "大约": "约", "超过": "余", "突破": "余", "逾": "余", "超": "余",
    "不足": "近", "不到": "近", "至少": "以上", "不少于": "以上", "不低于": "以上", "最多": "以下",
    "不超过": "以下",
}  # fmt: skip
AFTER = {"余": "余", "多": "余", "以上": "以上", "以下": "以下", "以内": "以下", "左右": "约"}


def base_of(unit: str) -> str:
    """One unit for those that count the same: 名 and 人, 宗 and 件."""
    return SAME.get(unit, unit)
