"""What every random definition is put together from: dice, labels, conditions, what an act opens."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Whole = dict[str, Any]


class Draw:
    """The dice of one definition: which of a few, and whether at all."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def maybe(self) -> bool:
        """Half the time."""
        return self.draw(st.booleans())

    def rarely(self) -> bool:
        """One time in four."""
        return self.draw(st.integers(0, 3)) == 0

    def one(self, words: Any) -> Any:
        """Any of them."""
        return self.draw(st.sampled_from(list(words)))

    def some(self, words: Any, most: int = 3) -> list[Any]:
        """One or several of them."""
        return self.draw(st.lists(st.sampled_from(list(words)), min_size=1, max_size=most, unique=True))


def labels_of(whole: Whole, *types: str) -> list[str]:
    """The labels of the fields of some types; of all fields where no type is named."""
    return [one["label"] for one in whole["fields"].values() if not types or one["type"] in types]


def listed(written: Any) -> list[str]:
    """One or several words, as a list."""
    return [] if written is None else [written] if isinstance(written, str) else list(written)


def opening(dice: Draw, whole: Whole) -> Whole:
    """What an act opens elsewhere, with fields, for each, with a label, on a condition."""
    texts = labels_of(whole, "文本", "长文本", "选项")
    values: Whole = {"事由": f"由{{{dice.one(texts)}}}引出"}
    if units := labels_of(whole, "部门"):
        values["承办部门"] = dice.one([dice.one(units), f"{{{dice.one(units)}}}"])
    if people := labels_of(whole, "人员"):
        values["经办人"] = dice.one(people)
    if money := labels_of(whole, "金额"):
        values["金额"] = dice.one([dice.one(money), "12.50"])
    made: Whole = {"of": "ledger.target", "fields": values}
    several = labels_of(whole, "多人", "多部门", "多选")
    if several and dice.maybe():
        made["each"] = dice.one(several)
        kind = next(one["type"] for one in whole["fields"].values() if one["label"] == made["each"])
        made["fields"] |= {"事由": "轮到{每个}"}
        made["fields"] |= {"多人": {"经办人": "{每个}"}, "多部门": {"承办部门": "{每个}"}}.get(kind, {})
    if dice.maybe():
        made["label"] = "由此产生"
    if dice.maybe():
        made["when"] = dice.one(conditions(whole))
    return made


def conditions(whole: Whole) -> list[str]:
    """Conditions that may be asked of a record with these fields."""
    known = {
        "件数": "件数 >= 1",
        "金额": "金额 > 50 and 金额 <= 20000",
        "属实": "属实",
        "类别": "类别 == 甲类 or 类别 == 乙类",
        "约定日": "约定日 >= 今天",
        "参加人": "参加人 >= 2",
        "字典类": "字典类 == 丙类",
    }
    found = [text for label, text in known.items() if label in labels_of(whole)]
    return [*found, "附件数 == 0", "登记日期 <= 今天", "未结关联 == 0"]
