"""The worked sums of docs/ are recomputed: the result as an example of its definition, the lines as steps."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from mingjing.definitions.definition import Definition
from mingjing.definitions.notes import Notes
from mingjing.definitions.reading import read_bytes
from mingjing.definitions.registry import Registry
from mingjing.definitions.running import try_examples
from mingjing.domain.deadlines.computing import due_date
from mingjing.domain.deadlines.rules import Deadline
from tests.docs.pages import Fence, fences, pages
from tests.house.tree import ROOT

PAIRS = [
    (one, after)
    for page in pages()
    for one, after in zip(fences(page), (*fences(page)[1:], None), strict=False)
    if one.says("算例")
]


@cache
def nationwide() -> Registry:
    """The definitions shipped for every court."""
    return Registry.load_strict(ROOT / "institutions" / "cn")


def with_example(fence: Fence) -> Definition:
    """The definition the fence names, with the fence as its only example."""
    id_ = fence.says("算例")
    known = next(one for one in nationwide().all() if one.id == id_)
    head = known.text[: known.text.index("\nexamples:")]
    lines = "".join(f"    {line}\n" for line in fence.body.splitlines())
    text = f"{head}\nexamples:\n  - name: {fence.place}\n{lines}"
    read = read_bytes(text.encode(), Notes(Path(fence.place)))
    assert read.definition is not None, [str(problem) for problem in read.problems]
    return read.definition


@pytest.mark.parametrize("fence", [pair[0] for pair in PAIRS], ids=lambda one: one.place)
def test_a_worked_example_comes_out_as_written(fence: Fence) -> None:
    (tried,) = try_examples(with_example(fence), nationwide())
    assert tried.outcome.ok, str(tried)


SUMS = [pair for pair in PAIRS if pair[1] and pair[1].rest == "竖式"]


@pytest.mark.parametrize(("fence", "written"), SUMS, ids=lambda one: one.place)
def test_a_sum_shows_the_steps_of_the_computation(fence: Fence, written: Fence) -> None:
    definition = with_example(fence)
    rule = definition.value
    assert isinstance(rule, Deadline)
    facts = dict(definition.examples[0].record.get("given", dict) or {})
    as_of = facts.pop("截至", None) or date(2030, 1, 1)
    answer = due_date(rule, facts, nationwide().calendar(rule.counting.calendar), as_of=as_of)
    steps = [
        " ".join(part for part in (step.amount, step.text, f"〔{step.law}〕" if step.law else "") if part)
        for step in answer.steps
    ]
    assert [" ".join(line.split()) for line in written.body.splitlines()] == [
        " ".join(step.split()) for step in steps
    ]
