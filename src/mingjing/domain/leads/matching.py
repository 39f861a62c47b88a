"""Whether somebody met at the court is on a list of names: certainly, possibly, or not (R-093)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum


class Likeness(Enum):
    """CERTAIN: name and number agree. POSSIBLE: one of them agrees and nothing contradicts. NONE: no hit."""

    CERTAIN = "确定"
    POSSIBLE = "可能"
    NONE = "不是"


@dataclass(frozen=True, slots=True)
class Named:
    """A person or unit by name and, where it is known, number (身份证号、统一社会信用代码)."""

    name: str
    number: str = ""


def match(listed: Named, met: Named) -> Likeness:
    """How sure it is that two entries mean the same.

    Full and half width, spaces, middle dots and capitals make no difference. It is certain only where name
    and number agree both: the same number under another name may be a slip of the pen, two different numbers
    are two people of one name.
    """
    same_name = plain_name(listed.name) == plain_name(met.name) != ""
    one, other = _number(listed.number), _number(met.number)
    if one and other and one != other:
        return Likeness.NONE
    if one and other:
        return Likeness.CERTAIN if same_name else Likeness.POSSIBLE
    return Likeness.POSSIBLE if same_name else Likeness.NONE


def plain_name(text: str) -> str:
    """A name as it is compared."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_IN_NAMES)
    return "".join(sign for sign in folded if not sign.isspace() and sign not in "·•・.-‧")


_TRADITIONAL = (
    "楊吳羅鄭馮鄧蕭葉呂盧蔣賈閻譚鄒湯龔龐蘭欒鄔駱饒婁竇魯韋畢聶叢鮑華倫偉豔艷傑濤鵬鳳蓮蘋瓊瑩穎榮貴興"
    "豐義禮輝煥燦銘鋒鋼錦鍾鐘濱瀾灣潔淵滬賢貞賓質贊揚曉曄暉楓漁營爾獻礦競節築糧紡納綱緯練纖習聖聞聰藥"
    "術衛親詩誠誼談諾負貿購軒連遷鈞鈺鏡鑄閔閩閣韻頌頤顏飯飲駿髮鳥鴻鵑鶴麥廬彥嶺嶽倉們備傳價儀優儲凱劑"
    "勳廈喬圓堅塊壩壽嬌岡張"
)
_SIMPLIFIED = (
    "杨吴罗郑冯邓萧叶吕卢蒋贾阎谭邹汤龚庞兰栾邬骆饶娄窦鲁韦毕聂丛鲍华伦伟艳艳杰涛鹏凤莲苹琼莹颖荣贵兴"
    "丰义礼辉焕灿铭锋钢锦钟钟滨澜湾洁渊沪贤贞宾质赞扬晓晔晖枫渔营尔献矿竞节筑粮纺纳纲纬练纤习圣闻聪药"
    "术卫亲诗诚谊谈诺负贸购轩连迁钧钰镜铸闵闽阁韵颂颐颜饭饮骏发鸟鸿鹃鹤麦庐彦岭岳仓们备传价仪优储凯剂"
    "勋厦乔圆坚块坝寿娇冈张"
)
_IN_NAMES = {ord(old): new for old, new in zip(_TRADITIONAL, _SIMPLIFIED, strict=True)}
"""Characters met in names of people and firms, beside those of running text (``text.folding``)."""
_LONG = 18


def _number(text: str) -> str:
    """A number as it is compared; empty for what is none (无、不详、0000). A citizen's number of 18 figures
    is compared in its older form of 15, without the century and the check figure."""
    folded = unicodedata.normalize("NFKC", text).upper()
    plain = "".join(sign for sign in folded if not sign.isspace() and sign not in "-－—")
    if not re.fullmatch(r"[0-9A-Z]{8,}", plain) or len(set(plain)) == 1:
        return ""
    citizen = len(plain) == _LONG and plain[:17].isdigit() and plain[6:8] == "19"
    return plain[:6] + plain[8:17] if citizen else plain
