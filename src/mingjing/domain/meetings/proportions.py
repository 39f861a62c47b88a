"""Parts of a body as rules of procedure write them: 过半数, 半数以上, 三分之二以上, 全体."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mingjing.domain.reasons import Unreadable

_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_PATTERN = re.compile(r"(超过|过)?(?:(半数)|([二三四五六七八九十])分之([一二两三四五六七八九]))(以上)?")
EXAMPLES = ("超过半数", "半数以上", "三分之二以上", "超过三分之二", "全体")


@dataclass(frozen=True, slots=True)
class Proportion:
    """``numerator/denominator`` of a body; ``beyond``: more than that part, else that part is enough.

    ``以上`` includes the figure it names (民法典第一千二百五十九条).
    """

    numerator: int
    denominator: int
    beyond: bool = False
    text: str = ""

    def __str__(self) -> str:
        return self.text

    def reached(self, count: int, of: int) -> bool:
        """Whether ``count`` out of ``of`` is enough. Of an empty body nothing is ever enough."""
        return of > 0 and count >= self.least(of)

    def least(self, of: int) -> int:
        """The smallest number out of ``of`` that is enough; at least 1."""
        whole, rest = divmod(of * self.numerator, self.denominator)
        return max(1, whole + 1 if self.beyond or rest else whole)


def read_proportion(text: str) -> Proportion:
    """Read a part of a body.

    Raises
    ------
    Unreadable   not a fraction, not 半数, not 全体, or a fraction above one
    """
    plain = "".join(text.split())
    if plain == "全体":
        return Proportion(1, 1, text=plain)
    match = _PATTERN.fullmatch(plain)
    if match is None or (match[1] and match[5]):
        raise Unreadable(f"“{text}”不是人数比例。", allowed=EXAMPLES)
    numerator, denominator = (1, 2) if match[2] else (_DIGITS[match[4]], _DIGITS[match[3]])
    if numerator > denominator or (numerator == denominator and match[1]):
        raise Unreadable(f"“{text}”超过了全体，谁也达不到。", allowed=EXAMPLES)
    return Proportion(numerator, denominator, beyond=bool(match[1]), text=plain)
