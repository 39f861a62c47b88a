"""A table of words and codes."""

from __future__ import annotations

from collections.abc import KeysView, Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A table of words. ``columns`` maps the English key of a column to its Chinese label, in order; the
    first column is the key of a row and unique. A row maps column key → text (empty where ``—``)."""

    id: str
    label: str
    columns: Mapping[str, str]
    rows: tuple[Mapping[str, str], ...]
    questions: tuple[str, ...] = ()
    content_hash: str = ""
    by_key: Mapping[str, Mapping[str, str]] = field(default_factory=dict, compare=False)

    @property
    def keys(self) -> KeysView[str]:
        """The words of the first column, in order."""
        return self.by_key.keys()

    def __contains__(self, word: str) -> bool:
        return word in self.by_key

    def row(self, word: str) -> Mapping[str, str]:
        """The row of a word, empty when there is none."""
        return self.by_key.get(word, {})

    def with_rows(self, other: Dictionary) -> Dictionary:
        """This dictionary with the rows of another over its own; a row of the same key is replaced."""
        by_key = {**self.by_key, **other.by_key}
        return replace(self, rows=tuple(by_key.values()), by_key=by_key)

    def labelled(self) -> tuple[Mapping[str, str], ...]:
        """The rows by the Chinese labels of the columns, as a page or a form names them."""
        return tuple({self.columns[key]: text for key, text in row.items()} for row in self.rows)
