"""The keys of a register: from these tuples each kind with a register puts its file together."""

from __future__ import annotations

from mingjing.definitions.kinds.registers.shapes import LateText, MoveText, StepText
from mingjing.definitions.shapes import (
    Choice,
    Day,
    Field,
    Length,
    ListOf,
    MapOf,
    OneOrMany,
    Table,
    Text,
)
from mingjing.definitions.shapes.conditions import Condition
from mingjing.definitions.shapes.rungs import RungText
from mingjing.definitions.shapes.tables import at_least_one, exactly_one
from mingjing.domain.ledgers.register import FieldType

_YES = Choice({"true": True, "false": False, "是": True, "否": False}, code="bad-flag")
_REGISTER_ID = Text(
    example="ledger.rectification",
    pattern=r"(ledger|filing|activity|approval|meeting|sheet|card)\.[a-z][a-z0-9_.]*",
    code="bad-id",
    cause="“{}”不是台账、填报、活动、审批、会议、评分表或牌的 id。",
)
_OF = Text(
    example="dictionary.outcomes",
    pattern=r"(dictionary|ledger|filing|activity|approval|meeting|sheet|card)\.[a-z][a-z0-9_.]*",
    code="bad-id",
    cause="“{}”不是字典或台账的 id。",
)
RUNGS = ListOf(RungText(tell=""), least=1)

