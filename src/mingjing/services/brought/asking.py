"""What a file must have before indicators can be counted over it."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mingjing.analytics.indicators.planning import columns_used
from mingjing.definitions.shelf import Shelf
from mingjing.definitions.values.populations import LOOKED_UP
from mingjing.domain.expressions.kinds import Kind, field_names
from mingjing.domain.expressions.reading import Expression
from mingjing.domain.indicators.counts import Indicator, Population
from mingjing.services.brought.answering import populations_of


@dataclass(frozen=True, slots=True)
class AskedColumn:
    """A column: what it holds, the words the conditions compare it with, what does where it is not there."""

    name: str
    kind: Kind
    words: tuple[str, ...]
    instead: str


def asked_columns(
    shelf: Shelf, ids: Sequence[str], by: Sequence[str], on: date
) -> Mapping[str, tuple[AskedColumn, ...]]:
    """Population → the columns its file must have for these indicators and groups.

    Raises UnknownDefinition, NotInForce.
    """
    indicators = [shelf.indicator(id_, on) for id_ in ids]
    populations = populations_of(shelf, indicators)
    words: dict[str, dict[str, None]] = {}
    for name, word in _compared(indicators, populations):
        words.setdefault(name, {})[word] = None
    found = {}
    for over, names in columns_used(indicators, populations, ()).items():
        kinds = populations[over].kinds
        listed = dict.fromkeys((*by, *names))
        found[over] = tuple(
            AskedColumn(name, kinds.get(name, Kind.TEXT), tuple(words.get(name, ())), _instead(name))
            for name in listed
        )
    return found


def _instead(name: str) -> str:
    return f"按字典由“{LOOKED_UP[name][0]}”去查" if name in LOOKED_UP else ""


def _compared(
    indicators: Sequence[Indicator], populations: Mapping[str, Population]
) -> Iterator[tuple[str, str]]:
    """Every field that is compared with a word, with the word."""
    for indicator in indicators:
        for part in indicator.parts:
            if part.where is not None:
                over = indicator.lineage(part.label)[0].over
                yield from _in(part.where, populations[over].kinds)


def _in(where: Expression, kinds: Mapping[str, Kind]) -> Iterator[tuple[str, str]]:
    fields = field_names(where, kinds)
    for node in ast.walk(where.tree):
        if not isinstance(node, ast.Compare):
            continue
        sides = [one for side in (node.left, *node.comparators) for one in _flat(side)]
        names = [one.id for one in sides if isinstance(one, ast.Name) and one.id in fields]
        for side in sides:
            word = _word(side, fields)
            if word:
                yield from ((name, word) for name in names)


def _flat(side: ast.expr) -> Sequence[ast.expr]:
    return side.elts if isinstance(side, (ast.Tuple, ast.List)) else (side,)


def _word(side: ast.expr, fields: Collection[str]) -> str:
    if isinstance(side, ast.Name):
        return "" if side.id in fields else side.id
    return side.value if isinstance(side, ast.Constant) and isinstance(side.value, str) else ""
