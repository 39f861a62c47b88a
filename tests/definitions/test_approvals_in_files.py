"""A file of an approval: read as written, what is wrong in it said at its place, its examples played."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from mingjing.definitions.kinds.approval import APPROVAL
from mingjing.definitions.kinds.approval_examples import run_approval
from mingjing.definitions.kinds.kind import Outcome
from mingjing.definitions.registry import Registry
from mingjing.definitions.weakness import find_weak_lines
from mingjing.domain.approvals.approval import AGREED, Approval, Back, Handing, Mode, Resume

ROOT = Path(__file__).parents[2] / "institutions" / "cn"
GOOD = """\
# 试验审批怎么走。

id: approval.trial
label: 试验审批
owner: 综合办
from: 2024-01-01

fields:
  reason: {label: 事由, type: 文本}
  amount: {label: 金额, type: 金额}
  proof:  {label: 票据, type: 附件}
  paid:   {label: 支付日期, type: 日期}

by: 任何人
needs: [{when: 金额 > 0, reason: 金额要大于 0}]
steps:
  - {label: 部门审批, by: 本部门负责人, instead: 院长, within: 2 个工作日, late: 提醒 院长, may: [转办, 加签]}
  - {label: 会签, by: [财务负责人, 会计], mode: 会签, when: 金额 >= 100}
returns_to: [上一步, 发起人]
resumes: 驳回处

states:
  paid: {label: 已支付, final: true}
actions:
  pay: {label: 支付, by: 出纳, moves: 已同意 → 已支付, fill: [支付日期]}

examples:
  - name: 金额不能是零
    steps: [2024-03-01 小程 提交 金额=0.00]
    refused: 金额要大于 0
  - name: 一百元要会签
    people: {小程: [书记员], 周庭: [本部门负责人], 财务: [财务负责人], 小会: [会计], 出纳员: [出纳]}
    steps:
      - 2024-03-01 小程 提交 金额=100.00
      - 2024-03-04 周庭 同意
      - 2024-03-04 财务 同意
    ends: 审批中
    path: [部门审批, 会签]
    waits: [小会]
  - name: 差一分钱不用会签
    people: {小程: [书记员], 周庭: [本部门负责人], 出纳员: [出纳]}
    steps:
      - 2024-03-01 小程 提交 金额=99.99
      - 2024-03-06 周庭 同意
      - 2024-03-07 出纳员 支付 支付日期=2024-03-07
    ends: 已支付
    path: [部门审批]
    late: [部门审批时限]
"""
WRONG = {
    ("by: 本部门负责人", "by: 本部门大拿"): "“本部门大拿”不是谁的身份。",
    ("by: 本部门负责人", "by: 登记人"): "申请人不能审批自己的申请",
    ("instead: 院长", "instead: 院长们"): "“院长们”不是谁的身份。",
    ("{label: 会签, by", "{label: 部门审批, by"): "步骤“部门审批”已经写在第",
    ("mode: 会签", "mode: 全签"): "不能写“全签”。",
    ("when: 金额 >= 100", "when: 数额 >= 100"): "没有“数额”这个字段。",
    ("when: 金额 > 0", "when: 数额 > 0"): "没有“数额”这个字段。",
    ("may: [转办, 加签]", "may: [转办, 撤签]"): "不能写“撤签”。",
    ("within: 2 个工作日, late", "late"): "还要写 within",
    ("returns_to: [上一步, 发起人]", "returns_to: [上两步]"): "不能写“上两步”。",
    ("resumes: 驳回处", "resumes: 半路"): "不能写“半路”。",
    ("label: 支付, by", "label: 撤回, by"): "“撤回”是审批自带的办理",
    ("fill: [支付日期]", "fill: [付款日期]"): "没有“付款日期”这个字段。",
    ("moves: 已同意 → 已支付", "moves: 已批准 → 已支付"): "没有“已批准”这个状态。",
    ("财务 同意\n", "财务 赞成\n"): "没有“赞成”这个办理。",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The nationwide dictionaries and roles beside which the file stands."""
    made = tmp_path_factory.mktemp("institutions")
    for part in ("dictionary", "roles", "calendar"):
        copytree(ROOT / part, made / part)
    (made / "approvals").mkdir()
    return made


def loaded(folder: Path, text: str) -> tuple[Registry, list[str]]:
    """The definitions with the file, and what the loader says of it, with its line."""
    path = folder / "approvals" / "trial.yaml"
    path.write_text(text, encoding="utf-8")
    registry = Registry.load(folder)
    return registry, [f"{one.line}: {one.cause}" for one in registry.problems if one.path.name == path.name]