FIELD = Table(
    (
        Field("label", Text(example="问题来源"), "字段名称", required=True),
        Field("type", Choice({kind.value: kind for kind in FieldType}), "内容是哪一种", required=True),
        Field("options", ListOf(Text(example="案件评查"), least=1, drops=False), "可以选的内容"),
        Field("of", _OF, "可以选的内容取自哪个字典；类型是“记录”时，指向哪个台账"),
        Field("help", Text(example="写清楚哪一件、哪一处"), "填写时的提示"),
        Field("unit", Text(example="元"), "单位"),
        Field("seen_by", OneOrMany(Text(example="督察员")), "只有谁看得见这个字段"),
    ),
    example="{label: 问题描述, type: 长文本}",
)
STATE = Table(
    (
        Field("label", Text(example="待认领"), "状态名称", required=True),
        Field("final", _YES, "到了这里就算了结", tested=True),
    ),
    example="{label: 已销号, final: true}",
)
NEED = Table(
    (
        Field(
            "when",
            Condition(names="", several=True, example="佐证数 >= 1"),
            "条件",
            required=True,
            tested=True,
        ),
        Field("reason", Text(example="还没有佐证，不能销号"), "条件不成立时说的话", required=True),
    ),
    example="{when: 佐证数 >= 1, reason: 还没有佐证，不能销号}",
)
OPENING = Table(
    (
        Field("of", _REGISTER_ID, "在哪个台账里开一条", required=True, tested=True),
        Field(
            "fields",
            MapOf(Text(example="{问题描述}"), example="{事由: '{问题描述}'}"),
            "那边的字段各填什么：文字里用 {本台账字段}，或者只写本台账的字段名",
        ),
        Field("each", Text(example="参加人"), "按这个字段里的每一个各开一条；文字里用 {每个}", tested=True),
        Field("label", Text(example="由此产生"), "两条记录之间的关系"),
    ),
    example="{of: ledger.rectification, fields: {问题描述: 发现的问题}}",
)
_OPENING_OF_ACT = Table(
    (
        *OPENING.fields,
        Field(
            "when",
            Condition(names="", several=True, example="评价 == 不满意"),
            "满足什么条件才开；不写就每次都开",
            tested=True,
        ),
    ),
    example=OPENING.example,
)
ACT = Table(
    (
        Field("label", Text(example="认领"), "办理的名称", required=True),
        Field("by", OneOrMany(Text(example="责任部门")), "谁可以办", required=True, tested=True),
        Field("moves", OneOrMany(MoveText()), "从哪个状态到哪个状态", required=True, tested=True),
        Field("fill", OneOrMany(Text(example="责任人")), "办的时候必须填的字段", tested=True),
        Field("may_fill", OneOrMany(Text(example="说明")), "办的时候可以填的字段", tested=True),
        Field("never_by", OneOrMany(Text(example="责任人")), "谁无论如何不能办", tested=True),
        Field("needs", ListOf(NEED, least=1), "还要满足什么条件", tested=True),
        Field("opens", ListOf(_OPENING_OF_ACT, least=1), "办完自动在别的台账里开什么", tested=True),
        Field("approval", Text(example="approval.seal"), "先要哪一种审批同意"),
        Field("expires", Text(example="公示期"), "哪个时限满了，次日由系统自己办（by 里要有系统）"),
        Field("about", Text(example="核对佐证以后再销号"), "给办理人的说明"),
    ),
    example="{label: 认领, by: 责任部门, moves: 待认领 → 整改中, fill: [责任人]}",
)
CLOCK = Table(
    (
        Field("label", Text(example="认领时限"), "时限的名称", required=True),
        Field("starts", OneOrMany(Text(example="登记")), "从哪个办理起算", required=True, tested=True),
        Field("stops", OneOrMany(Text(example="认领")), "到哪个办理为止", required=True, tested=True),
        Field("within", Length("3 个工作日"), "多久以内", tested=True),
        Field("until", Text(example="整改期限"), "以哪个日期字段为最后一天", tested=True),
        Field("rungs", RUNGS, "什么时候提醒谁", tested=True),
        Field("ladder", Text(example="整改"), "用哪一组提醒"),
        Field("late", LateText(), "超期次日提醒谁"),
        Field("law", Text(example="《问题整改销号管理办法》第八条"), "依据"),
    ),
    rules=(exactly_one("within", "until"),),
    example="{label: 认领时限, starts: 登记, stops: 认领, within: 3 个工作日, late: 提醒 责任部门}",
)
_RECURS = Table(
    (
        Field(
            "same",
            ListOf(Text(example="问题来源"), least=1),
            "哪些字段相同就算同一个问题",
            required=True,
        ),
        Field("within", Length("12 个月"), "多久以内再出现算复发", required=True),
    ),
    example="{same: [责任部门, 问题类别], within: 12 个月}",
)
_PUBLIC = Table(
    (
        Field("when", Text(example="已销号"), "到哪个状态（或者满足哪个条件）以后公开", required=True),
        Field("show", ListOf(Text(example="整改措施"), least=1), "公开哪些字段", required=True),
    ),
    example="{when: 已销号, show: [整改措施]}",
)
_WINDOW = Table(
    (
        Field("about", Text(example="立案、咨询、保全都可以从这里提"), "表格上方给公众看的话", required=True),
        Field("show", ListOf(Text(example="办理结果"), least=1), "凭回执看得见哪些字段", required=True),
        Field("of", Text(example="案件"), "凭回执还能查哪个字段里的案件"),
        Field("when", Text(example="有效"), "在哪个状态（或者满足哪个条件）时能查案件"),
    ),
    example="{about: 一次交齐材料，一次办好, show: [办理结果]}",
)
_PARTY = Table(
    (
        Field("of", Text(example="案件"), "哪个字段写着是哪件案件", required=True),
        Field("when", Text(example="已送达"), "到哪个状态（或者满足哪个条件）以后看得见", required=True),
        Field("show", ListOf(Text(example="文书"), least=1), "看得见哪些字段", required=True),
    ),
    example="{of: 案件, when: 已送达, show: [文书名称, 文书]}",
)

