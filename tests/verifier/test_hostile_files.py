"""Files made to exhaust or to mislead the verifier: each ends with a sentence and a status, soon."""

from __future__ import annotations

import copy
import hashlib
import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.verifier.bundles import as_file, published_draw
from tests.verifier.tool import verify

Pool = dict[str, Any]


def bomb() -> bytes:
    """A bundle whose proof is forty megabytes of nothing, packed into forty kilobytes."""
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("proof.json", "w") as part:
        for _ in range(40):
            part.write(b" " * (1 << 20))
    return box.getvalue()


def test_a_packed_bundle_is_refused_before_any_of_it_is_unpacked() -> None:
    packed = bomb()
    assert len(packed) < 1 << 17
    tracemalloc.start()
    with pytest.raises(verify.Unreadable, match="压缩"):
        verify.unpack(packed)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1 << 20


@pytest.mark.parametrize("text", ["[" * 200_000, '{"format":' * 100_000, "1" * 5_000_000, "1e999999", "NaN"])
def test_what_no_program_reads_ends_with_a_status(text: str, tmp_path: Path) -> None:
    file = tmp_path / "draw.json"
    file.write_text(text, encoding="utf-8")
    assert verify.main(["draw", str(file)]) == 2
    assert verify.main(["proof", str(file)]) == 2


def _weight(weight: object) -> Callable[[Pool], None]:
    def edit(pool: Pool) -> None:
        pool["candidates"][0][1] = weight

    return edit


def _seats(seats: int) -> Callable[[Pool], None]:
    def edit(pool: Pool) -> None:
        pool["seats"] = seats

    return edit


def _twice(pool: Pool) -> None:
    pool["candidates"].insert(0, list(pool["candidates"][0]))


def _nobody(pool: Pool) -> None:
    pool["candidates"] = []


@pytest.mark.parametrize(
    "edit",
    [_weight(0), _weight(-5), _weight(True), _weight(2**300), _weight(10**9 + 1), _seats(0), _seats(-1),
     _seats(99), _twice, _nobody],
)  # fmt: skip
def test_a_pool_nobody_could_be_drawn_from_is_refused_even_where_it_was_committed(
    edit: Callable[[Pool], None], tmp_path: Path
) -> None:
    """A weight above the range of the hash would never end; a candidate listed twice has twice the chance."""
    file = copy.deepcopy(published_draw())
    edit(file["pool"])
    file["seed"]["pools"] = [hashlib.sha256(verify.canonical(file["pool"])).hexdigest()]
    with pytest.raises(verify.Wrong, match="名单没有按编号排列"):
        verify.check_draw(file, str)
    kept = tmp_path / "draw.json"
    kept.write_text(as_file(json.loads(json.dumps(file))), encoding="utf-8")
    assert verify.main(["draw", str(kept)]) == 1
