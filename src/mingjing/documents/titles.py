"""Breaking a title into lines that keep words whole and are of like length (GB/T 9704-2012, 7.3.1)."""

from __future__ import annotations

import re
from functools import cache
from math import ceil

from mingjing.documents.cleaning import clean_paragraphs
from mingjing.documents.typography import width_in_characters

TITLE_WIDTH = 20.0  # 2 号 characters in 156 mm

_NEVER_INSIDE = re.compile(
    r"（\d{4}）\S{1,12}?\d+号"  # a case number
    r"|[A-Za-z0-9.,%-]+[年月日号条件名个]?|《[^》]{1,14}》|“[^”]{1,14}”|〔\d{4}〕\d+号"
    r"|人民法院|审判管理|专业法官会议|审判委员会|长期未结|四类案件"
    r"|关于|案件|情况|通报|通知|报告|督办|督促|催办|办结|限期|录入|核查|信息|审判|执行|管理|监督|分析|工作"
    r"|期限|审限|变更|申请|决定|意见|办法|规定|制度|检查|评查|考核|整改|季度|年度|上半年|下半年|第.{1,2}[周季次期]"
)
_OPENING = "（《〈“‘〔【"
_CLOSING = "）》〉”’〕】，。、：；！？的"
_GOOD_AFTER = "的》）”、，：号"


def title_lines(title: str) -> tuple[str, ...]:
    """The lines of ``title``, each at most twenty characters wide where a break is allowed at all.

    Line ends the author wrote are kept; otherwise lines are as even as whole words permit.
    """
    return tuple(part for line in clean_paragraphs(title) for part in _break(line))


def _break(line: str) -> tuple[str, ...]:
    if width_in_characters(line) <= TITLE_WIDTH:
        return (line,)
    ideal = width_in_characters(line) / ceil(width_in_characters(line) / TITLE_WIDTH)
    places = (0, *_places(line), len(line))

    @cache
    def cheapest(start: int) -> tuple[float, tuple[int, ...]]:
        """The least cost of the text from ``places[start]`` on, and the ends of its lines."""
        if start == len(places) - 1:
            return 0.0, ()
        choices = []
        for end in range(start + 1, len(places)):
            width = width_in_characters(line[places[start] : places[end]])
            if width > TITLE_WIDTH and end > start + 1:
                break
            rest, ends = cheapest(end)
            choices.append((_cost(line, places[end], width, ideal) + rest, (places[end], *ends)))
        return min(choices)

    ends = cheapest(0)[1]
    return tuple(line[a:b] for a, b in zip((0, *ends), ends, strict=False))


def _cost(line: str, end: int, width: float, ideal: float) -> float:
    uneven = ((width - ideal) / ideal) ** 2
    bonus = 0.15 if end < len(line) and line[end - 1] in _GOOD_AFTER else 0.0
    return uneven - bonus + (10.0 if width > TITLE_WIDTH else 0.0)


def _places(line: str) -> tuple[int, ...]:
    """Where a line may end: not inside a word, not before closing or after opening punctuation."""
    inside = {place for word in _NEVER_INSIDE.finditer(line) for place in range(word.start() + 1, word.end())}
    return tuple(
        place
        for place in range(1, len(line))
        if place not in inside and line[place] not in _CLOSING and line[place - 1] not in _OPENING
    )
