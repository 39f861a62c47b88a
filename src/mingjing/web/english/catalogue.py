"""The phrases of the interface and how a Chinese text is put into English with them.

A phrase is a line ``中文<Tab>English`` of a file in ``phrases/``. ``{}`` stands for what a page fills in,
in the same order on both sides; ``{1}`` and ``{2}`` on the English side say another order. A text is looked
up whole, as a date, then among the phrases with ``{}``, then clause by clause, then cut into phrases that
cover all of it. A text that is not covered is content, a name or a law, and stays as it is: half a
translation would be worse than none. Only facts in a row (``王某 · 逾期 2 天``) are put one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from mingjing.web.english.days import day_said

FOLDER = Path(__file__).parent / "phrases"
CHINESE = re.compile(r"[\u3400-\u9fff]")
_RUN = re.compile(r"[\u3400-\u9fff]+")
_SLOT = re.compile(r"\{(\d*)\}")
WIDE_SPACE = "\u3000"
_EDGE = r"(?:(?!（\d{4}）)[\s，。、；：（）()《》“”？！·…,.;:|])*"  # the bracket of a case number is its own
_EDGES = re.compile(f"({_EDGE})(.*?)({_EDGE})", re.DOTALL)
_CLAUSE = re.compile("([，。；、：？！]|（|）)")
_PLACE = "((?:(?! · )[^，。；])+?)"
MARKS = str.maketrans(
    {
        "，": ", ",
        "。": ". ",
        "、": ", ",
        "；": "; ",
        "：": ": ",
        "（": " (",
        "）": ") ",
        "？": "? ",
        "！": "! ",
        "“": " “",
        "”": "” ",
    }
)
_SHORTEST_PART = 2
_LOOSE = 2  # a phrase of so few letters fits by accident: what fills it must be known too
_LONGEST_TEXT = 400
_MOST_CLAUSES = 11  # five marks within one phrase, and the clauses about them


class BadPhraseError(ValueError):
    """A line of a phrase file that is not one; says file and line."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A phrase with places to fill: ``由{}办理`` → ``handled by {}``."""

    shape: re.Pattern[str]
    english: str
    loose: bool

    @classmethod
    def of(cls, chinese: str, english: str) -> Pattern:
        parts = [re.escape(part) for part in chinese.split("{}")]
        loose = len(CHINESE.findall(chinese)) <= _LOOSE and "：" not in chinese
        return cls(re.compile(_PLACE.join(parts)), english, loose)

    def filled(self, values: list[str]) -> str:
        """The English side with ``values`` in their places."""
        places = iter(range(len(values)))
        return _SLOT.sub(lambda slot: values[int(slot[1]) - 1 if slot[1] else next(places)], self.english)


