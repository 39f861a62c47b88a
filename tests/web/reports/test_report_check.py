"""A report pasted or uploaded: contradictions marked in place, the list kept, nothing stored."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mingjing.storage.auditlog.models import Act
from tests.services.builders import House, file_case
from tests.web.signing_in import signed_in

pytestmark = pytest.mark.django_db
ADDRESS = "/reports/check"
TEXT = (
    "工作总结\n2021年1至6月，全市法院共受理执行案件19343件，执结10042件，执结率51.67%。\n"
    "2021年1至6月，全市法院共受理各类案件47407件，审执结28144件，结案率59.37%。"
)


def test_what_contradicts_itself_is_marked_with_its_arithmetic_beside_it(house: House) -> None:
    page = signed_in(house.judge).post(ADDRESS, {"text": TEXT}).content.decode()
    assert "有 1 处矛盾" in page
    assert '<mark class="wrong">51.67%</mark><a class="ref" href="#note-1">1</a>' in page
    assert "10042件 ÷ 19343件 = 51.91542%" in page
    assert "9,994–9,995" in page
    assert '<mark class="wrong">59.37%' not in page


def test_an_uploaded_file_is_read(house: House) -> None:
    file = SimpleUploadedFile("总结.txt", TEXT.encode("gb18030"))
    page = signed_in(house.judge).post(ADDRESS, {"file": file}).content.decode()
    assert "总结.txt" in page
    assert "51.92%" in page


def test_the_list_is_kept_as_excel_and_word(house: House) -> None:
    browser = signed_in(house.judge)
    book = browser.post(ADDRESS, {"text": TEXT, "name": "总结.txt", "as": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]][2:4] == ["51.67%", "矛盾"]
    assert browser.post(ADDRESS, {"text": TEXT, "as": "docx"}).content.startswith(b"PK")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"text": "   "}, "没有文字"),
        ({"file": SimpleUploadedFile("扫描.pdf", b"%PDF-1.4")}, "PDF"),
        ({"file": SimpleUploadedFile("空.txt", b"")}, "文件是空的"),
        ({"text": "受理锟斤拷锟斤拷件"}, "乱码"),
    ],
)
def test_what_is_no_report_is_refused(house: House, data: dict[str, object], words: str) -> None:
    answer = signed_in(house.judge).post(ADDRESS, data)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_nothing_of_the_text_is_kept(house: House) -> None:
    browser = signed_in(house.judge)
    before = Act.objects.count()
    browser.post(ADDRESS, {"text": TEXT})
    assert Act.objects.count() == before


def test_words_of_a_page_stay_words(house: House) -> None:
    page = signed_in(house.judge).post(ADDRESS, {"text": "<script>alert(1)</script>受理3件"}).content.decode()
    assert "<script>alert(1)" not in page


def test_the_record_answers_with_a_link_to_its_cases(house: House) -> None:
    file_case(house)
    text = "2024年3月，我院新收案件1件。"
    page = signed_in(house.manager).post(ADDRESS, {"text": text}).content.decode()
    assert "对照案件记录" in page
    assert "filed=2024-03-01~2024-03-31" in page.replace("%7E", "~")


def test_a_report_is_written_from_live_figures(house: House) -> None:
    file_case(house)
    page = signed_in(house.manager).get(ADDRESS, {"write": "本年"}).content.decode()
    assert "共受理各类案件1件，其中新收1件" in page


def test_what_is_wrong_is_listed_before_the_text_and_can_be_stepped_through(house: House) -> None:
    page = signed_in(house.judge).post(ADDRESS, {"text": TEXT}).content.decode()
    assert page.index('href="#note-1"') < page.index('<div class="report">')
    assert 'id="note-1" tabindex="-1" data-step' in page


def test_all_verdicts_go_into_the_workbook_though_nothing_is_wrong(house: House) -> None:
    text = "2021年1至6月，全市法院共受理各类案件47407件，审执结28144件，结案率59.37%。"
    page = signed_in(house.judge).post(ADDRESS, {"text": text}).content.decode()
    assert 'value="xlsx"' in page
    book = signed_in(house.judge).post(ADDRESS, {"text": text, "as": "xlsx"})
    sheets = openpyxl.load_workbook(io.BytesIO(book.content))
    assert sheets.sheetnames == ["核数清单", "其余结论"]
    verdicts = {cell.value for cell in sheets["其余结论"]["D"]}
    assert {"相符", "推得"} <= verdicts


def test_the_text_can_be_mended_and_checked_again(house: House) -> None:
    page = (
        signed_in(house.judge)
        .post(ADDRESS, {"text": TEXT, "name": "总结.txt", "as": "again"})
        .content.decode()
    )
    assert "执结率51.67%" in page
    assert "<textarea" in page
    assert 'value="总结.txt"' in page


def test_growth_opens_this_year_and_the_year_before(house: House) -> None:
    file_case(house)
    file_case(house, serial=2, filed_on=date(2023, 3, 8))
    page = signed_in(house.manager).post(
        ADDRESS, {"text": "2024年3月，我院新收案件1件，同比持平，同比上升0%。"}
    )
    links = page.content.decode().replace("%7E", "~")
    assert "filed=2023-03-01~2023-03-31" in links
    assert "新收同比" in links


def test_rows_of_a_table_keep_their_columns(house: House) -> None:
    table = "法院\t新收\t结案\n甲法院\t3\t2\n乙法院\t4\t4\n丙法院\t5\t1\n合计\t12\t8"
    page = signed_in(house.judge).post(ADDRESS, {"text": table}).content.decode()
    assert 'class="para tabled"' in page
    assert '<mark class="wrong">8</mark>' in page


def test_a_text_without_figures_is_not_praised(house: House) -> None:
    page = signed_in(house.judge).post(ADDRESS, {"text": "全体同志：请于明日到会。"}).content.decode()
    assert "正文里没有可以核对的数" in page
    assert "没有发现矛盾" not in page
