"""The one-file verifier accepts what is true, and refuses what was touched, whoever touched it."""

from __future__ import annotations

import copy
import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingjing.domain.auditlog.hashing import hashing
from tests.verifier.bundles import (
    LOG_KEY,
    WITNESS_KEY,
    as_file,
    bundle,
    checkpoint,
    items,
    published_draw,
)
from tests.verifier.tool import PATH, verify

BUNDLE, DRAW = bundle(11, (3, 10)), published_draw(11)


def _check(content: dict[str, Any]) -> None:
    said: list[str] = []
    if content["format"] == "mingjing-draw-1":
        verify.check_draw(content, said.append)
    else:
        verify.check_proof(content, [LOG_KEY, WITNESS_KEY], said.append)


def test_it_is_one_file_of_the_standard_library_under_400_lines() -> None:
    text = PATH.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 400
    imported = {line.split()[1] for line in text.splitlines() if line.startswith(("import ", "from "))}
    assert imported <= sys.stdlib_module_names


@pytest.mark.parametrize("content", [BUNDLE, DRAW, published_draw(1), bundle(1, (0,))])
def test_what_is_true_holds(content: dict[str, Any]) -> None:
    _check(content)


def test_a_log_hashed_with_sm3_holds_where_the_machine_has_it() -> None:
    if "sm3" in hashlib.algorithms_available:
        _check(bundle(6, (2,), hashing("sm3")))
    else:
        with pytest.raises(verify.Unreadable, match="SM3"):
            verify.hash_function("sm3")


def _leaves(content: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Paths to every text and number."""
    if isinstance(content, dict):
        return [found for key, part in content.items() for found in _leaves(part, (*path, key))]
    if isinstance(content, list):
        return [found for place, part in enumerate(content) for found in _leaves(part, (*path, place))]
    return [path]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([BUNDLE, DRAW]), st.data())
def test_one_flipped_bit_anywhere_is_refused(content: dict[str, Any], data: st.DataObject) -> None:
    bent = copy.deepcopy(content)
    path = data.draw(st.sampled_from(_leaves(bent)))
    holder: Any = bent
    for step in path[:-1]:
        holder = holder[step]
    value = holder[path[-1]]
    if isinstance(value, int):
        holder[path[-1]] = value ^ 1 << data.draw(st.integers(0, 20))
    else:
        raw = bytearray(value.encode())
        if not raw:
            raw = bytearray(b"\x00")
        bit = data.draw(st.integers(0, len(raw) * 8 - 1))
        raw[bit // 8] ^= 1 << bit % 8
        holder[path[-1]] = raw.decode("utf-8", "replace")
    with pytest.raises(Exception):  # noqa: B017 — whatever it is, it is not accepted
        _check(bent)


def _lines(entries: list[dict[str, Any]]) -> list[str]:
    return [verify.canonical(item).decode() for item in entries]


def test_a_payload_destroyed_by_law_leaves_the_proof_standing() -> None:
    shredded = copy.deepcopy(BUNDLE)
    for item in shredded["entries"]:
        item["payload"] = item["salt"] = None
    _check(shredded)


@pytest.mark.parametrize(
    ("do", "says"),
    [
        (lambda lines: lines[:-1], "截断"),
        (lambda lines: [*lines[:3], *lines[4:]], "被删"),
        (lambda lines: [lines[1], lines[0], *lines[2:]], "次序"),
        (lambda lines: [*lines[:4], lines[3], *lines[4:]], "插入"),
        (lambda lines: [lines[0].replace("沈知白", "沈知黑"), *lines[1:]], "改写"),
        (lambda lines: [lines[0].replace("第 0 件", "第 9 件"), *lines[1:]], "内容被改过"),
    ],
)
def test_a_log_that_was_touched_is_refused(do: Any, says: str) -> None:
    entries = items(9)
    lines = _lines(entries)
    note = verify.Note(checkpoint(entries))
    verify.check_log(lines, note, verify.Note(checkpoint(entries[:4])), [LOG_KEY, WITNESS_KEY], str)
    with pytest.raises(verify.Wrong, match=says):
        verify.check_log(do(lines), note, None, [LOG_KEY], str)


def test_a_log_signed_again_by_another_key_is_refused() -> None:
    note = verify.Note(checkpoint(items(3)).replace("yunxi.example/log", "other.example/log"))
    with pytest.raises(verify.Wrong, match="有效签名"):
        verify.check_log(_lines(items(3)), note, None, [LOG_KEY], str)


def test_a_forked_log_does_not_fit_the_older_checkpoint() -> None:
    entries, forked = items(5), items(5)
    forked[1]["entry"]["why"] = "另一个理由"
    lines = _lines(forked)
    with pytest.raises(verify.Wrong, match="较早的检查点"):
        verify.check_log(
            lines, verify.Note(checkpoint(forked)), verify.Note(checkpoint(entries[:3])), [LOG_KEY], str
        )


def test_the_command_says_what_holds_and_ends_with_its_status(tmp_path: Path) -> None:
    good, bad, torn = tmp_path / "draw.json", tmp_path / "bad.json", tmp_path / "torn.json"
    good.write_text(as_file(DRAW), encoding="utf-8")
    bad.write_text(as_file({**DRAW, "drawn": ["J01", "J02", "J03"]}), encoding="utf-8")
    torn.write_text(as_file(DRAW)[:200], encoding="utf-8")

    def run(path: Path) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-I", str(PATH), "draw", str(path)],
            capture_output=True,
            encoding="utf-8",
            check=False,
            env={"PYTHONIOENCODING": "utf-8"},
        )
        return done.returncode, done.stdout

    assert run(good)[0] == 0
    assert "全部成立" in run(good)[1]
    assert run(bad)[0] == 1
    assert "重新抽取得到" in run(bad)[1]
    assert run(torn)[0] == 2
    assert run(tmp_path / "nowhere.json")[0] == 2
