"""Shares of a whole (占 …%), averages (人均 …), amounts in units that lose nothing (N-011, N-074)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from mingjing.text import units
from mingjing.text.arithmetic import Span, printed, rounded, slip
from mingjing.text.checks.bases import is_prior
from mingjing.text.checks.dividing import FAR, FEW, agrees, same_time, slipped_share, worked, wrong_share
from mingjing.text.checks.parts import additive, is_mean
from mingjing.text.checks.spreads import check_spreads
from mingjing.text.checks.together import TOGETHER, named_together
from mingjing.text.checks.together import together as add_together
from mingjing.text.checks.wholes import before_its_bracket, wholes_called
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading
from mingjing.text.roles import clean

_SHARE = re.compile(
    r"(?:占比|占|相当于|完成(?!率)|为(?=[^,。;:、\d]{0,10}(?:预算|计划|任务)))(?P<of>[^,。;:、\d]{0,16}?)"
    r"(?:的?(?:比例|比重|比率))?(?:达到|达|为|约为|约|近|是|超过)?(?:的)?$"
)
_AMONG = re.compile(r"其中|^[^,。;:\d]{0,10}中(?!级|院|心|层|国|央|小)")
_UPWARDS = re.compile(r"(?P<rung>[一-鿿]{2,6})(?:及其?)?以上[^,。;:、\d]{0,8}占")
_SUMMED = re.compile(r"合计|共计|总计|^共")
_SHARE_AGAIN = re.compile(r"^(?:为|达|达到|即|也就是)$")
_HEADED = re.compile(r"\s*其中")
_OF_BEFORE = re.compile(r"^(?:\)|[^,。;:()\d]{1,6})?的(?:比例为|比重为)?$")
_UNITS_NAMED = {
    "笔数": "笔", "件数": "件", "案件数": "件", "人数": "人", "金额": "元", "总金额": "元", "户数": "户",
}  # fmt: skip
_WHOLE_NAMED = re.compile(r"占|相当于|完成[^,。;]{0,6}预算")


def check_shares(reading: Reading) -> Iterator[Finding]:
    """占比 against the count before it and the total; several of one whole against 100%."""
    listed = list(check_spreads(reading))
    yield from listed
    done = {found.start for found in listed}
    for sentence in reading.sentences.values():
        for place, figure in enumerate(sentence):
            if figure.unit != "%" or reading.movement(figure) or figure.start in done:
                continue
            named = _SHARE.search(figure.subject)
            if named:
                yield _share(reading, sentence, place, named["of"])
            elif place and _SHARE_AGAIN.match(figure.subject) and _loosely_before(reading, figure):
                yield _share(reading, sentence, place, "")
            elif place > 1 and _OF_BEFORE.match(figure.subject):
                counts = [one for one in sentence[: place - 1] if not is_mean(one)]
                part = before_its_bracket(reading, counts or sentence[: place - 1])
                yield from _of_printed(reading, part, *sentence[place - 1 : place + 1])
    yield from _amounts(reading)


def _of_its_list(reading: Reading, before: list[Figure], part: Figure, rate: Figure) -> Finding | None:
    """女性782人、男性231人，女性占77.2%: of all its list counts, and of what is printed as its total."""
    place = before.index(part)
    run = [part]
    for step in (-1, 1):
        last = part
        for one in before[place + step :: step]:
            first, second = sorted((one, last), key=lambda each: each.start)
            glued = re.fullmatch(r"[、,;和][^,。;、\d]{0,12}", reading.between(first, second))
            if one.unit != part.unit or not glued or not one.exact or _SUMMED.search(one.subject):
                break
            run.append(one)
            last = one
    totals = [one for one in before if one.start > part.start and _SUMMED.search(one.subject)]
    totals = [one for one in totals if one.unit == part.unit and one.exact and one.value >= part.value]
    if len(run) < 2 or not part.exact:
        return None
    added = sum((one.value for one in run), start=Fraction(0))
    whole = replace(part, value=added, step=part.step, text=f"（各项合计 {printed(added / part.step)}）")
    for one in (*totals, whole):
        if agrees(rate, part, one):
            line = worked(part, one, rate.decimals)
            return Finding("share", Verdict.OK, rate.start, rate.end, "占比与列出的各项相符", (line,))
    if _excused(reading, part, rate):
        return None
    if totals and totals[0].value == added:
        return wrong_share(rate, part, totals[0], "share", "占比")
    return wrong_share(rate, part, whole, "share", "占比") if slipped_share(rate, part, whole) else None


def _topic(rate: Figure) -> str:
    """普通程序占比: what the share says it is of."""
    return re.sub(r"(?:案件|人员)?(?:所)?占(?:比|比例|比重|[^,。;:\d]{2,12}的)?(?:为|达)?$", "", rate.subject)


def _upwards(rate: Figure, before: list[Figure], rung: str) -> Finding:
    """博士2人、硕士18人、本科25人，硕士以上占44.4%: from the first of the list to the one named."""
    listed = [one for one in before if before[-1].unit == one.unit and one.exact]
    named = [place for place, one in enumerate(listed) if clean(one.subject).endswith(rung)]
    if len(named) != 1 or len(listed) < 3:
        return _open(rate)
    added = sum((one.value for one in listed), start=Fraction(0))
    whole = replace(listed[-1], value=added, text=f"（各项合计 {printed(added)}）")
    ways = [_added_up(chosen) for chosen in (listed[: named[0] + 1], listed[named[0] :])]
    right = next((part for part in ways if agrees(rate, part, whole)), None)
    if right is not None:
        line = (worked(right, whole, rate.decimals),)
        return Finding("share", Verdict.OK, rate.start, rate.end, "与各档人数相符", line)
    near = [part for part in ways if abs(part.value * 100 / added - rate.value) * 6 <= rate.value]
    return wrong_share(rate, near[0], whole, "share", "占比") if near else _open(rate)


def _added_up(parts: list[Figure]) -> Figure:
    value = sum((one.value for one in parts), start=Fraction(0))
    return replace(parts[0], value=value, text="（" + " + ".join(one.text for one in parts) + "）")


def _counted_behind(
    reading: Reading, sentence: list[Figure], place: int, before: list[Figure]
) -> Finding | None:
    """发放6872万元，其中…占72%，计4948万元: the share first, then what it comes to."""
    rate, part = sentence[place], sentence[place + 1] if place + 1 < len(sentence) else None
    if part is None or not re.fullmatch(r",?(?:计|共计|合计|即|约合|合)", reading.between(rate, part)):
        return None
    wholes = [one for one in before if one.unit == part.unit and one.exact and one.value >= part.value]
    if not wholes or not (rate.exact and part.exact) or reading.movement(part) is not None:
        return None
    fitting = [one for one in wholes if agrees(rate, part, one)]
    if not fitting:
        return wrong_share(rate, part, wholes[-1], "share", "占比")
    line = worked(part, fitting[-1], rate.decimals)
    beside = ((part.start, part.end), (fitting[-1].start, fitting[-1].end))
    return Finding("share", Verdict.OK, rate.start, rate.end, "占比与文中的数相符", (line,), (), beside)


def _loosely_before(reading: Reading, rate: Figure) -> bool:
    """占五成以上，为57.7%: the clause before says in round words what this one says exactly."""
    clauses = reading.folded[rate.sentence[0] : rate.start].split(",")
    return len(clauses) > 1 and bool(
        re.match(r"占[^\d]{2,12}$", clauses[-2]) or re.search(r"(?:比例|占比|比重)[^\d]{1,6}$", clauses[-2])
    )


def _share(reading: Reading, sentence: list[Figure], place: int, of: str) -> Finding:
    rate = sentence[place]
    before = [
        one for one in sentence[:place]
        if not (one.is_rate or reading.movement(one) or one.unit == "位" or is_mean(one))
    ]  # fmt: skip
    if upwards := _UPWARDS.search(rate.subject):
        return _upwards(rate, before, upwards["rung"])
    if before and (behind := _counted_behind(reading, sentence, place, before)):
        return behind
    if (listed := named_together(reading, rate)) is not None:
        return listed
    words = reading.clause(rate)
    before = [one for one in before if not _counter(reading, one, rate)]
    together = TOGETHER.search(words)
    if together:
        before = [one for one in before if one.end <= rate.start - len(words)] or before
    part = before[-1] if before else None
    if "分别" in rate.subject:
        return _open(rate)
    if part is not None and len(before) > 1:
        part = _counted_part(reading, before, of)
    if found := _called(reading, before, rate, of):
        return found
    if part is None or part.segment != rate.segment or rate.qualifier:
        return _open(rate)
    named = re.split("占|完成|相当于", rate.subject)[0]
    if named and not together and (found := _within(sentence[:place], rate)):
        return found
    if together and (summed := _added(reading, sentence, place)):
        return summed
    if together:
        part = add_together(reading, before, together["many"] or "")
    return _weighed(reading, rate, part, before[-2] if len(before) > 1 else None, of)


def _counter(reading: Reading, one: Figure, rate: Figure) -> bool:
    """两类 in 物业、金融两类占52.4%: how many are taken together, none of them."""
    words = reading.folded[one.end : rate.start]
    return one.text[0] in "二两三四五六七八九" and bool(
        re.match(r"[^,。;:、\d]{0,6}(?:合计|共|之和)*占", words)
    )


def _within(before: list[Figure], rate: Figure) -> Finding | None:
    """民事收案占比53.6%: named after one of several counts before it, any two of which may make it right."""
    levels = [one for one in before if not one.is_rate and one.exact]
    for part, whole in itertools.permutations(levels, 2):
        if part.unit == whole.unit and 0 < part.value <= whole.value and agrees(rate, part, whole):
            line = worked(part, whole, rate.decimals)
            beside = ((part.start, part.end), (whole.start, whole.end))
            return Finding(
                "share", Verdict.OK, rate.start, rate.end, "占比与文中的数相符", (line,), (), beside
            )
    return None


def _called(reading: Reading, before: list[Figure], rate: Figure, of: str) -> Finding | None:
    """普通程序占比: of the only count before that begins with the words of the share."""
    called = [one for one in before if len(topic := _topic(rate)) > 1 and one.subject.startswith(topic)]
    if len(called) != 1:
        return None
    if not of:
        return _of_its_list(reading, before, called[0], rate)
    every = wholes_called(reading, called[0], rate, of)
    sure = len({one.value for one in every}) == 1 and rate.exact
    if sure and not _excused(reading, called[0], rate) and not agrees(rate, called[0], every[0]):
        return wrong_share(rate, called[0], every[0], "share", "占比")
    return None


def _weighed(reading: Reading, rate: Figure, part: Figure, beside: Figure | None, of: str) -> Finding:
    """A share and its part against every whole there may be; ``beside`` the count before the part."""
    words = re.sub("总数|总额|全部|案件|总量|的|同期|所有|结案|收案|审结|人数|数$", "", of)
    if not part.exact and not words:
        return _open(rate)
    wholes = _wholes(reading, part, rate, words)
    if words:
        wholes = [one for one in wholes if words in one.subject or one.subject[-2:] in words] or wholes
    called = wholes_called(reading, part, rate, of)
    wholes = [*(one for one in wholes if one not in called), *called]
    for whole in reversed(wholes):
        if agrees(rate, part, whole):
            return Finding(
                "share",
                Verdict.OK,
                rate.start,
                rate.end,
                f"占比{rate.text}与文中的数相符",
                (worked(part, whole, rate.decimals),),
                (),
                ((part.start, part.end), (whole.start, whole.end)),
            )
    far = bool(called) and abs(part.value * 100 / called[-1].value - rate.value) > FAR
    here = bool(called) and called[-1].sentence == rate.sentence
    here = here and (
        len(of) > 3 or clean(called[-1].subject) == clean(re.sub("数$", "", of.removesuffix("的")))
    )
    excused = not here and _excused(reading, part, rate)
    if called and part.exact and not far and not excused and len({one.value for one in called}) == 1:
        return wrong_share(rate, part, called[-1], "share", "占比")
    close = [one for one in wholes if one.sentence == rate.sentence]
    if not close and _HEADED.match(reading.folded[rate.sentence[0] :]):
        earlier = reading.sentences_before(rate.sentence, 1)
        close = [one for one in wholes if one.sentence in earlier][-1:]
    among = bool(close) and _AMONG.search(reading.folded[close[0].end : rate.start])
    if not (among or words) and (far_off := _only_slip(reading, part, rate)):
        return wrong_share(rate, part, far_off, "share", "占比")
    if beside is not None and beside in close and not words and slipped_share(rate, part, beside):
        return wrong_share(rate, part, beside, "share", "占比")
    if not close or not (among or words) or _excused(reading, part, rate):
        return _open(rate)
    if len({one.value for one in close}) > 1 and not among:
        return _open(rate)
    nearest = min(reversed(close), key=lambda one: abs(part.value * 100 / one.value - rate.value))
    return wrong_share(rate, part, nearest, "share", "占比")


def _only_slip(reading: Reading, part: Figure, rate: Figure) -> Figure | None:
    """占总额的59.0%: of few wholes a text has, one that a slip of the share's digits parts from it."""
    if _excused(reading, part, rate) or not part.exact:
        return None
    wholes = {
        one.value: one for one in reading.levels_near(part.unit, part.start)
        if one.value > part.value and one.end < part.start and same_time(one, rate)
        and not is_prior(reading, one) and additive(one)
    }  # fmt: skip
    listed = [
        one for one in reading.segments[part.segment]
        if one.unit == part.unit and one.exact and additive(one) and reading.movement(one) is None
    ]  # fmt: skip
    if len(listed) > 1:
        added = sum((one.value for one in listed), start=Fraction(0))
        wholes[added] = replace(part, value=added, text=f"（各项合计 {printed(added)}）")
        if agrees(rate, part, wholes[added]):
            return None
    near = [one for one in wholes.values() if slipped_share(rate, part, one)]
    return near[0] if len(near) == 1 and len(wholes) <= FEW else None


