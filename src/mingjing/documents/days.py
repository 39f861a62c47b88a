"""Days as documents write them."""

from __future__ import annotations

from datetime import date


def format_day(day: date) -> str:
    """``2026年9月30日``: Arabic figures, no leading zero (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"
