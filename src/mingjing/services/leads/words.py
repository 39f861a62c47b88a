"""The code words of receipts: 256 words of two characters, eight of which are 64 bits of chance."""

from __future__ import annotations

FIRST, SECOND = "青红白蓝金玉春秋冬夏晨晚远近高清", "山水云月花鸟石竹林江桥舟灯门风雪"
WORDS = tuple(first + second for first in FIRST for second in SECOND)
"""Easy to write down, to read out over the telephone and to type; no word is another one turned round."""
