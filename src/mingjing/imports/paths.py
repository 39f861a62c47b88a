"""Find a value in a nested record by a path such as ``movimentos[].dataHora`` or ``concept:name``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from mingjing.imports.rows import Cell

_STEP = re.compile(r"([^\[\]]+)((?:\[\d*\])*)")


def look_up(record: Any, path: str) -> Cell:
    """The scalar at ``path``, None where there is none; several scalars are joined with 、.

    A key that is literally in the record wins (XES keys may contain points). ``[]`` means every element
    of a list, ``[0]`` its first; a list met without brackets is treated as ``[]``.
    """
    if isinstance(record, dict) and path in record:
        return _scalar(record[path])
    found = [
        value for value in _walk(record, path.split(".")) if value is not None and not isinstance(value, dict)
    ]
    if len(found) > 1:
        return "、".join(str(value) for value in found)
    return _scalar(found[0]) if found else None


def list_at(record: Any, path: str) -> list[Any]:
    """The elements of the list at ``path`` (``hits.hits``, ``movimento``); empty where there is none.

    With an empty path the record itself, or its elements if it is a list.
    """
    if not path:
        return record if isinstance(record, list) else [record]
    return [value for value in _walk(record, path.split(".")) if value is not None]


def locate_in(record_of: Callable[[Any], Any], path: str) -> Callable[[Any], Cell]:
    """A picker of ``path`` in what ``record_of`` takes out of a record."""
    return lambda record: look_up(record_of(record), path)


def paths_of(record: Any, prefix: str = "", depth: int = 6) -> Iterator[str]:
    """Every path of a record that leads to a scalar, as a user would write it in a mapping."""
    if depth == 0:
        return
    if isinstance(record, dict):
        for key, value in record.items():
            yield from paths_of(value, f"{prefix}.{key}" if prefix else str(key), depth - 1)
    elif isinstance(record, list):
        seen: dict[str, None] = {}
        for value in record[:20]:
            seen.update(dict.fromkeys(paths_of(value, f"{prefix}[]", depth - 1)))
        yield from seen
    elif prefix:
        yield prefix


def _walk(value: Any, steps: list[str]) -> Iterator[Any]:
    if isinstance(value, list):
        for element in value:
            yield from _walk(element, steps)
        return
    if not steps:
        yield value
        return
    match = _STEP.fullmatch(steps[0])
    if match is None or not isinstance(value, dict) or match[1] not in value:
        return
    inner = value[match[1]]
    for index in re.findall(r"\[(\d+)\]", match[2]):
        inner = inner[int(index)] if isinstance(inner, list) and int(index) < len(inner) else None
    yield from _walk(inner, steps[1:])


def _scalar(value: Any) -> Cell:
    if isinstance(value, dict):
        return None
    if isinstance(value, list):
        return "、".join(str(part) for part in value if not isinstance(part, (dict, list))) or None
    return value  # type: ignore[no-any-return]
