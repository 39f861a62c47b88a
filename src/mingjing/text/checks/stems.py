"""What a rate is named after, and the two counts that the name points at: 整改率, 调撤率, 出庭应诉率."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from mingjing.text.figures import Figure
from mingjing.text.reading import Reading
from mingjing.text.roles import CLOSED, bare_topic, clean

_ALIASES = {
    "调撤": ("调撤", "调解撤诉", "调解、撤诉", "调解和撤诉", "调解或撤诉"),
    "发改": ("发改", "改判发回", "发回重审", "改判"),
    "执行到位": ("到位",),
    "出庭应诉": ("出庭",),
    "到会": ("实到", "到会"),
    "参会": ("实到", "参会"),
    "出席": ("实到", "出席"),
    "参训": ("参训", "实训"),
    "整改完成": ("整改",),
    "清结": ("清结", "已结", "已清", "审结", "结案"),
    "清理": ("清理", "已清", "已结"),
    "撤诉": ("撤诉", "撤回"),
    "终本": ("终本", "终结本次", "本次执行程序"),
    "重刑": ("五年以上",),
}
_STEMS = tuple(
    sorted(
        {*_ALIASES}
        | {
            "销号",
            "办结",
            "整改",
            "完成",
            "满意",
            "差错",
            "错误",
            "合格",
            "优秀",
            "改判",
            "调解",
            "上诉",
            "化解",
            "填报",
            "签订",
            "当庭宣判",
            "电子送达",
            "网上立案",
            "息诉",
            "公开",
            "上网",
            "履行",
            "申诉",
            "信访",
            "参学",
            "答复",
            "反馈",
            "清结",
            "兑付",
            "发放",
            "回访",
            "陪审",
            "保全",
            "合议",
            "缺席",
            "送达",
            "通过",
            "达标",
            "办理",
            "采纳",
            "督办",
            "登记",
            "录入",
            "归档",
            "适用",
            "覆盖",
            "报到",
            "拘留",
        },
        key=len,
        reverse=True,
    )
)
_WITHOUT = {"服判息诉": ("上诉",)}
"""Rates of what did not happen: judged cases without an appeal."""
INCLUDING = re.compile(r"(?P<one>[一-鿿]{2})率\(含(?P<two>[^()\d]{2,8})\)(?:达到|达|为)?$")
"""满意率（含基本满意）, the end of the words before a rate."""
_BOTH = re.compile("调解[、和或与及]?撤诉")
"""Two things done with a case, one rate of both."""
_OPPOSITE = re.compile(r"未|不|没|非|正在")


def stem_pairs(reading: Reading, levels: list[Figure], name: str) -> Iterator[tuple[Figure, Figure]]:
    """What may be divided by what for a rate of this name, likeliest first."""
    name = _BOTH.sub("调撤", name)
    stem = next((one for one in _STEMS if name.endswith((f"{one}率", f"{one}完成率"))), "")
    if re.search(f"(?:不|未|非){stem}", name):
        stem = ""  # 不合格率: called after another count than 合格率
    yield from _due(levels, name)
    yield from _including(reading, levels, name)
    yield from _budgeted(levels, name)
    yield from _money(levels, name)
    if not stem:
        yield from _called(reading, levels, name)
    if not stem and not re.search("改判发回|发回改判", name):
        yield from _next_to(reading, levels, name)
        return
    if stem == "发改" or re.search("改判发回|发回改判|改判、发回", name):
        both = list(_reversed_and_remitted(levels))
        if both:
            yield from both
            return
    if stem == "适用":
        yield from _applied(reading, levels, name)
    topic = bare_topic(name.removesuffix("率").removesuffix("完成").removesuffix(stem))
    words = _ALIASES.get(stem, (stem,))
    lost = _WITHOUT.get("服判息诉" if name.endswith("服判息诉率") else "", ())
    if stem == "调撤":
        yield from _mediated_and_withdrawn(reading, levels)
    for place in range(len(levels) - 1, -1, -1):
        part = levels[place]
        said = part.subject + ("" if lost else part.after[:6])
        if stem == "调撤":
            said += reading.folded[max(part.sentence[0], part.start - 6) : part.start]  # 调解、撤诉1872件
        if not any(word in said for word in (lost or words)) or _OPPOSITE.search(part.subject):
            continue
        wholes = [
            one for one in levels
            if one is not part and one.unit == part.unit and one.value >= part.value and one.value > 0
            and (
                (one.start < part.start and not any(word in one.subject for word in (lost or words)))
                or re.match(rf"应(?:{'|'.join(words)})", one.subject)
            )
        ]  # fmt: skip
        fitting = [one for one in wholes if not topic or topic in one.subject + one.after + part.subject]
        for whole in reversed(fitting):
            yield (_rest(part, whole), whole) if lost else (part, whole)


def _money(levels: list[Figure], name: str) -> Iterator[tuple[Figure, Figure]]:
    """金额9346万元；…8815万元，兑现率: the last two amounts, where the rate is one of money."""
    if not re.search("兑现率|清偿率|追缴率|挽损率|回收率|拨付率|支付率|收缴率|实收率|到位率", name):
        return
    amounts = [one for one in levels if one.unit == "元"]
    topic = bare_topic(
        re.sub(r"平均|(?:兑现|清偿|追缴|挽损|回收|拨付|支付|收缴|实收|到位)率$|执行|标的|金额", "", name)
    )
    if topic and not any(topic in one.subject for one in amounts[-2:]):
        return
    if len(amounts) > 1 and amounts[-2].value >= amounts[-1].value > 0:
        yield amounts[-1], amounts[-2]


def _called(reading: Reading, levels: list[Figure], name: str) -> Iterator[tuple[Figure, Figure]]:
    """优秀104件、合格203件、瑕疵13件，瑕疵率: the item the rate is called after, of the whole list."""
    called = bare_topic(name.removesuffix("率"))
    for part in reversed(levels):
        if len(called) < 2 or not clean(part.subject).endswith(called):
            continue
        listed = [one for one in levels if one.sentence == part.sentence and one.unit == part.unit]
        if called[0] in "不未" and len(listed) == 2 and listed[0].subject.endswith(called.lstrip("不未予")):
            added = listed[0].value + listed[1].value
            yield part, replace(listed[0], value=added, text=f"（{listed[0].text} + {listed[1].text}）")
        headed = part.subject.startswith("其中")
        before = [one for one in levels if one.end <= part.start and one.unit == part.unit]
        if headed and before and before[-1].value > part.value:
            yield part, before[-1]
        for whole in listed:
            behind = [one.value for one in listed if one.start > whole.start]
            if whole.start < part.start and sum(behind) == whole.value:
                yield part, whole  # 结案1782件中，甲607件、乙793件、丙382件
        added = sum((one.value for one in listed), start=Fraction(0))
        wholes = [one for one in reading.levels_near(part.unit, part.start) if one.value == added]
        if len(listed) > 2 and wholes:
            yield part, wholes[0]


def _including(reading: Reading, levels: list[Figure], name: str) -> Iterator[tuple[Figure, Figure]]:
    """满意率（含基本满意）, 优良率: two items of a list added, of what the list adds up to."""
    with_ = INCLUDING.search(name)
    names = (with_["one"], with_["two"]) if with_ else ("优秀", "良好") if name.endswith("优良率") else ()
    called = [[one for one in levels if _item(reading, one) == each] for each in names]
    if not called or not all(called) or called[0][-1].unit != called[1][-1].unit:
        return
    one, other = called[0][-1], called[1][-1]
    both = replace(one, value=one.value + other.value, text=f"（{one.text} + {other.text}）")
    for whole in reversed(levels):
        if whole.end <= one.start and whole.unit == both.unit and whole.value >= both.value:
            yield both, whole


def _item(reading: Reading, one: Figure) -> str:
    """“基本满意”的86名: what an item of a list is called, without its marks."""
    words = re.split("[,。;:、(]", reading.folded[one.sentence[0] : one.start])[-1]
    return re.sub("^(?:其中|表示|评为|为)+|[“”]|案件|的$", "", re.sub("^其中", "", words)).removeprefix(
        "表示"
    )


def _budgeted(levels: list[Figure], name: str) -> Iterator[tuple[Figure, Figure]]:
    """预算2860万元，支出2731万元，执行率: what was spent of what was planned."""
    if not re.search("执行率|完成率|支出率|使用率|进度", name) or not levels:
        return
    alike = [one for one in levels[:-1] if one.unit == levels[-1].unit]
    planned = [one for one in alike if re.search("预算|计划|额度|指标", one.subject)]
    added = [one for one in alike if planned and re.search("追加|调增", one.subject)]
    if planned and levels[-1].value > 0:
        value = planned[-1].value + sum((one.value for one in added), start=Fraction(0))
        text = f"（{' + '.join(one.text for one in (planned[-1], *added))}）" if added else planned[-1].text
        yield levels[-1], replace(planned[-1], value=value, text=text)


def _due(levels: list[Figure], name: str) -> Iterator[tuple[Figure, Figure]]:
    """应到岗1264人次，实到1238人次 …，到岗率: what was there of what was due, by the verb of the name."""
    due = [one for one in levels if re.search(r"(?<![响相反适供])应[^,。;对急用诉当]", one.subject)]
    done = [one for one in levels if re.match(r"实际?[^习践施]", one.subject)]
    if not due or not done or due[-1].unit != done[-1].unit or due[-1].value < done[-1].value:
        return
    verb = re.sub(r"^实际?", "", done[-1].subject)[:1]
    if verb and verb in name:
        yield done[-1], due[-1]


def _next_to(reading: Reading, levels: list[Figure], name: str) -> Iterator[tuple[Figure, Figure]]:
    """发出46份，回复45份，回复率…: a rate of any name behind the two counts it is made of."""
    stem = re.sub(r"(?:比率|比例|率)$", "", name)[-2:]
    counted = [one for one in levels if not one.is_rate]
    if len(counted) < 2 or len(stem) < 2 or not name.endswith("率"):
        return
    whole, part = counted[-2:]
    topic = bare_topic(re.sub(r"平均|比率|比例|率$", "", name).removesuffix(stem))
    if topic and topic not in whole.subject + part.subject:
        return
    near = whole.unit == part.unit and whole.sentence == part.sentence and 0 < part.value <= whole.value
    near = near and "、" not in reading.between(whole, part)
    asked = stem not in whole.subject or re.search("申请|收到|受理|提出", whole.subject)
    if near and stem in part.subject and asked and not _OPPOSITE.search(part.subject):
        yield part, whole


def _reversed_and_remitted(levels: list[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """改判21件、发回2件 added, of the appeals before them."""
    reversed_ = [one for one in levels if one.subject.endswith("改判")]
    remitted = [one for one in levels if re.search("发回(?:重审)?$", one.subject)]
    for part in (one for one in reversed(levels) if re.search("发回$|改判和?发回", one.subject)):
        if not reversed_ or reversed_[-1].sentence != part.sentence:
            for whole in reversed(levels):
                if whole.end <= part.start and whole.unit == part.unit and whole.value > part.value:
                    yield part, whole
    if not reversed_ or not remitted or reversed_[-1].sentence != remitted[-1].sentence:
        return
    one, other = reversed_[-1], remitted[-1]
    both = replace(one, value=one.value + other.value, text=f"（{one.text} + {other.text}）")
    for whole in reversed(levels):
        if whole.end <= min(one.start, other.start) and whole.unit == one.unit and whole.value >= both.value:
            yield both, whole


def _applied(reading: Reading, levels: list[Figure], name: str) -> Iterator[tuple[Figure, Figure]]:
    """其中简易程序611件 …，简易程序适用率: the count of the same name, of the whole its list is of."""
    called = name.removesuffix("适用率")
    for part in reversed(levels):
        words = clean(part.subject).removeprefix("适用")
        if len(words) < 2 or not (words.startswith(called[-4:]) or called in words):
            continue
        wholes = [
            one
            for one in levels
            if one.end <= part.start and one.unit == part.unit and one.value > part.value
        ]
        headed = [one for one in wholes if "其中" in reading.between(one, part)]
        for whole in [*reversed(headed), *reversed(wholes)]:
            yield part, whole


def _mediated_and_withdrawn(reading: Reading, levels: list[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """调解58件、撤诉79件 added, of what was closed."""
    settled = [one for one in levels if re.search("调解(?:结案)?$", one.subject)]
    dropped = [one for one in levels if re.search("撤诉|撤回起诉", one.subject) and "调" not in one.subject]
    if not settled or not dropped or settled[-1].unit != dropped[-1].unit:
        return
    one, other = settled[-1], dropped[-1]
    both = replace(one, value=one.value + other.value, text=f"（{one.text} + {other.text}）")
    listed = [each for each in reading.sentences[one.sentence] if each.unit == one.unit]
    if listed[0].subject.endswith(("判决", "判决结案")) and listed[0] is not one:
        added = sum((each.value for each in listed), start=Fraction(0))
        yield both, replace(listed[0], value=added, text=f"（各项合计 {added}{one.unit}）")
    for whole in reversed(levels):
        done = reading.role(whole).kind == CLOSED and "调解" not in whole.subject + whole.after
        behind = sum((each.value for each in listed if each.start > whole.start), start=Fraction(0))
        if whole.start < one.start and (done or behind == whole.value) and whole.value >= both.value:
            yield both, whole


def _rest(part: Figure, whole: Figure) -> Figure:
    return replace(part, value=whole.value - part.value, text=f"（{whole.text} − {part.text}）")
