"""The words a court's rows are checked against: its data items, kinds of events, codes in case numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from mingjing.domain.casenumbers.grammar import Vocabulary

KINDS = ("文本", "日期", "金额", "整数", "是否", "时长", "选项")


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One data item of a case: its kind (one of KINDS), the options of an 选项, whether it must be filled."""

    name: str
    kind: str = "文本"
    options: tuple[str, ...] = ()
    required: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What a pre-check knows of a court. An empty set of kinds accepts none unless the mapping says 自由."""

    fields: Mapping[str, FieldSpec] = field(default_factory=dict)
    event_kinds: frozenset[str] = frozenset()
    exclusion_kinds: frozenset[str] = frozenset()
    vocabulary: Vocabulary | None = None


def field_specs(
    rows: Iterable[Mapping[str, str]], options: Mapping[str, Sequence[str]], required: Iterable[str] = ()
) -> dict[str, FieldSpec]:
    """Data items out of the rows of ``dictionary.case_fields`` (名称, 类型, 说明).

    ``options`` gives the allowed values by data item; an item listed there is an 选项 whatever its 类型.
    """
    must = frozenset(required)
    specs = {}
    for row in rows:
        name, kind = row["名称"], row.get("类型", "文本")
        allowed = tuple(options.get(name, ()))
        kind = "选项" if allowed else kind if kind in KINDS and kind != "选项" else "文本"
        specs[name] = FieldSpec(name, kind, allowed, name in must, row.get("说明", ""))
    return specs
