"""``assignment``: who can be drawn for a case with what share, who steps aside, who makes the seed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mingjing.definitions.definition import Definition, Head
from mingjing.definitions.kinds.assignment_examples import EXAMPLE, run
from mingjing.definitions.kinds.kind import Kind, Section, mapping_text
from mingjing.definitions.notes import Notes
from mingjing.definitions.shapes import Choice, Field, ListOf, Record, Table, Text, Word
from mingjing.definitions.shapes.facts import Applies
from mingjing.definitions.shapes.groups import MapOf
from mingjing.definitions.shapes.scalars import FLAG, Number
from mingjing.domain.assignment.drawing import FEWEST
from mingjing.domain.assignment.rules import FULL, AssignmentRule, Group, Missing, Names, Specialism

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf

RECUSAL = ("亲属", "原审", "曾任职单位", "利害关系")
_HUNDREDTHS = Number(1, FULL, "50")

_POST = Table(
    (
        Field("post", Word("dictionary.posts", "职务", "审判员"), "哪个职务", required=True, tested=True),
        Field("quota", _HUNDREDTHS, "分案份额，普通法官为 100", required=True, tested=True),
    ),
    example="{post: 庭长, quota: 50}",
)
_GROUP = Table(
    (
        Field("label", Text(example="法官"), "抽哪一组人", required=True),
        Field("posts", ListOf(_POST, least=1), "哪些职务在名单里，各占多少份额", required=True, tested=True),
        Field(
            "fields", ListOf(Text(example="民事")), "只在哪些业务的部门里抽；没有部门的人不限", tested=True
        ),
        Field(
            "roles",
            ListOf(Text(example="承办人"), least=1),
            "依次抽中的人各担任什么；写几项就抽几人",
            required=True,
            tested=True,
        ),
    ),
    example="{label: 法官, posts: [{post: 审判员, quota: 100}], roles: [承办人]}",
)
_SPECIALISM = Table(
    (
        Field("label", Text(example="金融团队"), "专业化团队名称", required=True),
        Field(
            "causes",
            ListOf(Text(example="金融借款"), least=1),
            "案由里有这些字的",
            required=True,
            tested=True,
        ),
        Field("departments", ListOf(Text(), least=1), "由哪些部门的人审", required=True, tested=True),
    ),
    example="{label: 金融团队, causes: [金融借款], departments: [民事审判第二庭]}",
)


def _build(record: Record, head: Head) -> AssignmentRule:
    return AssignmentRule(
        id=head.id,
        label=head.label,
        since=record.day("from"),
        applies=record.get("applies", dict) or {},
        groups=tuple(_group(item) for item in record.records("seats")),
        recusal=record.texts("recusal"),
        contributors=record.texts("contributors"),
        within=record.get("within", int) or 0,
        missing=record.get("missing", Missing) or Missing.AGAIN,
        grounds=record.texts("designation"),
        approvers=record.texts("approvers"),
        names=record.get("published", Names) or Names.ALIAS,
        specialisms=tuple(
            Specialism(item.text("label"), item.texts("causes"), item.texts("departments"))
            for item in record.records("specialisms")
        ),
        fallback=record.flag("fallback"),
        counts=record.get("counts", dict) or {},
        floor=record.get("floor", int) or FULL,
        relations=record.texts("relations"),
        team=record.flag("team"),
        public=record.text("public"),
        basis=head.basis,
        questions=head.questions,
        content_hash=head.content_hash,
    )


def _group(item: Record) -> Group:
    posts = {one.text("post"): one.get("quota", int) or FULL for one in item.records("posts")}
    return Group(item.text("label"), posts, item.texts("roles"), item.texts("fields"))


def _two_contributors(record: Record, notes: Notes) -> None:
    names = record.texts("contributors")
    if names and len(set(names)) < FEWEST:
        cause = f"出随机数的至少要 {FEWEST} 个不同的部门，否则一个部门就定了结果。"
        notes.say(record.at("contributors"), "too-few-contributors", cause, example="[立案庭, 督察室]")


def _nothing_twice(record: Record, notes: Notes) -> None:
    labels: set[str] = set()
    for item in record.records("seats"):
        if item.text("label") in labels:
            notes.say(item.at("label"), "duplicate-row", f"“{item.text('label')}”写了两次，请合成一组。")
        labels.add(item.text("label"))
        posts = [one.text("post") for one in item.records("posts")]
        for post in sorted({one for one in posts if posts.count(one) > 1}):
            notes.say(item.at("posts"), "duplicate-row", f"职务“{post}”写了两次。")


def _check(definition: Definition, shelf: Shelf, notes: Notes) -> None:
    rule = definition.value
    if isinstance(rule, AssignmentRule) and not rule.basis:
        cause = "没有写依据（basis）：随机分案的文件名称和文号。"
        notes.say(definition.root, "no-law", cause, example="basis: 法发〔2017〕11号")


def _sections(rule: AssignmentRule) -> Iterable[Section]:
    yield Section("适用于", ("案件",), ((mapping_text(rule.applies),),))
    rows = tuple(
        (group.label, post, f"{quota}%", "、".join(group.roles), "、".join(group.fields) or "不限")
        for group in rule.groups
        for post, quota in group.posts.items()
    )
    yield Section("名单", ("组", "职务", "份额", "抽中的担任", "部门业务"), rows)
    special = tuple(
        (one.label, "、".join(one.causes), "、".join(one.departments)) for one in rule.specialisms
    )
    if special:
        yield Section("专业对口", ("团队", "案由里有", "由哪些部门审"), special)
    counts = tuple((kind, f"{value / FULL:g} 件") for kind, value in (rule.counts or {}).items())
    yield Section("在办案件折算", ("案件类型", "一件折合"), (*counts, ("其他", "1 件")))
    yield Section(
        "不能抽的人",
        ("情形", "说明"),
        (
            *((kind, "回避") for kind in rule.recusal),
            ("不在岗", "请假等"),
            *((("团队不完整", "1 名法官、1 名助理、1 名书记员，缺一不抽"),) if rule.team else ()),
        ),
    )
    yield Section(
        "随机数",
        ("出随机数的部门", "揭示时限", "逾期不揭示", "公共随机值"),
        (("、".join(rule.contributors), f"{rule.within} 分钟", rule.missing.value, rule.public or "不用"),),
    )
    yield Section("指定分案", ("理由", "批准人"), (("、".join(rule.grounds), "、".join(rule.approvers)),))


ASSIGNMENT = Kind(
    name="assignment",
    title="随机分案",
    question="这件案件在哪些人里抽，各占多少份额，谁要回避，随机数由谁出。",
    fields=(
        Field("applies", Applies(), "适用于哪些案件", required=True, tested=True),
        Field("seats", ListOf(_GROUP, least=1), "抽哪几组人", required=True, tested=True),
        Field("specialisms", ListOf(_SPECIALISM), "专业化团队对口哪些案由", tested=True),
        Field("fallback", FLAG, "对口的人不够时，是否在全部人里抽（要批准）", tested=True),
        Field(
            "counts",
            MapOf(Number(1, 10_000, "300")),
            "在办案件折算：类型 → 百分之几件，没写的 100",
            tested=True,
        ),
        Field("floor", _HUNDREDTHS, "在办多的人份额最多减到百分之几；不写就不减", tested=True),
        Field(
            "recusal",
            ListOf(Choice({one: one for one in RECUSAL})),
            "哪些情形回避",
            required=True,
            tested=True,
        ),
        Field("relations", ListOf(Text(example="发回重审")), "与前案是什么关系的，前案审判人员回避"),
        Field("team", FLAG, "是否只抽 1+1+1 团队完整的法官", tested=True),
        Field(
            "contributors",
            ListOf(Text(example="督察室"), least=1),
            "出随机数的部门",
            required=True,
            tested=True,
        ),
        Field("within", Number(1, 10_080, "30"), "承诺以后几分钟内揭示", required=True),
        Field(
            "missing",
            Choice({one.value: one for one in Missing}),
            "有部门逾期不揭示：用其余部门的继续，还是不用它重来",
            required=True,
            tested=True,
        ),
        Field(
            "public", Text(example="当日上证综合指数收盘点位"), "另掺哪一个事先谁也不知道的公开数；不写就不掺"
        ),
        Field(
            "published", Choice({one.value: one for one in Names}), "公开文件里用工号还是代号", required=True
        ),
        Field(
            "designation",
            ListOf(Text(example="重大疑难复杂"), least=1),
            "可以指定分案的理由",
            required=True,
            tested=True,
        ),
        Field(
            "approvers",
            ListOf(Word("dictionary.posts", "职务", "副院长"), least=1),
            "例外由谁批准",
            required=True,
            tested=True,
        ),
    ),
    example=EXAMPLE,
    build=_build,
    run=run,
    sections=_sections,
    check=_check,
    rules=(_two_contributors, _nothing_twice),
    dated=True,
    refusable=True,
)