def played(registry: Registry) -> list[Outcome]:
    definition = registry.definition("approval.trial")
    assert isinstance(definition.value, Approval)
    return [run_approval(definition.value, one, registry) for one in definition.examples]


def test_a_good_file_has_nothing_wrong_and_its_examples_hold(folder: Path) -> None:
    registry, problems = loaded(folder, GOOD)
    assert problems == []
    assert all(one.ok for one in played(registry)), played(registry)


def test_the_file_is_read_as_written(folder: Path) -> None:
    value = loaded(folder, GOOD)[0].definition("approval.trial").value
    assert isinstance(value, Approval)
    first, second = value.steps
    assert (first.instead, first.may) == (("院长",), frozenset({Handing.TRANSFER, Handing.ADD}))
    assert (second.mode, second.by) == (Mode.ALL, ("财务负责人", "会计"))
    assert (value.distinct, value.returns_to, value.resumes) == (
        True,
        (Back.BEFORE, Back.APPLICANT),
        Resume.THERE,
    )
    assert value.submission.fill == ("事由", "金额")
    assert value.submission.may_fill == ("票据",)
    assert [one.label for one in value.register.clocks] == ["部门审批时限"]
    assert not value.register.is_final(AGREED)
    assert {one.label for one in value.own_acts} == {"支付"}


def test_agreement_is_the_end_where_nothing_is_done_after_it(folder: Path) -> None:
    start, end = GOOD.index("states:"), GOOD.index("examples:")
    text = GOOD[:start] + GOOD[end : GOOD.index("      - 2024-03-07")] + "    ends: 已同意\n"
    registry, problems = loaded(folder, text)
    assert problems == []
    value = registry.definition("approval.trial").value
    assert isinstance(value, Approval)
    assert value.register.is_final(AGREED)


@pytest.mark.parametrize(("right", "wrong"), list(WRONG))
def test_what_is_wrong_is_said_at_its_line(folder: Path, right: str, wrong: str) -> None:
    text = GOOD.replace(right, wrong, 1)
    assert text != GOOD
    _, found = loaded(folder, text)
    assert any(WRONG[right, wrong] in one for one in found), found
    line = next(n for n, one in enumerate(GOOD.split("\n"), start=1) if right.split("\n")[0] in one)
    assert any(one.startswith(f"{line}: ") for one in found), found


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("waits: [小会]", "waits: [财务]"),
        ("path: [部门审批, 会签]", "path: [部门审批]"),
        ("late: [部门审批时限]", "late: []"),
        ("ends: 已支付", "ends: 已同意"),
    ],
)
def test_an_example_that_is_not_true_is_found_out(folder: Path, right: str, wrong: str) -> None:
    registry, problems = loaded(folder, GOOD.replace(right, wrong, 1))
    assert problems == []
    assert not all(one.ok for one in played(registry))


def test_a_condition_one_cent_off_is_noticed_by_the_examples(folder: Path) -> None:
    registry, _ = loaded(folder, GOOD)
    definition = registry.definition("approval.trial")
    weak = [line.says for line in find_weak_lines(definition, registry).lines]
    assert not [says for says in weak if "金额 >= 100" in says]


def test_a_condition_of_a_step_is_said_in_the_files_words() -> None:
    nationwide = Registry.load(ROOT)
    definition = nationwide.definition("approval.promotion")
    assert isinstance(definition.value, Approval)
    example = next(one for one in definition.examples if "三项无影响" in one.name)
    outcome = run_approval(definition.value, example, nationwide)
    assert outcome.ok
    assert "不能提交党组讨论" in outcome.got


def test_no_shipped_approval_lets_whoever_applied_or_decided_before_decide() -> None:
    nationwide = Registry.load(ROOT)
    values = [one.value for one in nationwide.all() if one.kind == APPROVAL.name]
    approvals = [one for one in values if isinstance(one, Approval)]
    assert len(approvals) >= 15
    assert all(one.distinct for one in approvals)
    assert not [one.register.id for one in approvals for step in one.steps if "登记人" in step.words]


def test_an_approval_whose_words_change_is_another_value(folder: Path) -> None:
    value = loaded(folder, GOOD)[0].definition("approval.trial").value
    other = loaded(folder, GOOD.replace("会签, when", "依次, when"))[0].definition("approval.trial").value
    assert isinstance(value, Approval)
    assert isinstance(other, Approval)
    assert replace(value, register=other.register) != other
