"""JSON Schemas by which an editor completes and checks definition files, with Chinese descriptions."""

from __future__ import annotations

from mingjing.definitions.kinds.table import KINDS
from mingjing.definitions.problems import nearest
from mingjing.definitions.shapes.base import Schema
from mingjing.domain.reasons import Refusal


class UnknownKind(Refusal):
    """No kind of that name."""

    code = "unknown-kind"


def json_schema(kind: str) -> Schema:
    """The schema (draft 2020-12) of one kind.

    Raises
    ------
    UnknownKind   no kind of that name
    """
    if kind not in KINDS:
        raise UnknownKind(
            f"没有“{kind}”这一类制度。{nearest(kind, KINDS)}", allowed=tuple(KINDS), example="deadline"
        )
    return KINDS[kind].schema()
