"""A judgment of the demonstration, written from what its case says: amounts that add up, names that agree."""

from __future__ import annotations

from datetime import date

from mingjing.storage.cases.models import Case
from mingjing.text.proofreading.days import han_day

_REASONS = {
    "买卖合同纠纷": (
        "双方签订买卖合同，原告依约供货，被告没有按约付款",
        "货款",
        "第五百七十九条、第六百二十六条",
    ),
    "民间借贷纠纷": (
        "被告向原告借款并出具借条，借款到期后没有偿还",
        "借款本金",
        "第六百六十七条、第六百七十五条",
    ),
    "房屋租赁合同纠纷": ("被告租用原告房屋，租期届满后仍拖欠租金", "租金", "第七百零三条、第七百二十二条"),
}
_OTHER = ("原告依约履行，被告没有履行付款义务", "款项", "第五百零九条、第五百七十七条")


def written(case: Case, signed: date) -> str:
    """The text of a judgment of the case, signed on a day."""
    facts, owed, articles = _REASONS.get(case.cause, _OTHER)
    parties = list(case.parties.order_by("pk"))
    suing = [one.name for one in parties if one.role == "原告"] or ["原告"]
    sued = [one.name for one in parties if one.role == "被告"] or ["被告"]
    amount = int(case.amount or 36_800) // 100 * 100 or 36_800
    fee = 25 + amount // 1000 * 10
    plaintiffs, defendants = "、".join(suing), "、".join(sued)
    handler = case.handler.name if case.handler else case.handler_name
    heard = case.milestones.get("开庭")
    hearing = f"，于{_day(date.fromisoformat(heard))}公开开庭进行了审理" if heard else ""
    filed = f"本院于{_day(case.filed_on)}立案后" if case.filed_on else "本院立案后"
    procedure = f"，依法适用{case.procedure}" if case.procedure in ("简易程序", "普通程序") else ""
    head = "\n".join(f"{one.role}：{one.name}，住岚县。" for one in parties)
    return f"""{case.court.name}
民事判决书
{case.number}
{head}
原告{plaintiffs}与被告{defendants}{case.cause}一案，{filed}{procedure}{hearing}。本案现已审理终结。
{plaintiffs}向本院提出诉讼请求：判令{defendants}支付{owed}{amount}元。
本院经审理认定事实如下：{facts}，尚欠{owed}{amount}元。上述事实有合同、凭证和当事人的陈述在卷佐证。
本院认为，当事人应当按照约定全面履行自己的义务。{facts}，应当承担相应的民事责任。
依照《中华人民共和国民法典》{articles}，《中华人民共和国民事诉讼法》第六十七条规定，判决如下：
被告{defendants}于本判决生效之日起十日内支付原告{plaintiffs}{owed}{amount}元。
案件受理费{fee}元，由被告{defendants}负担。
如不服本判决，可以在判决书送达之日起十五日内，向本院递交上诉状，上诉于云溪市中级人民法院。

审　判　员　　{handler}
{han_day(signed)}
书　记　员　　（略）
"""


def _day(one: date) -> str:
    return f"{one.year}年{one.month}月{one.day}日"
