"""Dictionaries → the vocabulary case numbers are read with."""

from __future__ import annotations

from mingjing.definitions.values.dictionaries import Dictionary
from mingjing.domain.casenumbers.vocabulary import LEVEL_LABELS, CourtLevel, TypeCode, Vocabulary

_LEVELS = {label: level for level, label in LEVEL_LABELS.items()}


def read_vocabulary(types: Dictionary, courts: Dictionary, provinces: Dictionary) -> Vocabulary:
    """Columns read: ``code kind family lowest counts state`` of the types, ``code name`` of the courts."""
    return Vocabulary(
        courts={row["code"]: row.get("name", "") for row in courts.rows},
        types={
            row["code"]: TypeCode(
                code=row["code"],
                label=row.get("kind", ""),
                family=row.get("family", ""),
                lowest=_LEVELS.get(row.get("lowest", ""), CourtLevel.BASIC),
                counts=row.get("counts") != "否",
                verified=row.get("state") != "待核",
            )
            for row in types.rows
        },
        provinces=frozenset(provinces.keys),
    )
