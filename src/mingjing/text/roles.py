"""What a figure counts: cases received, closed or pending, of which topic, of which court; or a movement."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from mingjing.text import units
from mingjing.text.figures import Figure

RECEIVED, FILED, CARRIED, CLOSED, PENDING = "受理", "新收", "旧存", "结案", "未结"

_VERBS = (
    (CARRIED, r"[年月季期]初(?:存案|未结)|上(?:年|月|季度?)末?(?:存案|未结)"),
    (
        PENDING,
        r"(?:[年月期]末|季度?末)?未审?执?办?结(?:案件|案)?|尚未[审执办]结|结余|(?:年|月|季度?|期)末存案|未结存",
    ),
    (CARRIED, r"旧存|旧受|上年结转|结转|期初存案|上期未结"),
    (FILED, r"新收|新立|登记立案|(?<!转)立案(?!阶段|庭|信访|前|环节)|收案|受案|共收(?=$)"),
    (RECEIVED, r"受理"),
    (CLOSED, r"审执结|审结|执结|办结|结案|(?<!了)结$|审理终结|终结案件|案件终结|^终结(?:案件)?$|执行完毕"),
)
_ROLE = re.compile("|".join(f"(?P<r{index}>{pattern})" for index, (_, pattern) in enumerate(_VERBS)))
_NOISE = re.compile(
    r"^(?:含|包括|连同|加上)|本级|各类各项|各类|案件|案$|(?<=法)院|的|共计|总共|一共|累计|共|全部|总计|合计|总数|数量|数(?=为|达|$)|依法|已经|已|及时|高效"
    r"|今年以来|以来|今年|去年|上年|本年|全年|期间|同期|其中|分别|妥善|达到|达|为|是|有|新|各|等|完成|上半年|下半年|年度|[,:(]"
    r"|\d+年|\d+(?:至|-|—|~)\d+月|\d+月|前?[第一二三四]+季度|平均|高效|稳妥|成功|公正|及"
)
_SCOPE = re.compile(
    r"全[市区省州县盟]法院|全[市区省州县盟](?:两级)?(?:各级)?法院|两级法院|[^,。;:、\d]{0,6}(?:中级人民法院|人民法院|中院|高院)"
    r"|(?:^|(?<=[,。;:、(]))[一-鿿]{2,3}法院|市中院|中院|本院|我院|全院|基层法院|[^,。;:、\d]{1,4}(?:法庭|庭|团队)|全市|全区|全省|全县"
)
OWN = ("本院", "我院", "全院")

_UP = (
    *("上升", "增长", "增加", "提升", "提高", "上涨", "上扬", "递增", "扩大", "延长", "攀升", "增幅", "升幅"),
    *("涨幅", "多收", "多结", "净增", "增多"),
)
_DOWN = (
    *(
        "下降",
        "减少",
        "降低",
        "回落",
        "下滑",
        "压减",
        "压降",
        "提速",
        "压缩",
        "压缩",
        "缩短",
        "缩减",
        "缩小",
        "下跌",
        "降幅",
    ),
    *("减幅", "少收", "少结", "收窄", "精简", "净减", "低于", "落后", "落后于", "少", "低", "快", "早", "短"),
)
_BARE = ("多", "高", "慢", "长", "少", "低", "快", "早")
"""Words that say how something moved only where a level to compare with stands before them."""
WAYS = "|".join(sorted({*_UP, *_DOWN} - {*_BARE, "低于", "落后", "落后于"}, key=len, reverse=True))
_ALL_WAYS = "|".join(sorted({*_UP, *_DOWN, *_BARE}, key=len, reverse=True))
_MOVE = re.compile(
    r"(?:(?P<against>同比|环比|(?:较|比|与)(?:上年|去年|前年|上月|上季度|上一?年度?|整改前|此前)?(?:同期|全年)?[^,。;]{0,8}?)"
    r"(?:再|又|分别|均|大幅|有所|显著|稳步|明显|平均|相比|各)*)?"
    rf"(?P<way>{WAYS})(?:了|幅度|幅|率)?(?:分别)?(?:达到|达|为|近|约|超)?$"
)
_BARE_MOVED = re.compile(
    r"^(?:又|再|整整|足足|一共|总共)?(?P<way>[快慢多少高低长短早晚])(?:出)?了(?:近|约)?$"
)
_BARE_AGAINST = re.compile(
    r"(?P<against>(?:较|(?<![占同环])比)(?:(?:上年|去年|前年)?(?:\d{1,2}月份?|第?[一二三四]季度|[上下]半年)|上一?批|前一[批期季年]|第[一二三四]批|上年|去年|前年|上月|上季度|上期|年初)"
    r"(?:同期|同时|底|末)?[^,。;\d]{0,6}?)"
    rf"(?P<way>{'|'.join(_BARE)})(?:了|出)?(?:近|约)?$"
)
_ABOVE = re.compile(
    r"(?P<way>高于|高出|超出|超过|低于|落后于?|低)(?P<against>[^,。;:\d]{0,14}?)(?:了|近|约)?$"
)
_MOVE_FROM = re.compile(
    r"(?P<against>(?:较|(?<![占同环])比)[^,。;:()%]{0,12}?)"
    r"(?:\((?:[^()]{0,16}?[,、占])?[\d,.]+[^\d,。;:()]{1,4}\)|的?[\d,.]+[^\d,。;:()%]{1,3})"
    rf"(?:又|再|净|大幅|均)?(?P<way>{_ALL_WAYS})(?:了|近|约)?$"
)
GOOD_UP = re.compile(
    r"结案率|执结率|审结率|办结率|调解率|调撤率|服判息诉率|到位率|合格率|满意度|满意率|应诉率|宣判率|公开率|履行率|"
    r"清结率|结收比|完成率|整改率|销号率|优秀率|法定(?:审限|期限)内结案率|调撤|撤诉率|化解率|自动履行"
)
GOOD_DOWN = re.compile(
    r"发改率|改判率|发回率|上诉率|信访率|申诉率|差错率|错误率|投诉率|超审限率|瑕疵率|延长审限率|长期未结|平均[^,。;]{0,6}(?:天数|用时|时长|周期)|"
    r"案访比|案件比|不合格率"
)


@dataclass(frozen=True, slots=True)
class Role:
    """``kind`` one of the five words above or empty; ``topic`` the cases meant (执行), empty for all;
    ``scope`` the court or division named in the clause, empty where none is."""

    kind: str
    topic: str
    scope: str


@dataclass(frozen=True, slots=True)
class Movement:
    """``sign`` 1 up, -1 down; ``against`` what it is compared with, as printed."""

    sign: int
    against: str


@lru_cache(maxsize=4096)
def _role(subject: str, after: str) -> Role:
    scope = ""
    named = _SCOPE.search(subject)
    if named:
        scope = named.group()
    bare = _SCOPE.sub("", subject)
    places = list(_ROLE.finditer(bare))
    if not places:
        return Role("", clean(bare), scope)
    place = places[-1]
    kind = next(name for index, (name, _) in enumerate(_VERBS) if place.group(f"r{index}") is not None)
    head, tail = bare[: place.start()], bare[place.end() :]
    topic = clean(head) + clean(tail)
    if not topic and place.group() == "执结":
        topic = ""
    if after and not tail and after.endswith("案件"):
        topic = topic or clean(after)
    return Role(kind, topic, scope)


def role_of(figure: Figure) -> Role:
    """What a count of cases counts; a figure in another unit has no kind."""
    if figure.unit not in units.CASES:
        return Role("", clean(_SCOPE.sub("", figure.subject)), _scope(figure.subject))
    return _role(figure.subject, figure.after)


def role_in(words: str) -> Role:
    """What a phrase speaks of, whatever unit it is counted in."""
    return _role(words, "")


def _scope(subject: str) -> str:
    found = _SCOPE.search(subject)
    return found.group() if found else ""


def scope_within(text: str) -> str:
    """The court or division a stretch of text names first; empty where it names none."""
    return _scope(text)


@lru_cache(maxsize=4096)
def clean(words: str) -> str:
    """The words without what any report adds: 依法, 共, 各类, 案件, periods."""
    return _NOISE.sub("", words).strip(" ,:、()“”")


def bare_topic(words: str) -> str:
    """The cases a rate is named after, without the court: 全市法院民事 is 民事."""
    return clean(re.sub(r"综合|总体|整体|实际", "", _SCOPE.sub("", words)))


def sign_of(way: str) -> int:
    """-1 for a word that says less, 1 for one that says more."""
    return -1 if way in _DOWN else 1


def movement_against(head: str) -> Movement | None:
    """较6月30日的1,246件减少, the text before a figure: a movement from the figure printed before it."""
    found = _MOVE_FROM.search(head)
    return Movement(sign_of(found["way"]), found["against"]) if found else None


def movement_of(figure: Figure) -> Movement | None:
    """How the figure says something moved: 同比上升18.71%; None where it says no such thing."""
    found = _MOVE.search(figure.subject) or _BARE_AGAINST.search(figure.subject)
    bare = _BARE_MOVED.search(figure.subject)
    if not found and bare:
        return Movement(sign_of(bare["way"]), "")
    if not found and figure.unit == units.POINT:
        found = _ABOVE.search(figure.subject)
    if not found:
        return None
    if not found["against"] and re.search(r"(?:从|由)$", figure.subject[: found.start()]):
        return None
    return Movement(sign_of(found["way"]), found["against"] or "")
