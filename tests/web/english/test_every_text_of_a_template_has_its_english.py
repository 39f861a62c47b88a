"""No page is half English for want of a phrase: what stands in a template stands in the phrases."""

from __future__ import annotations

from mingjing.web.english.catalogue import catalogue
from tests.house.tree import lines_of
from tests.web.english.template_texts import phrases, texts_of


def test_every_text_of_a_template_has_its_english() -> None:
    known = catalogue()
    missing = [
        f"{where}: {phrase}"
        for phrase, where in phrases().items()
        if known.said(phrase.replace("{}", "7")) is None and known.said(phrase.replace("{}", "甲")) is None
    ]
    assert not missing, "\n".join(
        ["write these as lines 中文<Tab>English of src/mingjing/web/english/phrases:", lines_of(missing)]
    )


def test_texts_attributes_and_what_is_given_to_others_are_all_found() -> None:
    template = (
        '<p title="甲{{ a }}">共 {{ n }} 件{% if x %}，逾期{% endif %}</p>'
        '{% include "b" with title="乙" %}<pre>丙</pre>'
    )
    assert [text for text in texts_of(template) if text.strip()] == ["乙", "甲{}", "共 {} 件", "，逾期"]
