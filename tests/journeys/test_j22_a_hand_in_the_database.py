"""J22. The log is rewritten by hand, a spoilt backup restored: both are found, neither is mended."""

from __future__ import annotations

import re
import subprocess
from contextlib import closing
from pathlib import Path

from mingjing.domain.auditlog.entries import LINES, leaf_of_lines
from tests.journeys.desk import Desk, main_text
from tests.journeys.installation import NOW, PROGRAM, Installation, environment

COUNTY = "云9801"
REASONED = "SELECT seq FROM auditlog_act WHERE why <> '' AND court = :court ORDER BY seq LIMIT 1"
EVERYTHING = "SELECT * FROM auditlog_act ORDER BY seq"
TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
FORGED = "理由后来被人改成这样"
PROCURATORATE = "procuratorate/witness"


def program(installation: Installation, *words: object) -> subprocess.CompletedProcess[str]:
    """A command that may end in a refusal."""
    told = environment(installation.data, NOW)
    command = [*PROGRAM, *map(str, words)]
    return subprocess.run(command, env=told, capture_output=True, text=True, check=False)


def by_hand(installation: Installation, *statements: tuple[str, tuple[object, ...]]) -> None:
    """What whoever keeps the machine can do: take the triggers away, change rows, put the triggers back."""
    with closing(installation.connected()) as database:
        triggers = database.execute(TRIGGERS).fetchall()
        assert "act_no_update" in dict(triggers)
        for name, _ in triggers:
            database.execute(f'DROP TRIGGER "{name}"')
        for sql, values in statements:
            database.execute(sql, values)
        for _, sql in triggers:
            database.execute(sql)


def change_the_reason(installation: Installation) -> int:
    """Another reason in an entry of the county court; which entry."""
    [(seq,)] = installation.ask(REASONED, {"court": COUNTY})
    by_hand(installation, ("UPDATE auditlog_act SET why = ? WHERE seq = ?", (FORGED, seq)))
    return int(seq)


def make_it_fit(installation: Installation, seq: int) -> None:
    """Compute the forged entry's hash anew, and do away with every node and checkpoint made before."""
    lines = f"SELECT {', '.join(LINES)} FROM auditlog_act WHERE seq = :seq"
    [entry] = installation.ask(lines, {"seq": seq})
    by_hand(
        installation,
        ("UPDATE auditlog_act SET leaf = ? WHERE seq = ?", (leaf_of_lines(entry).hex(), seq)),
        ("DELETE FROM auditlog_node", ()),
        ("DELETE FROM auditlog_countersignature", ()),
        ("DELETE FROM auditlog_signedcheckpoint", ()),
    )


def test_a_changed_entry_is_named_on_the_page_and_left_as_it_was_found(
    installation: Installation, desk: Desk
) -> None:
    with installation.served(clock=True) as served:
        page = desk.sign_in(served.url, "shenji")
        seq = change_the_reason(installation)
        found_so = installation.ask(EVERYTHING)
        page.goto(f"/acts/{seq}")
        assert "这一条被改过" in main_text(page)
        page.goto("/acts/check")
        page.get_by_role("button", name="现在核验").click()
        page.locator("main", has_text="有不成立的").wait_for(timeout=120_000)  # the page turns itself
        assert f"第 {seq} 条被改过" in main_text(page)
        assert "请保全现场，不要修复，不要恢复备份" in main_text(page)
        page.click(f'main a[href="/acts/{seq}"]')
        assert FORGED in main_text(page), "the auditor is shown what stands there, not what should"
    told = program(installation, "log", "fsck")
    assert told.returncode == 1
    assert f"请保全现场，不要修复。最早不对的是第 {seq} 条。" in told.stdout
    assert installation.ask(EVERYTHING)[: len(found_so)] == found_so, "somebody touched the evidence"


def test_a_log_forged_until_it_fits_is_refused_by_the_witness_who_keeps_both_versions(
    installation: Installation, tmp_path: Path
) -> None:
    office, key = tmp_path / "witness", installation.run("log", "key").split()[-1]
    installation.run("witness", "init", "--folder", str(office), "--name", PROCURATORATE)
    with installation.served() as served:
        witness = ("witness", "run", "--folder", str(office), "--from", served.url, "--key", key)
        assert "第一次见到" in installation.run(*witness)
        (signed,) = (office / "signed").rglob("*.txt")
        make_it_fit(installation, change_the_reason(installation))
        installation.run("log", "checkpoint", "--out", str(tmp_path / "forged.txt"))
        assert "全部成立" in installation.run("log", "fsck"), "within the house nothing can be seen any more"
        refused = program(installation, *witness)
    assert refused.returncode == 1
    assert "没有副署" in refused.stderr
    (evidence,) = (office / "evidence").iterdir()
    assert str(evidence) in refused.stderr
    assert (evidence / "seen.txt").read_text(encoding="utf-8") == signed.read_text(encoding="utf-8")
    handed, forged = (evidence / "handed.txt"), (tmp_path / "forged.txt")
    assert note(handed) == note(forged), "the court's own signature under another past"
    assert list((office / "signed").rglob("*.txt")) == [signed], "nothing new was countersigned"


def note(path: Path) -> str:
    """The signed checkpoint of a file handed over, without the proof before it."""
    return path.read_text(encoding="utf-8").partition("\n\n")[2]


def test_a_backup_with_one_flipped_byte_is_not_restored_and_not_repaired(
    installation: Installation, tmp_path: Path
) -> None:
    kept, key = tmp_path / "court.mjb", installation.data / "backup-key"
    written = installation.run("backup", str(kept))
    whole = kept.read_bytes()
    spoilt = bytearray(whole)
    spoilt[len(spoilt) // 2] ^= 1
    kept.write_bytes(spoilt)
    empty = Installation(tmp_path / "empty")
    empty.data.mkdir()
    for words in (("backup", kept, "--verify"), ("restore", kept)):
        refused = program(empty, *words, "--key", key)
        assert refused.returncode == 1
        assert "备份" in refused.stderr and "打不开" in refused.stderr
    assert kept.read_bytes() == spoilt, "the spoilt file is evidence too"
    assert empty.ask("SELECT count(*) FROM auditlog_act") == [(0,)], "half a court was left"
    assert not list(empty.data.glob(".restoring-*")) and not (empty.data / "files").exists()
    kept.write_bytes(whole)
    restored = empty.run("restore", str(kept), "--key", str(key))
    assert root(restored) == root(written), "without the flipped bit it is the same log"


def root(said: str) -> str:
    """Size and root of the log as a command names them."""
    found = re.search(r"日志 \d+ 条，根 \w+", said)
    assert found is not None, said
    return found[0]
