"""What a sheet remembers as plain JSON in ``Matter.inner``: exact numbers as texts, people by key."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from mingjing.domain.assessments.sheets import Change, Marks, Scored


def read_scored(inner: Mapping[str, object]) -> Scored:
    """The marks, changes and vetoes of a record's memory."""
    marks, names = _table(inner.get("marks")), _table(inner.get("names"))
    return Scored(
        {int(key): _marks(_table(held)) for key, held in marks.items()},
        {int(key): str(name) for key, name in names.items()},
        tuple(_change(_table(one)) for one in _list(inner.get("changes"))),
        tuple((str(_list(one)[0]), str(_list(one)[1])) for one in _list(inner.get("vetoes"))),
    )


def write_scored(scored: Scored, inner: Mapping[str, object]) -> dict[str, object]:
    """``inner`` with what the sheet remembers now."""
    return {
        **inner,
        "marks": {
            str(key): {
                "entered": {label: str(mark) for label, mark in held.entered.items()},
                "note": held.note,
                "on": held.on,
            }
            for key, held in scored.marks.items()
        },
        "names": {str(key): name for key, name in scored.names.items()},
        "changes": [
            {"item": one.item, "mark": str(one.mark), "why": one.why, "by": one.by, "on": one.on}
            for one in scored.changes
        ],
        "vetoes": [list(one) for one in scored.vetoes],
    }


def _marks(held: Mapping[str, object]) -> Marks:
    entered = {label: Fraction(str(mark)) for label, mark in _table(held.get("entered")).items()}
    return Marks(entered, str(held.get("note") or ""), str(held.get("on") or ""))


def _change(held: Mapping[str, object]) -> Change:
    item, why, by, on = (str(held.get(key) or "") for key in ("item", "why", "by", "on"))
    return Change(item, Fraction(str(held.get("mark"))), why, by, on)


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, (list, tuple)) else []
