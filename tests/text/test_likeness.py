"""How like two documents are: the same is one, nothing shared is nought, the order does not matter."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingjing.text.likeness import Corpus, pairs_of

LOAN = "原告向被告出借款项，被告出具借条，到期没有偿还借款本金和利息，请求判令偿还借款。"
OTHER_LOAN = "被告向原告借款并出具借条，约定利息，借款到期后被告没有偿还，请求判令被告偿还本金。"
DIVORCE = "原被告婚后感情不和，经常争吵，已经分居两年，请求判令离婚，婚生子由原告抚养。"
TEXTS = st.lists(st.text(st.sampled_from("原告被借款离婚利息，。12"), max_size=30), min_size=2, max_size=5)


def test_a_loan_is_more_like_a_loan_than_like_a_divorce() -> None:
    corpus = Corpus([LOAN, OTHER_LOAN, DIVORCE])
    assert corpus.similarity(0, 1) > 2 * corpus.similarity(0, 2)


def test_amounts_and_marks_say_nothing() -> None:
    assert pairs_of("借款 50,000元。") == pairs_of("借款８万元".replace("８万", ""))


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_it_is_a_share_and_the_same_both_ways(texts: list[str]) -> None:
    corpus = Corpus(texts)
    found = corpus.similarity(0, 1)
    assert 0.0 <= found <= 1.0
    assert found == pytest.approx(corpus.similarity(1, 0))
    if pairs_of(texts[0]):
        assert corpus.similarity(0, 0) == pytest.approx(1.0)
    else:
        assert found == 0.0
