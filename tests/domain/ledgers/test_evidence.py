"""The same file is one piece of evidence, however often it is shown."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.ledgers.evidence import counts_after, digests
from mingjing.domain.ledgers.matters import Matter
from mingjing.domain.ledgers.register import Field, FieldType
from tests.domain.ledgers.sample_registers import RECTIFICATION

TWO = replace(RECTIFICATION, fields=(*RECTIFICATION.fields, Field("photos", "照片", FieldType.PHOTOS)))
FILES = st.lists(st.sampled_from("abcdef"), max_size=6)


def test_one_file_in_two_fields_is_one_piece() -> None:
    assert digests(TWO, {"佐证": ["a", "b"], "照片": ["b", "c"]}) == ("a", "b", "c")


def test_a_file_a_linked_record_shows_is_counted_once() -> None:
    matter = Matter(evidence=frozenset("ab"))
    assert counts_after(TWO, matter, {"佐证": ["b", "c"]})["佐证数"] == 3


def test_what_was_counted_outside_the_fields_is_kept() -> None:
    matter = Matter(values={"佐证": ["a"]}, counts={"附件数": 4, "佐证数": 3})
    counts = counts_after(TWO, matter, {"佐证": ["a", "b"]})
    assert (counts["附件数"], counts["佐证数"]) == (5, 4)


@given(FILES, FILES, st.frozensets(st.sampled_from("abcdef")))
def test_the_count_is_that_of_the_distinct_files(
    own: list[str], photos: list[str], linked: frozenset[str]
) -> None:
    values = {"佐证": own, "照片": photos}
    counts = counts_after(TWO, Matter(evidence=linked), values)
    assert counts["佐证数"] == len({*own, *photos, *linked})
    assert counts["附件数"] == len({*own, *photos})
