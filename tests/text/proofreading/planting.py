"""One error put into a clean judgment: what the clerk's hand slips into, one way for every rule."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.text.proofreading.judgments import Judgment, clean

Plant = Callable[[Judgment, Random], str | None]
_OFF = {"微": "徽", "白": "百", "简": "间", "瑾": "谨", "行": "形", "水": "木", "拙": "绌", "远": "运",
        "姝": "妹", "齐": "齿", "中": "申", "舒": "野", "澜": "兰"}  # fmt: skip


def once(text: str, old: str, new: str, behind: str = "") -> str | None:
    """``text`` with the first ``old`` behind a phrase replaced, or None where there is none."""
    start = text.find(behind) if behind else 0
    place = text.find(old, start + len(behind)) if start >= 0 else -1
    return None if place < 0 else text[:place] + new + text[place + len(old) :]


def swapped(pattern: str, change: Callable[[re.Match[str]], str]) -> Plant:
    """The first match of a pattern, changed."""

    def plant(j: Judgment, random: Random) -> str | None:
        match = re.search(pattern, j.text)
        return None if match is None else j.text[: match.start()] + change(match) + j.text[match.end() :]

    return plant


def said(old: str, new: str, behind: str = "") -> Plant:
    """One phrase for another."""
    return lambda j, random: once(j.text, old, new, behind)


def off(name: str) -> str:
    """A name with its last character written as one that looks like it."""
    return name[:-1] + _OFF.get(name[-1], "某")


def a_slip(j: Judgment, random: Random) -> str | None:
    """A party's name, one character off, behind its capacity in the reasons."""
    role, name = next((one for one in j.known.parties if len(one[1]) == 3), ("", ""))
    return once(j.text, f"{role}{name}", f"{role}{off(name)}", behind="一案") if name else None


def a_firm(j: Judgment, random: Random) -> str | None:
    """A firm's name, one character off, in the body."""
    name = next((name for _, name in j.known.parties if len(name) > 6), "")
    return (
        once(j.text, name, name.replace("有限", "限有", 1)[:3] + "道" + name[4:], behind="一案")
        if name
        else None
    )


def a_role(j: Judgment, random: Random) -> str | None:
    """原告 called 被告 in the order."""
    name = next((name for role, name in j.known.parties if role == "原告"), "")
    return once(j.text, f"原告{name}", f"被告{name}", behind="如下：") if name else None


def head_role(j: Judgment, random: Random) -> str | None:
    """The head lists the plaintiff as a third person."""
    name = next((name for role, name in j.known.parties if role == "原告"), "")
    return once(j.text, f"原告：{name}", f"第三人：{name}") if name else None


def left_out(j: Judgment, random: Random) -> str | None:
    """The last defendant never occurs."""
    name = j.known.parties[-1][1]
    return j.text.replace(name, "某某人") if len(j.known.parties) > 2 else None


def one_more(j: Judgment, random: Random) -> str | None:
    """Somebody the case does not know stands in the head."""
    lead = re.search(r"^(原告|申请执行人)\S+?(与|因与)", j.text, re.M)
    return (
        None
        if lead is None
        else j.text[: lead.start()] + "第三人：赵某甲，男，住岚县。\n" + j.text[lead.start() :]
    )


def a_signature(j: Judgment, random: Random) -> str | None:
    """The judge's name at the foot, one character off."""
    name = j.known.bench[0][1]
    place = j.text.rfind(name)
    return j.text[:place] + off(name) + j.text[place + len(name) :]


def a_capital(j: Judgment, random: Random) -> str | None:
    """One cheque character changed."""
    return swapped("大写：([壹贰叁肆伍陆柒捌玖])", lambda m: "大写：" + ("贰" if m[1] == "壹" else "壹"))(
        j, random
    )


def a_sum(j: Judgment, random: Random) -> str | None:
    """A total that is ten short."""
    return swapped(r"(?<=共计)\d+(?=元[。；])|(?<=合计)\d+(?=元，约)", lambda m: str(int(m[0]) - 10))(
        j, random
    )


