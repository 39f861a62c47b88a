"""Personal content is kept as long as the definition says, and is then nowhere any more."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from mingjing.services.records.acting import do
from mingjing.services.records.evidence import keep
from mingjing.services.records.opening import open_record
from mingjing.services.records.ticking import tell
from mingjing.storage.records.models import Evidence, Record
from tests.services.builders import acting, entries
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


def test_open_records_and_registers_without_a_term_are_kept(bench: Bench) -> None:
    values = {"反映内容": WORDS, "被反映人": bench.house.judge.pk, "承办督察": bench.inspector.pk}
    open_ = open_record(acting(bench.inspector), CLUE, "受理", values)
    closed = submitted(bench, accepted(bench, registered(bench)))
    do(acting(bench.inspector), closed.pk, "销号", {})
    assert tell(date(2040, 1, 1)).shredded == 0
    assert fresh(open_).data
    assert fresh(closed).data
