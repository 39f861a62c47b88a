"""Personal content is kept as long as the definition says, and is then nowhere any more."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from pytest_django import Settings

from mingjing.services.destroying import destroy_contents
from mingjing.services.papers.proofreading import put_paper
from mingjing.services.records import shredding
from mingjing.services.records.acting import do
from mingjing.services.records.evidence import FOLDER, INCOMING, keep
from mingjing.services.records.leftovers import settle_files
from mingjing.services.records.opening import open_record
from mingjing.services.records.ticking import tell
from mingjing.storage.papers.models import Paper
from mingjing.storage.records.models import Evidence, Record
from tests.services.builders import acting, entries
from tests.services.papers.builders import a_case, judgment
from tests.services.records.builders import CLUE, Bench, accepted, fresh, registered, submitted

WORDS = "收受某某礼品"


def settled(bench: Bench) -> Record:
    proof = keep(SimpleUploadedFile("信.pdf", b"%PDF-1.7 secret"))
    values = {"反映内容": WORDS, "被反映人": bench.house.judge.pk, "承办督察": bench.inspector.pk}
    inspector = acting(bench.inspector)
    record = open_record(inspector, CLUE, "受理", values, files=[("材料", proof, "信.pdf")], why=WORDS)
    return do(inspector, record.pk, "了结", {"处理结果": f"{WORDS}不属实"}, why=f"{WORDS}查否")


def everywhere() -> str:
    """All text the database holds of records and in the log."""
    tables = (
        "records_record",
        "records_recordact",
        "records_recordnotice",
        "records_attachment",
        "auditlog_act",
    )
    found = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found).encode().decode("unicode_escape", errors="ignore") + "\n".join(found)


def test_three_years_after_the_end_nothing_of_it_is_left(bench: Bench) -> None:
    record = settled(bench)
    assert WORDS in str(fresh(record).data)
    assert fresh(record).margin["说明"] == {"1": WORDS, "2": f"{WORDS}查否"}
    stored = Path(settings.MEDIA_ROOT) / Evidence.objects.get().stored
    assert tell(date(2027, 4, 1)).shredded == 0, "the last day is kept"
    assert stored.is_file()
    assert tell(date(2027, 4, 2)).shredded == 1
    record = fresh(record)
    assert (record.data, record.inner, record.margin, record.title, record.search) == ({}, {}, {}, "", "")
    assert (record.holder_id, record.subject_id, record.shredded_on) == (None, None, date(2027, 4, 2))
    assert (record.number, record.state, record.revision) == ("线索登记-2024-0001", "已了结", 2)
    assert WORDS not in everywhere()
    assert not stored.exists()
    assert not Evidence.objects.exists()
    assert len(entries("到期销毁内容")) == 1
    assert tell(date(2027, 4, 3)).shredded == 0


def test_a_file_that_another_record_shows_stays(bench: Bench) -> None:
    proof = keep(SimpleUploadedFile("信.pdf", b"%PDF-1.7 secret"))
    record = accepted(bench, registered(bench))
    do(acting(bench.house.judge), record.pk, "报验", {}, files=[("整改佐证", proof, "信.pdf")])
    settled(bench)
    assert tell(date(2027, 4, 2)).shredded == 1
    assert Evidence.objects.get().pk == proof.pk
    assert (Path(settings.MEDIA_ROOT) / proof.stored).is_file()


def test_a_file_that_is_a_document_of_a_case_stays_and_stops_nothing(bench: Bench) -> None:
    case = a_case(bench.house)
    paper = put_paper(acting(bench.house.judge), case_id=case.pk, kind="判决书", upload=judgment())
    inspector = acting(bench.inspector)
    values = {"反映内容": WORDS, "被反映人": bench.house.judge.pk, "承办督察": bench.inspector.pk}
    files = [("材料", paper.evidence, "判决书.txt")]
    record = open_record(inspector, CLUE, "受理", values, files=files)
    do(inspector, record.pk, "了结", {"处理结果": "不属实"})
    assert tell(date(2027, 4, 2)).shredded == 1
    assert (Path(settings.MEDIA_ROOT) / Paper.objects.get().evidence.stored).read_bytes() == judgment().read()


def test_a_process_that_dies_in_the_middle_leaves_the_file_or_nothing(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    settled(bench)
    stored = Path(settings.MEDIA_ROOT) / Evidence.objects.get().stored
    monkeypatch.setattr(shredding, "settle_leaving", lambda digests: 0)  # it died before
    monkeypatch.setattr(shredding, "destroy_contents", lambda *_: (_ for _ in ()).throw(OSError))
    with pytest.raises(OSError):
        tell(date(2027, 4, 2))
    assert not stored.exists()
    assert (settle_files(), stored.read_bytes()) == (0, b"%PDF-1.7 secret")
    monkeypatch.setattr(shredding, "destroy_contents", destroy_contents)
    assert tell(date(2027, 4, 2)).shredded == 1
    assert settle_files() == 1
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_what_was_being_received_a_day_ago_is_removed_and_nothing_else(bench: Bench) -> None:
    proof = keep(SimpleUploadedFile("信.pdf", b"%PDF-1.7 secret"))
    folder = Path(settings.MEDIA_ROOT) / FOLDER
    old, new = folder / f"{INCOMING}old", folder / f"{INCOMING}new"
    for path in (old, new, Path(settings.MEDIA_ROOT) / proof.stored):
        path.touch()
    for path in (old, Path(settings.MEDIA_ROOT) / proof.stored):
        os.utime(path, (0, 0))
    assert settle_files() == 1
    assert not old.exists() and new.exists() and (Path(settings.MEDIA_ROOT) / proof.stored).exists()
    new.unlink()


def test_open_records_and_registers_without_a_term_are_kept(bench: Bench) -> None:
    values = {"反映内容": WORDS, "被反映人": bench.house.judge.pk, "承办督察": bench.inspector.pk}
    open_ = open_record(acting(bench.inspector), CLUE, "受理", values)
    closed = submitted(bench, accepted(bench, registered(bench)))
    do(acting(bench.inspector), closed.pk, "销号", {})
    assert tell(date(2040, 1, 1)).shredded == 0
    assert fresh(open_).data
    assert fresh(closed).data
