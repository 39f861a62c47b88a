"""What the forms of pages would send: read as those who may are shown them, sent by those who may not."""

from __future__ import annotations

from collections.abc import Iterable
from html.parser import HTMLParser
from urllib.parse import urlsplit

TYPED = {"date": "2024-04-08", "datetime-local": "2024-04-08T09:00", "number": "1", "month": "2024-04"}
WORDS = "来信核实"


class Forms(HTMLParser):
    """The POST forms of one page: where each goes, and its fields filled as a hurried person would."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.found: dict[str, dict[str, str]] = {}
        self._fields: dict[str, str] | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a form, a field, or a choice of a field."""
        given = {key: value or "" for key, value in attrs}
        if tag == "form":
            post = given.get("method", "").lower() == "post"
            target = urlsplit(given.get("action") or self.page).path
            self._fields = self.found.setdefault(target, {}) if post else None
        elif self._fields is not None:
            self._take(tag, given, self._fields)

    def _take(self, tag: str, given: dict[str, str], fields: dict[str, str]) -> None:
        name = given.get("name", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select and given.get("value"):
            fields.setdefault(self._select, given["value"])
        elif tag == "textarea" and name:
            fields.setdefault(name, WORDS)
        elif tag in ("input", "button") and name and given.get("type") != "file":
            kind = given.get("type", "text")
            fields.setdefault(name, given.get("value") or TYPED.get(kind, WORDS))

    def handle_endtag(self, tag: str) -> None:
        """A form or a choice is over."""
        if tag == "form":
            self._fields = None
        elif tag == "select":
            self._select = ""


def forms_of(pages: Iterable[tuple[str, str]]) -> dict[str, dict[str, str]]:
    """Path → the fields of the forms that go there, over pages given as (path, text)."""
    gathered: dict[str, dict[str, str]] = {}
    for path, text in pages:
        reader = Forms(path)
        reader.feed(text)
        for target, fields in reader.found.items():
            gathered.setdefault(target, {}).update(fields)
    return gathered
