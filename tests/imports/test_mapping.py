"""A mapping: strict when written, equal after a round trip, guessed from a header."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingjing.imports.mapping import Mapping, dump_mapping, load_mapping, mapping_from, plain_mapping
from mingjing.imports.refusals import HeaderMissing, MappingWrong
from mingjing.imports.suggesting import suggest
from mingjing.imports.words import Words, field_specs

SHIPPED = sorted((Path(__file__).parents[2] / "institutions" / "mappings").glob("*.yaml"))
FULL = """
name: 审管系统导出
court: 云0102
number: 案号
date_order: 日月年
columns:
  立案日期: 立案时间
  标的额: {column: 标的, unit: 万元}
  案件类型: {constant: 民事一审}
  审理程序: {column: 程序, values: {简易: 简易程序}}
  备注: {template: "{甲}-{乙}", kind: 文字}
required: [立案日期]
events:
  - {kind: 开庭, happened: 开庭日期, recorded: 录入时间}
exclusions:
  - {kind: 鉴定期间, span: 鉴定期间, document: 文书号}
  - {kind: 公告期间, first: 公告起, last: 公告止}
parties:
  - {role: 原告, column: 原告}
tags: [标签]
dues:
  - {label: 办结期限, due: deadline, done: enddate}
"""


def test_a_full_mapping_is_read_and_written_back_equal() -> None:
    mapping = load_mapping(FULL)
    assert mapping.columns["立案日期"].column == "立案时间"
    assert mapping.columns["备注"].columns == ("甲", "乙")
    assert mapping.events[0].recorded is not None
    assert load_mapping(dump_mapping(mapping)) == mapping
    assert mapping_from(plain_mapping(mapping)) == mapping


def test_the_written_form_is_short() -> None:
    text = dump_mapping(load_mapping(FULL))
    assert "立案日期: 立案时间" in text
    assert "number_grammar" not in text


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_mapping_loads_and_says_in_its_first_line_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    mapping = load_mapping(text)
    assert text.startswith("# ")
    assert load_mapping(dump_mapping(mapping)) == mapping


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("name: 甲", "number：没有写"),
        ("name: 甲\nnumber: 案号\nshap: cases", "shap：不认识的键"),
        ("name: 甲\nnumber: 案号\nshape: case", "shape：“case”不行"),
        ("name: ''\nnumber: 案号", "name：不能是空的"),
        ("name: 甲\nnumber: {column: 案号, constant: 乙}", "只写一个"),
        ("name: 甲\nnumber: 案号\nzone: 北京", "不认识的时区"),
        ("name: 甲\nnumber: 案号\nshape: events", "要写 event"),
        ("name: 甲\nnumber: 案号\nrequired: [立案日期]", "没有写在 columns 里"),
        ("name: 甲\nnumber: 案号\ncolumns: {标的额: {column: 标的, unit: 美元}}", "不认识的金额单位"),
        ("name: 甲\nnumber: 案号\nexclusions: [{kind: 鉴定期间}]", "二者取一"),
        ("name: 甲\nnumber: {template: 甲}", "要有 {列名}"),
        ("- 甲", "键: 值"),
        ("name: [甲", "不是合法的 YAML"),
    ],
)
def test_a_fault_is_named_with_its_place(text: str, what: str) -> None:
    with pytest.raises(MappingWrong) as refusal:
        load_mapping(text)
    assert what in refusal.value.message


def test_all_faults_are_reported_at_once() -> None:
    with pytest.raises(MappingWrong) as refusal:
        load_mapping("name: 甲\nshap: cases\ndate_order: 月年日\nnumber: 案号")
    assert "shap" in refusal.value.message
    assert "date_order" in refusal.value.message


def test_a_register_in_a_courts_own_words_is_recognised(words: Words) -> None:
    header = (
        "序号", "案 号", "立案案由", "适用程序", "收案日期", "承办法官", "承办庭室",
        "诉讼标的额（万元）", "开庭时间", "审结日期", "原告", "被告", "鉴定期间", "文书号", "标签",
    )  # fmt: skip
    mapping = suggest(header, words)
    assert mapping.number.column == "案 号"
    assert {field: source.column for field, source in mapping.columns.items()} == {
        "案由": "立案案由",
        "审理程序": "适用程序",
        "立案日期": "收案日期",
        "结案日期": "审结日期",
        "承办人": "承办法官",
        "承办部门": "承办庭室",
        "标的额": "诉讼标的额（万元）",
    }
    assert mapping.columns["标的额"].unit == "万元"
    assert {event.kind: event.happened.column for event in mapping.events} == {
        "立案": "收案日期",
        "开庭": "开庭时间",
        "结案": "审结日期",
    }
    assert [party.role for party in mapping.parties] == ["原告", "被告"]
    assert [(item.kind, item.document and item.document.column) for item in mapping.exclusions] == [
        ("鉴定期间", "文书号")
    ]
    assert mapping.tags[0].column == "标签"


def test_names_on_two_levels_are_recognised_by_their_last_part(words: Words) -> None:
    mapping = suggest(("基本信息/案号", "日期/立案日期", "日期/结案日期"), words)
    assert mapping.columns["立案日期"].column == "日期/立案日期"


def test_a_table_of_events_is_recognised(words: Words) -> None:
    mapping = suggest(("案号", "事项", "发生日期", "录入时间"), words)
    assert mapping.shape == "events"
    assert mapping.event is not None
    assert mapping.event.recorded is not None
    assert mapping.event.recorded.column == "录入时间"


def test_a_flat_process_log_is_recognised(words: Words) -> None:
    mapping = suggest(("case:concept:name", "concept:name", "time:timestamp", "org:resource"), words)
    assert (mapping.shape, mapping.number_grammar, mapping.kinds) == ("log", "自由", "自由")


def test_a_portuguese_court_list_is_recognised(words: Words) -> None:
    mapping = suggest(("numero_processo", "data_ajuizamento", "assuntos_nomes"), words)
    assert mapping.number.column == "numero_processo"
    assert mapping.columns["立案日期"].column == "data_ajuizamento"


def test_a_header_without_a_case_number_is_asked_about(words: Words) -> None:
    with pytest.raises(HeaderMissing, match="哪一列是案号"):
        suggest(("姓名", "部门"), words)


def test_data_items_come_out_of_the_dictionary_with_their_options() -> None:
    rows = [
        {"名称": "案件类型", "类型": "选项", "可选": "dictionary.case_kinds", "说明": "—"},
        {"名称": "案由", "类型": "选项", "可选": "dictionary.causes", "说明": "—"},
        {"名称": "在押", "类型": "是否", "可选": "是、否", "说明": "影响顺延"},
        {"名称": "起诉方式", "类型": "选项", "可选": "公诉、自诉", "说明": "—"},
    ]
    specs = field_specs(
        rows,
        {"dictionary.case_kinds": ["民事一审"], "dictionary.causes": ["离婚纠纷"]},
        required=["案件类型"],
    )
    assert specs["案件类型"].options == ("民事一审",)
    assert specs["案件类型"].required
    assert not specs["案件类型"].open_list
    assert specs["案由"].open_list
    assert (specs["在押"].kind, specs["在押"].options, specs["在押"].note) == ("是否", (), "影响顺延")
    assert specs["起诉方式"].options == ("公诉", "自诉")


def test_the_mapping_object_refuses_unknown_keys_in_code_too() -> None:
    with pytest.raises(ValueError, match="extra"):
        Mapping.model_validate({"name": "甲", "number": {"column": "案号"}, "colums": {}})
