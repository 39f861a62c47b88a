"""A party-group meeting from its planning to its archive."""

from __future__ import annotations

from tests.domain.meetings.bodies import CALLED, CHIEF, HEAD, TOLD, Table

MAJOR = "购置执法车辆"


def test_a_major_matter_is_prepared_told_decided_signed_and_filed() -> None:
    table = Table().plan().topic(MAJOR, "三重一大")
    for step in ("调查研究", "征求意见", "充分酝酿"):
        table.act("完成准备", moment="2024-03-02 09:00", why="已形成书面材料", 议题=MAJOR, 准备=step)
    table.act("报送议题", moment="2024-03-05 10:30")
    table.act("答复邀请", CHIEF, moment="2024-03-05 11:00", 答复="不能参加", why="外出办案")
    table.begin()
    table.act("进入议题", 议题=MAJOR)
    for person in (2, 3, 4, 5, HEAD):
        table.act("发言", person, 意见="同意")
    table.vote(p2="同意", p3="同意", p4="反对", p5="弃权", p1="同意")
    stepped = table.decide()
    assert [one.register for one in stepped.opens] == ["ledger.resolutions"]
    assert stepped.opens[0].values["责任部门"] == "责任部门"
    assert "责任人" not in stepped.opens[0].values
    table.act("结束会议", moment="2024-03-05 17:00")
    table.act("提交纪要", moment="2024-03-06 09:00", values={"会议纪要": "议定事项……"})
    for person in CALLED:
        assert table.matter.state == "待签字"
        table.act("签字", person, moment="2024-03-07 09:00")
    assert table.matter.state == "已签齐"
    table.act("送会后记录", moment="2024-03-10 23:00", 对象=TOLD)
    table.act("归档", moment="2024-03-11 09:00")
    assert table.matter.state == "已归档"
    assert table.flags == []
    assert table.opened == 1


def test_the_chair_is_the_head_unless_another_is_named() -> None:
    table = Table().plan()
    assert table.matter.values["主要负责人"] == HEAD
