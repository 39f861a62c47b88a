"""More done than there was to do: 处置378件，执结402件; a rate 高出…26.1% of another; days come too early."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from mingjing.text.checks.bases import is_prior
from mingjing.text.checks.parts import additive
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading
from mingjing.text.roles import CARRIED, CLOSED, FILED, RECEIVED, sign_of

_TO_DO = re.compile(
    r"(?:处置|排查|评查|抽查|抽取|检查|梳理|发现|收到|接收|交办|登记|核查|核实|清理|纳入|督办|委派|委托|上拍|摸排|办理|回访|拨打|查摆|反馈|受理"
    r"|应[^,。;急用诉]{1,4}|申请|报送|征集|收集|移送|转办|列入|确定)[^,。;:]{0,12}$"
)
_DONE = re.compile(
    r"^(?:其中|目前|现|实际)?(?:已|均|全部|共|成功|按期|按时)*(?:[审执办化]结|化解|整改|完成|销号|答复|回复|采纳|成交|接通|办理完毕|调解成功|成功|整改到位"
    r"|通过|合格|到位|结案|办复|清理|发放|处理|解决|履行完毕|实到|签订)[^,。;:]{0,4}$"
)
_OTHERWISE = re.compile(r"另|往年|上年|以前|存量|旧存|累计|含|历史|此前|结转|超额|同时")
_HIGHER = re.compile(r"(?P<way>高出|高于|低于|超出|高|低|提高|上升|下降|降低|提升)[^,。;:\d]{0,16}$")
_SIGNED = re.compile(r"^\s*\(?(?P<year>20\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})日\)?\s*$")
_ASKED = re.compile(
    r"(?<!\d)(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:之?前|以前)(?:[,，]|将|报|书面|完成|整改|反馈|上报|报送|落实)"
)

_CLOSINGS = [
    re.compile(rf"^(?:共|其中|共计|全年)?{verb}(?:案件|各类案件)?$") for verb in ("审执结", "审结", "执结")
]
LATE = 120
"""Days; what is asked for by a day longer before is of another year."""


def check_overdone(reading: Reading) -> Iterator[Finding]:
    """All checks of this file."""
    for segment in reading.segments.values():
        yield from _more_done(reading, segment)
    for sentence in reading.sentences.values():
        yield from _points_meant(reading, sentence)
        yield from _apart_from(sentence, reading)
    yield from _shares_of_closed(reading)
    yield from _too_early(reading)


def _more_done(reading: Reading, segment: list[Figure]) -> Iterator[Finding]:
    levels = [
        one for one in segment
        if one.exact and not one.is_rate and additive(one) and reading.movement(one) is None
    ]  # fmt: skip
    for place, done in enumerate(levels[1:], 1):
        begun = levels[place - 1]
        if begun.unit != done.unit or done.value <= begun.value or not _DONE.search(done.subject):
            continue
        kinds = {reading.role(begun).kind, reading.role(done).kind}
        if kinds & {FILED, CARRIED} or kinds == {RECEIVED, CLOSED} or not _TO_DO.search(begun.subject):
            continue
        words = reading.folded[begun.segment[0] : done.end]
        between = reading.between(begun, done)
        if _OTHERWISE.search(words) or len(between) > 16 or is_prior(reading, begun) or "(" in between:
            continue
        if done.value > begun.value * 3:
            continue
        yield Finding(
            "subset", Verdict.TENSION, done.start, done.end,
            f"{done.subject}{done.text}，比前面的{begun.subject}{begun.text}还多",
            (f"{done.text} − {begun.text} = {done.worded(done.value - begun.value)}",),
            ("核对两个数，或写明含往年的",), ((begun.start, begun.end),),
        )  # fmt: skip


def _points_meant(reading: Reading, sentence: list[Figure]) -> Iterator[Finding]:
    """重刑率35.4%，高出全部刑事案件26.1%（9.3%）: two rates less each other are points."""
    for place in range(1, len(sentence) - 1):
        one, moved, other = sentence[place - 1 : place + 2]
        if any(each.unit != "%" or not each.exact for each in (one, moved, other)):
            continue
        said = _HIGHER.search(moved.subject)
        if (
            said is None
            or not other.value
            or not re.fullmatch(r"\([^()\d]{0,14}", reading.between(moved, other))
        ):
            continue
        sign = -1 if said["way"] in ("低于", "低") else sign_of(said["way"])
        apart = (one.value - other.value) * sign
        if apart != moved.value or abs(apart * 100 / other.value - moved.value) < 1:
            continue
        yield Finding(
            "points", Verdict.MISMATCH, moved.start, moved.end,
            f"两个比率相减得到的是个百分点，不是百分数：应写 {moved.text.rstrip('%')} 个百分点",
            (f"{one.text} − {other.text} = {moved.text.rstrip('%')} 个百分点",),
            (f"改为 {moved.text.rstrip('%')} 个百分点",), ((one.start, one.end), (other.start, other.end)),
        )  # fmt: skip


def _apart_from(sentence: list[Figure], reading: Reading) -> Iterator[Finding]:
    """91.3%，高于全市平均值（88.7%）2.6个百分点: the rate in the bracket is what it is held against."""
    for place in range(1, len(sentence) - 1):
        one, other, moved = sentence[place - 1 : place + 2]
        if not (one.unit == other.unit == "%" and moved.unit == "个百分点" and one.exact and other.exact):
            continue
        said = re.fullmatch(
            r"[,)]*[^,。;:()\d]{0,6}(?P<way>高于|低于|高出|超出|超过|落后于?)[^,。;:()\d]{1,16}\(",
            reading.between(one, other),
        )
        if said is None or reading.between(other, moved) != ")" or not moved.exact:
            continue
        apart = (one.value - other.value) * (-1 if said["way"] in ("低于", "落后", "落后于") else 1)
        if abs(apart - moved.value) <= min(one.step, other.step) / 2:
            continue
        yield Finding(
            "points", Verdict.MISMATCH, moved.start, moved.end,
            f"{said['way']}写作{moved.text}，按文中的两个比率应为 {moved.worded(apart)}",
            (f"{one.text} − {other.text} = {moved.worded(one.value - other.value)}",),
            (f"改为 {moved.worded(abs(apart))}", "或核对两个比率"),
            ((one.start, one.end), (other.start, other.end)),
        )  # fmt: skip


def _shares_of_closed(reading: Reading) -> Iterator[Finding]:
    """审执结4137件；审结2658件；执结1479件 of one paragraph: the first is the other two."""
    for paragraph in reading.by_paragraph.values():
        levels = [
            one for one in paragraph if one.unit == "件" and one.exact and reading.movement(one) is None
        ]
        named = [[one for one in levels if _CLOSINGS[which].search(one.subject)] for which in range(3)]
        if any(len(found) != 1 for found in named):
            continue
        whole, one, other = (found[0] for found in named)
        added = one.value + other.value
        if not whole.start < one.start < other.start or is_prior(reading, one) or is_prior(reading, other):
            continue
        if added == whole.value or abs(added - whole.value) * 20 > whole.value:
            continue
        yield Finding(
            "parts", Verdict.MISMATCH, other.start, other.end,
            f"审结、执结相加是 {whole.worded(added)}，审执结写作{whole.text}",
            (f"{one.text} + {other.text} = {whole.worded(added)}",), ("核对这三个数",),
            ((whole.start, whole.end), (one.start, one.end)),
        )  # fmt: skip


def _too_early(reading: Reading) -> Iterator[Finding]:
    """于6月15日前报送, signed 7月6日: what is still asked for cannot be due before the paper was signed."""
    signed = None
    for paragraph in reading.outline.paragraphs:
        if match := _SIGNED.match(reading.folded[paragraph.start : paragraph.end]):
            signed = (paragraph, match)
    if signed is None:
        return
    day = _day(signed[1], 0)
    for match in _ASKED.finditer(reading.folded):
        head = reading.folded[reading.outline.sentence_at(match.start())[0] : match.start()]
        due = _day(match, int(signed[1]["year"]))
        if due is None or day is None or not re.search(r"要|须|请|限|务必|应当|确保", head) or "已" in head:
            continue
        if 0 < (day - due).days < LATE:
            label = match.group().split("日")[0] + "日"
            yield Finding(
                "date", Verdict.TENSION, match.start(), match.start() + len(label),
                f"要求{label}前办的事，文末落款是{signed[1].group().strip()}，已经过了",
                (f"{label}早于落款",),
                ("核对限期或落款",), ((signed[0].start, signed[0].end),),
            )  # fmt: skip


def _day(match: re.Match[str], year: int) -> date | None:
    try:
        return date(int(match["year"] or year), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
