"""Two checks written apart agree on 100,000 bent bundles; no single flipped bit gets through."""

from __future__ import annotations

import functools
import io
import json
import random
import zipfile

import pytest

from tests.verifier.bundles import LOG_KEY, WITNESS_KEY, bundle
from tests.verifier.second_opinion import holds
from tests.verifier.tool import verify

KEYS = (LOG_KEY, WITNESS_KEY)
ROUNDS = 100_000
SMALL = verify.canonical(bundle(3, (1,)))
SEEN = 97
"""One bent bundle in so many may reach the arithmetic of a signature, which takes milliseconds."""


@pytest.fixture(autouse=True)
def _signatures_are_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "signed", functools.lru_cache(maxsize=None)(verify.signed))


def accepted(raw: bytes) -> bool:
    """What ``verify.py`` says."""
    try:
        verify.check_proof(verify.unpack(raw), KEYS, _silent)
    except (verify.Wrong, *verify.BROKEN):
        return False
    return True


def _silent(_: str) -> None:
    return None


def _bent(raw: bytes, dice: random.Random) -> bytes:
    """The bytes of a bundle after one to three of the things that happen to files."""
    found = bytearray(raw)
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        place = dice.randrange(len(found))
        match dice.randrange(7):
            case 0:
                found[place] ^= 1 << dice.randrange(8)
            case 1:
                found[place] = dice.randrange(256)
            case 2:
                del found[place : place + dice.randrange(1, 9)]
            case 3:
                found[place:place] = found[place : place + dice.randrange(1, 40)]
            case 4:
                other = dice.randrange(len(found))
                found[place], found[other] = found[other], found[place]
            case 5:
                found[place] = found[place] ^ 0x20 if chr(found[place]).isalpha() else 0x30
            case _:
                found = found[:place] if dice.random() < 0.1 else found + found[place : place + 3]
        if not found:
            return b""
    return bytes(found)


def _changed(raw: bytes, dice: random.Random) -> bytes:
    """A bundle that is written as it should be and says something else."""
    content = json.loads(raw)
    item = dice.choice(content["entries"])
    match dice.randrange(6):
        case 0:
            item["entry"][dice.choice(sorted(item["entry"]))] = dice.choice(("", "甲", 0, 1, None, True))
        case 1:
            item["proof"] = item["proof"][:-1] if dice.random() < 0.5 else [*item["proof"], item["proof"][0]]
        case 2:
            dice.shuffle(item["proof"])
        case 3:
            item["payload"] = dice.choice((None, {}, {"事由": "第 1 件"}, [], 1.5))
        case 4:
            item["salt"] = dice.choice((None, "", item["salt"].upper(), "00" * 16, 5))
        case _:
            content[dice.choice(sorted(content))] = dice.choice(("", None, [], "sha256", {}))
    return bytes(
        verify.json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    )


def test_two_checks_agree_on_a_hundred_thousand_bent_bundles() -> None:
    dice = random.Random(9162)
    originals = [
        verify.canonical(bundle(size, chosen)) for size, chosen in ((3, (1,)), (8, (0, 7)), (11, (4,)))
    ]
    tail = {raw: raw.rindex(b'"entries"') for raw in originals}
    right = 0
    for number in range(ROUNDS):
        raw = dice.choice(originals)
        if number % 5 == 0:
            bent = _changed(raw, dice)
        elif number % SEEN == 0:
            bent = _bent(raw, dice)
        else:  # the checkpoint stands first in the file: bend what comes after it
            bent = raw[: tail[raw]] + _bent(raw[tail[raw] :], dice)
        said = accepted(bent)
        assert said == holds(bent, KEYS), bent
        assert not said or bent == raw or _only_lost_its_content(bent, raw), bent
        right += said
    assert right < ROUNDS / 20


def _only_lost_its_content(bent: bytes, raw: bytes) -> bool:
    """A destroyed payload leaves a bundle true; the file says that the content is not there."""
    one, other = json.loads(bent), json.loads(raw)
    for item, known in zip(one["entries"], other["entries"], strict=True):
        if item["payload"] is None:
            item["payload"], item["salt"] = known["payload"], known["salt"]
    return bool(one == other)


def test_the_true_bundles_hold_for_both() -> None:
    for size, chosen in ((1, (0,)), (3, (1,)), (11, (3, 10))):
        raw = verify.canonical(bundle(size, chosen))
        assert accepted(raw)
        assert holds(raw, KEYS)


def test_no_single_bit_of_a_bundle_can_be_flipped() -> None:
    first = SMALL.index(b'"entries"')
    for place in range(first, len(SMALL)):
        for bit in range(8):
            bent = bytearray(SMALL)
            bent[place] ^= 1 << bit
            assert not accepted(bytes(bent)), (place, bit)
            assert not holds(bytes(bent), KEYS), (place, bit)


def test_no_single_bit_of_its_checkpoint_can_be_flipped() -> None:
    """Every bit for the quick check; one bit of each byte for the one that does its own arithmetic."""
    for place in range(SMALL.index(b'"entries"')):
        for bit in range(8):
            bent = bytearray(SMALL)
            bent[place] ^= 1 << bit
            assert not holds(bytes(bent), KEYS), (place, bit)
            if bit == place % 8:
                assert not accepted(bytes(bent)), (place, bit)


def test_no_single_bit_of_a_zip_can_be_flipped() -> None:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        for name, data in (("proof.json", SMALL), ("说明.html", "<p>一页</p>".encode())):
            part = zipfile.ZipInfo(name)
            part.create_system = 3
            archive.writestr(part, data)
    raw = box.getvalue()
    assert accepted(raw)
    skipped = range(raw.index(SMALL), raw.index(SMALL) + len(SMALL))
    for place in [*range(skipped.start), *skipped[:40], *range(skipped.stop, len(raw))]:
        for bit in range(8):
            bent = bytearray(raw)
            bent[place] ^= 1 << bit
            assert not accepted(bytes(bent)), (place, bit)
