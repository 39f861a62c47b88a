"""Put right the data items of a case that no act of their own changes; the clocks follow."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from mingjing.definitions.values.dictionaries import Dictionary
from mingjing.domain.dates.reading import read_date
from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.clocks import recheck
from mingjing.services.demands import WrongEntry, filled, known_word
from mingjing.services.installation import registry
from mingjing.services.locking import lock_case
from mingjing.storage.cases.models import Case

COLUMNS = {
    "案件类型": "kind",
    "案由": "cause",
    "标的额": "amount",
    "当事人": "parties_text",
    "当事人人数": "party_count",
}
"""Items that have a column of their own; all others are kept among the case's facts."""

BY_OTHER_ACTS = {
    "案号": "导入",
    "审理程序": "变更程序",
    "在押": "强制措施变更",
    "羁押日期": "强制措施变更",
    "承办人": "变更承办人",
    "承办部门": "变更承办人",
    "立案日期": "录入事项",
    "宣判日期": "录入事项",
    "送达日期": "录入事项",
    "签发日期": "录入事项",
    "归档日期": "录入事项",
    "生效日期": "录入事项",
    "收案日期": "录入事项",
    "原始立案日期": "关联案号",
    "结案日期": "结案审批",
    "结案审批日期": "结案审批",
    "结案方式": "结案审批",
    "审限届满日": "系统计算",
}
COMPUTED_GROUPS = ("录入",)
WRITABLE_BLANK = "—"
"""Entered to say that an item is not known after all."""


def correct_case(actor: Actor, *, case_id: int, items: Mapping[str, str], reason: str) -> Case:
    """Set data items of dictionary.case_fields to what was entered; ``—`` takes an item back.

    Raises
    ------
    WrongEntry   an unknown item, one that another act changes, a value of the wrong kind, or nothing new
    """
    why = filled(reason, "理由", example="当事人补充提交身份材料")
    with act(actor, "更正案件", needs="维护案件", subject_kind="案件", subject_id=case_id, why=why) as record:
        case = lock_case(actor, case_id)
        fields = registry(case.court).dictionary("dictionary.case_fields")
        typed = {name: _read(case, fields, name, text.strip()) for name, text in items.items()}
        before = {name: _present(case, name) for name in typed}
        if before == typed:
            raise WrongEntry("填写的内容与登记的一样，没有要改的。")
        for name, value in typed.items():
            _set(case, name, value)
        case.save()
        recheck(case, on=actor.on)
        record.definition = registry(case.court).ref("dictionary.case_fields", actor.on)
        record.payload = {
            "案号": case.number,
            "更正": {name: [str(before[name]), str(value)] for name, value in typed.items()},
        }
    return case


Value = str | bool | int | float | Decimal | None


def _read(case: Case, fields: Dictionary, name: str, text: str) -> Value:
    if name in BY_OTHER_ACTS:
        raise WrongEntry(f"“{name}”不在这里改，由“{BY_OTHER_ACTS[name]}”办理。")
    known_word(
        name, [key for key in fields.keys if fields.row(key)["group"] not in COMPUTED_GROUPS], "案件数据项"
    )
    if text in ("", WRITABLE_BLANK):
        return "" if name in COLUMNS and name not in ("标的额", "当事人人数") else None
    kind, choices = fields.row(name)["type"], fields.row(name).get("words", "")
    if kind == "是否":
        return known_word(text, ("是", "否"), name) == "是"
    if kind == "日期":
        return read_date(text).isoformat()
    if kind in ("数字", "金额"):
        return _number(name, text)
    if kind == "选项" and choices.startswith("dictionary."):
        return known_word(text, registry(case.court).dictionary(choices).keys, name)
    if kind == "选项" and choices:
        return known_word(text, choices.split("、"), name)
    return text[:200]


def _number(name: str, text: str) -> Value:
    try:
        number = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        raise WrongEntry(f"“{name}”写的是“{text}”，不是数。", example="12") from None
    if not number.is_finite() or number < 0:
        raise WrongEntry(f"“{name}”写的是“{text}”，应当是不小于零的数。", example="12")
    if name == "标的额":
        return number
    return int(number) if number == number.to_integral_value() else float(number)


def _present(case: Case, name: str) -> Value:
    if name in COLUMNS:
        value: Value = getattr(case, COLUMNS[name])
        return value
    found: Value = case.facts.get(name)
    return found


def _set(case: Case, name: str, value: Value) -> None:
    if name in COLUMNS:
        setattr(case, COLUMNS[name], value if value is not None or name == "标的额" else 0)
    elif value is None:
        case.facts.pop(name, None)
    else:
        case.facts[name] = value
