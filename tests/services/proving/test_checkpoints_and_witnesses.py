"""A checkpoint a day under the court's key; another office countersigns only what continues what it saw."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from mingjing.domain.auditlog.checkpoints import BadNote, read_note, write_note
from mingjing.domain.auditlog.entries import LINES, leaf_of_lines
from mingjing.domain.auditlog.witnessing import Forked, OutOfStep
from mingjing.services.acts import CLOCK, CONSOLE
from mingjing.services.permissions import NotAllowed
from mingjing.services.proving import checkpoints, witness_office, witnesses
from mingjing.services.proving.checking import verify_log
from mingjing.services.proving.checkpoints import (
    NoCheckpoint,
    handed,
    latest,
    replace_key,
    sign_checkpoint,
    sign_daily,
    signed_note,
)
from mingjing.services.proving.own_key import LostKey, key_path, own_key, own_vkeys, waiting_path
from mingjing.services.proving.signing import BadKey, make_key, read_key
from mingjing.storage.auditlog import tree
from mingjing.storage.auditlog.models import Act, Countersignature, SignedCheckpoint
from tests.services.builders import House, acting, entries, hire
from tests.services.conftest import Logged, Refused, triggers_apart
from tests.services.proving.conftest import some_acts, statement

pytestmark = pytest.mark.django_db
AT = datetime(2024, 4, 1, 1, 0, tzinfo=UTC)


def test_the_key_is_made_at_first_need_and_is_nobody_elses_to_read(log: House) -> None:
    assert not key_path().exists()
    made = own_key()
    assert made.name == "云98/mingjing-log"
    assert key_path().stat().st_mode & 0o777 == 0o600
    assert own_key().vkey == made.vkey
    key_path().chmod(0o640)
    with pytest.raises(BadKey, match="别的账户也能读"):
        own_key()


def test_an_altered_key_file_is_refused(log: House) -> None:
    own_key()
    text = key_path().read_text(encoding="utf-8")
    key_path().write_text(text.replace("云98", "云99"), encoding="utf-8")
    with pytest.raises(BadKey, match="校验位"):
        read_key(key_path())


def test_one_checkpoint_a_day_and_one_entry_about_it(log: House, one_entry: Logged) -> None:
    some_acts(4)
    size = tree.size()
    with one_entry() as told:
        first = sign_daily(date(2024, 4, 1))
    assert first is not None
    assert (first.size, told[0].verb, told[0].seq, told[0].actor) == (size, "签检查点", size, "clock")
    assert sign_daily(date(2024, 4, 1)) is None
    point, signatures = read_note(first.note)
    assert (point.size, point.root) == (size, tree.root_at(size))
    assert [one.name for one in signatures] == ["云98/mingjing-log"]


def test_without_its_key_the_clock_goes_on_and_no_other_key_is_made(log: House) -> None:
    sign_checkpoint(CLOCK)
    key_path().unlink()
    assert sign_daily(date(2024, 4, 2)) is None
    with pytest.raises(LostKey, match="请从备份恢复"):
        own_key()
    assert not key_path().exists()


def test_a_replaced_key_is_told_in_the_log_and_old_checkpoints_still_hold(log: House) -> None:
    old = sign_checkpoint(CLOCK)
    replace_key("旧密钥遗失")
    sign_checkpoint(CLOCK)
    assert entries()[-2].verb == "更换日志密钥"
    assert verify_log().findings == []
    assert read_note(latest().note)[1][0].key_hash != read_note(old.note)[1][0].key_hash


def test_a_key_is_replaced_with_its_entry_or_not_at_all(log: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process ends before the entry stands, then after it and before the file has its name."""
    old = own_key().vkey
    make_key(waiting_path(), "云98/mingjing-log")
    assert own_key().vkey == old
    with monkeypatch.context() as cut:
        cut.setattr(checkpoints, "settle_key", lambda: None)
        new = replace_key("旧密钥遗失").vkey
    assert read_key(key_path()).vkey == old
    assert own_key().vkey == new
    assert own_vkeys() == (new, old)
    assert not waiting_path().exists()


def test_only_whoever_verifies_the_log_may_sign_it(log: House) -> None:
    with pytest.raises(NotAllowed, match="核验日志"):
        sign_checkpoint(acting(log.judge))


def test_the_database_keeps_checkpoints_as_they_are(log: House) -> None:
    from django.db import DatabaseError, transaction

    sign_checkpoint(CLOCK)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        SignedCheckpoint.objects.update(size=1)


