"""An HTML page in English: its texts and the words of its attributes, nothing that a form sends back."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape

from mingjing.web.english.catalogue import CHINESE, MARKS

Say = Callable[[str], str | None]

_PIECE = re.compile(
    r"<!--.*?-->|<(?P<kept>script|style|textarea|pre|code)\b.*?</(?P=kept)\s*>|<[^>]*>|[^<]+",
    re.DOTALL | re.I,
)
_WORDS = re.compile(r'\b(title|placeholder|aria-label|alt|label|data-label|data-confirm|content)="([^"]*)"')
_NAME = re.compile(r"</?\s*([a-z0-9]+)", re.I)
INLINE = {"a", "b", "i", "em", "strong", "span", "small", "time", "mark", "abbr", "sup", "code", "kbd"}


def in_english(page: str, say: Say) -> str:
    """``page`` with every text ``say`` knows put into English.

    Scripts, styles, what is typed into a field and the value of a choice stay as they are. A choice without a
    value of its own sends its text, so its text stays too.
    """
    pieces = [found[0] for found in _PIECE.finditer(page)]
    out: list[str] = []
    for at, piece in enumerate(pieces):
        if piece.startswith("<"):
            out.append(_tag(piece, say))
        elif not CHINESE.search(piece):
            out.append(piece.translate(MARKS))
        elif not _sent_back(pieces[at - 1] if at else ""):
            after = pieces[at + 1] if at + 1 < len(pieces) else ""
            out.append(_text(piece, say, pieces[at - 1] if at else "", after))
        else:
            out.append(piece)
    return "".join(out)


def _sent_back(tag: str) -> bool:
    return tag.lower().startswith("<option") and "value=" not in tag


def _text(piece: str, say: Say, before: str, after: str) -> str:
    """A text between two tags; Chinese needs no space beside a word of its own tag, English does."""
    english = say(unescape(piece))
    if english is None:
        return piece
    text = escape(english, quote=False)
    if before.startswith("</") and _is_inline(before) and text[:1].isalnum():
        text = f" {text}"
    if not after.startswith("</") and _is_inline(after) and text[-1:].isalnum():
        text = f"{text} "
    return text


def _is_inline(tag: str) -> bool:
    found = _NAME.match(tag)
    return bool(found) and found[1].lower() in INLINE  # type: ignore[index]


def _tag(tag: str, say: Say) -> str:
    if tag.startswith("<html"):
        return tag.replace('lang="zh-CN"', 'lang="en"')
    if not CHINESE.search(tag) or tag.startswith("<!--") or len(tag) > 4000:
        return tag

    def word(found: re.Match[str]) -> str:
        english = say(unescape(found[2]))
        return found[0] if english is None else f'{found[1]}="{escape(english.strip())}"'

    return _WORDS.sub(word, tag)
