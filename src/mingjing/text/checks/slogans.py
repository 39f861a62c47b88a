"""Set phrases in two wordings, and dues of which a year is missing (N-042, N-086, N-087)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading

_QUOTED = re.compile(r"“((?:[一-鿿]{4}、){2,}[一-鿿]{4})”")
_TOGETHER = re.compile(r"同[一-鿿]{2}(?:、同[一-鿿]{2})+")
_DUES = re.compile(r"会费|党费|团费")
_YEARS = re.compile(r"((?:19|20)\d{2})年?(?:度)?(?:(?:-|—|~|至|到)((?:19|20)\d{2})年)?")
_WHO = re.compile(r"([一-鿿]{0,6}(?:会员|人员|职工|党员|团员))")


def check_slogans(reading: Reading) -> Iterator[Finding]:
    """All checks of this file."""
    yield from _four_words(reading)
    yield from _done_together(reading)
    for paragraph in reading.outline.paragraphs:
        words = reading.folded[paragraph.start : paragraph.end]
        if _DUES.search(words):
            yield from _dues(words, paragraph.start)


def _four_words(reading: Reading) -> Iterator[Finding]:
    """“政治清明、司法清廉…” and, later, “干警清正、机关清廉…”: one set of phrases, worded twice."""
    seen: dict[str, re.Match[str]] = {}
    for match in _QUOTED.finditer(reading.folded):
        items = match[1].split("、")
        for sign in sorted(set(items[0]).intersection(*items[1:])):
            first = seen.setdefault(sign, match)
            if set(first[1].split("、")) != set(items):
                yield Finding(
                    "name", Verdict.TENSION, *match.span(1),
                    f"前面写“{first[1]}”，这里写“{match[1]}”：同一个提法两种写法",
                    (), ("统一成一种写法",), (first.span(1),),
                )  # fmt: skip


def _done_together(reading: Reading) -> Iterator[Finding]:
    """同谋划、同安排、同部署、同推进: how many it has here; documents differ and none is the right one."""
    for match in _TOGETHER.finditer(reading.folded):
        count = match.group().count("、") + 1
        yield Finding(
            "name", Verdict.UNCHECKED, *match.span(),
            f"这里写了 {count} 个“同”；各份文件写的不一样，以本院词表为准",
        )  # fmt: skip


def _dues(words: str, start: int) -> Iterator[Finding]:
    """Years of dues by who pays them: a year between two others that one class lacks."""
    years: dict[str, set[int]] = defaultdict(set)
    spots: dict[str, tuple[int, int]] = {}
    place = 0
    for clause in re.split(r"(?<=[,。;])", words):
        if _DUES.search(clause) and re.search("缴|收", clause):
            paid = re.sub(
                r"于(?:19|20)\d{2}年\d{1,2}月|(?:19|20)\d{2}年\d{1,2}月", lambda m: " " * len(m[0]), clause
            )
            named = list(_YEARS.finditer(paid))
            who = _WHO.search(paid)
            name = who[1] if who else ""
            for match in named:
                last = int(match[2] or match[1])
                years[name].update(range(int(match[1]), last + 1))
                spots.setdefault(name, (start + place + match.start(), start + place + match.end()))
        place += len(clause)
    for name, found in years.items():
        covered = found | years.get("", set())
        missing = [year for year in range(min(covered), max(covered)) if year not in covered]
        elsewhere = {year for other, its in years.items() if other != name for year in its}
        if name and len(found) > 1 and missing and set(missing) <= elsewhere:
            yield Finding(
                "period", Verdict.TENSION, *spots[name],
                f"{name}的{'、'.join(map(str, missing))}年没有写：前后各年都有，这一年只写了别的人员",
                (f"写到的年份：{'、'.join(map(str, sorted(covered)))}",), ("补写缺的年份，或写明为何没有",),
            )  # fmt: skip