def test_no_checkpoint_is_said_to_be_none(log: House) -> None:
    with pytest.raises(NoCheckpoint, match="还没有检查点"):
        latest()


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The folder of an office that has its key."""
    folder = tmp_path / "procuratorate"
    witness_office.begin(folder, "yunxi-procuratorate/witness")
    return folder


def _hand_over(tmp_path: Path, old: int) -> str:
    file = tmp_path / "handed.txt"
    file.write_text(handed(old).text(), encoding="utf-8")
    return str(file)


def _witness(office: Path, tmp_path: Path) -> witness_office.Witnessed:
    key = own_key().vkey
    last = witness_office.seen(office, key)
    source = _hand_over(tmp_path, last.size if last else 0)
    return witness_office.witness(office, key, source, AT)


def test_a_countersignature_comes_back_and_is_kept(
    log: House, office: Path, tmp_path: Path, one_entry: Logged, refused: Refused
) -> None:
    witnesses.admit(CONSOLE, "云溪市人民检察院", witness_office.begin(office, "x").vkey)
    sign_checkpoint(CLOCK)
    found = _witness(office, tmp_path)
    with one_entry():
        (kept,) = witnesses.receive(CONSOLE, found.note)
    assert (kept.witness.name, kept.at, kept.checkpoint) == ("云溪市人民检察院", AT, latest())
    assert "yunxi-procuratorate/witness" in signed_note(latest())
    assert verify_log().countersigned == 1
    with refused("没有新的"):
        witnesses.receive(CONSOLE, found.note)


def test_a_log_that_grew_is_countersigned_again(log: House, office: Path, tmp_path: Path) -> None:
    sign_checkpoint(CLOCK)
    first = _witness(office, tmp_path)
    some_acts(9)
    sign_checkpoint(CLOCK)
    second = _witness(office, tmp_path)
    assert second.before == first.checkpoint
    assert second.checkpoint.size > first.checkpoint.size


def _rewrite(seq: int) -> None:
    lines = list(Act.objects.values_list(*LINES).get(seq=seq))
    lines[LINES.index("why")] = "改写"
    leaf = leaf_of_lines(lines).hex()
    statement(f"UPDATE auditlog_act SET why = '改写', leaf = '{leaf}' WHERE seq = {seq}")
    statement("DELETE FROM auditlog_node")


def test_a_fork_is_refused_and_the_evidence_kept(log: House, office: Path, tmp_path: Path) -> None:
    """The court itself rewrites an entry, the tree, and signs anew with its own key."""
    some_acts(6)
    sign_checkpoint(CLOCK)
    before = _witness(office, tmp_path)
    with triggers_apart():
        _rewrite(2)
        statement("DELETE FROM auditlog_signedcheckpoint")
    some_acts(3)
    sign_checkpoint(CLOCK)
    with pytest.raises(Forked, match="改写过，或者有两个版本") as refused:
        _witness(office, tmp_path)
    (kept,) = (office / "evidence").iterdir()
    assert str(kept) in refused.value.message
    assert (kept / "seen.txt").read_text(encoding="utf-8") == before.note
    assert "old " in (kept / "handed.txt").read_text(encoding="utf-8")
    assert witness_office.seen(office, own_key().vkey) == before.checkpoint


def test_a_log_cut_short_is_a_fork(log: House, office: Path, tmp_path: Path) -> None:
    some_acts(6)
    sign_checkpoint(CLOCK)
    before = _witness(office, tmp_path)
    with triggers_apart():
        statement("DELETE FROM auditlog_signedcheckpoint")
        statement("DELETE FROM auditlog_node")
        statement(f"DELETE FROM auditlog_act WHERE seq >= {before.checkpoint.size - 3}")
    sign_checkpoint(CLOCK)
    with pytest.raises(Forked, match="截短过"):
        _witness(office, tmp_path)


def test_two_logs_of_one_size_keep_both_countersignatures(log: House, office: Path, tmp_path: Path) -> None:
    sign_checkpoint(CLOCK)
    source = _hand_over(tmp_path, 0)
    first = witness_office.witness(office, own_key().vkey, source, AT)
    other = make_key(tmp_path / "other-key", "云97/mingjing-log")
    twin = replace(first.checkpoint, origin=other.name)
    (tmp_path / "twin.txt").write_text(write_note(twin, (other.sign(twin),)), encoding="utf-8")
    second = witness_office.witness(office, other.vkey, str(tmp_path / "twin.txt"), AT)
    assert second.checkpoint.size == first.checkpoint.size
    assert first.file.read_text(encoding="utf-8") == first.note
    assert second.file.read_text(encoding="utf-8") == second.note


def test_a_proof_from_elsewhere_asks_for_another(log: House, office: Path, tmp_path: Path) -> None:
    some_acts(2)
    sign_checkpoint(CLOCK)
    _witness(office, tmp_path)
    some_acts(3)
    sign_checkpoint(CLOCK)
    with pytest.raises(OutOfStep, match="--since"):
        witness_office.witness(office, own_key().vkey, _hand_over(tmp_path, 0), AT)


def test_a_checkpoint_of_another_key_is_not_countersigned(log: House, office: Path, tmp_path: Path) -> None:
    key = own_key().vkey
    replace_key("试")
    sign_checkpoint(CLOCK)
    with pytest.raises(witness_office.NotWitnessed, match="没有“云98/mingjing-log”的有效签名"):
        witness_office.witness(office, key, _hand_over(tmp_path, 0), AT)
    assert list((office / "evidence").iterdir())


def test_a_countersignature_on_another_log_is_refused(
    log: House, office: Path, tmp_path: Path, refused: Refused
) -> None:
    sign_checkpoint(CLOCK)
    note = _witness(office, tmp_path).note
    with refused("不是本院签出的那一份"):
        witnesses.receive(CONSOLE, note.replace("云98", "云97"))


def test_a_countersignature_by_a_stranger_or_from_the_future_is_refused(
    log: House, office: Path, tmp_path: Path, refused: Refused
) -> None:
    sign_checkpoint(CLOCK)
    note = _witness(office, tmp_path).note
    with refused("没有新的、有效的见证人副署"):
        witnesses.receive(CONSOLE, note)
    witnesses.admit(CONSOLE, "检察院", witness_office.begin(office, "x").vkey)
    later = datetime(2030, 1, 1, tzinfo=UTC)
    ahead = witness_office.witness(office, own_key().vkey, _hand_over(tmp_path, latest().size), later)
    with refused("没有新的"):
        witnesses.receive(CONSOLE, ahead.note)


def test_a_witness_that_ended_is_taken_no_more(
    log: House, office: Path, tmp_path: Path, refused: Refused, one_entry: Logged
) -> None:
    with one_entry():
        found = witnesses.admit(CONSOLE, "检察院", witness_office.begin(office, "x").vkey)
    with refused("已经登记过"):
        witnesses.admit(CONSOLE, "检察院", found.vkey)
    with one_entry():
        witnesses.end(CONSOLE, found.pk, "换了密钥")
    sign_checkpoint(CLOCK)
    with refused("没有新的"):
        witnesses.receive(CONSOLE, _witness(office, tmp_path).note)
    assert not Countersignature.objects.exists()


def test_only_the_court_whose_log_it_is_admits_and_ends_a_witness(
    log: House, office: Path, refused: Refused
) -> None:
    own, other = (acting(hire(court, "严审", "审计管理员", None)) for court in (log.higher, log.court))
    key = witness_office.begin(office, "x").vkey
    with refused("由云溪市中级人民法院办理", of=NotAllowed):
        witnesses.admit(other, "检察院", key)
    found = witnesses.admit(own, "检察院", key)
    with refused("由云溪市中级人民法院办理", of=NotAllowed):
        witnesses.end(other, found.pk, "不想再让人看")
    assert witnesses.end(own, found.pk, "单位撤并").until is not None


def test_the_key_of_a_log_is_no_witness(log: House, refused: Refused) -> None:
    with refused("不是见证人的", of=BadNote):
        witnesses.admit(CONSOLE, "检察院", own_key().vkey)


def test_something_else_than_a_checkpoint_is_not_read(
    log: House, office: Path, tmp_path: Path, settings: Settings
) -> None:
    big, strange = tmp_path / "big", tmp_path / "strange"
    big.write_bytes(b"old 1\n" * 300_000)
    strange.write_bytes(b"\xff\xfe")
    for source in (big, strange):
        with pytest.raises(witness_office.NotWitnessed, match="不是检查点"):
            witness_office.witness(office, own_key().vkey, str(source), AT)
