"""The Chinese texts that stand in the templates, as a page shows them: what is filled in is ``{}``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[3] / "src" / "mingjing"
TEMPLATES = tuple(SOURCE / part / "templates" for part in ("web", "portal", "intake"))
CHINESE = re.compile(r"[\u3400-\u9fff]")
_EDGE = r"[\s，。、；：（）()《》“”？！·…,.;:|]*"
_OUTER = re.compile(f"^{_EDGE}|{_EDGE}$")
_COMMENT = re.compile(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}|<!--.*?-->", re.DOTALL)
_KEPT = re.compile(r"<(pre|code|script|style)\b.*?</\1>", re.DOTALL)
_WORDS = re.compile(r'\b(?:title|placeholder|aria-label|alt|label|data-label|data-confirm)="([^"]*)"')
_GAP = "\x00"
_GIVEN = re.compile(r'(?:title|heading|label|more|said|note|head|unit|name|kept|do)="([^"{}%]*)"')


def texts_of(template: str) -> Iterator[str]:
    """Every text of one template: of its elements, of attributes people read, given to other templates."""
    bare = _KEPT.sub("<br>", _COMMENT.sub("", template))
    for tag in re.findall(r"{%\s*(?:include|section|tabs|pages)\b.*?%}", bare):
        yield from _GIVEN.findall(tag)
    bare = re.sub(r"{%.*?%}", _GAP, re.sub(r"{{.*?}}", "{}", bare), flags=re.DOTALL)
    for attribute in _WORDS.findall(bare):
        yield from attribute.split(_GAP)
    yield from re.split(f"{_GAP}|<[^>]*>", bare)


def phrases() -> dict[str, str]:
    """Each Chinese text of all templates, without the marks around it, and where it first stands."""
    found: dict[str, str] = {}
    for path in sorted(path for folder in TEMPLATES for path in folder.rglob("*.html")):
        for text in texts_of(path.read_text(encoding="utf-8")):
            phrase = _OUTER.sub("", " ".join(text.split()))
            if CHINESE.search(phrase):
                found.setdefault(phrase, str(path.relative_to(SOURCE)))
    return found
