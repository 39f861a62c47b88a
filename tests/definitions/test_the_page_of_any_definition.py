"""The page of a definition says what its file says: no key is read and then kept to itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from mingjing.definitions.definition import Definition
from mingjing.definitions.describing import describe
from mingjing.definitions.registry import Registry
from mingjing.definitions.running import try_examples
from mingjing.definitions.schema import json_schema
from mingjing.definitions.shelf import register_of
from mingjing.web.institutions.register_diagram import register_diagram
from tests.definitions.test_showing_and_describing import plain
from tests.services.records.random_runs import runs
from tests.services.records.random_wide import BESIDE, WIDE, wide

CN = Path(__file__).parents[2] / "institutions" / "cn"
NAMED = ("fields", "states", "actions", "ladders", "matters")
"""Keys under which every key is a name of the file's own."""
ELSEWHERE = {"examples", "from"}
MEETING = """# 试点会议：哪些人到会。

id: meeting.pilot
label: 试点会议
owner: 综合办公室
from: 2024-01-01
basis: 本院规定（示例）
by: 书记员
members: [院长, 庭长]
chair: 庭长
head: 院长
quorum: 半数以上
head_last: 标记
signs: 否
every: 季
times: 2
head_chairs: 是
secrecy: 保密
seen_by: [督察员]
matters:
  学习: {decides: 否, about: 只学不议的文件, head_last: 否}
  用房: {every: 半年, needs: [{label: 专业意见, of: ledger.target}]}
fields:
  place: {label: 视频会议号, type: 文本, help: 外地到会的从这里进}
clocks:
  - {label: 纪要时限, starts: 结束会议, stops: 提交纪要, within: 2 天, law: 规则第九条}
examples:
  - name: 筹备
    steps: [2024-03-01 09:00 某人 筹备 会议名称=会; 会议时间=2024-03-05 09:00; 主持人=甲; 应到人员=甲、乙]
    ends: 筹备中
"""
APPROVAL = """# 试点审批：谁可以申请。

id: approval.pilot
label: 试点审批
owner: 综合办公室
from: 2024-01-01
basis: 本院规定（示例）
by: 任何人
needs: [{when: 金额 >= 1, reason: 没有金额不用批}]
steps:
  - label: 审核
    by: 庭长
    fill: [意见书]
    in_bulk: 是
    needs: [{when: 金额 <= 9, reason: 超过额度}]
    about: 先核对余额
fields:
  amount: {label: 金额, type: 金额}
  opinion: {label: 意见书, type: 文本}
examples:
  - {name: 申请, steps: [2024-03-01 某人 提交 金额=1], ends: 审批中}
"""
LEDGER = """# 试点台账：一件事从哪里来。

id: ledger.pilot
label: 试点台账
owner: 综合办公室
from: 2024-01-01
basis: 本院规定（示例）
fields:
  matter: {label: 事由, type: 文本}
  case: {label: 案件, type: 案件}
states:
  open: {label: 待办}
  done: {label: 办结, final: true}
actions:
  open: {label: 公众提交, by: 公众, moves: 新建 → 待办, fill: [事由]}
  close:
    label: 办结
    by: 督察员
    moves: 待办 → 办结
    may_fill: [案件]
    about: 核对身份以后再办
    opens: [{of: ledger.target, fields: {事由: '{事由}'}, label: 由来信引出}]
window: {about: 一次交齐, show: [事由], of: 案件, when: 附件数 == 0}
seen_by: 督察员
examples:
  - {name: 提交, steps: [2024-03-01 某人 公众提交 事由=甲], ends: 待办}
"""


ACTIVITY = """# 试点活动：办了什么。

id: activity.pilot
label: 试点活动
owner: 综合办公室
from: 2024-01-01
basis: 本院规定（示例）
fields:
  matter: {label: 主题, type: 文本}
examples:
  - {name: 办了一场, held: [2024-03-05 某部门 记录 主题=甲], counts: {场次: 1}}
"""


