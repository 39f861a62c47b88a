"""A definition laid out for people, and the schemas editors check files with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from mingjing.definitions.commands import show
from mingjing.definitions.describing import describe, render
from mingjing.definitions.kinds.table import KINDS
from mingjing.definitions.nodes import ListNode, Node, ScalarNode
from mingjing.definitions.reading import read_file
from mingjing.definitions.registry import Registry
from mingjing.definitions.schema import UnknownKind, json_schema
from tests.definitions.court import FIXTURES

ON = date(2024, 5, 1)
INSTITUTIONS = Path(__file__).parents[2] / "institutions" / "cn"


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load_strict(FIXTURES)


def test_a_deadline_is_described_with_versions_examples_and_open_questions(registry: Registry) -> None:
    description = describe(registry.definition("deadline.civil.summary"), registry, ON)
    assert description.label == "简易程序审理期限"
    assert description.question == "简易程序审理期限：这件案子最迟哪一天审结。"
    assert description.kind_title == "期限"
    assert description.in_force == date(2022, 1, 1)
    assert description.versions == (date(2022, 1, 1), date(2015, 2, 4))
    assert len(description.questions) == 2
    counting, versions = description.sections
    assert ("起算当日", "不计入", "民事诉讼法第八十五条第二款") in counting.rows
    assert versions.rows[1][:3] == ("2015-02-04", "3 个月", "本院院长批准，累计最多 6 个月，须双方当事人同意")
    first, *_, last = description.examples
    assert (first.name, first.given, first.expected, first.refused) == (
        "三个月后的对应日",
        "立案日期 2024-03-13",
        "2024-06-13",
        False,
    )
    assert (last.expected, last.refused) == ("拒绝：2014-12-31 没有生效的版本", True)


@pytest.mark.parametrize("id_", [definition.id for definition in Registry.load(FIXTURES).all()])
def test_every_definition_can_be_shown(registry: Registry, id_: str) -> None:
    description = describe(registry.definition(id_), registry, ON)
    lines = render(description)
    assert lines[0] == description.label
    assert lines[1] == description.question
    assert description.sections
    for section in description.sections:
        assert all(len(row) == len(section.columns) for row in section.rows)


def test_showing_prints_aligned_tables() -> None:
    report = show([FIXTURES], "roles.court", ON)
    assert report.ok
    start = report.lines.index("角色")
    assert report.lines[start + 1 : start + 4] == (
        "  角色      职务    看得到    可以",
        "  承办法官  审判员  本人案件  查看案件",
        "  庭长      庭长    本庭案件  批准结案、查看案件",
    )


def test_showing_an_unknown_id_is_refused_with_the_nearest() -> None:
    report = show([FIXTURES], "deadline.civil.sumary", ON)
    assert not report.ok
    assert report.lines == (
        "没有制度“deadline.civil.sumary”。您是不是想写“deadline.civil.summary”？例如：deadline.civil.summary",
    )


def test_showing_before_the_first_version_is_refused() -> None:
    report = show([FIXTURES], "caseflow.civil", date(2023, 1, 1))
    assert report.lines == ("“民事一审流程”在 2023-01-01 没有生效的版本。可用：2024-01-01 起施行的版本。",)


CORE: dict[str, Callable[[str], object]] = {
    "true|True|TRUE|false|False|FALSE": lambda text: text.lower() == "true",
    "[-+]?[0-9]+": int,
    r"[-+]?[0-9]+\.[0-9]*": float,
}


def plain(node: Node) -> object:
    """What an editor's YAML 1.2 parser makes of a file, as far as it matters to a schema."""
    if isinstance(node, ScalarNode):
        read = next(
            (make for form, make in CORE.items() if node.plain and re.fullmatch(form, node.text)), str
        )
        return read(node.text)
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    return {key: plain(value) for key, value in node.entries.items()}


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_schema_of_a_kind_is_sound_and_takes_the_files_of_that_kind(
    registry: Registry, kind: str
) -> None:
    schema = json_schema(kind)
    Draft202012Validator.check_schema(schema)
    for definition in registry.all():
        errors = [error.message for error in Draft202012Validator(schema).iter_errors(plain(definition.root))]
        assert (errors == []) is (definition.kind == kind), (definition.id, errors)


def test_no_shipped_definition_is_marked_wrong_in_an_editor() -> None:
    schemas = {kind: Draft202012Validator(json_schema(kind)) for kind in KINDS}
    read = [read_file(path).definition for path in sorted(INSTITUTIONS.rglob("*.yaml"))]
    wrong = [
        (one.id, error.json_path, error.message)
        for one in read
        if one is not None
        for error in schemas[one.kind].iter_errors(plain(one.root))
    ]
    assert wrong == []


def keys_without_words(schema: object, path: str) -> Iterator[str]:
    if isinstance(schema, dict):
        for key, inner in schema.get("properties", {}).items():
            if not inner.get("description"):
                yield f"{path}.{key}"
        for key, inner in schema.items():
            yield from keys_without_words(inner, f"{path}.{key}")
    elif isinstance(schema, list):
        for inner in schema:
            yield from keys_without_words(inner, path)


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_key_of_a_schema_is_explained_in_chinese(kind: str) -> None:
    assert list(keys_without_words(json_schema(kind), kind)) == []


def test_a_schema_of_no_kind_is_refused() -> None:
    with pytest.raises(UnknownKind, match="没有“deadlines”这一类制度。您是不是想写“deadline”"):
        json_schema("deadlines")
