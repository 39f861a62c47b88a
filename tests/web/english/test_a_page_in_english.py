"""What of a page is put into English, and what a form would send back and so stays."""

from __future__ import annotations

import pytest

from mingjing.web.english.catalogue import Catalogue
from mingjing.web.english.pages import in_english


@pytest.fixture
def few() -> Catalogue:
    """A handful of phrases."""
    made = Catalogue()
    for chinese, english in (
        ("共", "in all"),
        ("件", "cases"),
        ("案件", "cases"),
        ("逾期", "overdue <late>"),
    ):
        made.add(chinese, english)
    return made


@pytest.mark.parametrize(
    ("page", "english"),
    [
        ('<html lang="zh-CN">', '<html lang="en">'),
        ("<p>共<b>3</b>件</p>", "<p>in all <b>3</b> cases</p>"),
        ('<input placeholder="案件" value="案件">', '<input placeholder="cases" value="案件">'),
        ('<a href="/案件" title="逾期">x</a>', '<a href="/案件" title="overdue &lt;late&gt;">x</a>'),
        ("<p>逾期</p>", "<p>overdue &lt;late&gt;</p>"),
        ('<option value="案件">案件</option>', '<option value="案件">cases</option>'),
        ("<option>案件</option>", "<option>案件</option>"),
        ("<textarea>案件</textarea>", "<textarea>案件</textarea>"),
        ('<script>let a = "案件";</script>', '<script>let a = "案件";</script>'),
        ("<pre>案件</pre><code>案件</code>", "<pre>案件</pre><code>案件</code>"),
        ("<!-- 案件 --><p>王某</p>", "<!-- 案件 --><p>王某</p>"),
        ("<p>逾期 &lt; 案件", "<p>overdue &lt;late&gt; &lt; cases"),
    ],
)
def test_texts_and_words_of_attributes_are_read_through_the_phrases(
    few: Catalogue, page: str, english: str
) -> None:
    assert in_english(page, few.said) == english
