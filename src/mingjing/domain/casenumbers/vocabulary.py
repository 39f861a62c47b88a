"""The codes a case number is made of: courts, types, provinces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

SUPREME_COURT = "最高法"


class CourtLevel(IntEnum):
    """The four levels of court, lowest first, so that they can be compared."""

    BASIC = 1
    INTERMEDIATE = 2
    HIGH = 3
    SUPREME = 4

    @property
    def label(self) -> str:
        return LEVEL_LABELS[self]


LEVEL_LABELS = {
    CourtLevel.BASIC: "基层",
    CourtLevel.INTERMEDIATE: "中级",
    CourtLevel.HIGH: "高级",
    CourtLevel.SUPREME: "最高",
}


def level_of(court: str) -> CourtLevel:
    """The level a court code tells by its digits: four basic, two intermediate, none high."""
    if court == SUPREME_COURT:
        return CourtLevel.SUPREME
    return {4: CourtLevel.BASIC, 2: CourtLevel.INTERMEDIATE}.get(len(court) - 1, CourtLevel.HIGH)


@dataclass(frozen=True, slots=True)
class TypeCode:
    """One 类型代字. ``lowest`` is the lowest court that may use it; ``counts`` whether it is a 件.

    ``verified`` is false where the code was not found in the published table.
    """

    code: str
    label: str
    family: str = ""
    lowest: CourtLevel = CourtLevel.BASIC
    counts: bool = True
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a number may be made of. ``courts`` maps codes to names, ``types`` codes to what they mean.

    ``provinces`` are the one-character short names with which a court code begins.
    """

    courts: Mapping[str, str]
    types: Mapping[str, TypeCode]
    provinces: frozenset[str]