def _added(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """甲占33.4%，乙占16.7%，合计占50.1%: the shares printed before it, where they are as many as two."""
    rate = sentence[place]
    shares = [
        one for one in sentence[:place]
        if one.unit == "%" and one.exact and reading.movement(one) is None and "占" in one.subject
    ]  # fmt: skip
    if len(shares) != 2 or shares[0].decimals != rate.decimals or not rate.exact:
        return None
    added = shares[0].value + shares[1].value
    line = f"{shares[0].text} + {shares[1].text} = {printed(added)}%"
    beside = tuple((one.start, one.end) for one in shares)
    if abs(added - rate.value) <= rate.step:
        return Finding("share", Verdict.OK, rate.start, rate.end, "两项占比相加相符", (line,), (), beside)
    if not slip(int(rate.value / rate.step), int(added / rate.step)):
        return None
    return Finding(
        "share", Verdict.MISMATCH, rate.start, rate.end, f"合计占比写作{rate.text}，相加是 {printed(added)}%",
        (line,),
        (f"改为 {printed(added)}%",), beside,
    )  # fmt: skip


def _counted_part(reading: Reading, before: list[Figure], of: str) -> Figure:
    """1126件2304人，占全部刑事案件的…: of two counts side by side the one the whole is counted in."""
    last, other = before[-1], before[-2]
    counted = _UNITS_NAMED.get(of.removesuffix("的"), "")
    if alike := [one for one in before if counted and one.unit == counted]:
        return alike[-1]
    glued = re.fullmatch("[、,]?", reading.between(other, last)) and last.unit != other.unit
    named = re.sub("总?[数量]$", "", of)
    fits = re.search({"件": "案件?$", "人": "人员?$|罪犯$"}.get(other.unit, "(?!)"), named)
    return other if glued and fits else last


def _wholes(reading: Reading, part: Figure, rate: Figure, words: str) -> list[Figure]:
    """What the part may be a share of: earlier in the paragraph, of its unit, itself no share of anything."""
    paragraph = reading.by_paragraph[reading.paragraph(rate).start]
    return [
        one for one, follower in itertools.pairwise(paragraph)
        if one.start < part.start and one.unit == part.unit and one.value >= part.value and one.exact
        and not reading.movement(one) and same_time(one, rate)
        and not (one.value == part.value and one.printed_unit != part.printed_unit)
        and (
            not (follower.unit == "%" and _SHARE.search(follower.subject))
            or (words and words in one.subject)
        )
    ]  # fmt: skip


def _of_printed(reading: Reading, part: Figure, whole: Figure, rate: Figure) -> Iterator[Finding]:
    """8640件，占全部立案10800件的80%: the whole is printed right before the share."""
    if (many := re.match("[二两三四五六](?=[类项者家个种])", part.text)) and part.segment == rate.segment:
        before = [one for one in reading.sentences[rate.sentence] if one.end <= part.start]
        part = add_together(reading, before, many.group()) if before else part
    if not _WHOLE_NAMED.search(whole.subject) or part.unit != whole.unit or part.segment != rate.segment:
        return
    if reading.movement(part) or not (part.exact and whole.exact and rate.exact) or whole.value <= 0:
        return
    if agrees(rate, part, whole):
        beside = ((part.start, part.end), (whole.start, whole.end))
        yield Finding("share", Verdict.OK, rate.start, rate.end, f"占比{rate.text}与文中的数相符",
                      (worked(part, whole, rate.decimals),), (), beside)  # fmt: skip
    else:
        yield wrong_share(rate, part, whole, "share", "占比")


def _excused(reading: Reading, part: Figure, rate: Figure) -> bool:
    """Whether some other figure of the text, however far, would make the share right."""
    return any(
        one.value >= part.value and agrees(rate, part, one)
        for one in reading.levels_near(part.unit, part.start)
        if one is not part
    )


def _open(rate: Figure) -> Finding:
    verdict = Verdict.APPROX if rate.qualifier else Verdict.UNCHECKED
    return Finding(
        "share", verdict, rate.start, rate.end, f"{rate.subject}{rate.text}：分子、分母文中没有给出"
    )


def _amounts(reading: Reading) -> Iterator[Finding]:
    """Each amount in plain yuan, with what one piece comes to where the text counts the pieces."""
    for sentence in reading.sentences.values():
        for place, amount in enumerate(sentence):
            if amount.unit != units.MONEY or amount.printed_unit == units.MONEY or reading.movement(amount):
                continue
            verdict = Verdict.DERIVED if amount.exact else Verdict.APPROX
            lines = [f"{amount.text} = {amount.in_plain()}"]
            counted = sentence[place - 1] if place else None
            if (
                counted is not None
                and counted.unit in ("笔", "件")
                and counted.exact
                and amount.exact
                and counted.value > 1
            ):
                near = re.fullmatch(
                    r",?(?:共计?|合计|总?金额|标的额?|涉案标的|计|共)(?:达|为)?",
                    reading.between(counted, amount),
                )
                if near:
                    each = Span(amount.span.low / counted.value, amount.span.high / counted.value)
                    middle = printed(rounded(amount.value / counted.value, 0))
                    shown = f"{printed(rounded(each.low, 0))}–{printed(rounded(each.high, 0))}"
                    lines.append(
                        f"平均每{counted.printed_unit}约 {middle}元（{shown}，因{amount.text}是取整的数）"
                    )
            yield Finding(
                "units", verdict, amount.start, amount.end, f"折合 {amount.in_plain()}", tuple(lines)
            )
