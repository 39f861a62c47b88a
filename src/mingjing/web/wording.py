"""Dates, spans, money and numbers in the words a Chinese reader expects."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from mingjing.domain.expressions.reading import ExpressionError, read_expression
from mingjing.domain.expressions.speaking import spoken

DIGITS = "〇一二三四五六七八九"
WEEKDAYS = "一二三四五六日"
_PLACES = ("", "十", "百", "千")
_SIGN = re.compile(r"[<>]|[=!]=|\b(?:and|or|not|in)\b")
_PARTS, _NEED = re.compile(r"[^；]+"), re.compile(r"(?<=条件：).+?(?=，否则“)")


def chinese_number(number: int) -> str:
    """``12`` → ``十二``, ``305`` → ``三百零五``. From 0 to 9999; other numbers stay figures."""
    if not 0 <= number <= 9999:
        return f"{number:,}"
    if number == 0:
        return "零"
    words, gap = "", False
    figures = str(number)
    for place, figure in zip(range(len(figures) - 1, -1, -1), figures, strict=True):
        if figure == "0":
            gap = True
            continue
        words += ("零" if gap and words else "") + DIGITS[int(figure)] + _PLACES[place]
        gap = False
    return words[1:] if words.startswith("一十") else words


def chinese_day(day: date, on: date | None = None) -> str:
    """``九月三十日``; with the year in front (``二〇二五年九月三十日``) unless it is the year of ``on``."""
    words = f"{chinese_number(day.month)}月{chinese_number(day.day)}日"
    if on is not None and on.year == day.year:
        return words
    return "".join(DIGITS[int(figure)] for figure in f"{day.year:04d}") + f"年{words}"


def chinese_weekday(day: date) -> str:
    """``星期三``."""
    return f"星期{WEEKDAYS[day.weekday()]}"


def days_away(day: date, on: date) -> str:
    """How far ``day`` is from ``on`` in calendar days: ``逾期 2 天``, ``今天``, ``明天``, ``还有 5 天``."""
    days = (day - on).days
    if days < 0:
        return f"逾期 {-days:,} 天"
    return {0: "今天", 1: "明天"}.get(days, f"还有 {days:,} 天")


def days_late(day: date, done: date) -> str:
    """``晚 3 天`` where ``done`` lies behind ``day``; empty otherwise."""
    return f"晚 {(done - day).days:,} 天" if done > day else ""


def age(days: int) -> str:
    """The age of a case: ``12 天``, ``5 个月``, ``1 年 4 个月``; a month counts 30 days, a year 365."""
    if days < 60:
        return f"{days} 天"
    years, rest = divmod(days, 365)
    months = min(rest // 30, 11)
    parts = [f"{years} 年" if years else "", f"{months} 个月" if months else ""]
    return " ".join(part for part in parts if part)


def clock_time(span: timedelta | float) -> str:
    """A time that was measured, two units at most: ``0.4 秒``, ``3 分 20 秒``, ``2 小时 5 分``."""
    seconds = span.total_seconds() if isinstance(span, timedelta) else float(span)
    if seconds < 10:
        return f"{seconds:.1f} 秒"
    whole = round(seconds)
    units = ((86400, "天"), (3600, "小时"), (60, "分"), (1, "秒"))
    for (size, word), (below, below_word) in pairwise(units):
        if whole >= size:
            rest = whole % size // below
            return f"{whole // size} {word}" + (f" {rest} {below_word}" if rest else "")
    return f"{whole} 秒"


def yuan(amount: Decimal | float | str) -> str:
    """``1,286,400.00``: yuan with two decimals, half a fen rounded up."""
    return f"{Decimal(str(amount)).quantize(Decimal('0.01'), ROUND_HALF_UP):,}"


def short_department(name: str) -> str:
    """民事审判第一庭 → 民一庭, 刑事审判庭 → 刑庭, 审判管理办公室 → 审管办; other names unchanged."""
    known = {"审判管理办公室": "审管办", "综合办公室": "综合办"}
    match = re.fullmatch(r"(.)事审判(?:第(.))?庭|行政审判(?:第(.))?庭", name)
    if match is None:
        return known.get(name, name)
    field, number = match[1] or "行", match[2] or match[3] or ""
    return f"{field}{number}庭"


def file_size(size: int) -> str:
    """Bytes as people read them: ``812 字节``, ``1.4 KB``, ``23.0 MB``, ``1.2 GB``."""
    if size < 1024:
        return f"{size} 字节"
    power = min((size.bit_length() - 1) // 10, 3)
    return f"{size / 1024**power:,.1f} {('', 'KB', 'MB', 'GB')[power]}"


def conditions_said(text: str) -> str:
    """``用途 == 合同 and 金额 >= 5000`` → ``用途为“合同”，并且金额不少于 5000``; other texts unchanged."""
    return _PARTS.sub(lambda part: _condition_said(part[0]), text) if _SIGN.search(text) else text


def _condition_said(text: str) -> str:
    if _NEED.search(text):
        return _NEED.sub(lambda part: _condition_said(part[0]), text)
    try:
        return spoken(read_expression(text.strip())) if _SIGN.search(text) else text
    except ExpressionError:
        return text
