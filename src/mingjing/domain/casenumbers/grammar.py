"""The grammar of case numbers since 2016 (法〔2015〕137号，法〔2018〕335号), and the older style, marked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from mingjing.domain.casenumbers.vocabulary import SUPREME_COURT, CourtLevel, TypeCode, Vocabulary, level_of
from mingjing.domain.reasons import Answer, Refusal, Step, Unreadable

__all__ = [
    "CaseNumber",
    "CourtLevel",
    "TypeCode",
    "Vocabulary",
    "WrongCourtLevel",
    "cases_named",
    "explain_case_number",
    "read_case_number",
    "read_court_code",
    "split_case_numbers",
]

EXAMPLE = "（2024）云0102民初1560号"
LAW = "法〔2015〕137号"
FIRST_YEAR = 2016  # 法〔2015〕137号自 2016 年 1 月 1 日起施行
SPECIAL = {"知": "知识产权"}  # 专门审判代字，法〔2018〕335号

_BRACKETS = str.maketrans(
    dict.fromkeys("([{〔【〈《<「『（", "（") | dict.fromkeys(")]}〕】〉》>」』）", "）")
)
_SPACE = re.compile(r"[\s\u200b-\u200f\ufeff]+")
_YEAR = r"（(?P<year>(?:19|20)\d{2})）"
_SERIAL = (
    r"(?P<serial>\d{1,9})(?:-(?P<dash>[1-9]\d?))?号?(?:之(?P<sub>[一二三四五六七八九十]{1,3}|[1-9]\d?)号?)?"
)
_CODE = r"最高法|[\u4e00-\u9fff](?:\d{4}|\d{2})?"
_COURT = rf"(?P<court>{_CODE})"
_NEW = re.compile(rf"{_YEAR}{_COURT}(?P<words>[\u4e00-\u9fff]{{1,6}}){_SERIAL}")
_OLD = re.compile(rf"{_YEAR}(?P<words>[\u4e00-\u9fff]{{2,14}})字第{_SERIAL}")
_OLD_TYPE = re.compile("[刑民行执赔知商破督催特经]")
_SEPARATOR = re.compile(r"[、，,;；]+|(?<=[号\d一二三四五六七八九十])(?:和|及|与)")
_HEAD = re.compile(r"(?P<head>（\d{4}）.*?)(?P<tail>\d+(?:[-至]\d+)?(?:[号之].*)?)")
_SERIAL_ONLY = re.compile(r"(?P<first>\d+)(?:至(?P<last>\d+))?(?P<rest>(?:-\d+)?号?(?:之.+)?)")
_LONGEST_RANGE = 500
_NUMERALS = "一二三四五六七八九"


class WrongCourtLevel(Refusal):
    """The type of case cannot be heard by a court of that level."""

    code = "wrong-court-level"


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """A case number in its parts.

    ``sub`` is the number after 之, 0 where there is none. In an ``old_style`` number ``court`` is the
    court's short name as written (昆, 云高) and ``type_code`` what follows it (民一初).
    """

    year: int
    court: str
    special: str
    type_code: str
    serial: int
    sub: int = 0
    old_style: bool = False

    @property
    def normalised(self) -> str:
        """``（2024）云0102民初1560号``: full-width brackets, ASCII digits, no spaces."""
        middle = "字第" if self.old_style else ""
        sub = f"之{_spelled(self.sub)}" if self.sub else ""
        return f"（{self.year}）{self.court}{self.special}{self.type_code}{middle}{self.serial}号{sub}"

    def __str__(self) -> str:
        return self.normalised


def read_case_number(text: str, vocabulary: Vocabulary, *, latest_year: int | None = None) -> CaseNumber:
    """The number written in ``text``; brackets, digit width and spaces do not matter.

    ``latest_year`` is the last year a case can have been filed in, if the caller knows one.

    Raises
    ------
    Unreadable        not a case number, or an unknown court, type or year; the nearest known are named
    WrongCourtLevel   the court's level cannot hear that type of case
    """
    plain = _plain(text)
    if "字第" in plain:
        return _read_old(text, plain, latest_year)
    match = _NEW.fullmatch(plain)
    if match is None:
        raise Unreadable(
            f"“{text}”不是案号。写作：年份加括号、法院代字、类型代字、编号、“号”。", example=EXAMPLE
        )
    year = _year(match, text, latest_year)
    if year < FIRST_YEAR:
        raise Unreadable(
            f"“{text}”：{FIRST_YEAR} 年以前的案号写法不同（带“字第”）；新写法的年份应不早于 {FIRST_YEAR}。",
            example="（2015）昆民一初字第12号",
        )
    court = _court(match["court"], text, vocabulary)
    special, kind = _type(match["words"], text, vocabulary)
    if level_of(court) < kind.lowest:
        raise WrongCourtLevel(
            f"“{text}”：{court} 是{level_of(court).label}法院，{kind.code}（{kind.label}）"
            f"只能由{_courts_from(kind.lowest)}办理。",
            allowed=[code for code, one in vocabulary.types.items() if _alike(one, kind, court)][:6],
        )
    return CaseNumber(year, court, special, kind.code, _serial(match, text), _sub(match))


def explain_case_number(
    text: str, vocabulary: Vocabulary, *, latest_year: int | None = None
) -> Answer[CaseNumber]:
    """The number with the meaning of each of its parts. Raises as ``read_case_number``."""
    number = read_case_number(text, vocabulary, latest_year=latest_year)
    steps = [Step(f"（{number.year}）", f"{number.year} 年立案")]
    caveats = []
    if number.old_style:
        steps.append(Step(number.court, "法院简称"))
        steps.append(Step(number.type_code, "类型代字"))
        caveats.append(f"{FIRST_YEAR} 年以前的旧式案号，法院和类型没有全国统一代字，未核对。")
    else:
        name, level = vocabulary.courts[number.court], level_of(number.court)
        steps.append(Step(number.court, f"{name}（{level.label}法院）", LAW))
        if number.special:
            steps.append(Step(number.special, f"专门审判：{SPECIAL[number.special]}", "法〔2018〕335号"))
        kind = vocabulary.types[number.type_code]
        steps.append(Step(kind.code, kind.label, LAW))
        if not kind.verified:
            caveats.append(f"类型代字“{kind.code}”在公布的代字表里没有，来自实际使用，请核对。")
    steps.append(Step(f"{number.serial}号", f"该法院当年此类案件第 {number.serial} 号"))
    if number.sub:
        steps.append(Step(f"之{_spelled(number.sub)}", f"同一案件的第 {number.sub} 份裁判文书"))
    return Answer(number, tuple(steps), caveats=tuple(caveats))


def split_case_numbers(text: str) -> tuple[str, ...]:
    """The single numbers in a list such as ``（2018）最高法行申30063、30062号`` or ``…1至3号``.

    Brackets and digits come out in their usual width. A part that is not a number stays as it is, for
    ``read_case_number`` to refuse.

    Raises
    ------
    Unreadable   a range that runs backward or over more than 500 numbers
    """
    found: list[str] = []
    head = ""
    for part in filter(None, _SEPARATOR.split(_plain(text))):
        tail = part
        if match := _HEAD.fullmatch(part):
            head, tail = match["head"], match["tail"]
        if head and (serials := _SERIAL_ONLY.fullmatch(tail)):
            found += [f"{head}{serial}" for serial in _serials(serials)]
        else:
            found.append(part)
    return tuple(found)


def cases_named(text: str) -> frozenset[str]:
    """The cases a text such as the title of a topic names, each as ``（2024）云0102民初1560号``.

    They are recognised by their shape alone; the number of a single paper of a case (之一, -1) is that case.
    """
    plain = _plain(text)
    new = {
        f"（{one['year']}）{one['court']}{one['words']}{int(one['serial'])}号" for one in _NEW.finditer(plain)
    }
    old = {f"（{one['year']}）{one['words']}字第{int(one['serial'])}号" for one in _OLD.finditer(plain)}
    return frozenset(new | old)


def _plain(text: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).translate(_BRACKETS)


def _read_old(text: str, plain: str, latest_year: int | None) -> CaseNumber:
    match = _OLD.fullmatch(plain)
    if match is None:
        raise Unreadable(f"“{text}”不是案号。", example="（2015）昆民一初字第12号")
    year = _year(match, text, latest_year)
    if year >= FIRST_YEAR:
        raise Unreadable(f"“{text}”：{FIRST_YEAR} 年起案号不再写“字第”。", example=EXAMPLE)
    kind = _OLD_TYPE.search(match["words"], 1)
    if kind is None:
        raise Unreadable(f"“{text}”看不出案件类型。", example="（2015）昆民一初字第12号")
    court, words = match["words"][: kind.start()], match["words"][kind.start() :]
    return CaseNumber(year, court, "", words, _serial(match, text), _sub(match), old_style=True)


def read_court_code(text: str, vocabulary: Vocabulary, *, example: str = "云0102") -> str:
    """The code of a court that may not be in the table yet: its province, then four digits, two or none.

    Raises
    ------
    Unreadable   no number of a case could carry it; codes of the same name or near it are named
    """
    code = _plain(text)
    if re.fullmatch(_CODE, code) and (code[0] in vocabulary.provinces or code == SUPREME_COURT):
        return code
    named = [known for known, name in vocabulary.courts.items() if text.strip() and text.strip() in name]
    near = named[:5] or _nearest(code, vocabulary.courts)
    raise Unreadable(
        f"“{text}”不是法院代字。写作：省的简称，后面四位数字（基层）、两位数字（中级）或者不写数字（高级）。",
        allowed=[f"{known} {vocabulary.courts[known]}" for known in near],
        example=example,
    )


def _year(match: re.Match[str], text: str, latest_year: int | None) -> int:
    year = int(match["year"])
    if latest_year is not None and year > latest_year:
        raise Unreadable(f"“{text}”的年份 {year} 还没有到，最晚是 {latest_year}。", example=EXAMPLE)
    return year


def _court(code: str, text: str, vocabulary: Vocabulary) -> str:
    if code in vocabulary.courts:
        return code
    if code[0] not in vocabulary.provinces and level_of(code) is not CourtLevel.SUPREME:
        raise Unreadable(
            f"“{text}”：法院代字不能以“{code[0]}”开头。",
            allowed=sorted(vocabulary.provinces),
            example=EXAMPLE,
        )
    near = [known for known in vocabulary.courts if known[0] == code[0]]
    raise Unreadable(
        f"“{text}”：没有代字为“{code}”的法院。",
        allowed=[f"{known} {vocabulary.courts[known]}" for known in _nearest(code, near)],
        example=EXAMPLE,
    )


def _type(words: str, text: str, vocabulary: Vocabulary) -> tuple[str, TypeCode]:
    """The 专门审判代字, if one stands before it, and the type."""
    if (kind := vocabulary.types.get(words)) is not None:
        return "", kind
    if words[0] in SPECIAL and (kind := vocabulary.types.get(words[1:])) is not None:
        return words[0], kind
    near = _nearest(words.lstrip("".join(SPECIAL)) or words, vocabulary.types)
    raise Unreadable(
        f"“{text}”：没有类型代字“{words}”。",
        allowed=[f"{code} {vocabulary.types[code].label}" for code in near],
        example=EXAMPLE,
    )


def _courts_from(level: CourtLevel) -> str:
    return "最高人民法院" if level is CourtLevel.SUPREME else f"{level.label}以上法院"


def _alike(one: TypeCode, kind: TypeCode, court: str) -> bool:
    return one.family == kind.family and one.lowest <= level_of(court)


def _nearest(word: str, known: Iterable[str]) -> list[str]:
    return get_close_matches(word, list(known), n=5, cutoff=0.4)


def _serial(match: re.Match[str], text: str) -> int:
    if match["serial"].startswith("0"):
        plain = match["serial"].lstrip("0") or "1"
        raise Unreadable(f"“{text}”：编号是自然数，前面不带 0。", example=EXAMPLE.replace("1560", plain))
    return int(match["serial"])


def _sub(match: re.Match[str]) -> int:
    word = match["dash"] or match["sub"]
    if not word:
        return 0
    if word.isdecimal():
        return int(word)
    tens, ten, ones = word.rpartition("十")
    if not ten:
        return _NUMERALS.index(word) + 1
    return 10 * (_NUMERALS.index(tens) + 1 if tens else 1) + (_NUMERALS.index(ones) + 1 if ones else 0)


def _spelled(number: int) -> str:
    """1 to 99 in characters: 一, 十, 十二, 二十一."""
    tens, ones = divmod(number, 10)
    return (
        (_NUMERALS[tens - 1] if tens > 1 else "")
        + ("十" if tens else "")
        + (_NUMERALS[ones - 1] if ones else "")
    )


def _serials(match: re.Match[str]) -> list[str]:
    rest = match["rest"] if "号" in match["rest"] else f"{match['rest']}号"
    if match["last"] is None:
        return [f"{match['first']}{rest}"]
    first, last = int(match["first"]), int(match["last"])
    if not first <= last < first + _LONGEST_RANGE:
        raise Unreadable(
            f"“{match[0]}”：编号范围应由小到大，不超过 {_LONGEST_RANGE} 个。", example="1560至1563号"
        )
    return [f"{serial}{rest}" for serial in range(first, last + 1)]
