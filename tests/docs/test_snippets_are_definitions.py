"""Every snippet of docs/ loads: a definition, a column mapping, a quotation of one, a pushed batch."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from mingjing.api.shapes import CasesIn, EventsIn
from mingjing.definitions.notes import Notes
from mingjing.definitions.reading import read_bytes
from mingjing.imports.mapping import mapping_from
from tests.docs.pages import Fence, fences, pages
from tests.house.tree import ROOT

SNIPPETS = [one for page in pages() for one in fences(page) if one.language in ("yaml", "yml")]
WHOLE = [one for one in SNIPPETS if not one.rest.startswith(("摘自", "算例"))]
PUBLISHED = "公开文件"  # what a court publishes of a draw; tests/verifier draws it again
PUSHED = [one for page in pages() for one in fences(page) if one.language == "json" and one.rest != PUBLISHED]
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


@pytest.mark.parametrize("fence", PUSHED, ids=lambda one: one.place)
def test_a_batch_shown_is_what_the_interface_takes(fence: Fence) -> None:
    plain = json.loads(fence.body)
    taken = CasesIn(**plain) if fence.rest == "案件" else EventsIn(**plain)
    assert taken.batch_key == plain["batch_key"]
