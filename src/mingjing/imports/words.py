"""The words a court's rows are checked against: its data items, kinds of events, codes in case numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from mingjing.domain.casenumbers.vocabulary import Vocabulary

KINDS = ("文字", "数字", "日期", "金额", "是否", "选项", "时长")
OPEN_LISTS = frozenset(("dictionary.causes", "dictionary.court_codes", "dictionary.type_codes"))
"""Lists that name the common values without claiming to be complete: other words are taken as text."""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One data item of a case: its kind (one of KINDS), its options, whether it must be filled.

    With ``open_list`` the options are the usual words, not the only ones. ``wider`` words stand for several
    options at once (民事 for 民事一审, 民事二审 …); what they leave open, the case number has to say.
    """

    name: str
    kind: str = "文字"
    options: tuple[str, ...] = ()
    required: bool = False
    note: str = ""
    open_list: bool = False
    wider: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """What a pre-check knows of a court. An empty set of kinds accepts none unless the mapping says 自由.

    ``latest_year`` is the last year a case can have been numbered in.
    """

    fields: Mapping[str, FieldSpec] = field(default_factory=dict)
    event_kinds: frozenset[str] = frozenset()
    exclusion_kinds: frozenset[str] = frozenset()
    vocabulary: Vocabulary | None = None
    latest_year: int | None = None


def field_specs(
    rows: Iterable[Mapping[str, str]],
    lists: Mapping[str, Sequence[str]],
    *,
    required: Collection[str] = (),
    open_lists: Collection[str] = OPEN_LISTS,
) -> dict[str, FieldSpec]:
    """Data items out of the rows of ``dictionary.case_fields``.

    Its column 可选 is either the id of a dictionary, whose keys ``lists`` gives, or words joined by 、.
    """
    specs = {}
    for row in rows:
        name, kind, words = row["名称"], row.get("类型", "文字"), row.get("可选", "")
        options = tuple(lists.get(words, ())) if words.startswith("dictionary.") else _listed(words)
        specs[name] = FieldSpec(
            name,
            kind if kind in KINDS else "文字",
            () if kind == "是否" else options,
            name in required,
            row.get("说明", "").strip("—"),
            words in open_lists,
        )
    return specs


def _listed(words: str) -> tuple[str, ...]:
    return tuple(word for word in words.split("、") if word not in ("", "—"))
