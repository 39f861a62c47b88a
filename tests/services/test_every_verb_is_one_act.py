"""No verb opens a second act inside its own or after it, and nothing but the frame writes entries."""

from __future__ import annotations

import ast

from tests.house.tree import SRC, lines_of, parsed, python_files, shown

FRAMES = {"act", "acts_together"}
FRAME = "services/acts.py"
WRITES = {"create", "bulk_create", "update", "bulk_update", "delete", "get_or_create", "update_or_create"}
MAY_EMPTY = "services/destroying.py"
"""The one place that changes entries: it destroys their content."""


def _opens(node: ast.AST) -> bool:
    if not isinstance(node, ast.With):
        return False
    calls = (item.context_expr for item in node.items)
    return any(
        isinstance(c, ast.Call) and isinstance(c.func, ast.Name) and c.func.id in FRAMES for c in calls
    )


def twice(module: ast.Module) -> list[str]:
    """Functions that open an act within an act, or two in the same block one after the other."""
    found = []
    for function in ast.walk(module):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            nested = _opens(node) and any(_opens(inner) for inner in ast.walk(node) if inner is not node)
            body = getattr(node, "body", None)
            beside = isinstance(body, list) and sum(map(_opens, body)) > 1
            if nested or beside:
                found.append(function.name)
    return found


def writes_entries(module: ast.Module) -> list[int]:
    """Lines that write to the table of entries."""
    calls = (node for node in ast.walk(module) if isinstance(node, ast.Call))
    return [
        call.lineno
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in WRITES
        and ast.unparse(call.func.value).startswith("Act.objects")
    ]


def test_no_verb_opens_two_acts() -> None:
    found = [
        f"{shown(path)}: {name}"
        for path in python_files("src/mingjing/services")
        for name in twice(parsed(path))
    ]
    assert not found, "one verb, one entry:" + lines_of(found)


def test_only_the_frame_writes_entries_and_one_place_destroys_content() -> None:
    found = [
        f"{shown(path)}:{line}"
        for path in python_files("src/mingjing")
        if not path.as_posix().endswith((FRAME, MAY_EMPTY))
        for line in writes_entries(parsed(path))
    ]
    assert not found, "entries are written by services.acts alone:" + lines_of(found)
    assert (SRC / "storage" / "auditlog" / "appending.py").is_file()


def test_the_rules_tell_good_from_bad() -> None:
    good = "def a():\n if x:\n  with act(1): pass\n else:\n  with act(2): pass"
    beside = "def b():\n with act(1): pass\n with act(2): pass"
    nested = "def c():\n with act(1) as e:\n  for x in y:\n   with act(2): pass"
    assert [twice(ast.parse(text)) for text in (good, beside, nested)] == [[], ["b"], ["c"]]
    assert writes_entries(ast.parse("Act.objects.filter(seq=1).update(why='')\nAct.objects.count()")) == [1]
