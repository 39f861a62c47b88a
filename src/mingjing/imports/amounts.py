"""Sums of money as people type them → yuan, exact."""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

from mingjing.domain.reasons import Ambiguous, Unreadable

_UNITS: dict[str, Decimal] = {
    "": Decimal(1),
    "元": Decimal(1),
    "圆": Decimal(1),
    "千元": Decimal(1000),
    "万": Decimal(10_000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "千万元": Decimal(10_000_000),
    "亿": Decimal(100_000_000),
    "亿元": Decimal(100_000_000),
}
UNITS = tuple(unit for unit in _UNITS if unit)
_AMOUNT = re.compile(
    r"(?P<minus>[-−]|负)?(?P<number>\d+(?:,\d+)*(?:\.\d+)?|\.\d+)(?P<unit>[百千]?万元?|千元|亿元?|元|圆)?[整正]?"
)
_BARE = re.compile(r"\d{1,15}(?:\.\d{1,8})?", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,4}(?:,\d{4})+(?:\.\d+)?")
_CAPITALS = {"零": 0, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9}
_STEPS = {"拾": 10, "佰": 100, "仟": 1000}
_CAPITAL = re.compile(r"[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+[元圆][零壹贰叁肆伍陆柒捌玖角分]*[整正]?")
EXAMPLE = "1,286,400.00元 或 128.64万元"


def read_amount(text: str, unit: str = "") -> Decimal:
    """Yuan with two decimals. ``unit`` is the column's, used where the cell names none.

    Raises
    ------
    Ambiguous    ``1.286.400,00``: comma and point in a foreign order
    Unreadable   no amount, or a fraction of a fen
    """
    if _BARE.fullmatch(text):
        return in_fen(Decimal(text) * _UNITS[unit], text)
    shown = unicodedata.normalize("NFKC", text)
    shown = re.sub(r"\s+|人民币|RMB|CNY|¥|￥", "", shown, flags=re.IGNORECASE)
    if _CAPITAL.fullmatch(shown):
        return _capital(shown)
    bracketed = re.fullmatch(r"\((.+)\)", shown)
    match = _AMOUNT.fullmatch(bracketed[1] if bracketed else shown)
    if match is None:
        if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?[^\d]*", shown):
            raise Ambiguous(f"“{text}”里逗号和点的用法看不准：点应是小数点，逗号分隔千位。", example=EXAMPLE)
        raise Unreadable(f"“{text}”不是金额。", example=EXAMPLE)
    number = match["number"]
    if "," in number and not _GROUPED.fullmatch(number):
        raise Ambiguous(f"“{text}”的逗号没有按千位分隔，看不准是多少。", example=EXAMPLE)
    yuan = Decimal(number.replace(",", "")) * _UNITS[match["unit"] or unit]
    return in_fen(-yuan if match["minus"] or bracketed else yuan, text)


def yuan_of(number: float, unit: str = "") -> Decimal:
    """A spreadsheet's number in yuan, rounded half up to the fen (a formula's thirds are not a mistake)."""
    if not math.isfinite(number) or abs(number) >= 1e15:
        raise Unreadable(f"“{number}”不是金额。", example=EXAMPLE)
    yuan = Decimal(repr(number)) * _UNITS[unit]
    return in_fen(yuan.quantize(Decimal("0.01"), ROUND_HALF_UP), str(number))


def in_fen(yuan: Decimal, text: str) -> Decimal:
    """``yuan`` with exactly two decimals; finer amounts are refused, not rounded."""
    if abs(yuan) >= Decimal(10) ** 15:
        raise Unreadable(f"金额“{text}”大得不合情理。", example=EXAMPLE)
    fen = yuan.quantize(Decimal("0.01"))
    if fen != yuan:
        raise Unreadable(f"金额“{text}”精确到了分以下，请核对。", example=EXAMPLE)
    return fen


def _capital(shown: str) -> Decimal:
    whole, _, rest = re.sub("[整正]", "", shown).replace("圆", "元").partition("元")
    fen = Decimal(0)
    for digit, step in re.findall(r"([壹贰叁肆伍陆柒捌玖])([角分])", rest):
        fen += _CAPITALS[digit] * (Decimal("0.1") if step == "角" else Decimal("0.01"))
    return (Decimal(_whole(whole)) + fen).quantize(Decimal("0.01"))


def _whole(capitals: str) -> int:
    total, section, digit = 0, 0, 0
    for character in capitals:
        if character in _CAPITALS:
            digit = _CAPITALS[character]
        elif character in _STEPS:
            section += (digit or 1) * _STEPS[character]
            digit = 0
        else:
            scale = 10_000 if character == "万" else 100_000_000
            total = (
                (total + section + digit) * scale if character == "亿" else total + (section + digit) * scale
            )
            section = digit = 0
    return total + section + digit
