"""Whoever edits the database by hand is found, with the first entry that does not hold."""

from __future__ import annotations

import pytest

from mingjing.domain.auditlog.entries import LINES, leaf_of_lines
from mingjing.services.acts import CLOCK, act
from mingjing.services.destroying import DESTROYED, destroy_contents
from mingjing.services.proving import checking, sound_rows
from mingjing.services.proving.checking import verify_log
from mingjing.services.proving.checkpoints import sign_checkpoint
from mingjing.storage.assignment.models import FilingDay
from mingjing.storage.auditlog import tree
from mingjing.storage.auditlog.models import Act, SignedCheckpoint
from tests.services.builders import DAY, House
from tests.services.conftest import SetMoment, triggers_apart
from tests.services.proving.conftest import some_acts, statement

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, params=[4, sound_rows.CHUNK], ids=["many stretches", "one stretch"])
def stretch(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """However long the stretches are in which the log is read, the same is found."""
    for module in (sound_rows, checking):
        monkeypatch.setattr(module, "CHUNK", request.param)
    return int(request.param)


@pytest.fixture
def signed(log: House) -> SignedCheckpoint:
    """Twenty entries under a checkpoint, and some after it."""
    some_acts(20)
    found = sign_checkpoint(CLOCK)
    some_acts(5)
    tree.extend()
    return found


def test_a_log_nobody_touched_holds(signed: SignedCheckpoint) -> None:
    heard: list[int] = []
    found = verify_log(heard.append)
    assert (found.sound, found.findings, found.checkpoints) == (True, [], 1)
    assert found.entries == heard[-1] == tree.size()


def test_a_changed_line_is_found(signed: SignedCheckpoint) -> None:
    with triggers_apart():
        statement("UPDATE auditlog_act SET why = '改写' WHERE seq = 7")
    found = verify_log()
    assert (found.sound, found.first_bad) == (False, 7)
    assert any(one.text.startswith("第 7 条被改过") for one in found.findings)


def _write_over(seq: int, why: str) -> None:
    """As somebody would who knows the format: the line, and the leaf hash that belongs to it."""
    lines = list(Act.objects.values_list(*LINES).get(seq=seq))
    lines[LINES.index("why")] = why
    statement(
        f"UPDATE auditlog_act SET why = '{why}', leaf = '{leaf_of_lines(lines).hex()}' WHERE seq = {seq}"
    )


def test_a_changed_line_with_its_hash_made_to_fit_is_found_by_the_tree(signed: SignedCheckpoint) -> None:
    with triggers_apart():
        _write_over(7, "改写")
    found = verify_log()
    assert found.first_bad == 6
    assert any("第 6 到 7 条" in one.text for one in found.findings)


def test_a_changed_line_with_the_whole_tree_made_to_fit_is_found_by_the_checkpoint(
    signed: SignedCheckpoint,
) -> None:
    some_acts(3)
    later = sign_checkpoint(CLOCK)
    with triggers_apart():
        _write_over(signed.size + 1, "改写")
        statement("DELETE FROM auditlog_node")
    tree.extend()
    found = verify_log()
    assert [one.seq for one in found.findings if one.grave] == [signed.size]
    assert f"第 {signed.size} 到 {later.size - 1} 条之间" in found.findings[0].text


def test_changed_content_is_found(signed: SignedCheckpoint) -> None:
    with triggers_apart():
        statement("UPDATE auditlog_act SET payload = '{}' WHERE seq = 4")
    found = verify_log()
    assert (found.first_bad, found.sound) == (4, False)
    assert "第 4 条所附的内容被改过" in found.findings[0].text


def test_a_missing_entry_is_found_and_such_a_log_is_not_signed(signed: SignedCheckpoint) -> None:
    with triggers_apart():
        statement("DELETE FROM auditlog_act WHERE seq = 9")
    assert verify_log().first_bad == 9


def test_a_log_cut_short_is_found(signed: SignedCheckpoint) -> None:
    with triggers_apart():
        statement(f"DELETE FROM auditlog_act WHERE seq >= {signed.size - 2}")
        statement("DELETE FROM auditlog_node")
    found = verify_log()
    assert not found.sound
    assert any("截短" in one.text for one in found.findings)


def test_a_log_cut_short_after_its_last_checkpoint_is_told_by_the_tree(signed: SignedCheckpoint) -> None:
    with triggers_apart():
        statement(f"DELETE FROM auditlog_act WHERE seq >= {signed.size + 1}")
    found = verify_log()
    assert not found.sound
    assert any("末尾有条目被删掉" in one.text for one in found.findings)


def test_a_log_cut_short_is_told_by_what_cites_it(signed: SignedCheckpoint, log: House) -> None:
    day = FilingDay(court=log.court, on=DAY, turn=1, opened_by=log.judge, opened_at=signed.made_at)
    day.locked_entry = tree.size() - 1
    day.save()
    assert verify_log().sound
    with triggers_apart():
        statement(f"DELETE FROM auditlog_act WHERE seq > {signed.size}")
        statement("DELETE FROM auditlog_node")
    found = verify_log()
    assert [one.text for one in found.findings if "别的表里写着" in one.text]


def test_two_entries_in_each_others_place_are_found(signed: SignedCheckpoint) -> None:
    with triggers_apart():
        for one, other in ((5, 90005), (6, 5), (90005, 6)):
            statement(f"UPDATE auditlog_act SET seq = {other} WHERE seq = {one}")
    assert verify_log().first_bad == 5


def test_a_row_beside_the_numbers_is_found(signed: SignedCheckpoint) -> None:
    """A copy can only be put where no entry stands: after the last."""
    with triggers_apart():
        names = "at, actor, actor_name, court, verb, subject_kind, subject_id, definition, why, payload, salt"
        names += ", payload_commitment, leaf, whence"
        copied = f"SELECT {tree.size()}, {names} FROM auditlog_act WHERE seq = 3"
        statement(f"INSERT INTO auditlog_act (seq, {names}) {copied}")
    found = verify_log()
    assert not found.sound
    assert any(f"第 {tree.size() - 1} 条被改过" in one.text for one in found.findings)


def test_a_clock_set_back_is_told_without_calling_the_log_false(
    signed: SignedCheckpoint, moment: SetMoment
) -> None:
    moment("2024-03-30T09:00:00")
    some_acts(1)
    found = verify_log()
    assert found.sound
    assert [one.seq for one in found.findings] == [tree.size() - 1]
    assert "往回拨过" in found.findings[0].text


def test_a_checkpoint_signed_by_another_key_is_found(signed: SignedCheckpoint) -> None:
    note = signed.note.replace("— ", "— x", 1)
    with triggers_apart():
        SignedCheckpoint.objects.filter(pk=signed.pk).update(note=note)
    assert "不是用本院的密钥签的" in verify_log().findings[0].text


def test_content_destroyed_by_law_leaves_everything_standing(signed: SignedCheckpoint) -> None:
    before = tree.inclusion([3], signed.size)
    with act(CLOCK, "到期销毁内容", needs=None, subject_kind="案件", subject_id=3) as entry:
        emptied = destroy_contents("案件", [3])
        entry.payload = {DESTROYED: emptied}
    assert emptied
    assert set(Act.objects.filter(seq__in=emptied).values_list("payload", "salt")) == {("", "")}
    assert tree.inclusion([3], signed.size) == before
    found = verify_log()
    assert (found.sound, found.destroyed) == (True, len(emptied))


def test_content_emptied_without_a_word_is_found(signed: SignedCheckpoint) -> None:
    Act.objects.filter(seq=6).update(payload="", salt="")
    found = verify_log()
    assert found.first_bad == 6
    assert "没有一条说它是依规销毁的" in found.findings[0].text