PLANTS: dict[str, tuple[Plant, ...]] = {
    "案号不一致": (swapped(r"(民初|民终|刑初|执)(\d+)号", lambda m: f"{m[1]}{int(m[2]) + 10}号"),),
    "法院名称不一致": (swapped(r"^\S+人民法院", lambda m: "清泉县人民法院"),),
    "案由不一致": (
        said("买卖合同纠纷一案", "承揽合同纠纷一案"),
        said("民间借贷纠纷一案，本院于", "追偿权纠纷一案，本院于"),
    ),
    "程序不一致": (
        said("适用简易程序，于", "适用普通程序，于"),
        said("适用普通程序", "适用简易程序"),
    ),
    "文书名称不一致": (
        said("判决如下", "裁定如下"),
        said("不服本判决", "不服本裁定"),
    ),
    "立案日期不一致": (
        swapped(r"(\d+)月(\d+)日(?=立案|受理)", lambda m: f"{int(m[1]) % 12 + 1}月{min(int(m[2]), 28)}日"),
    ),
    "开庭日期不一致": (swapped(r"(\d+)日(?=公开开庭)", lambda m: f"{int(m[1]) % 27 + 1}日"),),
    "审判人员不一致": (a_signature,),
    "缺当事人": (left_out,),
    "多当事人": (one_more,),
    "姓名差一字": (
        a_slip,
        a_firm,
    ),
    "诉讼地位不一致": (head_role,),
    "地位与姓名对不上": (a_role,),
    "没有这一天": (
        said("2024年6月15日", "2024年6月31日"),
        said("1979年1月30日", "1979年2月30日"),
    ),
    "日期还没有到": (swapped(r"2026年(?=\d+月\d+日(?:公开开庭|立案))", lambda m: "2027年"),),
    "日期先后颠倒": (swapped(r"2026年(?=\d+月\d+日公开开庭)", lambda m: "2025年"),),
    "落款日期写法": (swapped(r"二〇二六年\S+月\S+日\n", lambda m: "2026年6月1日\n"),),
    "大小写不一致": (a_capital,),
    "合计不等于分项": (a_sum,),
    "减半收取算错": (swapped(r"(?<=减半收取)(计?)(\d+)", lambda m: m[1] + str(int(m[2]) + 5)),),
    "诉讼费分担算错": (swapped(r"负担(\d+)元，", lambda m: f"负担{int(m[1]) + 10}元，"),),
    "金额写法": (
        swapped(r"(?<=货款)(\d{2,})(\d{3})(?=元；)", lambda m: f"{m[1][0]},{m[1][1:]}{m[2]}"),
        said("元；", "元元；"),
    ),
    "法律名称没有书名号": (swapped("《(中华人民共和国(?:民法典|刑法|民事诉讼法))》(?=第)", lambda m: m[1]),),
    "法律名称有误": (
        said("民事诉讼法》第", "民事诉诉法》第"),
        said("国刑法》第", "国形法》第"),
    ),
    "法律已经废止": (said("《中华人民共和国民法典》第五百零九条", "《中华人民共和国合同法》第六十条"),),
    "没有这一条": (
        said("第五百七十七条", "第五千七百七十七条"),
        said("第二百六十四条、", "第六百二十四条、"),
    ),
    "条文序号写法": (
        said("第一百四十七条", "第147条"),
        said("第六十七条规定", "第67条规定"),
    ),
    "法律用了简称": (
        said("依照《中华人民共和国民法典》", "依照《民法典》"),
        said("依照《中华人民共和国刑法》", "依照《刑法》"),
    ),
    "同一条引用两次": (
        said("、第六百七十五条", "、第六百六十七条"),
        said("第五十三条、", "第五十二条、"),
    ),
    "上诉期写错": (
        said("之日起十五日内", "之日起十日内", behind="不服本"),
        said("第二日起十日内", "第二日起十五日内"),
    ),
    "判项序号不连续": (said("\n二、", "\n三、", behind="如下："),),
    "判项没有句号": (swapped(r"[；。](?=\n二、)", lambda m: ""),),
    "括号引号不成对": (
        said("（大写", "大写"),
        said("元整）", "元整"),
        said("《建材购销合同》", "《建材购销合同"),
    ),
    "标点重复": (
        said("审理终结。", "审理终结。。"),
        said("，本院", "，，本院"),
    ),
    "半角标点": (
        said("，本院", ",本院"),
        said("；", ";"),
    ),
    "全角数字": (said("1", "１", behind="本院"),),
    "字间空格": (
        said("审理终结", "审理 终结"),
        said("本院认为，", "本院认为， "),
    ),
    "字词重复": (
        said("应当", "应当由由"),
        said("的起诉", "的的起诉"),
        said("到庭", "在在到庭"),
    ),
    "错别字": (
        said("银行存款", "银行帐户存款"),
        said("其他", "其它"),
        said("诉讼", "诉松"),
    ),
}


def planted(code: str, seed: int) -> Judgment | None:
    """The clean judgment of a seed with one error of a rule, or None where it has no place for it."""
    base, random = clean(seed), Random(seed)
    plants = list(PLANTS[code])
    random.shuffle(plants)
    for plant in plants:
        text = plant(base, random)
        if text is not None and text != base.text:
            return replace(base, text=text, planted=code)
    return None
