"""What is left of a count for a row, written as one Python function: no closure within a closure is called.

It answers what ``wordings.Left.found`` answers, whose questions are asked wherever something is not written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mingjing.domain.expressions.kinds import Kind
from mingjing.domain.expressions.reading import Expression, Value
from mingjing.domain.expressions.writing import ROW, condition_line, days_line, read_line
from mingjing.domain.indicators.counts import MOMENT, Count, MeasureKind
from mingjing.domain.indicators.evenness import place_of
from mingjing.domain.indicators.grains import Grain

SCALE = 10**6
"""Sums are kept as whole millionths."""
Found = tuple[int, int, int, str]
"""Rows, rows that lack an input, the sum, the measured value: what a part says after its day."""
Answer = Callable[[dict[str, Value]], Found | None]
LACKS: Found = (0, 1, 0, "")
_KNOWN = {"place_of": place_of, **{f"each_{one.name}": one for one in Grain}, "LACKS": LACKS}
_BUILTINS = {"KeyError": KeyError, "int": int, "str": str}
_TYPES: dict[Kind, tuple[type, ...]] = {
    Kind.TEXT: (str,),
    Kind.NUMBER: (Decimal, int),
    Kind.MONEY: (Decimal, int),
    Kind.DAY: (date,),
    Kind.FLAG: (bool,),
}


@dataclass(frozen=True, slots=True)
class Lines:
    """A count as Python: what must be true, which fields must be there, what a row then gives (``Found``)."""

    where: str | None
    needs: tuple[str, ...]
    gives: str

    def asked(self) -> list[str]:
        """The statements that leave with None, or with KeyError, where a row does not count."""
        asked = [] if self.where is None else [f"if not {self.where}: return None"]
        return asked + [read_line(name) for name in self.needs]


def lines_of(count: Count, kinds: Mapping[str, Kind]) -> Lines | None:
    """A count as Python; ``kinds`` are those of its population and of the day. None where only its closures
    answer as they must."""
    where = None if count.where is None else condition_line(count.where, kinds)
    gives = _gives(count, kinds)
    return (
        None
        if gives is None or (count.where is not None and where is None)
        else Lines(where, count.needs, gives)
    )


def is_typed(absent: Mapping[str, Value], kinds: Mapping[str, Kind]) -> bool:
    """Whether what empty fields stand for is of their kind, as what is read of a row always is."""
    return all(
        name in kinds and type(value) in _TYPES[kinds[name]] and value != "" for name, value in absent.items()
    )


def _gives(count: Count, kinds: Mapping[str, Kind]) -> str | None:
    measure, of = count.measure, count.measure.of
    if of is None:
        return "(1, 0, 0, '')" if measure.kind is MeasureKind.ROWS else None
    if measure.each is not None:
        day = f"place_of(each_{measure.each.name}, {read_line(of.text)})"
        return f"(1, 0, 0, str({day}))" if kinds.get(of.text) is Kind.DAY else None
    days = days_line(of, kinds)
    if days is None:
        return None
    if read_line(MOMENT) in days:  # an age is kept as the day from which it counts
        days = f"{days} - {read_line(MOMENT)}.toordinal()"
    if measure.kind is MeasureKind.SUM:
        return f"(1, 0, ({days}) * {SCALE}, '')"
    return f"(1, 0, 0, str({days}))" if measure.kind is MeasureKind.RANK else None


def answer_of(rest: Sequence[Lines], sure: tuple[int, int] | None) -> Answer:
    """The function for what is left of a lineage: ``rest`` are its open questions, the eldest first, ``sure``
    the rows and the missing rows that words have settled for its last count, None where that is open."""
    text = [f"def answer({ROW}):"]
    for place, lines in enumerate(rest, 1):
        last = sure is None and place == len(rest)
        asked = [*lines.asked(), f"return {lines.gives}" if last else lines.gives]
        text += [" try:", *(f"  {one}" for one in asked)]
        text += [" except KeyError:", f"  return {'LACKS' if last else None}"]
    if sure is not None:
        text.append(f" return ({sure[0]}, {sure[1]}, 0, '')")
    made: dict[str, object] = {**_KNOWN, "__builtins__": _BUILTINS}
    # Every name in it is one of ours, every word of a definition stands in quotes (expressions.writing).
    exec(compile("\n".join(text), "<count>", "exec"), made)  # noqa: S102
    return made["answer"]  # type: ignore[return-value]


def says_of(atom: Expression, kinds: Mapping[str, Kind]) -> Callable[[Mapping[str, object]], bool] | None:
    """A comparison as a function that raises KeyError for a field that is not there; None if not written."""
    line = condition_line(atom, kinds)
    if line is None:
        return None
    made: dict[str, object] = {"__builtins__": {}}
    exec(f"def says({ROW}): return {line}", made)  # noqa: S102 # as above
    return made["says"]  # type: ignore[return-value]
