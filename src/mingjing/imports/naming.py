"""Names of columns and keys as they are compared: ``Date_Filed`` and ``date filed`` are one."""

from __future__ import annotations

import re
import unicodedata

_BRACKET = re.compile(r"[(（]([^()（）]*)[)）]$")
_FILLING = re.compile(r"[\s_.\-‐－·/]+")
_TRADITIONAL = str.maketrans(
    "號類別適審屆滿結辦屬標題當時間額執開單訴請書長來員錄記錢費門終實際條發布應級種務處間領導處關聯責機構從隊頁數據",
    "号类别适审届满结办属标题当时间额执开单诉请书长来员录记钱费门终实际条发布应级种务处间领导处关联责机构从队页数据",
)
_ACCENTS = re.compile(r"[\u0300-\u036f]")


def bare(name: str) -> str:
    """Without unit in brackets, gaps, accents, case, traditional forms: ``標的額（萬元）`` is ``标的额``."""
    plain = _BRACKET.sub("", unicodedata.normalize("NFKC", name).strip())
    letters = _ACCENTS.sub("", unicodedata.normalize("NFD", plain))
    return _FILLING.sub("", unicodedata.normalize("NFC", letters)).lower().translate(_TRADITIONAL)


def unit_of(name: str) -> str:
    """What stands in brackets behind a name: ``万元`` of ``标的额（万元）``; empty where nothing does."""
    match = _BRACKET.search(unicodedata.normalize("NFKC", name).strip())
    return match[1] if match else ""
