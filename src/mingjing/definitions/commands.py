"""``mingjing institutions check | test | test --weak | show``: what each prints, without the printing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mingjing.definitions.describing import describe, render
from mingjing.definitions.problems import Problem, Severity
from mingjing.definitions.registry import Registry
from mingjing.definitions.running import try_examples
from mingjing.definitions.weakness import find_weak_lines
from mingjing.domain.reasons import Refusal


@dataclass(frozen=True, slots=True)
class Report:
    """Lines for people; ``ok`` is false when something must be mended."""

    lines: tuple[str, ...]
    ok: bool


def check(folders: Sequence[Path | str]) -> Report:
    """Every problem of every file and between files. Reminders alone leave the report ok."""
    registry = Registry.load(*folders)
    return Report((*map(str, registry.problems), _summary(registry)), _errors(registry.problems) == 0)


def run_examples(folders: Sequence[Path | str], ids: Sequence[str] = ()) -> Report:
    """Every example of every definition, or of the named ones; failures with expected and got."""
    registry = Registry.load(*folders)
    tried = [
        one
        for definition in registry.all()
        if _wanted(definition.id, ids)
        for one in try_examples(definition, registry)
    ]
    failed = [one for one in tried if not one.outcome.ok]
    errors = [problem for problem in registry.problems if problem.severity is Severity.ERROR]
    unknown = _unknown(registry, ids)
    last = f"{len(tried)} 个例子，{len(tried) - len(failed)} 个通过，{len(failed)} 个不符。"
    if errors:
        last += f"另有 {len(errors)} 处错误，出错的文件没有运行，请先运行 mingjing institutions check。"
    return Report((*map(str, failed), *unknown, last), not failed and not errors and not unknown)


def find_weak(folders: Sequence[Path | str], ids: Sequence[str] = ()) -> Report:
    """Small wrong edits that no example would notice, in the clerk's words."""
    registry = Registry.load(*folders)
    definitions = [one for one in registry.all() if one.examples and _wanted(one.id, ids)]
    tried = 0
    lines: list[str] = []
    failed: list[str] = []
    for definition in definitions:
        # An example that fails already would fail at every edit too, and seem to guard them all.
        if wrong := [one for one in try_examples(definition, registry) if not one.outcome.ok]:
            failed += map(str, wrong)
            continue
        weak = find_weak_lines(definition, registry)
        tried += weak.tried
        lines += [str(line) for line in weak.lines]
    unknown = _unknown(registry, ids)
    summary = f"试了 {tried} 处小改动，例子发现了 {tried - len(lines)} 处，没有发现 {len(lines)} 处。"
    if failed:
        summary += f"有 {len(failed)} 个例子现在就不符，那几份制度没有试，请先改好。"
    return Report((*failed, *lines, *unknown, summary), not (failed or lines or unknown))


def show(folders: Sequence[Path | str], id: str, on: date) -> Report:
    """One definition in plain Chinese, as of a day; a refusal when there is none."""
    registry = Registry.load(*folders)
    try:
        definition = registry.definition(id, on)
    except Refusal as refusal:
        return Report((str(refusal),), ok=False)
    return Report(render(describe(definition, registry, on)), ok=True)


def _wanted(id_: str, ids: Sequence[str]) -> bool:
    return not ids or any(id_ == wanted or id_.startswith(f"{wanted}.") for wanted in ids)


def _unknown(registry: Registry, ids: Sequence[str]) -> tuple[str, ...]:
    known = {definition.id for definition in registry.all()}
    return tuple(f"没有制度“{id_}”。" for id_ in ids if not any(_wanted(one, [id_]) for one in known))


def _summary(registry: Registry) -> str:
    errors = _errors(registry.problems)
    warnings = len(registry.problems) - errors
    return f"{len(registry.all())} 份制度，{errors} 处错误，{warnings} 处提醒。"


def _errors(problems: Sequence[Problem]) -> int:
    return sum(problem.severity is Severity.ERROR for problem in problems)
