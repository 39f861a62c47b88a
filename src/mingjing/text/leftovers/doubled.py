"""Figures printed twice and once with a slip, a nought too many, or more than what they are of.

受理26039件 and, pages later, 受理总量达到26309件; 执行到位13.8亿元 over a text of 13800万元.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from mingjing.text import units
from mingjing.text.arithmetic import printed, slip
from mingjing.text.checks.bases import is_prior
from mingjing.text.checks.parts import slipped_for, weighed
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.leftovers.settled import Settled, is_level, unsettled
from mingjing.text.numerals import read_number
from mingjing.text.reading import Reading
from mingjing.text.roles import role_in

SWAPPED = "相邻两位颠倒"
_ALL = re.compile(r"全部$")
_WORDS = re.compile(r"[一-鿿]{4,}$")
_SUM = re.compile(r"原值|总额|总量|合计|共计|总计")
_UNDER = re.compile(r"\d(?:元|岁|天|日|个月|年|万元|亿元)?(?:\(含\))?(?:以下|以内)(?:的|有)?$")
_OVER = re.compile(r"\d[^,。;\d]{0,4}(?:\(含\))?(?:以上)(?:的|有)?$")
_RANGE = re.compile(r"[至到\-—~]\d[\d.]*(?:元|岁|天|日|个月|年|万元|亿元)(?:\(含\))?(?:的|有)?$")
_LISTED = re.compile(
    r"(?P<names>[一-鿿A-Z]{2,12}(?:、[一-鿿A-Z]{2,12}){2,})(?:分别|依次|各)占(?:比|[^,。;:\d]{0,6})?(?:为)?"
    r"(?P<rates>\d[\d.]*%(?:、\d[\d.]*%){2,})"
)
_SINCE = re.compile(
    r"(?:建成|建|成立|设立|始建|竣工|启用)于?(?P<year>(?:19|20)\d\d)年,?(?:距今|至今|迄今)(?:已有|已|近|约)?(?P<many>\d{1,3})年"
)
_LASTED = re.compile(
    r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:正式)?(?:开始|启动|起),?(?:至|到|—)(?:今年|同年|当年)?(?P<month2>\d{1,2})月(?P<day2>\d{1,2})日"
    r"(?:圆满)?(?:结束|止|收官),?(?:历时|为期)(?:了|近|约)?(?P<many>\d{1,2}|[一二两三四五六七八九十]{1,3})个月"
)


def check_doubled(reading: Reading, settled: Settled) -> Iterator[Finding]:
    """Every level nothing was said of; shares that should be all; times since."""
    for sentence, place in unsettled(reading, settled):
        one = sentence[place]
        if not one.exact or one.is_rate or reading.movement(one):
            continue
        found = (
            _swapped(reading, one)
            or _noughts(reading, one)
            or _of_these(reading, sentence, place)
            or _years(reading, sentence, place)
            or _posts(reading, one)
            or _sexes(reading, sentence, place)
        )
        if found is not None:
            yield found
    for sentence in reading.sentences.values():
        yield from _ranges(reading, sentence)
        yield from _sum_of_two(sentence)
    for match in _LISTED.finditer(reading.folded):
        yield from _hundred(reading, match)
    for match in _SINCE.finditer(reading.folded):
        yield from _since(reading, match)
    for match in _LASTED.finditer(reading.folded):
        yield from _lasted(match)


def _told(one: Figure, other: Figure, message: str, code: str = "repeated") -> Finding:
    return Finding(
        code, Verdict.MISMATCH, one.start, one.end, message, (f"{one.text}，{other.text}",),
        (f"改为{other.text}", "或核对两个数"), ((other.start, other.end),),
    )  # fmt: skip


def _swapped(reading: Reading, one: Figure) -> Finding | None:
    """受理…26039件 and 我院受理案件总量…达到26309件; 问题共计79个 and 全部97个问题: two digits exchanged."""
    if one.step != 1 or one.value < 10 or is_prior(reading, one):
        return None
    alike = reading.levels_near(one.unit, one.start)
    if any(each.value == one.value and each.start != one.start for each in alike):
        return None
    near = [
        each for each in alike
        if each.end <= one.start and each.step == 1 and slip(int(one.value), int(each.value)) == SWAPPED
        and not is_prior(reading, each)
    ]  # fmt: skip
    if len({each.value for each in near}) != 1:
        return None
    other = near[0]
    if _ALL.search(one.subject):
        words = one.after[-2:]
        same = len(words) == 2 and words in other.subject and bool(re.search("共|总", other.subject))
    else:
        kind = role_in(reading.folded[one.sentence[0] : one.start].rpartition("、")[2]).kind
        whole = reading.role(other)
        same = bool(
            one.value >= 1000 and kind and kind == whole.kind
            and (not whole.topic or "各类" in other.subject)
            and re.search("总量|总数|达到?$", one.subject) and reading.role(one).topic in ("", "总量", "总数")
        )  # fmt: skip
    return _told(one, other, f"{one.subject}{one.text}，前文是{other.text}（{SWAPPED}）") if same else None


def _noughts(reading: Reading, one: Figure) -> Finding | None:
    """执行到位13.8亿元 in a heading, 执行到位金额13800万元 in the text: of one name, a nought apart."""
    words = _WORDS.search(re.sub("(?:金额|总额|达|为|共)$", "", one.subject))
    if one.unit != units.MONEY or words is None or is_prior(reading, one):
        return None
    name, size = words.group()[-4:], int(one.value / one.step)
    others = [
        each for each in reading.levels_near(one.unit, one.start)
        if each.start != one.start and re.sub("(?:金额|总额|达|为|共)$", "", each.subject).endswith(name)
        and not is_prior(reading, each) and is_level(reading, each)
    ]  # fmt: skip
    if len({each.value for each in others}) != 1 or size < 100:
        return None
    ratio = max(others[0].value, one.value) / min(others[0].value, one.value)
    if ratio not in (10, 100, 1000, 10000):
        return None
    return _told(one, others[0], f"{one.subject}{one.text}，另一处是{others[0].text}，差 {printed(ratio)} 倍")


def _sum_of_two(sentence: list[Figure]) -> Iterator[Finding]:
    """原值7.32亿元，累计折旧4392万元，净值2928万元: the two make it, but for a nought."""
    for whole, one, other in zip(sentence, sentence[1:], sentence[2:], strict=False):
        if not (whole.unit == one.unit == other.unit == units.MONEY and _SUM.search(whole.subject)):
            continue
        added = one.value + other.value
        alike = all(each.exact for each in (whole, one, other)) and added > 0 and "净" in other.subject
        if alike and whole.value / added in (10, 100, Fraction(1, 10), Fraction(1, 100)):
            shown = whole.worded(added)
            yield Finding(
                "parts", Verdict.MISMATCH, whole.start, whole.end,
                f"{whole.subject}{whole.text}，应为 {shown}",
                (f"{one.text} + {other.text} = {shown}",), (f"改为 {shown}", "或核对各项"),
                ((one.start, one.end), (other.start, other.end)),
            )  # fmt: skip


def _of_these(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """对这137人，依规依纪处理173人，其余免予处理: of those there are no more."""
    one, whole = sentence[place], sentence[place - 1] if place else None
    if whole is None or whole.unit != one.unit or one.value <= whole.value or not whole.exact:
        return None
    these = re.search(r"(?:对|从|在)?(?:这|上述|以上)$", whole.subject)
    if not these or not re.match(r",(?:其余|其他|余下)", reading.folded[one.end : one.end + 4]):
        return None
    return _told(one, whole, f"{one.subject}{one.text}，多于所指的{whole.text}", "subset")


def _years(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """203份，其中2021年0份（…）、2022年97份、2023年124份: the years come to more than all."""
    whole = sentence[place]
    parts: list[Figure] = []
    for one in sentence[place + 1 :]:
        if re.fullmatch(r"(?:其中)?20\d\d年", one.subject) and one.unit == whole.unit and one.exact:
            parts.append(one)
        elif parts:
            break
    if len(parts) < 2 or not re.match("[,:(]?其中", reading.folded[whole.end : whole.end + 4]):
        return None
    added = sum((one.value for one in parts), start=Fraction(0))
    known = {one.subject[-5:] for one in parts}
    if added <= whole.value or len(known) < len(parts) or max(one.value for one in parts) > whole.value:
        return None
    return weighed(whole, parts, True, "parts")


def _posts(reading: Reading, left: Figure) -> Finding | None:
    """编制102人，…实有在职95人，空编9人: the posts less the people."""
    if not re.search(r"^(?:空编|缺编|空缺)$", left.subject):
        return None
    before = [
        one for one in reading.by_paragraph[reading.paragraph(left).start]
        if one.end <= left.start and one.unit == left.unit and one.exact
    ]  # fmt: skip
    posts = [one for one in before if re.search(r"^(?:核定)?编制(?:数|总数|人数)?$", one.subject)]
    people = [one for one in before if re.search(r"实有(?:在职|在编)?(?:人员|人数|干警)?$", one.subject)]
    if len(posts) != 1 or len(people) != 1 or posts[0].value - people[0].value == left.value:
        return None
    value = posts[0].value - people[0].value
    shown = left.worded(value)
    if value < 0:
        return None
    return Finding(
        "flow", Verdict.MISMATCH, left.start, left.end, f"{left.subject}{left.text}，按文中的数应为 {shown}",
        (f"{posts[0].text} − {people[0].text} = {shown}",), (f"改为 {shown}", "或核对编制和实有的数"),
        ((posts[0].start, posts[0].end), (people[0].start, people[0].end)),
    )  # fmt: skip


def _sexes(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """问卷1360份。…男性748人，女性621人: together those who answered, one slip of a digit away."""
    women, men = sentence[place], sentence[place - 1] if place else None
    if men is None or men.unit != women.unit or "女" not in women.subject or "男" not in men.subject:
        return None
    added = men.value + women.value
    wholes = [
        one for before in reading.sentences_before(men.sentence, 4) for one in reading.sentences[before]
        if one.unit in (men.unit, "份") and is_level(reading, one) and one.value > max(men.value, women.value)
    ]  # fmt: skip
    near = [one for one in wholes if "有效" in one.subject and slipped_for(women, one.value - men.value)]
    if any(one.value == added for one in wholes) or len({one.value for one in near}) != 1:
        return None
    return weighed(near[0], [men, women], True, "parts") if added > 100 else None


def _ranges(reading: Reading, sentence: list[Figure]) -> Iterator[Finding]:
    """52件：1万元以下11件，1万元至5万元36件，5万元以上3件: all of them, from end to end."""
    for unit in dict.fromkeys(one.unit for one in sentence):
        run: list[Figure] = []
        for one in sentence:
            head = reading.folded[max(one.sentence[0], one.start - 16) : one.start]
            if one.unit != unit or not one.exact:
                continue
            if _UNDER.search(head) or _OVER.search(head) or _RANGE.search(head):
                run.append(one)
        heads = [reading.folded[max(one.sentence[0], one.start - 16) : one.start] for one in run]
        ended = len(run) > 2 and (
            (_UNDER.search(heads[0]) and _OVER.search(heads[-1]))
            or (_OVER.search(heads[0]) and _UNDER.search(heads[-1]))
        )
        middle = ended and all(_RANGE.search(head) for head in heads[1:-1])
        if not middle:
            continue
        added = sum((one.value for one in run), start=Fraction(0))
        near = [one for one in reading.levels_near(unit, run[0].start) if one.end <= run[0].start][-12:]
        if any(one.value == added for one in near):
            continue
        before = [one for one in sentence if one.end <= run[0].start and one.unit == unit and one.exact]
        if len(before) == 1 and before[0].value > max(one.value for one in run):
            found = weighed(before[0], run, True, "parts")
            if found is not None and found.verdict.accuses:
                yield found


def _hundred(reading: Reading, match: re.Match[str]) -> Iterator[Finding]:
    """盗窃、抢劫、其他分别占34%、21%、55%: a list that ends in 其他 is all there is."""
    names = match["names"].split("、")
    rates = reading.figures_in(match.start("rates"), match.end("rates"))
    if len(names) != len(rates) or not re.match("其他|其它|其余", names[-1]):
        return
    added = sum((one.value for one in rates), start=Fraction(0))
    slack = max(one.step for one in rates) * len(rates) / 2
    if abs(added - 100) <= slack or any(one.unit != "%" for one in rates):
        return
    line = " + ".join(one.text for one in rates) + f" = {printed(added)}%"
    yield Finding(
        "share", Verdict.MISMATCH, rates[0].start, rates[-1].end,
        f"各项占比相加是 {printed(added)}%，不是 100%",
        (line,), ("核对各项的占比",), tuple((one.start, one.end) for one in rates),
    )  # fmt: skip


def _since(reading: Reading, match: re.Match[str]) -> Iterator[Finding]:
    """建成于1998年，距今已36年 in a text of 2024."""
    years = [int(one) for one in re.findall(r"(?<!\d)(20[0-4]\d)(?=年|\.|-)", reading.folded)]
    if not years:
        return
    built, many = int(match["year"]), int(match["many"])
    if min(years) - 1 <= built + many <= max(years) + 1:
        return
    yield Finding(
        "date", Verdict.MISMATCH, match.start("many"), match.end("many"),
        f"{built}年距今写作{many}年，到{max(years)}年是 {max(years) - built} 年",
        (f"{max(years)} − {built} = {max(years) - built}",), (f"改为 {max(years) - built} 年", "或核对年份"),
        (match.span("year"),),
    )  # fmt: skip


def _lasted(match: re.Match[str]) -> Iterator[Finding]:
    """从3月1日开始，到8月31日结束，历时九个月: whatever the year."""
    said = read_number(match["many"])
    try:
        first = date(2023, int(match["month"]), int(match["day"]))
        last = date(2023, int(match["month2"]), int(match["day2"]))
    except ValueError:
        return
    days = (last - first).days + 1
    if said is None or days < 20 or abs(Fraction(days * 10, 304) - said) < 1:
        return
    months = round(days / 30.4)
    yield Finding(
        "date", Verdict.MISMATCH, match.start("many"), match.end("many"),
        f"写作{match['many']}个月，{first.month}月{first.day}日到{last.month}月{last.day}日约 {months} 个月",
        (f"{days}天",), (f"改为 {months} 个月", "或核对起止日期"), (match.span("month"), match.span("day2")),
    )  # fmt: skip
