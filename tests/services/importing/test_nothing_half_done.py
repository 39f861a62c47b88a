"""Killed, repeated, twice at once, on a full disk: an import is written whole or not at all."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from django.db.utils import OperationalError

from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.importing import uploading, working
from mingjing.services.importing.batches import WrongState, cancel, choose_mapping, confirm
from mingjing.services.importing.settling_new import Settling
from mingjing.services.importing.sources import path_of
from mingjing.services.importing.uploading import NotKept
from mingjing.services.importing.working import work, work_one
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.storage.batches.models import Batch
from mingjing.storage.cases.models import Case, CaseEvent
from mingjing.storage.people.models import Person
from mingjing.storage.supervision.models import Clock
from tests.services.builders import House, acting
from tests.services.importing.files import checked, counts, csv, imported, row, sent

DATA = csv([row(1, 承办人="新来的人"), row(2)])


class Killed(BaseException):
    """What a killed process looks like from inside."""


def killed(*_: object, **__: object) -> None:
    raise Killed


@pytest.mark.parametrize("point", ["new", "rest", "write", "counts_of"])
def test_a_write_killed_anywhere_leaves_nothing_and_can_be_repeated(
    office: Actor, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    batch = checked(office, DATA)
    confirm(office, batch)
    with monkeypatch.context() as patch:
        patch.setattr(Settling if point in ("new", "rest") else working, point, killed)
        with pytest.raises(Killed):
            work(batch)
    assert not Case.objects.exists()
    assert not CaseEvent.objects.exists()
    assert not Person.objects.filter(name="新来的人").exists()
    assert Batch.objects.get().state == Batch.State.WRITING
    assert work_one()
    batch.refresh_from_db()
    assert (batch.state, counts(batch)) == (Batch.State.DONE, (2, 2, 0, 0, 0))
    assert Clock.objects.exists()
    assert not work_one()


def test_a_check_killed_is_taken_up_again(office: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = checked(office, DATA)
    choose_mapping(office, batch, batch.mapping)
    with monkeypatch.context() as patch:
        patch.setattr(working, "preview_of", killed)
        with pytest.raises(Killed):
            work(batch)
    assert work_one()
    batch.refresh_from_db()
    assert (batch.state, counts(batch)) == (Batch.State.CHECKED, (2, 2, 0, 0, 0))
    assert batch.preview_rows.count() == 2


def test_confirming_twice_writes_once(office: Actor) -> None:
    batch = checked(office, DATA)
    twin = Batch.objects.get(pk=batch.pk)
    confirm(office, batch)
    with pytest.raises(WrongState, match="写入中"):
        confirm(office, twin)
    work(batch)
    with pytest.raises(WrongState, match="已导入"):
        confirm(office, twin)
    assert Case.objects.count() == 2


def test_two_workers_write_a_batch_once(office: Actor) -> None:
    batch = checked(office, DATA)
    confirm(office, batch)
    twin = Batch.objects.select_related("court", "uploaded_by").get(pk=batch.pk)
    work(batch)
    work(twin)
    assert twin.state == Batch.State.DONE
    assert counts(twin) == (2, 2, 0, 0, 0)
    assert Case.objects.count() == 2


def test_the_same_file_uploaded_twice_before_either_is_written(office: Actor) -> None:
    one, two = checked(office, DATA), checked(office, DATA)
    for batch in (one, two):
        confirm(office, batch)
    assert work_one()
    assert work_one()
    one.refresh_from_db()
    two.refresh_from_db()
    assert counts(one) == (2, 2, 0, 0, 0)
    assert counts(two) == (2, 0, 0, 2, 0)
    assert any("预检之后案件有了变化" in note for note in two.notes)


def test_a_batch_given_up_while_it_is_checked_stays_given_up(office: Actor) -> None:
    batch = checked(office, DATA)
    choose_mapping(office, batch, batch.mapping)
    worker = Batch.objects.select_related("court", "uploaded_by").get(pk=batch.pk)
    cancel(office, batch)
    work(worker)
    assert Batch.objects.get().state == Batch.State.CANCELLED


@pytest.mark.parametrize("change", ["deleted", "replaced"])
def test_a_file_that_is_gone_or_changed_fails_with_the_reason(office: Actor, change: str) -> None:
    batch = checked(office, DATA)
    confirm(office, batch)
    path = path_of(batch)
    path.unlink() if change == "deleted" else path.write_bytes(DATA + b"\r\n")
    work(batch)
    assert batch.state == Batch.State.FAILED
    assert "没有写入任何内容，请重新上传" in batch.error
    assert not Case.objects.exists()


def test_a_full_disk_in_the_middle_of_a_write_fails_the_batch(
    office: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    batch = checked(office, DATA)
    confirm(office, batch)
    monkeypatch.setattr(Settling, "rest", full)
    work(batch)
    assert (batch.state, "磁盘已满" in batch.error) == (Batch.State.FAILED, True)
    assert not Case.objects.exists()


def test_a_full_database_fails_the_batch_and_a_locked_one_is_left_waiting(
    office: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = ["database is locked"]

    def broken(*_: object, **__: object) -> None:
        raise OperationalError(said[0])

    batch = checked(office, DATA)
    confirm(office, batch)
    monkeypatch.setattr(Settling, "rest", broken)
    with pytest.raises(OperationalError):
        work(batch)
    assert Batch.objects.get().state == Batch.State.WRITING
    said[0] = "database or disk is full"
    work(batch)
    assert batch.state == Batch.State.FAILED
    assert "磁盘已满" in batch.error
    assert not Case.objects.exists()


def test_a_full_disk_while_uploading_keeps_nothing(office: Actor, settings: object) -> None:
    def chunks() -> object:
        yield DATA
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(NotKept, match="磁盘已满"):
        uploading.upload(office, court=office.court, filename="a.csv", chunks=chunks())  # type: ignore[arg-type]
    assert not Batch.objects.exists()


def test_a_file_above_the_limit_is_not_kept(office: Actor, tmp_path: Path, settings: object) -> None:
    from django.conf import settings as configured

    piece = b"x" * (1024 * 1024)
    many = (piece for _ in range(configured.CONFIGURATION.upload_limit_mb + 1))
    folder = Path(configured.MEDIA_ROOT) / "imports"
    before = set(folder.glob("*")) if folder.exists() else set()
    with pytest.raises(Refusal, match="上限"):
        uploading.upload(office, court=office.court, filename="a.csv", chunks=many)
    assert set(folder.glob("*")) == before


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04torn", b"%PDF-1.7", b"\x00\x01\x02" * 99])
def test_a_file_that_cannot_be_opened_is_refused_and_not_kept(office: Actor, data: bytes) -> None:
    with pytest.raises(Refusal):
        sent(office, data)
    assert not Batch.objects.exists()


def test_who_may_upload_confirm_and_where(house: House, office: Actor) -> None:
    with pytest.raises(NotAllowed):
        sent(acting(house.judge), DATA)
    with pytest.raises(NotVisible):
        sent(office, DATA, court=house.higher)


def test_a_formula_is_refused_and_goes_back_as_text(office: Actor) -> None:
    batch = checked(office, csv([row(1, 案由='=HYPERLINK("x")')]))
    assert counts(batch) == (1, 0, 0, 0, 1)


def test_a_retry_after_a_failure_goes_in(office: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = checked(office, DATA)
    confirm(office, batch)
    with monkeypatch.context() as patch:
        patch.setattr(Settling, "rest", lambda *_, **__: 1 / 0)
        work(batch)
    assert batch.state == Batch.State.FAILED
    choose_mapping(office, batch, batch.mapping)
    work(batch)
    confirm(office, batch)
    work(batch)
    assert batch.state == Batch.State.DONE
    assert imported(office, DATA).unchanged == 2
