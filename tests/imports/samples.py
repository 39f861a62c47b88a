"""The words of an invented court, for the import tests."""

from __future__ import annotations

from mingjing.domain.casenumbers.vocabulary import CourtLevel, TypeCode, Vocabulary
from mingjing.imports.words import FieldSpec, Words


def court_words() -> Words:
    """The words of an invented court."""
    fields = (
        FieldSpec("案件类型", "选项", ("民事一审", "刑事一审", "行政一审")),
        FieldSpec("审理程序", "选项", ("普通程序", "简易程序", "小额诉讼程序")),
        FieldSpec("案由", "选项", ("离婚纠纷", "民间借贷纠纷"), open_list=True),
        FieldSpec("立案日期", "日期"),
        FieldSpec("结案日期", "日期"),
        FieldSpec("承办人"),
        FieldSpec("承办部门"),
        FieldSpec("标的额", "金额"),
        FieldSpec("在押", "是否"),
        FieldSpec("当事人人数", "数字"),
    )
    types = {
        "民初": TypeCode("民初", "民事一审", "民事", CourtLevel.BASIC),
        "刑初": TypeCode("刑初", "刑事一审", "刑事", CourtLevel.BASIC),
    }
    return Words(
        {field.name: field for field in fields},
        frozenset(("立案", "分案", "开庭", "宣判", "结案", "归档")),
        frozenset(("鉴定期间", "公告期间")),
        Vocabulary({"云0102": "明湖区人民法院"}, types, frozenset("云")),
    )
