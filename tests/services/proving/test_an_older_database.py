"""A database put back to an older state is sound in itself; a checkpoint kept elsewhere tells of it."""

from __future__ import annotations

import pytest

from mingjing.domain.auditlog.checkpoints import BadNote
from mingjing.services.acts import CLOCK
from mingjing.services.proving.checking import verify_log
from mingjing.services.proving.checkpoints import latest, sign_checkpoint, signed_note
from mingjing.services.proving.held_against import held_against
from mingjing.storage.auditlog.models import Act
from tests.services.builders import House
from tests.services.conftest import triggers_apart
from tests.services.proving.conftest import some_acts, statement

pytestmark = pytest.mark.django_db


def _put_back(to: int) -> None:
    """The whole log, tree and checkpoints among it, as it was with ``to`` entries."""
    with triggers_apart():
        statement("DELETE FROM auditlog_signedcheckpoint")
        statement("DELETE FROM auditlog_node")
        statement(f"DELETE FROM auditlog_act WHERE seq >= {to}")


def test_a_log_nobody_put_back_fits_what_was_kept_of_it(log: House) -> None:
    some_acts(5)
    sign_checkpoint(CLOCK)
    kept = signed_note(latest())
    some_acts(3)
    assert held_against(kept) == ""


def test_an_older_database_is_told_by_its_fewer_entries(log: House) -> None:
    some_acts(5)
    sign_checkpoint(CLOCK)
    kept, size = signed_note(latest()), latest().size
    _put_back(size - 3)
    assert verify_log().sound
    assert f"签的是 {size} 条，现在只有 {size - 3} 条" in held_against(kept)


def test_an_older_database_that_grew_again_is_told_by_its_root(log: House) -> None:
    some_acts(5)
    sign_checkpoint(CLOCK)
    kept, size = signed_note(latest()), latest().size
    _put_back(size - 3)
    some_acts(9)
    sign_checkpoint(CLOCK)
    assert verify_log().sound
    assert Act.objects.count() > size
    assert "分了叉" in held_against(kept)


def test_what_another_key_signed_or_nobody_is_not_held_against_it(log: House) -> None:
    sign_checkpoint(CLOCK)
    note = signed_note(latest())
    assert "没有本院的有效签名" in held_against(note.replace(note.split("\n")[0], "elsewhere.example/log"))
    with pytest.raises(BadNote):
        held_against("不是检查点\n")
