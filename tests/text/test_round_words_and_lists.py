"""Claims an auditor reads without a formula: round words, ratios, ends of lists, steps, tallies."""

from __future__ import annotations

import pytest

from mingjing.text.checking import check_report

WRONG = (
    ("2025年118场次，比2023年的76场次增长了六成五。", "55.3%"),
    ("讨论案件由98件下降为41件，下降近四成。", "58.2%"),
    ("发出司法建议17份，采纳15份，采纳率近八成。", "88.2%"),
    ("法官72名，法官助理68名，法官与法官助理之比为1.6∶1。", "1.1∶1"),
    ("环资案件中，刑事703件、民事748件、行政276件。刑事案件最多。", "民事"),
    ("发出27份建议，回复22份，采纳23份。", "多于"),
    ("标的超过1,000万元的28件，超过5,000万元的31件。", "还多"),
    ("一是长期未结案偏多，二是发改率不均衡，四是到位率不高。", "缺了"),
    ("今年要实现“两升两降”，即结案率上升、完毕率上升、发改率下降。", "1 个降"),
    ("一审平均审理天数45.3天，二审平均审理天数51.8天，二审比一审多7.5天。", "6.5"),
    ("行动自2025年6月1日起至8月31日止，历时90天。", "92 天"),
    ("按照每季度通报一次的要求，全年已通报3次。", "4 次"),
    ("博士2人、硕士18人、本科25人，硕士以上占42.2%。", "44.4%"),
    ("发放救助金6,872万元，其中重点人群占72%，计5,948万元。", "87%"),
    ("新收一审案件36,842件；新收二审案件3,416件。一、二审合计40,358件。", "40,258件"),
    ("旧存486件，新收2,764件，执结2,415件，未结825件。", "835"),
    ("民主评议党员203名，优秀61名；合格141名，基本合格2名。", "多出 1"),
    ("办结1,589件，四个季度结案占比分别为17.8%、25.4%、26.2%、31.6%。", "101%"),
)
RIGHT = (
    "2025年118场次，比2023年的76场次增长了五成五。",
    "发出司法建议17份，采纳15份，采纳率近九成。",
    "法官72名，法官助理68名，法官与法官助理之比为1.06∶1。",
    "环资案件中，刑事703件、民事748件、行政276件。民事案件最多。",
    "移送218人，立案173人，起诉121人，判处刑罚106人。",
    "标的超过1,000万元的31件，超过5,000万元的28件。",
    "戊院结案964件、甲院结案1,846件、丙院结案1,318件。丙院最低，为25.8件。",
    "执行到位率39.4%，三项指标“两升一降”。",
    "行动自2025年6月1日起至8月31日止，历时92天。",
    "各单位中，收案超过8,000件的有两家，二者收案合计占全市的48.4%。",
    "智能编目平均用时由18分钟缩短到4分钟，效率提升三倍多。",
    "中心组学习12次，其中专题研讨4次；班子成员讲党课14次，开会30次。",
    "2023年受理4.52万件；\n2024年受理4.93万件；\n2025年受理5.23万件。",
)


@pytest.mark.parametrize(("text", "told"), WRONG)
def test_a_wrong_claim_is_told_with_what_it_should_be(text: str, told: str) -> None:
    found = check_report(text).accusations
    assert any(told in one.message or told in " ".join(one.arithmetic) for one in found), found


@pytest.mark.parametrize("text", RIGHT)
def test_a_right_claim_is_let_be(text: str) -> None:
    assert check_report(text).accusations == ()


def test_the_rows_of_a_table_are_carried_from_year_to_year() -> None:
    table = (
        "年份\t新收\t结案\t未结\n2023年\t41,286\t40,872\t6,318\n"
        "2024年\t43,915\t43,216\t7,017\n2025年\t46,127\t46,834\t{}\n"
    )
    assert check_report(table.format("6,310")).accusations == ()
    (found,) = check_report(table.format("6,410")).accusations
    assert "6,310" in found.message


def test_the_quarters_of_a_row_add_up_to_its_year() -> None:
    table = (
        "项目\t一季度\t二季度\t三季度\t四季度\t全年\n新收\t3,214\t3,687\t3,842\t2,968\t{}\n"
        "　其中：民事\t2,016\t2,304\t2,387\t1,826\t8,533\n　　　　其他\t1,198\t1,383\t1,455\t1,142\t5,178\n"
    )
    assert check_report(table.format("13,711")).accusations == ()
    assert any("13,711" in one.message for one in check_report(table.format("13,811")).accusations)


def test_lines_that_run_alike_are_added_to_the_line_above() -> None:
    text = (
        "中院及基层法院受理4,862件，审执结4,137件。其中：刑事受理412件，审结386件；民事受理3,204件，审结2,730件；"
        "执行受理1,246件，执结{}件。"
    )
    assert check_report(text.format("1,021")).accusations == ()
    assert check_report(text.format("1,031")).accusations


def test_a_balance_that_does_not_hold_is_told_once() -> None:
    found = check_report("上半年共受理案件900件，审执结500件，未结300件。").accusations
    assert len(found) == 1
    assert "500件 + 300件 = 800件" in found[0].arithmetic
