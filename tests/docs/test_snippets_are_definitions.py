"""Every YAML snippet of docs/ loads: a whole definition, a column mapping, or a quotation of one."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from mingjing.definitions.notes import Notes
from mingjing.definitions.reading import read_bytes
from mingjing.imports.mapping import mapping_from
from tests.docs.pages import Fence, fences, pages
from tests.house.tree import ROOT

SNIPPETS = [one for page in pages() for one in fences(page) if one.language in ("yaml", "yml")]
WHOLE = [one for one in SNIPPETS if not one.rest.startswith(("摘自", "算例"))]
QUOTED = [one for one in SNIPPETS if one.says("摘自")]


@pytest.mark.parametrize("fence", WHOLE, ids=lambda one: one.place)
def test_a_whole_snippet_loads(fence: Fence) -> None:
    if "\nid: " in fence.body:
        read = read_bytes(fence.body.encode(), Notes(Path(fence.says("文件") or "docs.yaml")))
        assert [str(problem) for problem in read.problems] == []
        assert read.definition is not None
    else:
        assert mapping_from(yaml.safe_load(fence.body)).name


@pytest.mark.parametrize("fence", QUOTED, ids=lambda one: one.place)
def test_a_quotation_stands_in_the_file_it_names(fence: Fence) -> None:
    assert fence.body in (ROOT / fence.says("摘自")).read_text(encoding="utf-8")
