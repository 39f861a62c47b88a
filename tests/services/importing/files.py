"""Files an import is tested with, and the way from upload to the written batch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from mingjing.imports.mapping import load_mapping, plain_mapping
from mingjing.imports.suggesting import suggest
from mingjing.services.actors import Actor
from mingjing.services.importing.batches import choose_mapping, confirm
from mingjing.services.importing.sources import look, words_of
from mingjing.services.importing.uploading import upload
from mingjing.services.importing.working import work
from mingjing.storage.batches.models import Batch
from mingjing.storage.people.models import Court

MAPPINGS = Path(__file__).parents[3] / "institutions" / "mappings"
HEADER = ("案号", "案件类型", "审理程序", "案由", "立案日期", "承办部门", "承办人", "结案日期", "结案方式")


def row(serial: int, **cells: str) -> tuple[str, ...]:
    """A row of HEADER: a civil case at summary procedure, filed 2024-03-01; ``cells`` by column."""
    usual = {
        "案号": f"（2024）云9821民初{serial}号",
        "案件类型": "民事一审",
        "审理程序": "简易程序",
        "案由": "民间借贷纠纷",
        "立案日期": "2024-03-01",
        "承办部门": "民事审判第一庭",
        "承办人": "林知远",
    }
    return tuple({**usual, **cells}.get(name, "") for name in HEADER)


def csv(rows: Iterable[Sequence[str]], header: Sequence[str] = HEADER, encoding: str = "utf-8") -> bytes:
    """A table as comma-separated text."""
    return "\r\n".join(",".join(cells) for cells in (header, *rows)).encode(encoding)


def shipped(name: str) -> dict[str, Any]:
    """A mapping of institutions/mappings."""
    return plain_mapping(load_mapping((MAPPINGS / f"{name}.yaml").read_text(encoding="utf-8")))


def sent(actor: Actor, data: bytes, *, court: Court | None = None, name: str = "案件.csv") -> Batch:
    """An uploaded file."""
    return upload(actor, court=court or actor.court, filename=name, chunks=[data])


def checked(
    actor: Actor,
    data: bytes,
    *,
    court: Court | None = None,
    name: str = "案件.csv",
    mapping: dict[str, Any] | None = None,
) -> Batch:
    """A file uploaded, mapped as suggested unless ``mapping`` says otherwise, and checked."""
    batch = sent(actor, data, court=court, name=name)
    if mapping is None:
        mapping = plain_mapping(suggest(look(batch).header, words_of(batch.court)))
    choose_mapping(actor, batch, mapping)
    work(batch)
    assert_adds_up(batch)
    return batch


def imported(actor: Actor, data: bytes, **how: Any) -> Batch:
    """A file all the way to written."""
    batch = checked(actor, data, **how)
    assert batch.state == Batch.State.CHECKED, batch.error
    confirm(actor, batch)
    work(batch)
    assert batch.state == Batch.State.DONE, batch.error
    assert_adds_up(batch)
    return batch


def counts(batch: Batch) -> tuple[int, int, int, int, int]:
    """Rows, added, updated, unchanged, refused."""
    return batch.rows, batch.added, batch.updated, batch.unchanged, batch.refused


def assert_adds_up(batch: Batch) -> None:
    """G1."""
    assert batch.added + batch.updated + batch.unchanged + batch.refused == batch.rows


def reasons(batch: Batch) -> list[tuple[int, str, str]]:
    """Row, column and reason of every refusal."""
    return list(batch.refused_rows.order_by("row", "pk").values_list("row", "column", "reason"))


def sheet(data: bytes) -> BytesIO:
    """Bytes as a file."""
    return BytesIO(data)
