"""Registers and records as the OpenAPI description states them."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field

Values = Annotated[
    dict[str, Any],
    Field(
        description="字段名称 → 值：日期写 2024-03-05，金额写 1200.00，人员和部门写编号，多选写列表。",
        examples=[{"问题描述": "卷宗超期未归档", "责任部门": 3}],
        max_length=200,
    ),
]
Label = Annotated[str, Field(min_length=1, max_length=40, description="办理的名称", examples=["登记"])]
Why = Annotated[str, Field(max_length=400, description="说明，留在经过里")]


class _Strict(Schema):
    model_config = ConfigDict(extra="forbid")


class FieldOut(Schema):
    """一个字段。"""

    label: str
    type: str
    options: list[str]
    help: str


class RegisterActOut(Schema):
    """一种办理：谁可以办，必填、可填哪些字段。"""

    label: str
    by: list[str]
    opens: bool
    fill: list[str]
    may_fill: list[str]


class RegisterOut(Schema):
    """一种台账。"""

    id: str
    label: str
    owner: str
    kind: str
    states: list[str]
    fields: list[FieldOut]
    acts: list[RegisterActOut]


class RecordLineOut(Schema):
    """列表里的一条记录。"""

    id: int
    number: str
    title: str
    state: str
    over: bool
    holder: str
    unit: str
    opened_on: str
    due_on: str | None
    over_on: str | None


class RecordsOut(Schema):
    """一页记录。count 最多数到 1000；next 是下一页的 after。"""

    count: int
    more: bool
    next: str
    records: list[RecordLineOut]


class RecordOut(RecordLineOut):
    """一条记录：能看的字段、现在能办的事、办到第几次。"""

    register_id: str
    definition: str
    revision: int
    values: dict[str, Any]
    acts: list[str]


class RecordIn(_Strict):
    """登记一条。同一个 once 再送一次，不重复登记。"""

    act: Label
    values: Values
    above: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = Field(None, description="上级记录的编号")
    once: Annotated[str, Field(max_length=40)] = Field("", description="一次性标记，推送方自定")
    why: Why = ""


class ActIn(_Strict):
    """办理一次。revision 写看到的次数：别人先办了就退回。"""

    act: Label
    values: Values = Field(default_factory=dict)
    why: Why = ""
    revision: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None
