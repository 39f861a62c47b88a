"""导入: from upload to confirmed, with and without scripts, for who may and for nobody else (J1)."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mingjing.services.importing.working import work_one
from mingjing.storage.batches.models import Batch, SavedMapping
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Court
from tests.services.builders import House, hire
from tests.services.importing.files import counts, csv, row
from tests.web.signing_in import signed_in, text_of

BAD = csv([row(1), row(2, 立案日期="2024-13-05"), row(3, 案件类型="刑事一审"), row(4)], encoding="gb18030")


@pytest.fixture
def office(house: House) -> Client:
    for court in (house.court, house.higher):
        court.folder = "demo"  # the fictional courts' codes stand there
        court.save()
    return signed_in(house.manager)


def uploaded(client: Client, court: Court, data: bytes = BAD, name: str = "三月.csv") -> Batch:
    file = SimpleUploadedFile(name, data)
    response = client.post(reverse("imports"), {"court": court.pk, "file": file, "encoding": ""})
    assert response.status_code == 302, response.content.decode()
    batch = Batch.objects.get()
    assert response["Location"] == reverse("import-mapping", args=[batch.pk])
    return batch


def suggested_post(client: Client, batch: Batch, **more: str) -> None:
    """Send the form as it stands."""
    page = client.get(reverse("import-mapping", args=[batch.pk]))
    columns = page.context["columns"]
    body = {column.field: column.word for column in columns}
    response = client.post(
        reverse("import-mapping", args=[batch.pk]), {"do": "columns", "order": "年月日", **body, **more}
    )
    assert response.status_code == 302, response.content.decode()


def test_the_whole_way_of_a_file(office: Client, house: House) -> None:
    batch = uploaded(office, house.court)
    page = text_of(office, reverse("import-mapping", args=[batch.pk]))
    assert "现在按 GB18030 读" in page
    assert "民间借贷纠纷" in page
    suggested_post(office, batch, name="审判系统")
    assert SavedMapping.objects.get().name == "审判系统"
    here = reverse("import", args=[batch.pk])
    assert "正在预检" in text_of(office, here)
    work_one()
    page = text_of(office, here)
    assert "读到 4 行" in page
    assert "没有 13 月" in page
    assert "确认写入" in page
    fixed = office.post(
        reverse("import-fix", args=[batch.pk]), {"r3.立案日期": "2024-03-05", "r4.案件类型": "民事一审"}
    )
    assert fixed.status_code == 302
    batch.refresh_from_db()
    assert counts(batch) == (4, 4, 0, 0, 0)
    assert batch.fixes == {"3": {"立案日期": "2024-03-05"}, "4": {"案件类型": "民事一审"}}
    assert "写入案件库吗" in text_of(office, reverse("import-confirm", args=[batch.pk]))
    assert office.post(reverse("import-confirm", args=[batch.pk])).status_code == 302
    work_one()
    assert "已经写入" in text_of(office, here)
    assert Case.objects.count() == 4


def test_corrections_outside_the_shown_cells_are_ignored(office: Client, house: House) -> None:
    batch = uploaded(office, house.court)
    suggested_post(office, batch)
    work_one()
    response = office.post(
        reverse("import-fix", args=[batch.pk]), {"r2.案由": "盗窃", "r3.立案日期": "2024-13-05"}
    )
    assert response.status_code == 422
    assert "没有改动任何单元格" in response.content.decode()


def test_the_error_workbook_corrected_and_uploaded_again_goes_in(office: Client, house: House) -> None:
    batch = uploaded(office, house.court)
    suggested_post(office, batch)
    work_one()
    response = office.get(reverse("import-errors", args=[batch.pk]))
    book = openpyxl.load_workbook(BytesIO(response.content))
    sheet = book.worksheets[0]
    assert [sheet.cell(line, 1).value for line in (2, 3)] == [
        "（2024）云9821民初2号",
        "（2024）云9821民初3号",
    ]
    comment = sheet.cell(2, 5).comment
    assert comment is not None
    assert "没有 13 月" in comment.text
    assert "案号里的“民初”" in str(sheet.cell(3, sheet.max_column).value)
    sheet.cell(2, 5).value, sheet.cell(3, 2).value = "2024-03-05", "民事一审"
    out = BytesIO()
    book.save(out)
    Batch.objects.all().delete()
    again = uploaded(office, house.court, out.getvalue(), "退回.xlsx")
    suggested_post(office, again)
    work_one()
    again.refresh_from_db()
    assert counts(again) == (2, 2, 0, 0, 0)


def test_the_template_offers_the_courts_own_words(office: Client) -> None:
    response = office.get(reverse("import-template"))
    book = openpyxl.load_workbook(BytesIO(response.content))
    sheet = book["数据"]
    header = [cell.value for cell in sheet[1]]
    assert header[:2] == ["案号", "案件类型"]
    assert sheet.data_validations.dataValidation


def test_without_a_clock_the_page_says_so_and_works_at_once(office: Client, house: House) -> None:
    batch = uploaded(office, house.court)
    suggested_post(office, batch)
    here = reverse("import", args=[batch.pk])
    assert "现在就办" not in text_of(office, here)
    Batch.objects.update(moved_at=timezone.now() - timedelta(minutes=1))
    assert "现在就办" in text_of(office, here)
    assert office.post(reverse("import-run", args=[batch.pk])).status_code == 302
    assert "读到 4 行" in text_of(office, here)


def test_polling_gets_the_bar_alone_and_then_the_whole_page(office: Client, house: House) -> None:
    batch = uploaded(office, house.court)
    suggested_post(office, batch)
    here = reverse("import", args=[batch.pk])
    bar = office.get(here, headers={"HX-Request": "true"})
    assert "<html" not in bar.content.decode()
    assert 'hx-trigger="every 1s"' in bar.content.decode()
    work_one()
    assert office.get(here, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_a_column_with_an_unknown_word_is_named_with_the_nearest(office: Client, house: House) -> None:
    batch = uploaded(office, house.court)
    response = office.post(
        reverse("import-mapping", args=[batch.pk]), {"do": "columns", "c0": "案号", "c4": "立案日"}
    )
    assert response.status_code == 422
    assert "“立案日期”一列填的“立案日”" in response.content.decode()


def test_a_log_is_mapped_as_text_or_by_a_shipped_mapping(office: Client, house: House) -> None:
    log = (
        b'<?xml version="1.0"?><log><trace><string key="concept:name" value="A-1"/><event>'
        b'<string key="concept:name" value="start"/>'
        b'<date key="time:timestamp" value="2024-03-01T09:00:00+01:00"/></event></trace></log>'
    )
    house.court.number_grammar = "自由"
    house.court.save()
    batch = uploaded(office, house.court, log, "log.xes")
    page = office.get(reverse("import-mapping", args=[batch.pk]) + "?use=xes")
    text = page.context["form"].initial["text"]
    assert "shape: log" in text
    response = office.post(reverse("import-mapping", args=[batch.pk]), {"do": "text", "text": "shape: ["})
    assert response.status_code == 422
    office.post(reverse("import-mapping", args=[batch.pk]), {"do": "text", "text": text})
    work_one()
    batch.refresh_from_db()
    assert counts(batch) == (1, 1, 0, 0, 0)
    assert "没有自带期限" in text_of(office, reverse("import-lateness", args=[batch.pk]))


def test_a_log_nothing_can_be_guessed_of_comes_with_a_form_to_fill_in(office: Client, house: House) -> None:
    batch = uploaded(office, house.court, b'{"kenmerk": "A1", "stap": "in", "op": "2026-01-05"}', "a.jsonl")
    page = text_of(office, reverse("import-mapping", args=[batch.pk]))
    assert "看不出哪一项是编号" in page
    assert "文件里有：kenmerk、stap、op" in page
    assert "编号在哪一项" in page


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"PK\x03\x04"])
def test_a_file_that_cannot_be_opened_is_refused_on_the_page(
    office: Client, house: House, data: bytes
) -> None:
    body = {"court": house.court.pk, "file": SimpleUploadedFile("坏.xlsx", data)}
    response = office.post(reverse("imports"), body)
    assert response.status_code == 422
    assert not Batch.objects.exists()


def test_the_higher_court_chooses_the_court_the_file_belongs_to(office: Client, house: House) -> None:
    person = hire(house.higher, "江晚", "辖区审管专员", None)
    person.postings.create(post="审管办主任", since=person.postings.get().since)
    above = signed_in(person)
    assert "岚县人民法院" in text_of(above, reverse("imports"))
    batch = uploaded(above, house.court)
    assert batch.court == house.court
    assert batch.filename in text_of(office, reverse("imports"))


def test_others_see_nothing_of_imports(office: Client, house: House) -> None:
    batch = uploaded(office, house.court)
    judge, above = signed_in(house.judge), signed_in(hire(house.higher, "江晚", "审管办主任", None))
    names = ("import", "import-mapping", "import-errors", "import-confirm", "import-fix", "import-lateness")
    for name in names:
        for client in (judge, above):
            assert client.get(reverse(name, args=[batch.pk])).status_code == 404
    assert judge.get(reverse("imports")).status_code == 404
    assert Client().get(reverse("imports")).status_code == 302


def test_who_may_not_confirm_is_told_who_may(office: Client, house: House) -> None:
    clerk = signed_in(hire(house.court, "宋吉", "立案登记员", None))
    batch = uploaded(clerk, house.court)
    suggested_post(clerk, batch)
    work_one()
    page = text_of(clerk, reverse("import", args=[batch.pk]))
    assert "写入要由审管办确认" in page
    assert clerk.post(reverse("import-confirm", args=[batch.pk])).status_code == 404
    assert clerk.post(reverse("import-cancel", args=[batch.pk])).status_code == 302
    batch.refresh_from_db()
    assert batch.state == Batch.State.CANCELLED


def test_equal_cells_refused_for_the_same_stand_in_one_line_with_their_count(
    office: Client, house: House
) -> None:
    bad = [row(number, 立案日期="2024-13-05") for number in range(1, 8)]
    batch = uploaded(office, house.court, csv([*bad, row(9, 案件类型="刑事一审")]))
    suggested_post(office, batch)
    work_one()
    page = text_of(office, reverse("import", args=[batch.pk]))
    assert batch.refused_rows.filter(value="2024-13-05").count() == 7
    assert page.count("2024-13-05</td>") == 1
    assert "等 7 行：3、4、5、6 …" in page
    assert "等 1 行" not in page
