"""Random definitions with every key a register knows: what ``random_definitions`` writes, widened.

Each is a list of texts, the definition first, beside it what it names: the register it opens, the approval it
waits for, the dictionary it chooses from, the document it prints.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import yaml
from hypothesis import strategies as st

from tests.services.records.random_definitions import KINDS, POSTS, head, machinery_of
from tests.services.records.random_parts import Draw, Whole, conditions, labels_of, listed, opening
from tests.services.records.random_wide_keys import OWN_KEYS, event_keys

TARGET = (
    head("ledger.target", "随机去处")
    + """fields:
  matter: {label: 事由, type: 文本}
  unit: {label: 承办部门, type: 部门}
  owner: {label: 经办人, type: 人员}
  source: {label: 来源记录, type: 记录, of: ledger.target}
  amount: {label: 金额, type: 金额}
states:
  open: {label: 待办}
  done: {label: 办结, final: true}
actions:
  open: {label: 登记, by: [督察员, 系统], moves: 新建 → 待办, may_fill: [事由, 承办部门, 经办人, 来源记录]}
  close: {label: 办结, by: [督察员, 院长], moves: 待办 → 办结, may_fill: 金额}
clocks:
  - {label: 办结时限, starts: 登记, stops: 办结, within: 5 天, late: 提醒 督察员}
examples:
  - {name: 登记, steps: [2024-03-01 某人 登记 事由=甲], ends: 待办}
"""
)
GATE = (
    head("approval.gate", "随机先批")
    + """by: 任何人
fields:
  matter: {label: 事项, type: 文本}
  cost: {label: 金额, type: 金额}
fill: [事项]
may_fill: [金额]
steps:
  - {label: 审核, by: 庭长, instead: [院长]}
returns_to: [终止]
examples:
  - {name: 申请, steps: [2024-03-01 某人 提交 事项=甲], ends: 审批中}
"""
)
WORDS = (
    "# 随机字典：有哪几类。\n\nid: dictionary.any\nlabel: 随机字典\nowner: 综合办公室\n"
    "basis: 本院规定（示例）\ncolumns:\n  label: {label: 名称}\n  code: {label: 代码}\n"
    "rows: |\n  名称    代码\n  丙类    c\n  丁类    d\n  “戊”类  e\n"
    "examples:\n  - {name: 丙类, given: 丙类, expect: {代码: c}}\n"
)
PAPER = (
    head("document.any", "随机文书")
    + """number: （{年}）随{序号}号
title: 随机通知书
to: "{承办部门}："
body: |
  {事由}，请于{约定日}前办结，金额{金额}元，由{经办人}办理。
signed_by: 综合办公室
fields:
  事由: {label: 事由, required: 是}
  承办部门: {label: 承办部门}
  约定日: {label: 约定日}
  金额: {label: 金额}
  经办人: {label: 经办人}
examples:
  - {name: 一般, given: {事由: 甲}, expect: [甲]}