@pytest.fixture(scope="module")
def court() -> Registry:
    """What every register is read by, and what the random ones name."""
    found = Registry.load(CN / "calendar", CN / "dictionary", CN / "roles")
    for place, text in enumerate((*BESIDE, (CN / "ledgers" / "resolutions.yaml").read_text("utf-8"))):
        over = found.with_text(text, f"{place}.yaml").registry
        assert over is not None
        found = over
    return found


def page_of(court: Registry, text: str) -> tuple[Definition, Registry, str]:
    """A definition over the court's, and every word of its page."""
    drafted = court.with_text(text, "any.yaml")
    assert not drafted.errors, drafted.errors
    assert drafted.definition is not None
    assert drafted.registry is not None
    said = describe(drafted.definition, drafted.registry, date(2024, 3, 5))
    cells = [cell for section in said.sections for row in section.rows for cell in row]
    whole = "\n".join((*cells, *said.questions, said.owner, said.basis, said.label, said.id))
    return drafted.definition, drafted.registry, whole


@pytest.mark.parametrize(
    "said",
    ["院长", "亲自主持的才算", "不要求", "保密", "只学不议的文件", "不要求末位表态", "每半年至少上会一次",
     "随机去处", "视频会议号", "外地到会的从这里进", "纪要时限", "规则第九条"],
)  # fmt: skip
def test_the_page_of_a_meeting_says_its_own_fields_limits_and_rules(court: Registry, said: str) -> None:
    assert said in page_of(court, MEETING)[2]


@pytest.mark.parametrize("said", ["没有金额不用批", "超过额度", "必填：意见书", "先核对余额", "成批同意"])
def test_the_page_of_an_approval_says_what_each_step_asks(court: Registry, said: str) -> None:
    assert said in page_of(court, APPROVAL)[2]


@pytest.mark.parametrize("said", ["核对身份以后再办", "由来信引出", "附件数 == 0"])
def test_the_page_of_a_register_says_what_an_act_is_about_and_what_opens(court: Registry, said: str) -> None:
    assert said in page_of(court, LEDGER)[2]


@pytest.mark.parametrize("key", ["rungs: [届满前 1 天 蓝 承办人]", "excuses: [换届]", "called_by: 督察员"])
def test_what_only_who_owes_needs_is_refused_where_nobody_owes(court: Registry, key: str) -> None:
    found = court.with_text(f"{ACTIVITY}{key}\n", "any.yaml").errors
    assert [(one.code, key.partition(":")[0] in one.cause) for one in found] == [("conflicting-keys", True)]


def leaves(node: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Every word of a file with the key it stands under."""
    if isinstance(node, dict):
        for key, inner in node.items():
            yield from leaves(inner, (*path, "…" if path and path[-1] in NAMED else key))
    elif isinstance(node, list):
        for inner in node:
            yield from leaves(inner, path)
    elif isinstance(node, str):
        words = re.split(r"[、 →；。，]+|提醒|[{}]", node)
        yield from ((".".join(path), word) for word in words)


UNSAID = {
    "是", "否", "", "新建", "任意", "不变",
}  # fmt: skip
"""Said in words of the page's own."""
NAMES_OF_SETS = {"clocks.ladder"}
"""What they name stands there itself."""


@pytest.mark.parametrize("kind", WIDE)
@runs(3)
@given(data=st.data())
def test_every_word_of_a_file_is_on_its_page_and_its_schema_takes_it(
    court: Registry, kind: str, data: st.DataObject
) -> None:
    text = data.draw(wide(kind))[0]
    definition, shelf, page = page_of(court, text)
    whole = {key: held for key, held in yaml.safe_load(text).items() if key not in ELSEWHERE}
    missing = {
        (key, word)
        for key, word in leaves(whole)
        if word not in UNSAID and key not in NAMES_OF_SETS and not re.match(r"[a-z]+\.[a-z]", word)
        if word not in page
    }
    assert not missing, text
    validator = Draft202012Validator(json_schema(definition.kind))
    assert [error.message for error in validator.iter_errors(plain(definition.root))] == [], text
    assert [str(one) for one in try_examples(definition, shelf) if not one.outcome.ok] == [], text
    register = register_of(definition.value)
    assert register is not None
    assert len(register_diagram(register).rows) == len(register.acts)
