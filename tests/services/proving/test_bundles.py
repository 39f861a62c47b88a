"""What a court hands out is checked by ``verify.py`` alone, on any machine."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from mingjing.services.acts import CLOCK, CONSOLE, act
from mingjing.services.destroying import DESTROYED, destroy_contents
from mingjing.services.permissions import NotVisible
from mingjing.services.proving import witness_office, witnesses
from mingjing.services.proving.bundles import NothingToProve, bundle_of_case, bundle_of_entries
from mingjing.services.proving.checkpoints import handed, sign_checkpoint
from mingjing.services.proving.exporting import export
from mingjing.services.proving.own_key import own_key
from mingjing.storage.cases.models import Case
from tests.services.builders import House, acting, entries, file_case
from tests.services.conftest import Logged, Refused
from tests.services.proving.conftest import some_acts
from tests.services.proving.test_checkpoints_and_witnesses import AT

pytestmark = pytest.mark.django_db
VERIFY = Path(__file__).parents[3] / "verifier" / "verify.py"


def _verify(*arguments: object) -> tuple[int, str]:
    """Run the one file as a lawyer would, without anything of ours in reach."""
    done = subprocess.run(
        [sys.executable, "-I", str(VERIFY), *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={"PYTHONIOENCODING": "utf-8"},
    )
    return done.returncode, done.stdout


@pytest.fixture
def case(log: House) -> Case:
    """A case with two entries about it in the log, under a checkpoint."""
    found = file_case(log)
    for why in ("到点", "又到点"):
        with act(CLOCK, "到点提醒", needs=None, subject_kind="案件", subject_id=found.pk, why=why) as entry:
            entry.payload = {"案号": found.number, "新提醒": 1}
    return found


def test_a_bundle_of_a_case_holds_under_the_keys_of_court_and_witness(
    log: House, case: Case, tmp_path: Path, one_entry: Logged
) -> None:
    office, some = tmp_path / "office", tmp_path / "handed.txt"
    witness = witness_office.begin(office, "yunxi/witness").vkey
    witnesses.admit(CONSOLE, "检察院", witness)
    sign_checkpoint(CLOCK)
    some.write_text(handed(0).text(), encoding="utf-8")
    key = own_key().vkey
    witnesses.receive(CONSOLE, witness_office.witness(office, key, str(some), AT).note)
    with one_entry() as told:
        title, packed = bundle_of_case(acting(log.judge), case.pk)
    assert (title, told[0].verb, told[0].subject_id) == (case.number, "出具证明", str(case.pk))
    file = tmp_path / "proof.zip"
    file.write_bytes(packed)
    code, said = _verify("proof", file, "--key", key, "--witness", witness)
    assert code == 0, said
    assert said.count("在日志里") == 2
    assert "内容相符" in said
    with zipfile.ZipFile(io.BytesIO(packed)) as box:
        page = box.read("说明.html").decode()
        assert case.number in page
        assert "<svg" in page
        assert box.read("checkpoint.txt").decode().startswith("云98/mingjing-log\n")
    bent = bytearray(packed)
    bent[packed.index("说明".encode()) + 400] ^= 1
    file.write_bytes(bytes(bent))
    assert _verify("proof", file, "--key", key)[0] != 0


def test_a_case_without_a_checkpoint_gets_one(log: House, case: Case, tmp_path: Path) -> None:
    file = tmp_path / "proof.zip"
    file.write_bytes(bundle_of_case(acting(log.judge), case.pk)[1])
    assert _verify("proof", file, "--key", own_key().vkey)[0] == 0
    assert [one.verb for one in entries()[-2:]] == ["签检查点", "出具证明"]


def test_a_case_one_may_not_see_has_no_bundle(log: House, case: Case, refused: Refused) -> None:
    with refused(of=NotVisible):
        bundle_of_case(acting(log.stranger), case.pk)


def test_destroyed_content_leaves_the_bundle_true(log: House, case: Case, tmp_path: Path) -> None:
    with act(CLOCK, "到期销毁内容", needs=None, subject_kind="案件", subject_id=case.pk) as entry:
        entry.payload = {DESTROYED: destroy_contents("案件", [case.pk])}
    file = tmp_path / "proof.zip"
    file.write_bytes(bundle_of_case(acting(log.judge), case.pk)[1])
    code, said = _verify("proof", file, "--key", own_key().vkey)
    assert code == 0
    assert "内容未附" in said


def test_single_entries_are_proved_without_their_content(log: House, tmp_path: Path) -> None:
    some_acts(6)
    file = tmp_path / "proof.zip"
    file.write_bytes(bundle_of_entries(CONSOLE, [2, 4]))
    code, said = _verify("proof", file, "--key", own_key().vkey)
    assert (code, said.count("内容未附")) == (0, 2)
    with pytest.raises(NothingToProve, match="没有第 999 条"):
        bundle_of_entries(CONSOLE, [2, 999])


@pytest.mark.parametrize("contents", [True, False])
def test_the_whole_log_is_exported_and_holds(log: House, tmp_path: Path, contents: bool) -> None:
    some_acts(7)
    with act(CLOCK, "到期销毁内容", needs=None, subject_kind="案件", subject_id=3) as entry:
        entry.payload = {DESTROYED: destroy_contents("案件", [3])}
    sign_checkpoint(CLOCK)
    found = export(tmp_path / "out", contents=contents)
    keys = (tmp_path / "out" / "keys.txt").read_text(encoding="utf-8").split()
    code, said = _verify("log", found.lines, found.checkpoint, "--key", keys[0])
    assert code == 0, said
    text = found.lines.read_text(encoding="utf-8")
    assert ("甲5" in text, "甲3" in text) == (contents, False)
    found.lines.write_text(text.replace("到点提醒", "到点提示", 1), encoding="utf-8")
    assert _verify("log", found.lines, found.checkpoint, "--key", keys[0])[0] == 1
