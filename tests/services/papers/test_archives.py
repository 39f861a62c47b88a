"""The files of an archived case are compared, listed and sealed; a changed byte is found."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from mingjing.services.demands import Taken
from mingjing.services.papers.proofreading import put_paper
from mingjing.services.papers.sealing import FileDamaged, files_of, root_of_catalogue, seal_case, verify_seal
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.services.reading.archives import ArchiveFilter, catalogue, seals, waiting
from mingjing.services.records.evidence import keep
from mingjing.services.records.opening import open_record
from mingjing.storage.cases.models import Case
from mingjing.storage.papers.models import Paper, SealedFile
from tests.services.builders import House, acting, entries, happen
from tests.services.papers.builders import a_case, judgment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: Path) -> Path:
    """Where files are kept."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


def archived(house: House) -> Case:
    """A closed case with a judgment, archived."""
    case = a_case(house)
    put_paper(acting(house.judge), case_id=case.pk, kind="判决书", upload=judgment())
    happen(case, "归档", date(2024, 4, 1))
    Case.objects.filter(pk=case.pk).update(closed_on=date(2024, 3, 29))
    return Case.objects.get(pk=case.pk)


def test_the_catalogue_names_every_file_with_its_digest_and_the_log_knows_its_root(house: House) -> None:
    case = archived(house)
    assert [one.case for one in seals(acting(house.manager), ArchiveFilter()).rows] == []
    assert list(waiting(acting(house.manager))) == [case]
    seal = seal_case(acting(house.manager), case_id=case.pk)
    [line] = seal.lines.all()
    assert (line.source, line.name) == ("判决书第 1 稿（可签发）", "判决书.txt")
    assert line.digest == line.evidence.digest
    assert seal.root == root_of_catalogue([(line.source, line.name, line.digest)])
    assert seal.root in entries("封存档案")[0].payload
    assert list(waiting(acting(house.manager))) == []
    assert catalogue(acting(house.judge), case.pk).lines == [line]


def test_attachments_of_records_about_the_case_belong_to_it(house: House) -> None:
    case = archived(house)
    values = {
        "案件": case.pk, "案号": case.number, "承办人": house.judge.pk, "承办部门": house.first_civil.pk,
        "检索事由": "其他需要检索", "评议日期": "2024-04-08",
    }  # fmt: skip
    record = open_record(acting(house.judge), "ledger.case_search", "要求检索", values)
    evidence = keep(judgment(serial=9))
    record.attachments.create(evidence=evidence, field="report", name="报告.txt", turn=1)
    assert [(one.source, one.name) for one in files_of(case)][1] == (f"类案检索 {record.number}", "报告.txt")


def test_a_case_not_archived_is_not_sealed(house: House) -> None:
    case = a_case(house)
    with pytest.raises(Taken, match="归档以后再封存"):
        seal_case(acting(house.manager), case_id=case.pk)


def test_after_the_seal_nothing_is_added(house: House) -> None:
    case = archived(house)
    seal_case(acting(house.manager), case_id=case.pk)
    with pytest.raises(Taken, match="已经封存"):
        put_paper(acting(house.judge), case_id=case.pk, kind="裁定书", upload=judgment())
    with pytest.raises(Taken, match="已经封存"):
        seal_case(acting(house.manager), case_id=case.pk)


def test_a_damaged_file_is_not_sealed(house: House, files: Path) -> None:
    case = archived(house)
    (files / Paper.objects.get().evidence.stored).write_bytes(b"other")
    with pytest.raises(FileDamaged, match="判决书"):
        seal_case(acting(house.manager), case_id=case.pk)


def test_a_byte_changed_after_the_seal_is_found_and_kept_on_it(house: House, files: Path) -> None:
    case = archived(house)
    seal = seal_case(acting(house.manager), case_id=case.pk)
    assert verify_seal(acting(house.manager), seal_id=seal.pk).broken == []
    path = files / Paper.objects.get().evidence.stored
    content = bytearray(path.read_bytes())
    content[7] ^= 1
    path.write_bytes(content)
    assert verify_seal(acting(house.manager), seal_id=seal.pk).broken == ["判决书.txt"]
    assert [one.case for one in seals(acting(house.manager), ArchiveFilter("", "", "核验不符")).rows] == [
        case
    ]


def test_a_line_changed_in_the_table_no_longer_makes_the_root(house: House) -> None:
    seal = seal_case(acting(house.manager), case_id=archived(house).pk)
    SealedFile.objects.update(name="另一份.txt")
    assert verify_seal(acting(house.manager), seal_id=seal.pk).broken == ["目录本身"]


def test_who_may_not_seal_does_not_and_a_stranger_sees_nothing(house: House) -> None:
    case = archived(house)
    with pytest.raises(NotAllowed):
        seal_case(acting(house.judge), case_id=case.pk)
    with pytest.raises(NotVisible):
        catalogue(acting(house.stranger), case.pk)
