"""A clerk who learns a kind of definition learns fewer than forty keys of its own (docs/decisions/0018)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mingjing.definitions.kinds.kind import HEAD, SINCE
from mingjing.definitions.kinds.registers.parts import register_parts
from mingjing.definitions.kinds.table import KINDS
from mingjing.definitions.shapes import Field, Shape, Table

MOST_OF_A_KIND = 40
MOST_OF_A_REGISTER = 51
HEAD_KEYS = {*(field.key for field in HEAD), SINCE.key, "examples"}


def keys_of(shape: Shape[object]) -> Iterator[str]:
    """Every key written in English that a shape knows, at any depth; Chinese keys are the court's words."""
    if isinstance(shape, Table):
        for field in shape.fields:
            yield from (key for key in (field.key,) if key.isascii())
            yield from keys_of(field.shape)
    for inner in (getattr(shape, name, None) for name in ("item", "value")):
        if isinstance(inner, Shape):
            yield from keys_of(inner)


def keys_in(fields: tuple[Field, ...]) -> set[str]:
    return {key for field in fields for key in (field.key, *keys_of(field.shape))} - HEAD_KEYS


SHARED = keys_in(register_parts())


def own_keys(kind: str) -> set[str]:
    """The keys of a kind beyond the head every file has and the register that several kinds share."""
    own = keys_in(KINDS[kind].fields)
    return own - SHARED if "secrecy" in own else own


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_fewer_than_forty_keys_of_its_own(kind: str) -> None:
    own = own_keys(kind)
    assert len(own) < MOST_OF_A_KIND, f"{len(own)}: {sorted(own)}"


def test_a_register_learnt_once_serves_every_kind_that_has_one() -> None:
    assert len(SHARED) < MOST_OF_A_REGISTER, f"{len(SHARED)}: {sorted(SHARED)}"
    assert own_keys("ledger") == set()


@pytest.mark.parametrize("kind", KINDS)
def test_no_key_hides_in_a_shape_the_count_does_not_see(kind: str) -> None:
    body = KINDS[kind].schema()["properties"]
    assert isinstance(body, dict)
    top = {key for key in body if key.isascii()}
    assert top - HEAD_KEYS <= keys_in(KINDS[kind].fields)
