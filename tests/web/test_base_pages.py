from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.web import gallery

STATIC = Path(__file__).parents[2] / "src" / "mingjing" / "web" / "static" / "mingjing"


@cache
def pages() -> dict[str, str]:
    return gallery.render_all()


class Reader(HTMLParser):
    """Collects what a page must not have, and whether its elements close."""

    VOID = frozenset(("meta", "link", "input", "br", "hr", "img", "rect", "col"))

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.headings: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        self.faults += [f"{tag} {name}" for name in names if name == "style" or re.match(r"on[a-z]", name)]
        if (tag == "script" and "src" not in names) or tag == "style":
            self.faults.append(f"inline {tag}")
        for name in ("src", "href"):
            if (names.get(name) or "").startswith(("http:", "https:", "//")):
                self.faults.append(f"outside {names[name]}")
        if names.get("id"):
            self.ids.append(names["id"] or "")
        if tag == "h1":
            self.headings.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    return reader


@pytest.mark.parametrize("name", sorted(gallery.NAMES))
def test_a_page_is_well_formed_and_needs_nothing_inline_or_from_outside(name: str) -> None:
    reader = read(pages()[name])
    assert reader.faults == []
    assert [tag for tag in reader.open if tag not in ("p", "li")] == []
    assert len(reader.ids) == len(set(reader.ids))
    assert len(reader.headings) == (0 if name == "login" else 1)


def test_every_template_variable_of_the_gallery_was_given() -> None:
    assert not [name for name, text in pages().items() if "{{" in text or "{%" in text]


def test_forbidden_and_unknown_look_the_same() -> None:
    assert pages()["403"] == pages()["404"]


def test_the_error_page_needs_no_context_at_all() -> None:
    assert "这一步没有办成" in pages()["500"]


def test_the_rail_shows_only_what_was_given() -> None:
    assert "主目录" in pages()["404"]
    assert "主目录" not in pages()["404-signed-out"]


def test_the_current_entry_and_the_number_to_act_on_are_marked() -> None:
    text = pages()["cases"]
    assert '<span class="n must">7</span>' in text
    assert 'aria-current="page">全部案件' in text


def test_a_wall_page_turns_itself_without_script() -> None:
    assert "<script" not in pages()["wall"]
    assert "数据截至 2026-09-30 17:00" in pages()["wall"]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def tokens() -> dict[str, str]:
    sheet = (STATIC / "tokens.css").read_text(encoding="utf-8").split("}")[0]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", sheet))


@pytest.mark.parametrize("ground", ["paper", "sheet", "wash"])
@pytest.mark.parametrize("ink", ["ink", "soft", "faint", "cinnabar", "indigo", "amber", "jade"])
def test_every_ink_is_readable_on_every_ground(ink: str, ground: str) -> None:
    assert contrast(tokens()[ink], tokens()[ground]) >= 4.5


@pytest.mark.parametrize("wash", ["cinnabar-wash", "indigo-wash", "amber-wash", "jade-wash"])
@pytest.mark.parametrize("ink", ["ink", "soft", "cinnabar", "indigo"])
def test_words_are_readable_in_coloured_boxes(ink: str, wash: str) -> None:
    assert contrast(tokens()[ink], tokens()[wash]) >= 4.5


@pytest.mark.parametrize("ground", ["paper", "sheet"])
def test_edges_of_controls_stand_out(ground: str) -> None:
    assert contrast(tokens()["edge"], tokens()[ground]) >= 3.0


@pytest.mark.parametrize("script", ["mingjing", "drafts"])
def test_a_script_of_every_page_is_short_and_reaches_nothing(script: str) -> None:
    text = (STATIC / f"{script}.js").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 170
    for word in ("eval(", "innerHTML", "http:", "https:", "XMLHttpRequest", "fetch("):
        assert word not in text


def test_no_sheet_reaches_outside_or_is_too_long() -> None:
    for sheet in STATIC.glob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 400, sheet.name
        assert "url(" not in text, sheet.name
        assert "@import" not in text, sheet.name
