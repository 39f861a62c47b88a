"""Numbers as reports write them: 47407, 47,407, 1.67亿, 四万七千, 百分之九十五点六, 十七."""

from __future__ import annotations

import re
from fractions import Fraction

DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "参": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8,
    "玖": 9,
}  # fmt: skip
TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
SCALES = {
    "": 1,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "万亿": 10**12,
}

ARABIC = r"(?<![\d.])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
CHINESE = r"[零一二两三四五六七八九十百千万亿壹贰叁参肆伍陆柒捌玖拾佰仟]+(?:点[零一二三四五六七八九]+)?"
_GROUPS = re.compile(r"\d{1,3}(?:,\d{3})+")


def arabic(text: str) -> Fraction:
    """The value of digits, with or without thousands separators."""
    return Fraction(text.replace(",", ""))


def decimals_of(text: str) -> int:
    """How many digits stand after the point."""
    for point in (".", "点"):
        if point in text:
            return len(text.split(point, 1)[1])
    return 0


def chinese(text: str) -> Fraction | None:
    """The value of Chinese numerals; None where they are no number (百千, 万一, 十十).

    Digits one after another are read as digits: 二零二一 is 2021.
    """
    whole, _, decimals = text.partition("点")
    if decimals:
        value = chinese(whole)
        digits = "".join(str(DIGITS[sign]) for sign in decimals)
        return None if value is None else value + Fraction(int(digits), 10 ** len(digits))
    if len(whole) > 1 and all(sign in DIGITS for sign in whole):
        return Fraction(int("".join(str(DIGITS[sign]) for sign in whole)))
    total, section, digit = 0, 0, -1
    last = 10**9
    for sign in whole:
        if sign in DIGITS:
            if digit > 0:
                return None
            digit = DIGITS[sign]
            continue
        if sign in TENS:
            unit = TENS[sign]
            if unit >= last or (digit < 0 and unit != 10):
                return None
            section += (1 if digit < 0 else digit) * unit
            last, digit = unit, -1
            continue
        if section == 0 and digit <= 0 and total == 0:
            return None
        total = (total + section + max(digit, 0)) * SCALES[sign]
        section, digit, last = 0, -1, 10**9
    return Fraction(total + section + max(digit, 0))


def read_number(text: str) -> Fraction | None:
    """The value of either kind of numeral."""
    return arabic(text) if text[0].isdigit() else chinese(text)
