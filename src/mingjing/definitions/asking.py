"""Asking the deadlines directly: facts as a person types them, the due day with its working as the answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from difflib import get_close_matches

from mingjing.definitions.kinds.deadline_examples import refuse_if_not_applicable
from mingjing.definitions.problems import closest
from mingjing.definitions.shelf import Shelf
from mingjing.domain.dates.durations import Duration, read_duration
from mingjing.domain.dates.reading import read_date, read_span
from mingjing.domain.dates.spans import Span
from mingjing.domain.deadlines.computing import applies_to, due_date
from mingjing.domain.deadlines.facts import word
from mingjing.domain.deadlines.granting import GRANTED
from mingjing.domain.deadlines.rules import Deadline, Due, Fact, Facts
from mingjing.domain.reasons import Answer, Refusal, Unreadable

_PAIR = re.compile(r"\s*([^=＝:：\s]+)\s*[=＝:：]\s*(\S.*?)\s*")
_HOUR = re.compile(r"(.+?)\s+(\d{1,2}):(\d{2})")
_LENGTH = re.compile(r"(?:\d+\s*(?:年|个月|天|日|个工作日|小时|分钟|个半月)|半个月|半天|半个工作日)")
_DAY = re.compile(r"[〇零一二三四五六七八九\d０-９]{4}\s*[-./年]")
NEAREST = 5
AS_OF = "截至"
Item = date | datetime | Duration | Span | bool | str


class NoSuchDeadline(Refusal):
    """Neither an id of a deadline nor a slot that a deadline fills."""

    code = "no-such-deadline"


def read_pairs(lines: Iterable[str]) -> dict[str, Fact]:
    """``立案日期=2024-03-13`` or ``鉴定期间：2024-04-01 至 2024-04-20、2024-05-01 至 2024-05-10`` as facts.

    A value is a day, a day with an hour, one or several spans, durations, 是/否, or a word; several are
    separated by ``、``.

    Raises
    ------
    Unreadable   a line is not a name and a value, its value is not what it looks like, or a name comes
                 twice with different values
    """
    facts: dict[str, Fact] = {}
    for line in lines:
        if not line.strip():
            continue
        match = _PAIR.fullmatch(line)
        if match is None:
            raise Unreadable(f"“{line.strip()}”不是“名称=内容”。", example="立案日期=2024-03-13")
        value = _fact(match[1], [_item(part) for part in match[2].split("、") if part.strip()])
        if facts.get(match[1], value) != value:
            raise Unreadable(
                f"“{match[1]}”写了两次，内容不同，不知道按哪一个。请只留一个；几段期间用“、”写在一起。",
                example="鉴定期间=2024-04-01 至 2024-04-20、2024-05-01 至 2024-05-10",
            )
        facts[match[1]] = value
    return facts


def _item(text: str) -> Item:
    text = text.strip()
    if text in ("是", "否"):
        return text == "是"
    if "至" in text and _DAY.match(text):
        return read_span(text)
    if _LENGTH.fullmatch(text):
        return read_duration(text)
    if not _DAY.match(text):
        return text
    hour = _HOUR.fullmatch(text)
    if hour is None:
        return read_date(text)
    try:
        return datetime.combine(read_date(hour[1]), datetime.min.time()).replace(
            hour=int(hour[2]), minute=int(hour[3])
        )
    except ValueError:
        raise Unreadable(f"没有“{hour[2]}:{hour[3]}”这个时刻。", example="2024-05-01 10:00") from None


def _fact(name: str, items: list[Item]) -> Fact:
    """One item as itself, several as a tuple of one kind; spans and extensions always are tuples."""
    spans = tuple(item for item in items if isinstance(item, Span))
    lengths = tuple(item for item in items if isinstance(item, Duration))
    days = tuple(item for item in items if isinstance(item, date))
    if spans and len(spans) == len(items):
        return spans
    if lengths and len(lengths) == len(items) and (name == GRANTED or len(items) > 1):
        return lengths
    if len(items) == 1:
        return items[0] if not isinstance(items[0], Span) else (items[0],)
    if days and len(days) == len(items):
        return days
    raise Unreadable(
        f"“{name}”里的几项不是同一类内容。",
        allowed=["都是日期", "都是起止日期", "都是时长"],
        example="鉴定期间=2024-04-01 至 2024-04-20",
    )


def find_rule(shelf: Shelf, name: str, facts: Facts) -> Deadline:
    """The deadline called ``name``: an id, a label, or a slot filled for these facts.

    Raises
    ------
    NoSuchDeadline   nothing is called so, or nothing fills the slot for these facts
    Ambiguous        two deadlines fill the slot
    """
    for rule in shelf.deadlines():
        if name in (rule.id, rule.label):
            refuse_if_not_applicable(rule, facts)
            return rule
    if name not in shelf.clocks():
        names = {*shelf.clocks(), *(word for rule in shelf.deadlines() for word in (rule.id, rule.label))}
        near = get_close_matches(name, sorted(names), n=5, cutoff=0.4) or sorted(shelf.clocks())[:8]
        raise NoSuchDeadline(f"没有叫“{name}”的期限。", allowed=near, example="审理期限")
    found = shelf.deadline_for(name, facts)
    if found is None:
        raise _nothing_fits([rule for rule in shelf.deadlines() if rule.clock == name], name, facts)
    return found


def _nothing_fits(rules: list[Deadline], name: str, facts: Facts) -> NoSuchDeadline:
    """Which fact fits none of the rules of a slot, or which facts the nearest rules still want."""
    fewest = min(len(_against(rule, facts)) for rule in rules)
    near = [rule for rule in rules if len(_against(rule, facts)) == fewest]
    spoken_against = (field for rule in near for field in _against(rule, facts))
    wrong = _fits_nowhere(rules, facts) or next(spoken_against, "")
    if wrong:
        said = word(facts[wrong])
        words = dict.fromkeys(text for rule in rules for text in rule.applies.get(wrong, ()))
        alike = get_close_matches(said, words, n=NEAREST, cutoff=0.5) or [*words]
        told = f"“{name}”没有适用于{wrong}为“{said}”的规定。"
        return NoSuchDeadline(told, allowed=alike, example=f"{wrong}={alike[0]}")
    wanted = [{field: words for field, words in rule.applies.items() if field not in facts} for rule in near]
    fields = [field for field, _ in Counter(field for one in wanted for field in one).most_common()]
    typed = {" ".join(f"{field}={'或'.join(words)}" for field, words in one.items()) for one in wanted}
    return NoSuchDeadline(
        f"只凭这些事实，还定不下“{name}”用哪一条。请补充：{'、'.join(fields)}。",
        allowed=sorted(typed, key=lambda text: (len(text), text))[:NEAREST],
        example="案件类型=民事一审 审理程序=简易程序",
    )


def _unmet(rule: Deadline, field: str, facts: Facts) -> bool:
    return not applies_to({field: rule.applies[field]}, facts)


def _against(rule: Deadline, facts: Facts) -> list[str]:
    """The facts that speak against a rule."""
    return [field for field in rule.applies if field in facts and _unmet(rule, field, facts)]


def _fits_nowhere(rules: list[Deadline], facts: Facts) -> str:
    """A fact whose word none of the rules that look at it knows."""
    for field in facts:
        looking = [rule for rule in rules if field in rule.applies]
        if looking and all(_unmet(rule, field, facts) for rule in looking):
            return field
    return ""


def _refuse_misspelt(shelf: Shelf, facts: Facts) -> None:
    known = {GRANTED, AS_OF}
    for id_ in ("dictionary.case_fields", "dictionary.exclusions"):
        known.update(shelf.dictionary(id_).keys)
    events = shelf.dictionary("dictionary.events").keys
    known.update(events, (f"{event}日期" for event in events))
    for name in facts:
        if name not in known and (meant := closest(name, known)):
            raise Unreadable(f"没有“{name}”这个数据项。您是不是想写“{meant}”？", example=f"{meant}=…")


def ask(shelf: Shelf, name: str, facts: Facts, *, as_of: date) -> Answer[Due]:
    """The due day of the facts under the deadline ``name``, as of ``as_of``, with its working.

    Raises
    ------
    Unreadable   a fact by a name that looks like another's: it would be passed over in silence
    Refusal      every refusal of ``find_rule`` and of ``due_date``
    """
    _refuse_misspelt(shelf, facts)
    rule = find_rule(shelf, name, facts)
    return due_date(rule, facts, shelf.calendar(rule.counting.calendar), as_of=as_of)