NAMING = (
    Field("calendar", Text(example="calendar.cn"), "照哪份工作日历"),
    Field("number", Text(example="整改-{年}-{序号:4}"), "编号的格式"),
    Field("title", Text(example="问题描述"), "哪个字段是记录的标题"),
    Field("holder", Text(example="责任人"), "哪个人员字段是记录的承办人"),
    Field("unit", Text(example="责任部门"), "哪个部门字段是记录的部门"),
)
FIELDS = Field(
    "fields", MapOf(FIELD, example="{problem: {label: 问题描述, type: 长文本}}"), "记录有哪些字段", True
)
STATES = Field("states", MapOf(STATE, example="{open: {label: 待认领}}"), "记录有哪些状态", True, True)
ACTIONS = Field(
    "actions",
    MapOf(ACT, example="{accept: {label: 认领, by: 责任部门, moves: 待认领 → 整改中}}"),
    "谁在什么状态下可以办什么",
    True,
    True,
)
CLOCKS = (
    Field("clocks", ListOf(CLOCK), "时限：从哪一步到哪一步，多久以内", tested=True),
    Field("ladders", MapOf(RUNGS, example="{整改: [届满前 3 天 蓝 责任人]}"), "提醒的几种组合", tested=True),
)
STANDING = (
    Field("under", _REGISTER_ID, "每条记录挂在哪个台账的一条之下"),
    Field("links", ListOf(_REGISTER_ID), "可以和哪些台账的记录相互关联"),
    Field("recurs", _RECURS, "什么算复发"),
    Field("secrecy", Choice({word: word for word in ("公开", "内部", "保密", "密封")}), "谁看得见这些记录"),
    Field("seen_by", OneOrMany(Text(example="督察员")), "哪些人看得见这些记录"),
    Field("subject", Text(example="当事干警"), "记录说的是谁（人员字段）"),
    Field("subject_sees", ListOf(Text(example="结论")), "本人看得见哪些字段"),
    Field("keeps", Length("3 年"), "了结以后保存多久"),
    Field("prints", OneOrMany(Text(example="document.rectification_notice")), "可以打印哪些文书"),
    Field("public", _PUBLIC, "什么时候公开哪些字段"),
    Field("window", _WINDOW, "公众怎么从网上进来办（办的人写“公众”）"),
    Field("party", _PARTY, "案件当事人凭查询码看得见什么"),
)
OUTCOMES = ("ends", "final", "late", "warned", "refused", "says", "opens")
EXAMPLE_FIELDS = (
    Field("name", Text(example="从登记到销号"), "例子的名字", required=True),
    Field(
        "people",
        MapOf(OneOrMany(Text(example="督察员")), example="{张督察: [督察员]}"),
        "谁是什么身份；不写就当作办理人都有办理的身份",
    ),
    Field("steps", ListOf(StepText(), least=1), "依次办了什么：日期 谁 办理 字段=内容", required=True),
    Field("on", Day(), "站在哪一天看；不写就是最后一步的日子"),
    Field("ends", Text(example="已销号"), "最后的状态"),
    Field("final", _YES, "最后算不算了结"),
    Field("late", ListOf(Text(example="整改时限")), "到这一天超过的时限，依次写"),
    Field(
        "warned",
        ListOf(Text(example="2024-03-07 认领时限 红 责任部门")),
        "到这一天发出的全部提醒：日期 时限 颜色 谁",
    ),
    Field("refused", Text(example="不得办理“销号”"), "最后一步应当被拒绝时，拒绝的话"),
    Field("says", ListOf(Text(example="整改中 → 待验收")), "最后一步的说明里应有的话"),
    Field(
        "opens",
        ListOf(Text(example="ledger.rectification")),
        "一共自动开了哪些记录（写台账的 id，几条写几次）",
    ),
)
EXAMPLE = Table(
    EXAMPLE_FIELDS,
    rules=(at_least_one(*OUTCOMES),),
    example="{name: 登记, steps: [2024-03-01 张督察 登记], ends: 待认领}",
)


def register_parts(*own: Field, given: bool = True) -> tuple[Field, ...]:
    """The keys of a file with a register, those of its own kind in front.

    ``given``: the file must write its states and acts; otherwise they are built in unless it does.
    """
    states, acts = STATES, ACTIONS
    if not given:
        states, acts = (Field(one.key, one.shape, one.title, tested=one.tested) for one in (STATES, ACTIONS))
    return (*own, *NAMING, FIELDS, states, acts, *CLOCKS, *STANDING)
