"""What is sent and what is answered, as the OpenAPI description states it."""

from __future__ import annotations

from typing import Annotated

from ninja import Schema
from pydantic import ConfigDict, Field

Text = Annotated[str, Field(min_length=1, max_length=200)]
Day = Annotated[
    str, Field(min_length=1, max_length=40, description="日期，写作 2024-03-05", examples=["2024-03-05"])
]
Moment = Annotated[
    str,
    Field(
        min_length=1,
        max_length=40,
        description="时刻，写作 2024-03-05T09:30:00",
        examples=["2024-03-05T09:30:00"],
    ),
]
Key = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9._:-]{1,80}$",
        description="推送方自定的批号；同一批号、同样内容再推一次，结果不变。",
        examples=["2024-03-05-001"],
    ),
]
MOST = 1000


class _Strict(Schema):
    model_config = ConfigDict(extra="forbid")


class EventIn(_Strict):
    """一个案件事项。"""

    number: Text = Field(description="案号", examples=["（2024）云9801民初12号"])
    kind: Text = Field(description="事项，见制度里的案件事项词表", examples=["开庭"])
    happened: Day = Field(description="发生日期（也可以带时刻）")
    recorded: Moment | None = Field(None, description="原系统录入的时刻")
    until: Day | None = Field(None, description="结束日期")
    due: Day | None = Field(None, description="原系统登记的期限")
    finished: Day | None = Field(None, description="原系统登记的完成日期")


class EventsIn(_Strict):
    """一批事项。"""

    batch_key: Key
    events: list[EventIn] = Field(min_length=1, max_length=MOST)


class PartyIn(_Strict):
    """一名当事人。"""

    role: Annotated[str, Field(min_length=1, max_length=20, description="诉讼地位", examples=["原告"])]
    name: Annotated[str, Field(pattern=r"^[^、,，;；\n]{1,120}$", description="姓名或名称")]


class ExclusionIn(_Strict):
    """一段扣除。"""

    kind: Annotated[str, Field(min_length=1, max_length=40, description="扣除事由", examples=["鉴定期间"])]
    first: Day
    last: Day | None = Field(None, description="没有结束的不填")


class CaseIn(_Strict):
    """一件案件。"""

    number: Text = Field(description="案号", examples=["（2024）云9801民初12号"])
    fields: dict[str, Annotated[str, Field(max_length=2000)] | bool | int | float | None] = Field(
        default_factory=dict,
        description="案件数据项，键见制度里的案件数据项词表",
        examples=[{"案件类型": "民事一审", "审理程序": "简易程序", "立案日期": "2024-03-01"}],
        max_length=120,
    )
    parties: list[PartyIn] = Field(default_factory=list, max_length=500)
    exclusions: list[ExclusionIn] = Field(default_factory=list, max_length=50)
    tags: list[Annotated[str, Field(pattern=r"^[^、,，;；\n]{1,40}$")]] = Field(
        default_factory=list, max_length=20
    )


class CasesIn(_Strict):
    """一批案件。"""

    batch_key: Key
    cases: list[CaseIn] = Field(min_length=1, max_length=MOST)


class RefusedOut(Schema):
    """退回的一处：第几条、哪一项、为什么、可以填什么。"""

    row: int = Field(description="第几条，从 1 数起")
    item: str
    value: str
    reason: str
    allowed: str
    example: str


class BatchOut(Schema):
    """一批的结果。added + updated + unchanged + refused = rows。"""

    id: int
    court: str
    batch_key: str
    state: str
    rows: int
    added: int
    updated: int
    unchanged: int
    refused: int
    error: str
    notes: list[str]
    refused_rows: list[RefusedOut]


class StepOut(Schema):
    """算式的一行。"""

    amount: str
    text: str
    law: str


class ClockOut(Schema):
    """一个期限和它的算法；算不出的，refusal 说明缺什么。"""

    label: str
    slot: str
    state: str
    started: str | None
    last_day: str | None
    done: str | None
    late_days: int
    law: str
    definition: str
    steps: list[StepOut]
    caveats: list[str]
    questions: list[str]
    refusal: str


class ClocksOut(Schema):
    """一件案件的全部期限。"""

    number: str
    court: str
    on: str
    clocks: list[ClockOut]


class Problem(Schema):
    """为什么没有办（RFC 9457）。code 不会变，可以拿来判断。"""

    type: str
    title: str
    status: int
    detail: str
    code: str
    allowed: list[str] = Field(default_factory=list)
    example: str = ""
    errors: list[str] = Field(default_factory=list)
