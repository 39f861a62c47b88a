from __future__ import annotations

from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tests.documents.samples import fonts_of, notice, opened, paragraph_with

TOLERANCE = Mm(0.02)  # Word counts in twentieths of a point


def test_the_sheet_is_a4_with_the_margins_of_the_standard() -> None:
    section = opened(notice()).sections[0]
    measured = {
        "page_width": Mm(210),
        "page_height": Mm(297),
        "top_margin": Mm(37),
        "bottom_margin": Mm(35),
        "left_margin": Mm(28),
        "right_margin": Mm(26),
    }
    for name, wanted in measured.items():
        assert abs(getattr(section, name) - wanted) < TOLERANCE, name


def test_the_grid_has_22_lines_of_28_characters() -> None:
    grid = opened(notice()).sections[0]._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "linesAndChars"
    line = int(grid.get(qn("w:linePitch"))) / 20
    character = 16 + int(grid.get(qn("w:charSpace"))) / 4096
    assert 225 / 25.4 * 72 // line == 22
    assert round(156 / 25.4 * 72 / character, 1) == 28.0


def test_body_lines_are_exact_so_that_every_program_fits_22() -> None:
    paragraph = paragraph_with(opened(notice()), "现予督办")
    assert paragraph.paragraph_format.line_spacing == Pt(28.95)
    assert paragraph.paragraph_format.first_line_indent == Pt(31.4)


def test_body_text_is_16_point_fangsong_with_times_for_latin() -> None:
    run = paragraph_with(opened(notice()), "现予督办").runs[0]
    fonts = fonts_of(run)
    assert run.font.size == Pt(16)
    assert fonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert fonts.get(qn("w:ascii")) == "Times New Roman"


def test_no_theme_font_overrides_the_named_faces() -> None:
    styles = opened(notice()).styles
    defaults = styles.element.find(
        f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:rFonts')}"
    )
    normal = styles["Normal"].element.rPr.find(qn("w:rFonts"))
    for fonts in (defaults, normal):
        assert not [name for name in fonts.attrib if "Theme" in name]


def test_headings_change_face_by_level() -> None:
    document = opened(notice())
    faces = {
        text: fonts_of(paragraph_with(document, text).runs[0]).get(qn("w:eastAsia"))
        for text in ("一、督办事项", "（一）书面", "1. 鉴定", "（1）逾期")
    }
    assert faces == {
        "一、督办事项": "黑体",
        "（一）书面": "楷体_GB2312",
        "1. 鉴定": "仿宋_GB2312",
        "（1）逾期": "仿宋_GB2312",
    }


def test_a_heading_that_runs_on_keeps_its_face_to_the_first_full_stop_only() -> None:
    runs = paragraph_with(opened(notice()), "（一）书面").runs
    assert [run.text for run in runs] == [
        "（一）书面说明原因。",
        "请于2026年10月12日前书面说明长期未结的原因。",
    ]
    assert fonts_of(runs[1]).get(qn("w:eastAsia")) == "仿宋_GB2312"


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages() -> None:
    document = opened(notice())
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]
        assert paragraph.alignment is not None
        assert paragraph.alignment.name.lower() == side
        assert [run.font.size for run in paragraph.runs] == [Pt(14)] * 3
        assert paragraph.runs[0].text == "— "
        assert "PAGE" in paragraph._p.xml
