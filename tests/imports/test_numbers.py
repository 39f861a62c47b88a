"""Case numbers by the thousand come out as the grammar alone would read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.casenumbers.grammar import read_case_number
from mingjing.domain.reasons import Refusal
from mingjing.imports.numbers import Numbers
from tests.imports.samples import court_words

VOCABULARY = court_words().vocabulary
TEXTS = st.builds(
    "{}{}{}{}{}{}".format,
    st.sampled_from(["（", "(", "[", ""]),
    st.sampled_from(["2024", "２０２４", "2015", "1998", "24"]),
    st.sampled_from(["）", ")", "] "]),
    st.sampled_from(["云0102民初", "云0102刑初", "云0103民初", "云0102民终", "昆民一初字第", "云0102"]),
    st.sampled_from(["1", "12", "０７", "012", "1234567890", "", "12-1"]),
    st.sampled_from(["号", "", "号之一"]),
)


@given(st.lists(TEXTS, min_size=1, max_size=30))
def test_every_spelling_is_read_or_refused_as_by_the_grammar(texts: list[str]) -> None:
    assert VOCABULARY is not None
    numbers = Numbers(VOCABULARY)
    for text in texts:
        try:
            expected = read_case_number(text, VOCABULARY)
        except Refusal as refusal:
            with pytest.raises(type(refusal)) as refused:
                numbers.read(text)
            assert refused.value.message == refusal.message
        else:
            found = numbers.read(text)
            assert found.normalised == expected.normalised
            assert (found.year, found.type_code, found.serial) == (
                expected.year,
                expected.type_code,
                expected.serial,
            )
