"""Case numbers by the thousand: of those that differ in the serial alone only one is taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from mingjing.domain.casenumbers.grammar import read_case_number
from mingjing.domain.casenumbers.vocabulary import Vocabulary

_USUAL = re.compile(r"（([0-9]{4})）([\u4e00-\u9fff0-9]*[\u4e00-\u9fff])([1-9][0-9]{0,8})号")


class NumberParts(NamedTuple):
    """What of a case number is stored beside it; ``normalised`` is the number itself."""

    normalised: str
    year: int
    type_code: str
    serial: int


@dataclass(slots=True)
class Numbers:
    """Reads the case numbers of one file.

    Whether year, court and type exist and go together is asked of the grammar once for each combination;
    a number in any other spelling is read by the grammar itself.
    """

    vocabulary: Vocabulary
    latest_year: int | None = None
    _known: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)

    def read(self, text: str) -> NumberParts:
        """The parts of a number.

        Raises
        ------
        Unreadable, WrongCourtLevel   as ``read_case_number``
        """
        match = _USUAL.fullmatch(text)
        if match is not None:
            found = self._known.get((match[1], match[2]))
            if found is not None:
                return NumberParts(text, *found, int(match[3]))
        number = read_case_number(text, self.vocabulary, latest_year=self.latest_year)
        normalised = number.normalised
        if match is not None and normalised == text:
            self._known[match[1], match[2]] = (number.year, number.type_code)
        return NumberParts(normalised, number.year, number.type_code, number.serial)
