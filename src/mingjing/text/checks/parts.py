"""Parts added to their total: 其中, 共计, 分别为, brackets (N-022, N-032, N-054)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from mingjing.text.arithmetic import Span, printed, slack_of, slip
from mingjing.text.checks.bases import in_time_bracket, is_prior
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading
from mingjing.text.roles import CARRIED, CLOSED, FILED, PENDING, RECEIVED

_OPEN = re.compile(r"等|包括|包含|含|约|左右|交叉|重复|主要|不含|另|还")
_STOP = re.compile(
    r"^(?:同时|此外|另|并|还|共|累计|全年|合计|总计|共计|已|完成|均|未)|已.{0,4}$|占|人均|同比|环比|较上年|平均(?!值|线|水平|数)"
)
_TOTAL = re.compile(r"(?:^|[,、])?(?:合计|总计|共计|一共|总数为?|合计为|共)$")
_OPENED = re.compile(r"其中|^[^,。;:()\d]{0,10}中,|分别|依次|\(|:|分为")
_MARKS = "、,;"
_NEVER_ADDED = frozenset({"个百分点", "位", "天", "个月", "小时", "分钟", "日", "工作日", "倍", "分", "岁"})
_TO_EACH = re.compile(r"平均(?!值|线|水平|数)|[人日月季年周件案户场次批期庭院]均")
_UNADDED = re.compile(r"最[多少高低大小]|周期|用时|时长|每[件人案名天]|每个?[年月周季日]度?$")
_FAMILIES = (
    ("民", "刑", "行政"),
    ("新收", "旧存"),
    ("审结", "未结"),
    ("党纪", "组织处理"),
    ("政务", "组织处理"),
    ("已", "未"),
    ("立案", "审判", "执行"),
    ("判决", "调解", "撤诉"),
    ("男", "女"),
    ("一审", "二审", "再审"),
    ("有", "零"),
    ("有", "无"),
    ("查实", "查否"),
    ("属实", "不属实"),
)
_AND_OTHERS = re.compile(r"(?:及|和|与|以及)(?:其他|其它)[^,。;:\d]{0,8}$")
_HALVES = (
    ("中院", "基层"), ("实名", "匿名"), ("城", "农村"), ("线上", "线下"), ("国有", "民营"), ("出口", "进口"),
    ("税收", "非税"), ("基本支出", "项目支出"), ("省内", "省外"), ("在编", "聘用"), ("男", "女"),
    ("合议", "独任"), ("在职", "退休"), ("现场", "线上"), ("窗口", "网上"), ("正式", "预备"),
    ("院领导", "庭长"), ("审判", "执行"), ("个人", "单位"), ("重大", "一般"), ("省级", "市级"),
)  # fmt: skip
"""Two words that between them leave little over."""
_OVERLAP = re.compile(
    r"兼有|兼具|重叠|交叉|重复计|已含|均含|含在|包含在|计入|可多选|并处|同时(?:涉及|具有|属于|受)"
)
_BOTH = re.compile(r"党纪(?!政务|和政务|、政务)")


_BESIDE = re.compile(
    r"[、,]?(?:(?:涉案|涉及|结案|诉讼|总)?(?:标的总额|标的额|标的|金额|总额)(?:达|为|约|共计|共)?)?"
)
FAR = Fraction(3, 2)
"""Parts that come to more than so many times the total were not meant to be its parts."""


def check_parts(reading: Reading) -> Iterator[Finding]:
    """Totals followed by their parts, and parts followed by their total."""
    for sentence in reading.sentences.values():
        for place, figure in enumerate(sentence):
            if figure.is_rate or not additive(figure) or is_prior(reading, figure):
                continue
            if reading.movement(figure):
                continue
            readings, closed = _parts_behind(reading, sentence, place)
            if readings and not overlap(reading, figure):
                found = _weighed_best(figure, readings, closed)
                if found is not None and found.verdict.accuses and _scattered(reading, figure, readings[0]):
                    continue
                if found is not None:
                    yield found


def _scattered(reading: Reading, whole: Figure, parts: list[Figure]) -> bool:
    """党员131人，占八成；35岁以下58人: too many together, but parted like different things, and no slip."""
    rest = whole.value - sum(one.value for one in parts)
    if rest >= 0 or len(parts) < 2:
        return False
    parted = any(";" in reading.between(one, other) for one, other in itertools.pairwise(parts))
    slipped = any(slipped_for(one, one.value + rest) for one in parts)
    return parted and not slipped and not slipped_for(whole, whole.value - rest)


def nested(reading: Reading, listed: Sequence[Figure]) -> bool:
    """12个月以上9件、18个月以上4件: each holds the next, they are parts of nothing."""
    return sum(reading.folded.endswith("以上", 0, one.start) for one in listed) > 1


def overlap(reading: Reading, figure: Figure) -> bool:
    """Whether the sentence says, or its words mean, that its parts are not kept apart."""
    words = reading.folded[figure.sentence[0] : figure.sentence[1]]
    return bool(_OVERLAP.search(words)) or (
        "简易程序" in words and "小额" in words and "普通程序" not in words
    )


def additive(figure: Figure) -> bool:
    """Whether several of its kind can be added: cases and amounts, no days, averages or places in a list."""
    return not (figure.unit in _NEVER_ADDED or is_mean(figure) or _UNADDED.search(figure.subject))


def is_mean(figure: Figure) -> bool:
    """人均73件: how much to each, a part of nothing."""
    return bool(_TO_EACH.search(figure.subject))


def _weighed_best(whole: Figure, readings: list[list[Figure]], closed: bool) -> Finding | None:
    """A total is accused only where no reading of what belongs to it makes it right."""
    weighed_all = [weighed(whole, parts, closed, "parts") for parts in readings]
    right = [one for one in weighed_all if one is not None and one.verdict is Verdict.OK]
    if right:
        return right[0]
    first = weighed_all[0]
    if first is None or not first.verdict.accuses or len(readings) == 1:
        return first
    over = spans(readings[0]).low > whole.span.high
    return first if over or spans(readings[-1]).high < whole.span.low else None


def _parts_behind(reading: Reading, sentence: list[Figure], place: int) -> tuple[list[list[Figure]], bool]:
    """The figures said to be part of the one at ``place``, likeliest reading first, and whether they are
    said to be all of it.

    A list ends where a stronger mark parts it from what follows; whether what follows belongs to it still
    is left open, as a second reading.
    """
    whole = sentence[place]
    parts: list[Figure] = []
    readings: list[list[Figure]] = []
    closed, level, last, begun, inside = False, 0, whole, False, False
    for one in sentence[place + 1 :]:
        between = reading.between(last, one)
        between = re.sub(r"\([^()\d]{1,6}\)", "", between)  # 乡镇12个、村(社区)42个
        if parts and not inside and reading.depth(last) > reading.depth(one) == reading.depth(parts[0]):
            between = between.rpartition(")")[2]  # 民事73件(含附带民事61件),行政11件
        if not parts and not begun:
            opened = _OPENED.search(between)
            if not opened:
                aim = re.match(r"[^,。;\d]{0,6}的[\d.]+%", reading.folded[one.end : one.end + 16])
                if one.is_rate or reading.movement(one) or aim or _beside(one, whole, last, between):
                    last = one
                    continue
                return [], False
            if opened.group() == "(" and last is not whole:
                return [], False
            if in_time_bracket(reading, one) or re.search(r"占|较|比|同期|上年|率为|\d、$", between):
                return [], False
            before = between[: opened.start()]
            if re.search("[,。;:]" if opened.group() == "(" else ";", before) and before != ";":
                return [], False
            closed, begun, inside = "中" not in opened.group(), True, opened.group() == "("
        if (
            _skipped(reading, one)
            or counts_them(reading, one, whole)
            or (parts and _nested(reading, parts[0], one, between))
        ):
            last = one
            continue
        if one.unit != whole.unit or _is_no_part(reading, whole, one, between, bool(parts)):
            break
        mark = max((_MARKS.index(sign) + 1 for sign in between if sign in _MARKS), default=0)
        if (len(parts) > 1 and mark > level) or (len(parts) == 1 and mark == len(_MARKS)):
            readings.append(list(parts))
        if parts:
            level = max(level, mark)
        parts.append(one)
        if ")" in reading.folded[one.end : one.end + 1] and reading.depth(one) > reading.depth(whole):
            break
        last = one
    if parts:
        readings.append(parts)
        closed = closed or is_rest(reading, parts[-1])
    closed = closed or _foretold(reading, whole, parts)
    tail = reading.folded[parts[-1].end : parts[-1].end + 4] if parts else ""
    words = reading.folded[whole.end : parts[-1].end] if parts else ""
    return readings, closed and not _OPEN.search(words) and not tail.startswith("等")


def _foretold(reading: Reading, whole: Figure, parts: list[Figure]) -> bool:
    """邀请人大代表、政协委员1147人次，其中人大代表684人次、政协委员463人次: the total names them all."""
    words = reading.folded[max(whole.sentence[0], whole.start - 50) : whole.start]
    names = [re.sub(r"^其中|案件$", "", one.subject) for one in parts]
    return len(parts) > 1 and all(len(name) > 1 and name in words for name in names)


def _beside(one: Figure, whole: Figure, last: Figure, between: str) -> bool:
    """9137件15204人，其中…: the second of two counts printed together."""
    return last is whole and one.unit != whole.unit and bool(_BESIDE.fullmatch(between))


def counts_them(reading: Reading, one: Figure, whole: Figure) -> bool:
    """其余五家法院共27件: how many share a part, not a part."""
    following = reading.folded[one.end : one.end + 12]
    return one.unit != whole.unit and bool(re.match(r"[^,。;:、()\d]{0,6}共?[\d]", following))


def is_rest(reading: Reading, one: Figure) -> bool:
    """其余, 其他: the last of a list, which makes it complete."""
    clause = re.split(r"[,。;:、]|\([^()]*$", reading.folded[one.sentence[0] : one.start])[-1]
    return bool(re.match(r"因?(?:其余|其他|其它|余下|剩余|剩下)", clause) or _AND_OTHERS.search(clause))


def _nested(reading: Reading, first: Figure, one: Figure, between: str) -> bool:
    """In a bracket behind a part, or the people of the cases just counted: 9件61人."""
    return reading.depth(one) > reading.depth(first) or (not between and one.unit != first.unit)


def _skipped(reading: Reading, one: Figure) -> bool:
    """A share or a growth between two parts."""
    return one.is_rate or one.unit == "个百分点" or reading.movement(one) is not None


def _is_no_part(reading: Reading, whole: Figure, one: Figure, between: str, begun: bool) -> bool:
    if begun and ("其中" in between or ")" in between or re.search("[。!?]", between)):
        return True
    words = one.subject.removeprefix("其中").lstrip(",:")
    if begun and (_STOP.search(words) or re.match("平均每", reading.clause(one))):
        return True
    if _TOTAL.search(words):
        return True
    total, part = reading.role(whole), reading.role(one)
    if total.kind == part.kind:
        dated = one.own_period and re.match(r"(?:其中)?20\d\d年", one.subject)
        return begun and bool(part.kind) and not part.topic and not dated
    if total.kind in (RECEIVED, "") and part.kind in (FILED, CARRIED):
        return False
    if total.kind == RECEIVED and part.kind in (CLOSED, PENDING):
        return True
    if total.kind and not part.kind:
        return False
    return bool(part.kind) and bool(total.kind)


def weighed(whole: Figure, parts: list[Figure], closed: bool, code: str) -> Finding | None:
    """The total against its parts; ``closed`` where the text says that they are all of it."""
    beside = tuple((one.start, one.end) for one in parts)
    added = Fraction(sum(one.value for one in parts))
    line = " + ".join(one.text for one in parts) + f" = {whole.worded(added)}"
    if not whole.exact or not all(one.exact for one in parts):
        return Finding(
            code,
            Verdict.APPROX,
            whole.start,
            whole.end,
            f"{whole.text}的分项里有约数，只能大致相加",
            (line,),
            (),
            beside,
        )
    spread = spans(parts)
    near = abs(added - whole.value) <= slack_of([one.step for one in (whole, *parts) if one.value])
    if near and (len(parts) > 1 or closed):
        return Finding(
            code, Verdict.OK, whole.start, whole.end, f"分项相加等于{whole.text}", (line,), (), beside
        )
    rest = whole.value - added
    if spread.low > whole.span.high * FAR and not any(slipped_for(one, one.value + rest) for one in parts):
        return None
    if spread.low > whole.span.high:
        return _too_much(whole, parts, added, line, code, beside)
    shown = {one.printed_unit for one in (whole, *parts) if one.value}
    if len(parts) == 1 or (whole.step != 1 and len(shown) > 1):
        return None
    doubtful = _doubtful(whole, parts, rest)
    if not closed and not doubtful:
        return Finding(
            code,
            Verdict.DERIVED,
            whole.start,
            whole.end,
            f"列出的分项合 {whole.worded(added)}，其余 {whole.worded(rest)}",
            (line,),
            (),
            beside,
        )
    verdict = Verdict.MISMATCH if closed else Verdict.TENSION
    return Finding(
        code,
        verdict,
        whole.start,
        whole.end,
        f"{whole.text}的分项相加只有 {whole.worded(added)}，差 {whole.worded(rest)}"
        + ("" if closed else "：漏列了一类，还是有一个数写错"),
        (line, f"{whole.text} − {printed(added)} = {whole.worded(rest)}"),
        _repairs(whole, parts, rest),
        beside,
    )


def _too_much(
    whole: Figure,
    parts: list[Figure],
    added: Fraction,
    line: str,
    code: str,
    beside: tuple[tuple[int, int], ...],
) -> Finding:
    rest = whole.value - added
    words = "".join(one.subject for one in parts)
    if whole.unit == "人" and len(parts) > 1 and _BOTH.search(words) and "政务" in words:
        return Finding(
            code,
            Verdict.UNCHECKED,
            whole.start,
            whole.end,
            "党纪处分和政务处分可能落在同一个人身上，人数不能直接相加",
            (line,),
            (),
            beside,
        )
    if len(parts) == 1:
        message = f"其中的{parts[0].text}比{whole.text}还多"
    else:
        message = f"{whole.text}的分项相加得 {whole.worded(added)}，多出 {whole.worded(-rest)}"
    return Finding(
        code, Verdict.MISMATCH, whole.start, whole.end, message, (line,), _repairs(whole, parts, rest), beside
    )


def _doubtful(whole: Figure, parts: list[Figure], rest: Fraction) -> bool:
    """Whether parts that nobody called complete still look as if they were meant to be."""
    words = [one.subject for one in parts]
    known = any(
        all(any(sign in word for word in words) for sign in family) and len(parts) >= len(family)
        for family in _FAMILIES
    )
    small = rest <= whole.value / 20 or rest == 1
    halves = any(all(any(sign in word for word in words) for sign in pair) for pair in _HALVES)
    halves = halves or (len(parts) == 2 and rest * 20 <= whole.value and _parallel(*words))
    slipped = bool(slipped_for(whole, whole.value - rest)) or any(
        slipped_for(one, one.value + rest) for one in parts
    )
    if len(parts) == 2 and slipped and rest * 100 <= whole.value and whole.value >= 1000:
        return True
    if len(parts) == 2 and slipped and rest * 15 <= whole.value and whole.value >= 50:
        return True
    if halves and len(parts) == 2 and slipped and rest <= whole.value / 6:
        return True
    return small and (
        known
        or (len(parts) >= 3 and slipped and rest <= whole.value / 50)
        or (rest == 1 and whole.value < 30)
    )


def _parallel(one: str, other: str) -> bool:
    """其中协作地立案391件，管辖地立案423件: two names that differ in their beginning only."""
    one, other = (re.sub(r"^其中|案件|纠纷|人员|[:,]", "", words) for words in (one, other))
    return one != other and len(one) == len(other) > 3 and one[-2:] == other[-2:]


def slipped_for(printed_: Figure, right: Fraction) -> str:
    """How the printed figure is easily mistyped for the right value, in digits of its last place."""
    if printed_.decimals and printed_.step != 1:
        one, two = printed_.value / printed_.step, right / printed_.step
    else:
        one, two = printed_.value, right
    if one.denominator != 1 or two.denominator != 1 or two < 0:
        return ""
    return slip(int(one), int(two))


def _repairs(whole: Figure, parts: list[Figure], rest: Fraction) -> tuple[str, ...]:
    if len(parts) == 1:
        return ()
    found = [f"总数改为 {whole.worded(whole.value - rest)}"]
    for one in parts:
        right = one.value + rest
        if how := slipped_for(one, right):
            found.append(
                f"或{one.subject.removeprefix('其中')}{one.text}应为 {one.worded(right)}（{how}，像是笔误）"
            )
    return tuple(found[:4])


def spans(parts: list[Figure]) -> Span:
    """All parts added, as loosely as they were printed."""
    found = parts[0].span
    for one in parts[1:]:
        found = found + one.span
    return found
