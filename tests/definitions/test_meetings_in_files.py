"""A file of rules of procedure: what is wrong in it is said at its place, in Chinese."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile, copytree

import pytest

from mingjing.definitions.kinds.meeting import MEETING
from mingjing.definitions.kinds.meeting_examples import run_meeting
from mingjing.definitions.registry import Registry
from mingjing.domain.dates.periods import Every
from mingjing.domain.meetings.rules import Enforcement, Meeting

ROOT = Path(__file__).parents[2] / "institutions" / "cn"
GOOD = """\
# 试验会怎么开。

id: meeting.trial
label: 试验会
owner: 综合办公室
from: 2024-01-01

by: 综合办
members: [党组成员]
chair: 党组书记
quorum: 半数以上
first_item: {label: 第一议题}
head_last: 标记
votes: {least: 超过半数}
told:
  - {who: 派驻纪检组长, before: 半个工作日}
matters:
  第一议题: {decides: 否}
  三重一大: {needs: [调查研究], told: [派驻纪检组长]}

examples:
  - name: 空的议程发不出去
    steps: [2024-03-01 李文书 筹备, 2024-03-02 李文书 召集]
    refused: 议程是空的
"""
WRONG = {
    ("quorum: 半数以上", "quorum: 一半"): "“一半”不是人数比例。",
    ("quorum: 半数以上", "quorum: 三分之四以上"): "超过了全体",
    ("{label: 第一议题}", "{label: 首个议题}"): "没有“首个议题”这个议题类别。",
    ("told: [派驻纪检组长]}", "told: [院长]}"): "没有写怎样向“院长”报送。",
    ("head_last: 标记", "head_last: 警告"): "不能写“警告”。",
    ("head_last: 标记", "head_last: 标记\ntimes: 2"): "还要写 every",
    ("{decides: 否}", "{decides: 否, votes: {least: 全体}}"): "只学习、听取的议题不表决",
    ("head_last: 标记", "head_last: 标记\nresolutions: ledger.nowhere"): "没有“ledger.nowhere”。",
    ("head_last: 标记", "head_last: 标记\nresolutions: ledger.rectification"): "决议带不过去",
    ("members: [党组成员]", "members: [党组委员们]"): "“党组委员们”不是谁的身份。",
    ("[调查研究]", "[{label: 前置会议, of: meeting.nowhere}]"): "没有“meeting.nowhere”。",
    ("李文书 召集", "李文书 开始"): "没有“开始”这个办理。",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The nationwide dictionaries and ledgers beside which the file stands."""
    made = tmp_path_factory.mktemp("institutions")
    for part in ("dictionary", "roles", "calendar"):
        copytree(ROOT / part, made / part)
    (made / "ledgers").mkdir()
    for name in ("resolutions.yaml", "rectification.yaml"):
        copyfile(ROOT / "ledgers" / name, made / "ledgers" / name)
    (made / "meetings").mkdir()
    return made


@pytest.fixture(scope="module")
def nationwide() -> Registry:
    """The nationwide definitions."""
    return Registry.load(ROOT)


def problems(folder: Path, text: str) -> list[str]:
    """What the loader says of the file, with its line."""
    path = folder / "meetings" / "trial.yaml"
    path.write_text(text, encoding="utf-8")
    return [
        f"{one.line}: {one.cause}" for one in Registry.load(folder).problems if one.path.name == "trial.yaml"
    ]


def test_a_good_file_has_nothing_wrong(folder: Path) -> None:
    assert problems(folder, GOOD) == []


@pytest.mark.parametrize(("right", "wrong"), list(WRONG))
def test_what_is_wrong_is_said_at_its_line(folder: Path, right: str, wrong: str) -> None:
    text = GOOD.replace(right, wrong, 1)
    assert text != GOOD
    found = problems(folder, text)
    expected = WRONG[right, wrong]
    assert any(expected in one for one in found), found
    line = next(n for n, one in enumerate(GOOD.split("\n"), start=1) if right.split("\n")[0] in one)
    extra = wrong.count("\n")
    assert any(one.startswith((f"{line}: ", f"{line + extra}: ")) for one in found), found


def test_the_party_group_reads_as_written(nationwide: Registry) -> None:
    meeting = nationwide.definition("meeting.party_group").value
    assert isinstance(meeting, Meeting)
    assert (meeting.head_last, meeting.every, meeting.times) == (Enforcement.MARK, Every.MONTH, 1)
    assert meeting.topic_class("干部任免").quorum is not None
    assert meeting.topic_class("意识形态").every is Every.HALF
    assert meeting.register.title == "会议名称"
    assert {one.label for one in meeting.register.acts} >= {"报送议题", "作出决定"}


def test_every_body_of_the_five_kinds_has_its_first_item(nationwide: Registry) -> None:
    five = ("party_group", "life_meeting", "central_study", "branch_assembly", "branch_committee")
    for name in five:
        meeting = nationwide.definition(f"meeting.{name}").value
        assert isinstance(meeting, Meeting)
        assert meeting.first_item is not None, name
        assert meeting.first_item.then is Enforcement.REFUSE, name


def test_the_committee_asks_for_the_judges_meeting_first(nationwide: Registry) -> None:
    committee = nationwide.definition("meeting.judicial_committee").value
    assert isinstance(committee, Meeting)
    needs = {one.label: one.of for one in committee.topic_class("重大疑难案件").needs}
    assert needs["专业法官会议意见"] == "meeting.judges"


def test_marks_of_an_example_are_all_of_them_in_order(nationwide: Registry) -> None:
    definition = nationwide.definition("meeting.party_group")
    assert isinstance(definition.value, Meeting)
    example = next(one for one in definition.examples if "marks" in one.record)
    assert run_meeting(definition.value, example, nationwide).ok
    assert MEETING.refusable
