"""The bytes an entry is hashed as, and what is refused before it is hashed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.auditlog.entries import (
    LINES,
    Entry,
    canonical,
    canonical_payload,
    commit_payload,
    leaf_hash,
    leaf_of_lines,
)

SALT = bytes(range(16))
ENTRY = Entry(
    seq=0,
    at="2024-03-13T01:30:00.000000Z",
    actor="17",
    actor_name="沈知白",
    court="云0102",
    verb="延长审限",
    subject_kind="case",
    subject_id="1560",
    definition="deadline.civil.summary @ 2022-01-01 # 01234567",
    why="案情复杂",
    payload_commitment=commit_payload({"延长": "1 个月"}, SALT),
)
PAYLOADS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=3)
    ),
    max_leaves=8,
)


def test_the_canonical_bytes_are_sorted_json_in_utf8_without_spaces() -> None:
    text = canonical(ENTRY).decode("utf-8")
    assert text.startswith('{"actor":"17","actor_name":"沈知白","at":"2024-03-13T01:30:00.000000Z",')
    assert list(json.loads(text)) == sorted(json.loads(text))
    assert ": " not in text.replace("deadline.civil.summary @ 2022-01-01 # 01234567", "")


def test_the_leaf_hash_is_that_of_rfc_6962() -> None:
    assert leaf_hash(ENTRY) == hashlib.sha256(b"\x00" + canonical(ENTRY)).hexdigest()
    assert leaf_hash(ENTRY) != hashlib.sha256(canonical(ENTRY)).hexdigest()


@pytest.mark.parametrize("name", ["actor", "actor_name", "court", "verb", "subject_id", "definition", "why"])
def test_any_change_changes_the_leaf(name: str) -> None:
    assert leaf_hash(replace(ENTRY, **{name: "别的"})) != leaf_hash(ENTRY)  # type: ignore[arg-type]


def test_the_commitment_needs_the_salt_and_the_payload() -> None:
    payload = {"延长": "1 个月"}
    assert commit_payload(payload, SALT) == hashlib.sha256(SALT + '{"延长":"1 个月"}'.encode()).hexdigest()
    assert commit_payload(payload, SALT[::-1]) != commit_payload(payload, SALT)
    assert commit_payload({"延长": "2 个月"}, SALT) != commit_payload(payload, SALT)


def test_a_short_salt_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 16 bytes, not 8"):
        commit_payload({}, bytes(8))


@pytest.mark.parametrize(
    ("payload", "where"),
    [
        ({"金额": 1.5}, "payload.金额: float"),
        ({"内": {"外": [1, {2: "x"}]}}, r"payload.内.外\[1\]: key 2 is not text"),
        ({"日": {1, 2}}, "payload.日: set"),
        ({"数": float("nan")}, "payload.数: float"),
    ],
)
def test_what_has_no_single_way_of_being_written_is_refused_with_its_place(
    payload: dict[str, object], where: str
) -> None:
    with pytest.raises(TypeError, match=where):
        canonical_payload(payload)


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        ({"seq": -1}, "seq counts from 0"),
        ({"at": "2024-03-13 01:30"}, "at must look like"),
        ({"at": "2024-03-13T01:30:00.000000+08:00"}, "at must look like"),
        ({"payload_commitment": "abc"}, "64 lower-case"),
    ],
)
def test_an_entry_of_the_wrong_shape_is_never_made(changes: dict[str, object], cause: str) -> None:
    with pytest.raises(ValueError, match=cause):
        replace(ENTRY, **changes)  # type: ignore[arg-type]


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), PAYLOADS, max_size=4))
def test_canonical_bytes_do_not_depend_on_the_order_of_keys(payload: dict[str, object]) -> None:
    turned = dict(reversed(payload.items()))
    assert canonical_payload(turned) == canonical_payload(payload)
    assert json.loads(canonical_payload(payload)) == payload


def test_the_first_shape_of_an_entry_keeps_its_hash_and_the_second_adds_one_line() -> None:
    """Entries written before ``whence`` was known must hash as they did."""
    assert b"whence" not in canonical(ENTRY)
    later = canonical(replace(ENTRY, whence="10.2.0.17 · Windows Chrome"))
    assert canonical(ENTRY) == later.replace('"whence":"10.2.0.17 · Windows Chrome",'.encode(), b"")
    assert b'"whence":""' in canonical(replace(ENTRY, whence=""))
    assert leaf_hash(ENTRY) == "34e7fe8524290dadc0c39f80dac3fb80c06cc92a12571addc391c95b1568a8d9"


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(st.lists(TEXTS, min_size=8, max_size=8), st.integers(0, 2**60), TEXTS | st.none())
def test_the_quick_way_to_a_leaf_is_the_same_way(texts: list[str], seq: int, whence: str | None) -> None:
    names = ("actor", "actor_name", "court", "verb", "subject_kind", "subject_id", "definition", "why")
    entry = replace(ENTRY, seq=seq, whence=whence, **dict(zip(names, texts, strict=True)))
    assert leaf_of_lines([getattr(entry, name) for name in LINES]).hex() == leaf_hash(entry)


@pytest.mark.parametrize("line", [None, 5, 1.5, b"x"])
def test_the_quick_way_takes_only_text_for_a_text(line: object) -> None:
    lines = [getattr(ENTRY, name) for name in LINES]
    lines[LINES.index("why")] = line
    with pytest.raises(TypeError, match="string"):
        leaf_of_lines(lines)
