"""What a sentence claims by its words, true and with one figure wrong: the true one is never accused."""

from __future__ import annotations

import pytest

from mingjing.text.checking import check_report

CLAIMS = [
    # the sentence, what is wrong in it instead, what the accusation must name
    ("受理8000件、办结7600件，同比分别上升2.6%、下降1.2%（上年受理7800件、办结7692件）。", "2.6→3.6", "2.6%"),
    ("收案900件，结案810件，结收比90.00%；去年同期收案880件，结案836件，结收比95.00%。"
     "收案数、结案数和结收比同比分别上升2.27%、下降3.11%、减少5.00个百分点。", "5.00个→6.00个", "5.00"),
    ("年初账面余额1.36亿元，全年进账7.85亿元，出账8.02亿元，年末余额1.19亿元。", "1.19→1.29", "1.19亿元"),
    ("修订制度16项、新建7项、废止5项，现行制度由上年底的112项变为114项。", "114→116", "114项"),
    ("全年到账24.8亿元、发放25.3亿元，年末余额较年初减少0.5亿元。", "0.5→0.8", "0.5亿元"),
    ("应退金额1057.3万元，实退1021.6万元，尚有35.7万元待退。", "35.7→45.7", "35.7万元"),
    ("拘传873人，搜查12次，拘留246人，罚款58人。拘传、拘留、罚款合计1177人次。", "1177→1187", "1,177人次"),
    ("不明款项为48笔、317万元，认领41笔、269万元，新增9笔、36万元，年末为16笔、84万元。", "84→94", "84万元"),
    ("共6284件（含旧存513件）。诉讼3847件（含旧存286件）；执行2437件（含旧存227件）。", "227→237", "227件"),
    ("发现问题46起。收礼最突出，达到17起；吃喝、补贴分别为12起、8起；另外，其他9起。", "9起→6起", "46起"),
    ("无讼村创建417个，占全县村总数1264个的三分之一。", "三分之一→近四成", "33.0%"),
    ("在线庭审264场，同比翻了一番多（去年同期128场）。", "264→204", "翻了一番多"),
    ("证据交换391次，是去年同期217次的1.8倍。", "1.8→2.8", "1.8倍"),
    ("综合排名第5位，较去年同期的第8位上升3位。", "3位→2位", "3 位"),
    ("民企占82.4%，国企占9.7%，外资占4.6%，其他占3.3%。", "4.6→5.6", "101%"),
    ("各年收案分别为2023年9812件、2024年10436件、2025年11278件，年均增长7.2%。", "7.2→9.2", "7.2%"),
    ("2021年至2025年，审执结51936件，年均结案10387件。", "10387→11387", "10,387件"),
    ("最多的办了512件，最少的也有186件，相差326件。", "326→336", "326件"),
    ("接待2.3万人次，日均92人次（全年按250个工作日算）。", "日均92→日均192", "92人次"),
    ("预算2860万元，花了2731万元，执行率95.5%。", "95.5→93.5", "95.5%"),
    ("审结案件126件，同比增长3.3%，较上年净增4件。", "4件→9件", "3.3%"),
    ("应到岗1264人次，实到1238人次，请假26人次，到岗率97.94%。", "97.94→97.49", "97.94%"),
    ("上诉389件，改判21件，发回2件，改判发回率5.9%。", "5.9→6.9", "5.9%"),
    ("去年平均89天，今年是73天，快了16天，提速18%。", "18→28", "18"),
    ("有效问卷637份。其中，满意502份、基本满意98份、不满意及其他37份。", "37→47", "637份"),
]  # fmt: skip


def spoilt(sentence: str, change: str) -> str:
    old, new = change.split("→")
    assert sentence.count(old) >= 1
    return new.join(sentence.rsplit(old, 1))


@pytest.mark.parametrize(("sentence", "change", "named"), CLAIMS)
def test_a_true_claim_is_not_accused(sentence: str, change: str, named: str) -> None:
    assert check_report(sentence).accusations == ()


@pytest.mark.parametrize(("sentence", "change", "named"), CLAIMS)
def test_the_same_claim_with_one_figure_wrong_is_found(sentence: str, change: str, named: str) -> None:
    told = check_report(spoilt(sentence, change)).accusations
    assert told
    words = " ".join((told[0].message, *told[0].arithmetic, *told[0].repairs))
    assert named.rstrip("位") in words


@pytest.mark.parametrize(
    "sentence",
    [
        "讨论议题148项，其中党建61项、审判43项、队伍57项（部分议题兼有两类）。",
        "审结3674件，其中适用简易程序2918件，适用小额诉讼程序1106件。",
        "一审民事收案5126件，下降7.3%，连续三年下降（2023年5874件、2024年5530件）。",
        "民事案件698件（同比增长57.20%），其他案件2件（破产案件1件，同比增长100%）。",
        "国家赔偿案件0件，同比下降100%，同比减少1件。",
        "全院干警162人，其中党员131人，占八成；35岁以下58人，占三分之一强。",
        "调解成功率（成功数÷已结数）63.87%，调解成功3274件，正在调解720件。",
        "债权总额48.6亿元，清偿17.3亿元，普通债权平均清偿率12.4%。",
    ],
)
def test_what_only_looks_wrong_is_let_alone(sentence: str) -> None:
    assert check_report(sentence).accusations == ()


def test_one_figure_that_breaks_two_relations_is_named_with_both() -> None:
    text = "批准逮捕1041人，不批准612人。决定起诉3168人，不起诉947人，审结4015人，不起诉率21.10%。"
    (found,) = check_report(text).accusations
    assert "847人" in found.message


def test_a_misprint_is_mended_in_the_unit_it_was_printed_in() -> None:
    (found,) = check_report("追回工资4672万元，惠及2140名农民工，人均3.18万元。").accusations
    assert found.repairs[0] == "改为 2.18万元"


def test_a_table_is_held_against_the_sentences_around_it() -> None:
    rows = (
        "法院\t受理\t结案\t结案率",
        "东关\t846\t832\t98.35%",
        "西关\t717\t703\t98.05%",
        "南城\t634\t581\t91.64%",
        "合计\t2197\t2116\t96.31%\n",
    )
    table = "\n".join(rows)
    right = "三家法院共受理2,197件，结案率最高的是东关。东关法院受理占38.5%。"
    assert check_report(table + right).accusations == ()
    (found,) = check_report(table + "结案率最高的是西关。").accusations
    assert found.code == "table"
    (found,) = check_report(table + "从表中看，南城结案率最低，为93.64%。").accusations
    assert found.code == "repeated"


def test_a_list_is_held_against_one_total_only() -> None:
    text = "受理执行案件31205件，执结29668件；首次执行21340件，恢复执行7816件，其他执行案件2149件。"
    assert len(check_report(text).accusations) == 1
