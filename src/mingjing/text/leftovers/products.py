"""Products and quotients told by their words: 342人次，按每人次1200元计，共410.4万元; 进度款50%计134万元."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text import units
from mingjing.text.arithmetic import printed, rounded, slip
from mingjing.text.checks.bases import is_prior
from mingjing.text.checks.dividing import agrees, wrong_share
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.leftovers.settled import Settled, clause_of, digits, is_level, unsettled
from mingjing.text.reading import Reading

_RATE = re.compile(r"^(?P<name>[一-鿿]{2,4})率(?:达到|达|为)?$")
_EACH_COSTS = re.compile(r"(?:按|每)[^,。;:\d]{0,3}?每?(?P<unit>人次|[人件次场户案份])$")
_OF_PRICE = re.compile(r"^计?(?:算)?[,、]?(?:共|合计|总计|累计)?(?:支出|发放|支付|补贴|计)?$")
_MEAN = re.compile(r"(?:平均)?每(?P<unit>[一-鿿])$")
_DAYS = re.compile(r"[日天]均\((?:按|以)$")
_OVER = re.compile(r"^(?:超额|超出|超过|超计划)(?:完成)?了?$")
_PERSONS = re.compile(
    r"(?P<list>(?:[一-鿿]{2,8}\(\d[\d,.]*[一-鿿]{1,2}\)、){2,}[一-鿿]{2,8}\(\d[\d,.]*[一-鿿]{1,2}\)),"
    r"(?P<many>[三四五六七八九十]|\d{1,2})[人名家项个]合计(?P<all>\d[\d,.]*)(?P<unit>[一-鿿]{1,2})"
)
_ITEM = re.compile(r"\((\d[\d,.]*)([一-鿿]{1,2})\)")
_TWICE = re.compile(r"(?:平均每[一-鿿]{1,4}?|[人案院庭件]均)(?P<verb>[一-鿿]{2})$")
_NET = re.compile(r"^净(?P<way>[增减])[加少]?了?$")
NOUGHTS = tuple(Fraction(10) ** power for power in (-3, -2, -1, 1, 2, 3))


def check_products(reading: Reading, settled: Settled) -> Iterator[Finding]:
    """Every rate of two units, mean, product and difference nothing was said of."""
    for sentence, place in unsettled(reading, settled):
        one = sentence[place]
        found = None
        if one.unit == "%" and reading.movement(one) is None:
            found = _of_two_units(reading, sentence, place) or _nought_share(reading, sentence, place)
        elif is_level(reading, one):
            found = _priced(reading, sentence, place) or _over(reading, sentence, place)
            found = found or _daily(reading, sentence, place)
        found = found or _mean(reading, sentence, place) or _twice(reading, sentence, place)
        found = found or _net(reading, sentence, place)
        if found is not None:
            yield found
    for paragraph in reading.by_paragraph.values():
        yield from _instalments(reading, paragraph)
    for match in _PERSONS.finditer(reading.folded):
        yield from _persons(match)


def _wrong(one: Figure, right: Fraction, line: str, beside: tuple[Figure, ...], code: str) -> Finding:
    shown = one.worded(right)
    return Finding(
        code, Verdict.MISMATCH, one.start, one.end, f"{one.subject}{one.text}，按文中的数应为 {shown}",
        (f"{line} = {shown}",), (f"改为 {shown}", "或核对前面的数"),
        tuple((each.start, each.end) for each in beside),
    )  # fmt: skip


def _of_two_units(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """发出通知书240份，促成履行156件，履行率56%: the part has the word, the whole another unit."""
    rate = sentence[place]
    said = _RATE.match(rate.subject)
    if said is None or place < 2:
        return None
    whole, part = sentence[place - 2 : place]
    plain = is_level(reading, whole) and is_level(reading, part) and whole.segment == rate.segment
    if not plain or said["name"] not in part.subject or part.value > whole.value or part.unit == whole.unit:
        return None
    if units.MONEY in (part.unit, whole.unit) or agrees(rate, part, whole):
        return None
    right = rounded(part.value * 100 / whole.value, rate.decimals)
    if not slip(*digits(rate, right)):
        return None
    near = [one for one in reading.levels_near(part.unit, part.start) if one.value >= part.value]
    if any(agrees(rate, part, one) for one in near):
        return None
    return wrong_share(rate, part, whole, "rate", rate.subject)


def _nought_share(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """16.2万卷…抽检3240卷，占总卷数的20%: of the only whole of the unit it is right but for a nought."""
    rate, part = sentence[place], sentence[place - 1] if place else None
    if part is None or not re.match(r"占总[一-鿿]{1,4}的$", rate.subject) or not is_level(reading, part):
        return None
    near = [
        one for one in reading.levels_near(part.unit, part.start)
        if one.value > part.value and one.end <= part.start and not is_prior(reading, one)
    ]  # fmt: skip
    if any(agrees(rate, part, one) for one in near):
        return None
    wrong = [
        one for one in near
        if any(abs(part.value * each / one.value - rate.value) <= rate.step / 2 for each in (10, 1000))
    ]  # fmt: skip
    if len({one.value for one in wrong}) != 1:
        return None
    return wrong_share(rate, part, wrong[0], "share", "占比")


def _priced(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """342人次，每人次1200元，共支出410.4万元: so many at so much each, but for a nought or a digit."""
    total = sentence[place]
    if place < 2 or total.unit != units.MONEY:
        return None
    many, price = sentence[place - 2 : place]
    said = _EACH_COSTS.search(clause_of(reading, price))
    if said is None or price.unit != units.MONEY or not many.exact or not price.exact:
        return None
    if many.unit not in (said["unit"], {"案": "件"}.get(said["unit"], "")) or many.segment != total.segment:
        return None
    if not _OF_PRICE.match(reading.between(price, total).replace(",", "", 1)):
        return None
    right = many.value * price.value
    if abs(right - total.value) <= total.step / 2:
        return None
    noughts = any(abs(right * power - total.value) <= total.step / 2 for power in NOUGHTS)
    if not noughts and not slip(*digits(total, right)):
        return None
    return _wrong(total, right, f"{many.text} × {price.text}", (many, price), "average")


def _over(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """约定15.6万卷，实际16.2万卷，超额1.6万卷: the second less the first."""
    over = sentence[place]
    if place < 2 or not _OVER.match(over.subject):
        return None
    due, done = sentence[place - 2 : place]
    alike = due.unit == done.unit == over.unit and due.segment == over.segment
    if (
        not alike
        or not re.search("约定|计划|目标|任务|应", due.subject)
        or not re.search("完成|实际", done.subject)
    ):
        return None
    right = done.value - due.value
    if right <= 0 or right == over.value or not (is_level(reading, due) and is_level(reading, done)):
        return None
    return _wrong(over, right, f"{done.text} − {due.text}", (done, due), "flow")


def _daily(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """日均（按18个工作日计）结案56.3件: of the only sum of its kind that a slip parts from it."""
    mean, days = sentence[place], sentence[place - 1] if place else None
    if days is None or not _DAYS.search(reading.folded[days.sentence[0] : days.start]) or days.value < 2:
        return None
    kind = reading.role(mean).kind
    sums = [
        one for one in reading.levels_near(mean.unit, mean.start)
        if kind and reading.role(one).kind == kind and one.end <= mean.start and one.value > mean.value
        and not is_prior(reading, one)
    ]  # fmt: skip
    if any(abs(one.value / days.value - mean.value) <= mean.step for one in sums):
        return None
    near = [one for one in sums if slip(*digits(mean, one.value / days.value))]
    if len({one.value for one in near}) != 1 or mean.value / mean.step < 100:
        return None
    right = rounded(near[0].value / days.value, mean.decimals)
    return _wrong(mean, right, f"{near[0].text} ÷ {days.text}", (near[0], days), "average")


def _mean(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """实际完成16.2万卷。按页计1944万页，平均每卷210页: by the only number a slip leads to."""
    mean, total = sentence[place], sentence[place - 1] if place else None
    said = _MEAN.search(mean.subject)
    if total is None or said is None or total.unit != mean.unit or not mean.exact or mean.value < 100:
        return None
    heads = [
        one for one in reading.by_paragraph[reading.paragraph(mean).start]
        if one.unit == said["unit"] and one.end <= total.start and is_level(reading, one) and one.value > 1
    ]  # fmt: skip
    if not is_level(reading, total) or total.segment != mean.segment:
        return None
    if any(abs(total.value / one.value - mean.value) <= mean.step + total.step / one.value for one in heads):
        return None
    near = [one for one in heads if slip(*digits(mean, total.value / one.value))]
    if len({one.value for one in near}) != 1:
        return None
    right = rounded(total.value / near[0].value / mean.step, 0) * mean.step
    return _wrong(mean, right, f"{total.text} ÷ {near[0].text}", (total, near[0]), "average")


def _twice(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """押解1536人次，值庭1104次，平均每名警员押解64人次、值庭64次: of the same people."""
    one, first = sentence[place], sentence[place - 1] if place else None
    said = _TWICE.search(first.subject) if first is not None else None
    verb = re.fullmatch(r"、(?P<verb>[一-鿿]{2})", reading.between(first, one)) if first is not None else None
    if first is None or said is None or verb is None or not (one.exact and first.exact) or not first.value:
        return None
    sums = [
        [
            each for each in sentence[: place - 1]
            if name in each.subject and each.unit == mean.unit and each.exact
        ]
        for name, mean in ((said["verb"], first), (verb["verb"], one))
    ]  # fmt: skip
    if any(len(each) != 1 for each in sums):
        return None
    heads = sums[0][0].value / first.value
    told = any(each.value == heads and each.step == 1 for each in reading.figures)
    right = rounded(sums[1][0].value / heads / one.step, 0) * one.step if heads else Fraction(0)
    if heads <= 1 or not told or right == one.value:
        return None
    return _wrong(one, right, f"{sums[1][0].text} ÷ {printed(heads)}", (sums[1][0], first), "average")


def _net(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """年初存量6430人，年末存量6895人，净减465人: it went the other way."""
    one = sentence[place]
    said = _NET.match(one.subject)
    if said is None or place < 2 or one.is_rate or not one.exact:
        return None
    then, now = sentence[place - 2 : place]
    plain = then.unit == now.unit == one.unit and then.exact and now.exact
    if not plain or not re.search("[年期月季]初", then.subject) or not re.search("[年期月季]末", now.subject):
        return None
    apart = now.value - then.value
    if apart == (one.value if said["way"] == "增" else -one.value) or not apart:
        return None
    way = "净增" if apart > 0 else "净减"
    shown = one.worded(abs(apart))
    message = f"{one.subject}{one.text}，按文中的数应为{way} {shown}"
    return Finding(
        "growth", Verdict.MISMATCH, one.start, one.end, message,
        (f"{now.text} − {then.text} = {printed(apart)}",), (f"改为{way} {shown}", "或核对两个数"),
        ((then.start, then.end), (now.start, now.end)),
    )  # fmt: skip


def _instalments(reading: Reading, paragraph: list[Figure]) -> Iterator[Finding]:
    """首付30%计85.8万元，进度款50%计134万元，质保金5%计14.3万元: shares of one sum, all but one."""
    pairs = [
        (rate, part) for rate, part in itertools.pairwise(paragraph)
        if rate.unit == "%" and rate.exact and rate.value > 0 and part.unit == units.MONEY and part.exact
        and reading.between(rate, part) in ("计", ",计", "即", ",即", "为", "(")
    ]  # fmt: skip
    if len(pairs) < 3:
        return
    wholes = [part.value * 100 / rate.value for rate, part in pairs]
    most = max(set(wholes), key=wholes.count)
    odd = [pair for pair, whole in zip(pairs, wholes, strict=True) if whole != most]
    if len(odd) != 1 or wholes.count(most) < 2:
        return
    rate, part = odd[0]
    right = most * rate.value / 100
    if abs(right - part.value) > part.step and slip(*digits(part, right)):
        yield _wrong(part, right, f"{part.worded(most)} × {rate.text}", (rate,), "share")


def _persons(match: re.Match[str]) -> Iterator[Finding]:
    """甲（152件）、乙（131件）、丙（107件），三人合计380件: what the brackets come to."""
    items = _ITEM.findall(match["list"])
    told = int(match["many"]) if match["many"].isdigit() else " 一二三四五六七八九十".index(match["many"])
    if len(items) != told or any(unit != match["unit"] for _, unit in items):
        return
    added = sum((Fraction(value.replace(",", "")) for value, _ in items), start=Fraction(0))
    if added == Fraction(match["all"].replace(",", "").rstrip(".")):
        return
    shown = f"{printed(added)}{match['unit']}"
    yield Finding(
        "parts", Verdict.MISMATCH, match.start("all"), match.end("unit"),
        f"写作合计{match['all']}{match['unit']}，相加是 {shown}",
        (" + ".join(value for value, _ in items) + f" = {shown}",), (f"改为 {shown}", "或核对各项"),
        (match.span("list"),),
    )  # fmt: skip
