"""Small definitions to begin with, one of a kind: each works as it is, so that whoever changes it sees what
each part does. Their texts stand in ``blanks/`` and in the tutorials."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from mingjing.domain.reasons import Unreadable

FOLDER = Path(__file__).parent / "blanks"
BLANKS = {
    "ledger": "台账：一件事从登记到办结，谁办、几天、超了告诉谁",
    "filing": "填报：名册上的人每一期各报一份，谁没有报",
    "activity": "活动：一期要办几次，谁参加了，谁还差几次",
    "approval": "审批：谁可以申请，一步一步由谁批",
    "meeting": "会议：谁到会、先议什么、几票通过，决议进督办",
    "deadline": "期限：案件的哪一步，最迟哪一天",
    "indicator": "指标：数哪些案件或者记录，怎么算",
    "document": "文书：一份通知的文字，哪几处要填",
    "sheet": "评分表：几项、各多少分，谁来评，几分算哪一级",
    "dictionary": "字典：有哪些名称，填表时从里面选",
    "caseflow": "流程：案件哪一步之后，几天之内办哪一步，慢了告诉谁",
}
"""Kind → what it is for, the ones people ask for most first."""


def blank(kind: str, today: date) -> str:
    """A small definition of a kind, in force from ``today``. Raises Unreadable."""
    if kind not in BLANKS:
        raise Unreadable(f"没有“{kind}”这一种空白。", allowed=tuple(BLANKS), example="ledger")
    return since(today, (FOLDER / f"{kind}.yaml").read_text(encoding="utf-8"))


def since(today: date, text: str) -> str:
    """The text in force from ``today``."""
    return re.sub(r"^from:\s*\S+", f"from: {today.isoformat()}", text, count=1, flags=re.MULTILINE)