@dataclass(slots=True)
class Catalogue:
    """All phrases, ready to be asked: whole ones by text, those with places by their first or last letter."""

    whole: dict[str, str] = field(default_factory=dict)
    by_first: dict[str, list[Pattern]] = field(default_factory=dict)
    by_last: dict[str, list[Pattern]] = field(default_factory=dict)
    longest: int = 0

    def add(self, chinese: str, english: str) -> None:
        """One more phrase; those of the same text are overwritten."""
        if "{}" not in chinese:
            self.whole[chinese] = english
            self.longest = max(self.longest, len(chinese))
            return
        pattern = Pattern.of(chinese, english)
        if chinese.startswith("{}"):
            self.by_last.setdefault(chinese[-1] if not chinese.endswith("{}") else "", []).append(pattern)
        else:
            self.by_first.setdefault(chinese[0], []).append(pattern)

    def said(self, text: str) -> str | None:
        """``text`` in English, or None where the phrases do not cover it. Outer spaces are kept."""
        if not CHINESE.search(text) or len(text) > _LONGEST_TEXT:
            return None
        return self._in_a_row(text, WIDE_SPACE) or self._whole(text) or self._in_a_row(text, " · ")

    def _in_a_row(self, text: str, between: str) -> str | None:
        """Facts in a row, each by itself; a name or a number among them stays."""
        parts = text.split(between)
        if len(parts) == 1:
            return None
        said = [self.said(part) or part for part in parts]
        return None if said == parts else between.join(said)

    def _whole(self, text: str) -> str | None:
        before, core, after = _EDGES.fullmatch(text).groups()  # type: ignore[union-attr]
        english = self._core(" ".join(core.split()))
        return english and f"{before.translate(MARKS)}{english}{after.translate(MARKS)}"

    def _core(self, core: str) -> str | None:
        known = self.whole.get(core) or day_said(core) or self._filled(core)
        return known or self._clauses(core) or self._covered(core)

    def _clauses(self, core: str) -> str | None:
        """Clause after clause, as many at once as one phrase says, where every one of them is known."""
        parts, said, at = _CLAUSE.split(core), [], 0
        if len(parts) == 1:
            return None
        while at < len(parts):
            english, end = self._clauses_from(parts, at)
            if english is None:
                return None
            said.append(english.translate(MARKS))
            at = end
        return _spaced([part for part in said if part])

    def _clauses_from(self, parts: list[str], at: int) -> tuple[str | None, int]:
        """What begins at a clause in English, and where it ends; a phrase may hold marks of its own."""
        for end in range(min(at + _MOST_CLAUSES, len(parts)), at + 1, -1):
            run = "".join(parts[at:end]).strip()
            known = self.whole.get(run) or self._filled(run) if CHINESE.search(run) else None
            if known:
                return known, end
        one = parts[at]
        return (self._core(one.strip()) if CHINESE.search(one) else one), at + 1

    def _filled(self, core: str) -> str | None:
        """By a phrase with places; what stands in a place is put into English where it can be."""
        last = self.by_last
        for patterns in (self.by_first.get(core[:1], ()), last.get(core[-1:], ()), last.get("", ())):
            for pattern in patterns:
                found = pattern.shape.fullmatch(core)
                values = [(self.said(value), value) for value in found.groups()] if found else []
                if found and not (pattern.loose and any(_unknown(*value) for value in values)):
                    return pattern.filled([english or value for english, value in values])
        return None

    def _covered(self, core: str) -> str | None:
        """By cutting every run of Chinese letters into phrases; numbers and marks between them stay."""
        english, at = [], 0
        for run in _RUN.finditer(core):
            words = self._cut(run[0])
            if words is None:
                return None
            english += [core[at : run.start()].translate(MARKS), " ".join(words)]
            at = run.end()
        english.append(core[at:].translate(MARKS))
        return _spaced(english)

    def _cut(self, run: str) -> list[str] | None:
        """``run`` as the fewest phrases of two letters or more that cover it."""
        best: list[list[str] | None] = [[]] + [None] * len(run)
        for end in range(_SHORTEST_PART, len(run) + 1):
            for start in range(max(0, end - self.longest), end - _SHORTEST_PART + 1):
                so_far, word = best[start], self.whole.get(run[start:end])
                known = best[end]
                if so_far is not None and word and (known is None or len(so_far) + 1 < len(known)):
                    best[end] = [*so_far, word]
        return best[-1]


def _unknown(english: str | None, value: str) -> bool:
    return english is None and bool(CHINESE.search(value))


def _spaced(parts: list[str]) -> str:
    """Parts in a row, with a space between a letter and a letter or a number."""
    text = ""
    for part in parts:
        joins = text[-1:].isalnum() or text[-1:] in ("%", ")", "”")
        text += f" {part}" if joins and (part[:1].isalnum() or part[:1] in ("(", "“")) else part
    return re.sub(r" {2,}", " ", text).strip()


def lines(path: Path) -> Iterator[tuple[str, str]]:
    """The phrases of one file.

    Raises:
        BadPhraseError: a line without exactly one tab, or whose sides have not the same places to fill.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        chinese, tab, english = line.partition("\t")
        if not tab or not english or "\t" in english or chinese.count("{}") != len(_SLOT.findall(english)):
            raise BadPhraseError(
                f"{path.name} 第 {number} 行不是一条短语：{line}。要写成“中文<Tab>English”，"
                "两边的 {} 一样多。例如：由{}办理<Tab>handled by {}"
            )
        yield chinese, english


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The catalogue of the product, read once by the first English page."""
    made = Catalogue()
    found = [phrase for path in sorted(FOLDER.glob("*.tsv")) for phrase in lines(path)]
    for chinese, english in sorted(found, key=lambda phrase: -len(phrase[0])):  # the most telling first
        made.add(chinese, english)
    return made
