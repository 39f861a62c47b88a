"""Files come in as what they are or not at all, are kept once, and go out only to who sees them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings as live
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from mingjing.domain.ledgers.matters import WrongValue
from mingjing.services.permissions import NotVisible
from mingjing.services.records.acting import do
from mingjing.services.records.evidence import download, keep
from mingjing.services.records.filetypes import FileRefused
from mingjing.services.records.linking import link
from mingjing.services.records.opening import open_record
from mingjing.services.records.surroundings import matter_of
from mingjing.services.records.versions import register_at
from mingjing.storage.records.models import Attachment, Evidence
from tests.services.builders import acting
from tests.services.records.builders import CHECK, CLUE, Bench, accepted, fresh, registered

PDF = b"%PDF-1.7\n1 0 obj\n"


def packed(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def sent(name: str, content: bytes) -> Evidence:
    return keep(SimpleUploadedFile(name, content))


def test_a_file_is_kept_once_under_its_digest(bench: Bench) -> None:
    first, again = sent("报告.pdf", PDF), sent("副本.PDF", PDF)
    assert first.pk == again.pk
    assert (first.media_type, first.size) == ("application/pdf", len(PDF))
    place = Path(live.MEDIA_ROOT) / first.stored
    assert place.read_bytes() == PDF
    assert place.name == first.digest
    assert not list((Path(live.MEDIA_ROOT) / "evidence").glob("incoming-*"))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("空.pdf", b"", "空文件"),
        ("程序.exe", b"MZ..", "不收"),
        ("没有后缀", PDF, "不收"),
        ("照片.jpg", PDF, "不符"),
        ("报告.exe.pdf", PDF, "两个后缀"),
        ("报告\u202efdp.pdf", PDF, "控制字符"),
        ("说明.txt", b"MZ\x00\x01", "不是文本"),
        ("半个.docx", b"PK\x03\x04 broken", "损坏"),
        ("假的.docx", packed(other_dot_xml=b"x"), "不符"),
        ("宏.docx", packed(word__document_dot_xml=b"x", word__vbaProject_dot_bin=b"x"), "宏"),
        ("程序包.zip", packed(a_dot_exe=b"MZ"), "程序"),
        ("炸弹.zip", packed(a_dot_txt=b"0" * (40 << 20)), "不正常"),
    ],
)
def test_what_is_not_what_it_says_is_refused(bench: Bench, name: str, content: bytes, said: str) -> None:
    with pytest.raises(FileRefused, match=said):
        sent(name, content)
    assert not Evidence.objects.exists()
    assert not list((Path(live.MEDIA_ROOT) / "evidence").glob("incoming-*"))


def test_office_files_pictures_and_chinese_text_are_accepted(bench: Bench) -> None:
    assert sent("材料.docx.pdf", PDF).media_type == "application/pdf"
    assert sent("表.docx", packed(word__document_dot_xml=b"<x/>")).media_type.endswith("document")
    assert sent("图.png", b"\x89PNG\r\n\x1a\nrest").media_type == "image/png"
    assert sent("说明.txt", "整改说明".encode("gb18030")).media_type == "text/plain"
    assert sent("包.zip", packed(a_dot_pdf=PDF)).media_type == "application/zip"


def test_a_file_over_the_limit_is_refused_by_the_setting(bench: Bench, settings: Settings) -> None:
    settings.CONFIGURATION = replace(settings.CONFIGURATION, evidence_max_mb=1)
    with pytest.raises(FileRefused, match="MINGJING_EVIDENCE_MAX_MB"):
        sent("大.pdf", PDF + b"0" * (1 << 20))


def test_an_upload_that_was_not_received_cannot_be_evidence(bench: Bench) -> None:
    record = accepted(bench, registered(bench))
    with pytest.raises(WrongValue, match="没收到"):
        do(acting(bench.house.judge), record.pk, "报验", {"整改佐证": ["0" * 64]})


def test_a_file_goes_out_with_safe_headers_to_who_sees_the_record(bench: Bench) -> None:
    record = accepted(bench, registered(bench))
    files = [("整改佐证", sent("清单（一）.pdf", PDF), "清单（一）.pdf")]
    do(acting(bench.house.judge), record.pk, "报验", {}, files=files)
    attached = Attachment.objects.get(record=record)
    assert (attached.name, attached.turn, attached.field) == ("清单（一）.pdf", 3, "整改佐证")
    found = download(acting(bench.inspector), record.pk, attached.pk)
    assert found.path.read_bytes() == PDF
    assert found.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E6")
    assert found.headers["X-Content-Type-Options"] == "nosniff"
    with pytest.raises(NotVisible):
        download(acting(bench.house.stranger), record.pk, attached.pk)


def test_the_subject_does_not_get_the_material_about_them(bench: Bench) -> None:
    values = {"反映内容": "x", "被反映人": bench.house.judge.pk, "承办督察": bench.inspector.pk}
    files = [("材料", sent("信.pdf", PDF), "信.pdf")]
    record = open_record(acting(bench.inspector), CLUE, "受理", values, files=files)
    attached = Attachment.objects.get(record=record)
    assert download(acting(bench.inspector), record.pk, attached.pk).size == len(PDF)
    with pytest.raises(NotVisible):
        download(acting(bench.house.judge), record.pk, attached.pk)


def test_one_piece_of_evidence_on_two_linked_records_counts_once(bench: Bench) -> None:
    proof = sent("两轮谈话.pdf", PDF)
    record = accepted(bench, registered(bench))
    do(acting(bench.house.judge), record.pk, "报验", {}, files=[("整改佐证", proof, "a.pdf")])
    check = open_record(
        acting(bench.inspector), CHECK, "登记检查", {"检查内容": "谈话"}, files=[("检查记录", proof, "b.pdf")]
    )
    link(acting(bench.inspector), record.pk, check.pk, "同一佐证")
    counts = matter_of(fresh(record), register_at(fresh(record))).counts
    assert (counts["附件数"], counts["佐证数"], counts["未结关联"]) == (1, 1, 1)
