"""What there was, what came and went and what is left; years that make a total; what was less than before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text.arithmetic import printed, slip
from mingjing.text.checks.bases import is_prior
from mingjing.text.checks.parts import weighed
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.leftovers.settled import Settled, clause_of, digits, is_level
from mingjing.text.reading import Reading
from mingjing.text.roles import clean

_OPENING = re.compile(r"^(?:今年|本年)?(?:年初|期初|月初|季初|上半年末|原有|原存|上年末)|^[^,。;:]{0,4}年初")
COMING = re.compile(r"(?:新形成|新增|新收|新立|新发生|新产生|新转入|新纳入|转入)")
"""What adds to what there is."""
_OUT = re.compile(
    r"(?:清结|清理|办结|审结|执结|化解|销号|结案|消化|退出|核销|移出|转出|清退|发放|清零)(?!率)"
)
_CLOSING = re.compile(
    r"(?:年末|期末|月末|年底|季末|目前|现)(?:尚存|尚有|尚余|仍有|剩余|还剩|还有|余|存|实有)|^(?:尚存|尚余|剩余|仍剩)"
)
_YEARS = re.compile(
    r"(?:(?P<many>[两二三四五六])年(?:来|间)?[^,。;:\d]{0,6})?(?:累计|共|合计|总计)[^,。;:\d]{0,6}$"
)
_THIS = re.compile(
    r"^(?:本期|今年|同比|本年|本季|本月|较之|较上年|比上年)?(?:净)?(?:增加|减少|增长|下降|增|减|多|少)(?:了)?$"
)
_THEN = re.compile(
    r"(?:上年|去年)(?:同期|全年)?(?P<what>[一-鿿]{2,8})$|^(?:上年|去年)(?:同期|全年)?(?:为|是)?$"
)


def check_stocks(reading: Reading, settled: Settled) -> Iterator[Finding]:
    """All checks of this file, of figures nothing was said of."""
    for sentence in reading.sentences.values():
        yield from _left(reading, settled, sentence)
        for place, figure in enumerate(sentence):
            if figure.start in settled.wrong:
                continue
            found = _by_year(reading, sentence, place) or _since_then(reading, settled, sentence, place)
            found = found or _than_before(reading, settled, sentence, place)
            if found is not None:
                yield found


def _left(reading: Reading, settled: Settled, sentence: list[Figure]) -> Iterator[Finding]:
    """年初290件，年内清结200件，新形成40件，年末尚存130件."""
    levels = [one for one in sentence if is_level(reading, one) and not reading.depth(one)]
    opening = next((one for one in levels if _OPENING.search(clause_of(reading, one))), None)
    if opening is None:
        return
    alike = [one for one in levels if one.unit == opening.unit and one.start > opening.start]
    moved: list[tuple[Figure, int]] = []
    for one in alike:
        words = clause_of(reading, one)
        if _CLOSING.search(words):
            left = one
            break
        if "其中" in words or bool(COMING.search(words)) == bool(_OUT.search(words)):
            return
        moved.append((one, 1 if COMING.search(words) else -1))
    else:
        return
    if not moved or settled.knows(left) or {sign for _, sign in moved} != {1, -1}:
        return
    right = opening.value + sum((one.value * sign for one, sign in moved), start=Fraction(0))
    if right == left.value or right < 0 or abs(right - left.value) > max(right, Fraction(5)):
        return
    line = f"{opening.text}" + "".join(f" {'+' if sign > 0 else '−'} {one.text}" for one, sign in moved)
    shown = left.worded(right)
    yield Finding(
        "flow", Verdict.MISMATCH, left.start, left.end,
        f"{left.subject}{left.text}，按年初和增减的数应为 {shown}", (f"{line} = {shown}",),
        (f"改为 {shown}", "或核对增减的数"),
        ((opening.start, opening.end), *((one.start, one.end) for one, _ in moved)),
    )  # fmt: skip


def _by_year(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """三年累计举办35场，2021年14场、2022年14场、2023年7场."""
    total = sentence[place]
    said = _YEARS.search(clause_of(reading, total))
    if said is None or not is_level(reading, total):
        return None
    parts: list[Figure] = []
    for one in sentence[place + 1 :]:
        gap = reading.folded[(parts[-1] if parts else total).end : one.start]
        dated = re.fullmatch(r"[、,(]?(?:其中)?[:,]?20\d\d年[^,。;:\d]{0,6}", gap)
        if not dated or one.unit != total.unit or not is_level(reading, one):
            break
        parts.append(one)
    added = sum((one.value for one in parts), start=Fraction(0))
    many = " 一二三四五六".find(said["many"].replace("两", "二")) if said["many"] else 0
    if len(parts) < 3 or added == total.value or (many and many != len(parts)):
        return None
    slipped = slip(int(total.value), int(added))
    return weighed(total, parts, True, "parts") if many or slipped else None


def _since_then(reading: Reading, settled: Settled, sentence: list[Figure], place: int) -> Finding | None:
    """创建29个，比上年新增7个，上年末为22个: what there is now, how many more, what there was."""
    if place < 2:
        return None
    now, more, then = sentence[place - 2 : place + 1]
    alike = now.unit == more.unit == then.unit and now.segment == more.segment == then.segment
    said = re.search(
        r"^(?:比|较)(?:上年|去年|上年末|年初)(?:末|底|同期)?(?P<way>新增|净增|增加|多|减少|少)(?:了)?$",
        more.subject,
    )
    told = re.match(r"^(?:上年|去年|年初)(?:末|底|同期)?(?:为|有|是|共|共有)?$", then.subject)
    exact = now.exact and more.exact and then.exact
    if not (alike and said and told and exact) or settled.knows(then) or reading.movement(now):
        return None
    right = now.value - more.value * (-1 if said["way"][-1] == "少" else 1)
    if right == then.value or right < 0 or {now.step, more.step, then.step} != {Fraction(1)}:
        return None
    shown = then.worded(right)
    message = f"上期写作{then.text}，按现在的数和增减应为 {shown}"
    return Finding(
        "growth", Verdict.MISMATCH, then.start, then.end, message,
        (f"{now.text}，{more.subject}{more.text}：上期 {shown}",), (f"改为 {shown}", "或核对增减的数"),
        ((now.start, now.end), (more.start, more.end)),
    )  # fmt: skip


def _than_before(reading: Reading, settled: Settled, sentence: list[Figure], place: int) -> Finding | None:
    """委派2896件…。上年同期委派3617件，本期减少721件: by its name, the level of now in the paragraph."""
    moved, move = sentence[place], reading.movement(sentence[place])
    then = sentence[place - 1] if place else None
    if then is None or move is None or settled.knows(moved) or not moved.exact or then.unit != moved.unit:
        return None
    said = _THEN.search(then.subject)
    plain = said and is_level(reading, then) and is_prior(reading, then) and then.segment == moved.segment
    if not plain or said is None or not said["what"] or not _THIS.match(moved.subject):
        return None
    now = [
        one for one in reading.by_paragraph[reading.paragraph(moved).start]
        if one.end <= then.start and one.unit == then.unit and is_level(reading, one)
        and not is_prior(reading, one) and clean(said["what"])[-2:] in clean(one.subject)
    ]  # fmt: skip
    if len({one.value for one in now}) != 1 or then.value == now[0].value:
        return None
    right = (now[0].value - then.value) * move.sign
    if right == moved.value or not (slip(*digits(moved, abs(right))) or right == -moved.value):
        return None
    shown = moved.worded(abs(right))
    line = f"{now[0].text} − {then.text} = {printed(now[0].value - then.value)}"
    return Finding(
        "growth", Verdict.MISMATCH, moved.start, moved.end,
        f"{moved.subject}{moved.text}，按文中两期的数{'方向相反' if right < 0 else f'应为 {shown}'}",
        (line,), (f"改为 {shown}", "或核对两期的数"),
        ((now[0].start, now[0].end), (then.start, then.end)),
    )  # fmt: skip
