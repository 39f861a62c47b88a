"""Forms sent twice, files that lie, cells that would run: clear refusals on the page, nothing lost."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from pytest_django import Settings

from mingjing.storage.auditlog.models import Act
from mingjing.storage.records.models import Evidence
from tests.services.records.builders import MENDING, Bench, accepted, fresh, registered, submitted
from tests.web.signing_in import signed_in

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
FORMULAS = ("=HYPERLINK(1)", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "=cmd|' /c calc'!A0")


def packed(name: str, content: bytes) -> bytes:
    """A packed file with one file in it."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def test_an_act_posted_twice_has_one_effect_and_the_second_sees_it_done(bench: Bench) -> None:
    record = registered(bench)
    judge = signed_in(bench.house.judge)
    form = {"person": bench.house.judge.name, "measure": "逐卷清理", "revision": "1"}
    first = judge.post(f"/records/{record.pk}/do/认领", form)
    before = Act.objects.count()
    again = judge.post(f"/records/{record.pk}/do/认领", form, follow=True)
    assert first.status_code == 302
    assert again.status_code == 200
    assert "整改中" in again.content.decode()
    assert (Act.objects.count(), record.acts.count(), fresh(record).revision) == (before, 2, 2)


def test_an_act_with_a_file_posted_twice_attaches_it_once(bench: Bench) -> None:
    record = accepted(bench, registered(bench))
    judge = signed_in(bench.house.judge)
    for _ in range(2):
        form = {"evidence": [SimpleUploadedFile("清单.pdf", PDF)], "revision": "2"}
        assert judge.post(f"/records/{record.pk}/do/报验", form).status_code == 302
    assert record.attachments.count() == 1
    assert fresh(record).revision == 3


def test_the_later_of_two_on_the_page_keeps_what_they_typed_and_may_send_it_again(bench: Bench) -> None:
    record = submitted(bench, accepted(bench, registered(bench)))
    inspector = signed_in(bench.inspector)
    assert (
        inspector.post(f"/records/{record.pk}/do/退回", {"reason": "缺页", "revision": "3"}).status_code
        == 302
    )
    submitted(bench, record, proof="第二份")
    late = inspector.post(f"/records/{record.pk}/do/退回", {"reason": "还缺", "revision": "3"})
    assert late.status_code == 422
    page = late.content.decode()
    assert "办理了“退回”" in page
    assert "还缺" in page
    assert 'name="revision" value="5"' in page


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("清单.pdf", b"MZ\x90\x00 a program", "内容与后缀不符"),
        ("清单.jpg", PDF, "内容与后缀不符"),
        ("清单.exe.pdf", PDF, "两个后缀"),
        ("清单.svg", b"<svg onload=alert(1)>", "不收"),
        ("清单.zip", packed("a.txt", b"0" * (40 << 20)), "大得不正常"),
        ("清单.zip", packed("run.exe", b"MZ"), "可以运行的程序"),
        ("清单.pdf", PDF + b"0" * (1 << 20), "超过 1 MB"),
        ("清单.pdf", b"", "空文件"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_on_the_page(
    bench: Bench, settings: Settings, name: str, content: bytes, said: str
) -> None:
    settings.CONFIGURATION = replace(settings.CONFIGURATION, evidence_max_mb=1)
    record = accepted(bench, registered(bench))
    form = {"evidence": [SimpleUploadedFile(name, content)], "revision": "2"}
    answer = signed_in(bench.house.judge).post(f"/records/{record.pk}/do/报验", form)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert (fresh(record).state, fresh(record).revision) == ("整改中", 2)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_an_export_runs(bench: Bench, text: str) -> None:
    registered(bench, 问题描述=text)
    answer = signed_in(bench.house.head).get(f"/registers/{MENDING}/export")
    assert answer.status_code == 200
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    held = [
        cell for row in sheet.iter_rows() for cell in row if str(cell.value or "").strip() == text.strip()
    ]
    assert held
    assert {cell.data_type for cell in held} == {"s"}
    with zipfile.ZipFile(BytesIO(answer.content)) as book:
        sheets = [book.read(one) for one in book.namelist() if one.startswith("xl/worksheets/sheet")]
    assert not any(b"<f>" in one for one in sheets)