"""
)
BESIDE = (TARGET, GATE, WORDS, PAPER)
FIELDS: Mapping[str, Whole] = {
    "案件": {"label": "案件", "type": "案件"},
    "来源记录": {"label": "来源记录", "type": "记录", "of": "ledger.target"},
    "自身前案": {"label": "自身前案", "type": "记录", "of": ""},
    "字典类": {"label": "字典类", "type": "选项", "of": "dictionary.any"},
    "字典项": {"label": "字典项", "type": "多选", "of": "dictionary.any", "help": "可以多选"},
    "现场照片": {"label": "现场照片", "type": "照片", "seen_by": "督察员"},
    "补充金额": {"label": "补充金额", "type": "金额", "unit": "万元", "help": "含税"},
}
LADDER = ["届满前 3 天 蓝 登记人", "届满日 黄 督察员", "届满后 2 天 红 院长"]


def _more_fields(dice: Draw, whole: Whole) -> None:
    for label in dice.some(FIELDS, 5) if dice.maybe() or dice.maybe() else []:
        written = dict(FIELDS[label])
        if written.get("of") == "":
            written["of"] = whole["id"]
        whole["fields"][f"w{len(whole['fields'])}"] = written
        if acts := whole.get("actions"):
            act = dice.one([one for one in acts.values() if "expires" not in one])
            key = "fill" if dice.rarely() and written["type"] not in ("附件", "照片") else "may_fill"
            act[key] = [*listed(act.get(key)), label]


def _helped(dice: Draw, whole: Whole) -> None:
    for one in whole["fields"].values():
        if dice.rarely():
            one["help"] = "写清楚“哪一件”，<不要>空着；{大括号}也可以写"
        if dice.rarely() and one["type"] in ("文本", "整数", "小数", "多人"):
            one["unit"] = "件"
    if dice.maybe():
        whole["questions"] = ["是不是要算节假日，待确认。", "由谁保管，没有规定。"]
    if dice.rarely():
        whole["calendar"] = "calendar.cn"


def _acts(dice: Draw, whole: Whole) -> None:
    for act in whole.get("actions", {}).values():
        if dice.rarely():
            act["about"] = "先核对“佐证”，再办。"
        if "expires" in act:
            continue
        if dice.rarely():
            act["opens"] = [opening(dice, whole) for _ in range(1 + dice.rarely())]
        opens = "新建" in str(act["moves"])
        if not opens and dice.rarely():
            act["approval"] = "approval.gate"
        if dice.rarely():
            known = [one for one in ("登记人", "经办人", "院长") if one not in act["by"] and not opens]
            if known and all(one in POSTS or one in ("登记人", *labels_of(whole)) for one in known):
                act["never_by"] = dice.one(known)


def _clocks(dice: Draw, whole: Whole) -> None:
    named = False
    for clock in whole.get("clocks", []):
        if dice.rarely():
            clock["law"] = "《本院办法》第八条"
        if dice.rarely():
            for key in ("rungs", "late"):
                clock.pop(key, None)
            clock["ladder"], named = "常用", True
    if named:
        whole["ladders"] = {"常用": list(LADDER)}


def _standing(dice: Draw, whole: Whole) -> None:
    if dice.maybe():
        whole["links"] = dice.some(["ledger.target", whole["id"], "ledger.resolutions"])
    people = labels_of(whole, "人员")
    if people and dice.maybe():
        whole["subject"] = dice.one(people)
        if dice.maybe():
            whole["subject_sees"] = dice.some(labels_of(whole))
    if dice.maybe():
        whole["prints"] = dice.one(["document.any", ["document.any"]])
    states = [one["label"] for one in whole.get("states", {}).values()]
    moments = [*states, *conditions(whole)]
    if dice.maybe():
        whole["public"] = {"when": dice.one(moments), "show": dice.some(labels_of(whole))}
    if "案件" in labels_of(whole) and dice.maybe():
        whole["party"] = {"of": "案件", "when": dice.one(moments), "show": dice.some(labels_of(whole))}
    if dice.rarely():
        whole["secrecy"] = dice.one(["公开", "内部", "保密"])
        whole["seen_by"] = ["督察员", "院长"]


def _window(dice: Draw, whole: Whole) -> None:
    """A register that the public enters by itself, on a page outside."""
    if dice.maybe():
        return
    outside = ("文本", "长文本", "整数", "小数", "金额", "日期", "是否", "选项", "多选", "附件")
    known = labels_of(whole, *outside)
    first = next(iter(whole["states"].values()))["label"]
    fill, rest = known[:1], known[1:4]
    act: Whole = {"label": "公众提交", "by": "公众", "moves": f"新建 → {first}", "fill": fill}
    whole["actions"]["outside"] = act | ({"may_fill": rest} if rest else {})
    whole["window"] = {"about": "材料一次交齐", "show": dice.some(labels_of(whole))}
    if "案件" in labels_of(whole) and dice.maybe():
        whole["window"] |= {"of": "案件", "when": dice.one([first, "附件数 == 0"])}
    whole["seen_by"] = ["督察员", "院长"]


def widened(draw: st.DrawFn, kind: str) -> Whole:
    """A definition of a kind with any of the keys that few definitions have."""
    dice, machinery = Draw(draw), machinery_of(kind)
    whole: Whole = yaml.safe_load(draw(KINDS.get(kind, KINDS["filing"])))
    if kind == "event":
        event_keys(dice, whole)
    steps: list[Callable[[Draw, Whole], None]] = [_more_fields, _helped, _acts, _clocks, _standing]
    if machinery == "ledger":
        steps.append(_window)
    for step in (*steps, *OWN_KEYS.get(kind, ())):
        step(dice, whole)
    return whole


@st.composite
def wide(draw: st.DrawFn, kind: str) -> list[str]:
    """Any definition of a kind, with what it names beside it."""
    whole = widened(draw, kind)
    return [written(whole), *BESIDE]


def written(whole: Whole) -> str:
    """The definition as a text."""
    text = yaml.safe_dump(whole, allow_unicode=True, sort_keys=False, width=10_000)
    return f"# 随机：什么都可能写到。\n\n{text}"


WIDE = ("ledger", "filing", "event", "activity", "approval", "meeting", "campaign")
"""Every kind of definition there is a wide one of; an event is a filing about something that happens."""


def id_of(texts: Sequence[str]) -> str:
    """The id of the definition these texts are about."""
    return str(yaml.safe_load(texts[0])["id"])
