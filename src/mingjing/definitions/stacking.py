"""Laying folders over each other: a court's file takes the place of the nationwide one of the same id."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mingjing.definitions.definition import Definition
from mingjing.definitions.problems import Problem, Severity
from mingjing.definitions.values.dictionaries import Dictionary
from mingjing.domain.dates.calendars import YearCalendar


def stack(definitions: Sequence[Definition]) -> tuple[tuple[Definition, ...], tuple[Problem, ...]]:
    """The definitions in use, newest first within an id, and what stands against each other.

    A calendar is overridden year by year. A kind whose file is one version (``from``) is overridden from
    the first ``from`` of the later folder on; before that day the earlier folder stays in force.
    """
    by_id: dict[str, list[Definition]] = {}
    problems: list[Problem] = []
    for definition in definitions:
        earlier = by_id.setdefault(definition.id, [])
        if clash := _clash(definition, earlier):
            problems.append(clash)
        else:
            if other := _another_matter(definition, earlier):
                problems.append(other)
            earlier[:] = [one for one in earlier if not _overridden(one, definition)]
            earlier.append(definition)
    for found in by_id.values():
        found.sort(key=lambda one: one.since or date.min, reverse=True)
    return tuple(one for found in by_id.values() for one in found), tuple(problems)


def _clash(definition: Definition, earlier: Sequence[Definition]) -> Problem | None:
    for one in earlier:
        if one.layer == definition.layer and _slot(one) == _slot(definition):
            if definition.kind == "calendar":
                what = "同一年"
            else:
                what = f"同一个施行日 {definition.since} " if definition.since else "同一个 id "
            return _problem(
                definition,
                "duplicate-id",
                f"“{definition.id}”已经写在 {one.path} 里，{what}不能有两个文件。请删去一个，或改用别的 id。",
            )
        if one.layer != definition.layer and (lost := _lost_columns(one.value, definition.value)):
            return _problem(
                definition,
                "columns-lost",
                f"“{definition.id}”要代替 {one.path}，却少了列：{'、'.join(lost)}。程序要用这些列，请补上。",
            )
    return None


def _another_matter(definition: Definition, earlier: Sequence[Definition]) -> Problem | None:
    """A reminder where a court's file takes the place of a nationwide one that is called something else:
    its id may have been picked by accident."""
    for one in earlier:
        if one.layer < definition.layer and one.label != definition.label:
            cause = (
                f"“{definition.id}”已经是“{one.label}”（{one.path}）的编号，施行以后它就由本文件"
                f"“{definition.label}”代替。本来是另一件事的，请换一个 id。"
            )
            return _problem(definition, "takes-the-place", cause, Severity.WARNING)
    return None


def _lost_columns(before: object, after: object) -> list[str]:
    if not isinstance(before, Dictionary) or not isinstance(after, Dictionary):
        return []
    return [key for key in before.columns if key not in after.columns]


def _overridden(one: Definition, by: Definition) -> bool:
    if one.layer == by.layer:
        return False
    if by.kind == "calendar":
        return _slot(one) == _slot(by)
    return by.since is None or one.since is None or one.since >= by.since


def _slot(definition: Definition) -> object:
    """What two files of one id may not share within a folder."""
    if isinstance(definition.value, YearCalendar):
        return definition.value.year
    return definition.since


def _problem(definition: Definition, code: str, cause: str, severity: Severity = Severity.ERROR) -> Problem:
    node = definition.record.at("id")
    line = definition.text.split("\n")[node.line - 1]
    return Problem(definition.path, node.line, node.column, line, cause, code, severity=severity)
