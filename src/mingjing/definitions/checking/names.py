"""Names used in one file and defined in another: fields, events, exclusions, posts, words of a field."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from mingjing.definitions.notes import Notes, Reference
from mingjing.definitions.problems import Severity, nearest

if TYPE_CHECKING:
    from mingjing.definitions.definition import Definition
    from mingjing.definitions.shelf import Shelf

FIELDS, EVENTS, EXCLUSIONS = "dictionary.case_fields", "dictionary.events", "dictionary.exclusions"
POSTS = "dictionary.posts"
HANDLER = "承办人"
ALWAYS_KNOWN = frozenset({"延长", "在押"})


class Names:
    """Looks words up in the dictionaries of one shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._words: dict[str, Collection[str] | None] = {}

    def check(self, definition: Definition, notes: Notes) -> None:
        """Note every unknown word of a definition, and once each dictionary that is not there."""
        absent: set[str] = set()
        places: dict[tuple[str, str], list[Reference]] = {}
        for reference in definition.references:
            places.setdefault((reference.dictionary, reference.word), []).append(reference)
        for same in places.values():
            self._check_one(same[0], notes, absent, others=len(same) - 1)

    def _check_one(self, reference: Reference, notes: Notes, absent: set[str], *, others: int) -> None:
        known, sources = self._known(reference.dictionary)
        if known is None:
            for source in sources:
                if source not in absent and not self._shelf.may_be_broken(source):
                    absent.add(source)
                    cause = f"没有字典“{source}”，本文件里的{reference.what}没有核对。"
                    notes.say(reference.node, "missing-dictionary", cause, severity=Severity.WARNING)
            return
        if reference.word not in known and not self._is_fact(reference, known):
            where, word = " 或 ".join(sources), reference.word
            hint = _hint(word, known)
            if not hint and reference.dictionary in ("facts", "events", EVENTS):
                hint = f"新的事项，先在本院的 {EVENTS} 里加一行。"
            cause = f"{where} 里没有“{word}”这个{reference.what}。{hint}"
            if others:
                cause += f"（本文件另有 {others} 处。）"
            allowed = tuple(sorted(known)) if len(known) <= 30 else ()
            notes.say(reference.node, "unknown-name", cause, allowed=allowed)

    def _is_fact(self, reference: Reference, known: Collection[str]) -> bool:
        """``X日期`` is the first event X, whatever the list of fields says."""
        return reference.dictionary == "facts" and reference.word.removesuffix("日期") in known

    def _known(self, name: str) -> tuple[Collection[str] | None, tuple[str, ...]]:
        """The words allowed (None where nothing can be said) and where they come from."""
        if name == "facts":
            sources: tuple[str, ...] = (FIELDS, EVENTS, EXCLUSIONS)
            return self._together(name, sources, ALWAYS_KNOWN), (FIELDS, EVENTS)
        if name == "events":
            sources = (EVENTS, EXCLUSIONS)
            return self._together(name, sources, ()), sources
        if name == "tell":
            if self._shelf.may_be_broken("roles"):
                return None, ()
            roles = {role.label for role in self._shelf.roles().roles}
            return self._together(name, (POSTS,), roles | {HANDLER}), (POSTS,)
        if name.startswith("applies:"):
            return self._of_field(name.removeprefix("applies:"))
        return self._together(name, (name,), ()), (name,)

    def _of_field(self, field: str) -> tuple[Collection[str] | None, tuple[str, ...]]:
        """What a field may say: 是/否, the words of a dictionary, the words listed beside it, or anything."""
        fields = self._shelf.dictionary_or_none(FIELDS)
        row = fields.row(field) if fields else {}
        words = row.get("words", "")
        if words.startswith("dictionary."):
            return self._together(words, (words,), ()), (words,)
        if row.get("type") == "是否":
            return ("是", "否"), (FIELDS,)
        return (tuple(words.split("、")), (FIELDS,)) if words else (None, ())

    def _together(self, name: str, sources: tuple[str, ...], more: Collection[str]) -> Collection[str] | None:
        if name not in self._words:
            found = [self._shelf.dictionary_or_none(source) for source in sources]
            if any(one is None for one in found):
                self._words[name] = None
            else:
                words = (word for one in found if one is not None for word in one.keys)
                self._words[name] = frozenset(words) | frozenset(more)
        return self._words[name]


def _hint(word: str, known: Collection[str]) -> str:
    if "，" in word or "、" in word:
        return "几个名称之间要用英文逗号加空格“, ”隔开。"
    if word.endswith("日期") and (near := nearest(word.removesuffix("日期"), known)):
        return near.replace("”", "日期”") if not near.endswith("日期”？") else near
    for other in ("时间", "之日"):  # 立案时间 is what elsewhere is called 立案日期, the day of 立案
        bare = word.removesuffix(other)
        if bare != word and (bare in known or f"{bare}日期" in known):
            return f"您是不是想写“{bare}日期”？"
    return nearest(word, known)
