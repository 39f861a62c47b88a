"""``document``: the text of a notice, its number, its blanks, who signs it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from mingjing.definitions.definition import Example, Head
from mingjing.definitions.kinds.document_counts import COUNTS, build_counts, check_counts
from mingjing.definitions.kinds.kind import Kind, Outcome, Section, refusal_outcome
from mingjing.definitions.notes import Notes
from mingjing.definitions.problems import Severity, nearest
from mingjing.definitions.shapes import FLAG, Field, ListOf, MapOf, OneOrMany, Record, Table, Text
from mingjing.definitions.shapes.tables import exactly_one
from mingjing.definitions.values.documents import BLANK, Blank, DocumentTemplate
from mingjing.domain.reasons import MissingFact

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf

_STRAY = re.compile(r"[{}]")
NUMBERBLANKS = ("年", "序号", "法院代字")


_FIELD = Table(
    (
        Field("label", Text(example="案号"), "这一处填什么", required=True),
        Field("required", FLAG, "是否必填；不写就是否", tested=True),
        Field("about", Text(example="取自案件"), "说明"),
    ),
    example="{label: 案号, required: 是}",
)
_EXAMPLE = Table(
    (
        Field("name", Text(example="一般的督办"), "例子的名字", required=True),
        Field(
            "given", MapOf(Text(), example="{案号: （2024）云0102民初1560号}"), "各处填的内容", required=True
        ),
        Field("expect", ListOf(Text(example="请于")), "成文里应当出现的话"),
        Field("refused", Text(example="缺少“案号”"), "应当拒绝时，拒绝理由里的话"),
    ),
    rules=(exactly_one("expect", "refused"),),
    example="{name: 缺案号, given: {承办人: 甲}, refused: 缺少“案号”}",
)


def _blanks_known(record: Record, notes: Notes) -> None:
    """Every blank used is among ``fields``, every field is used, and the number has a year and a serial."""
    fields: Mapping[str, Record] = record.get("fields", dict) or {}
    known = "fields" not in record.node.entries or record.get("fields", dict) is not None
    used: set[str] = set()
    for key in ("title", "to", "body", "signed_by", "copies_to"):
        for text in record.texts(key) if key == "copies_to" else (record.text(key),):
            names = {blank[1].strip() for blank in BLANK.finditer(text)}
            used |= names
            for name in sorted(names - set(fields)) if known else ():
                cause = f"占位符“{{{name}}}”没有写进 fields。{nearest(name, fields)}"
                notes.say(record.at(key), "bad-placeholder", cause, allowed=tuple(fields))
            if _STRAY.search(BLANK.sub("", text)):
                notes.say(
                    record.at(key),
                    "bad-placeholder",
                    "花括号没有成对。占位符写作“{字段}”。",
                    example="{案号}",
                )
    for name, item in fields.items():
        if name not in used:
            cause = f"字段“{name}”没有在公文里用到。若不需要请删去，需要就在正文里写上“{{{name}}}”。"
            notes.say(item.node, "bad-placeholder", cause, severity=Severity.WARNING)
    number = record.text("number")
    blanks = [blank[1].split(":")[0] for blank in BLANK.finditer(number)]
    if number and ("序号" not in blanks or "年" not in blanks or set(blanks) - set(NUMBERBLANKS)):
        cause = "文号里要有“{年}”和“{序号}”，还可以有“{法院代字}”，不能有别的占位符。"
        notes.say(record.at("number"), "bad-number-format", cause, example="（{年}）督{序号}号")


def _build(record: Record, head: Head) -> DocumentTemplate:
    fields: Mapping[str, Record] = record.get("fields", dict) or {}
    paragraphs = (line.strip() for line in record.text("body").split("\n"))
    return DocumentTemplate(
        id=head.id,
        label=head.label,
        owner=head.owner,
        since=record.day("from"),
        number=record.text("number"),
        title=record.text("title"),
        to=record.text("to"),
        body=tuple(line for line in paragraphs if line),
        blanks=tuple(Blank(name, item.text("label"), item.flag("required")) for name, item in fields.items()),
        signed_by=record.text("signed_by"),
        copies_to=record.texts("copies_to"),
        counts=build_counts(record),
        basis=head.basis,
        questions=head.questions,
        content_hash=head.content_hash,
    )


def _run(template: DocumentTemplate, example: Example, shelf: Shelf) -> Outcome:
    values: Mapping[str, str] = example.record.get("given", dict) or {}
    expected = example.record.texts("expect")
    unknown = [name for name in values if name not in {blank.name for blank in template.blanks}]
    if unknown:
        return Outcome(False, "只填 fields 里的字段", f"多填了：{'、'.join(unknown)}")
    try:
        filled = template.fill(values)
    except MissingFact as refusal:
        outcome = refusal_outcome(example.refused, refusal.message)
        return outcome if example.refused else Outcome(False, "、".join(expected), outcome.got)
    if example.refused:
        return Outcome(False, f"拒绝：{example.refused}", "出文")
    text = "\n".join((filled.title, filled.to, *filled.paragraphs, filled.signed_by, *filled.copies_to))
    absent = [part for part in expected if part not in text]
    return Outcome(
        not absent, "、".join(expected), f"没有出现：{'、'.join(absent)}" if absent else "都出现了"
    )


def _sections(template: DocumentTemplate) -> Iterable[Section]:
    head = (
        ("文号", template.number),
        ("标题", template.title),
        ("主送", template.to),
        ("落款", template.signed_by),
        ("抄送", "、".join(template.copies_to) or "—"),
    )
    yield Section("要素", ("项目", "内容"), head)
    yield Section("正文", ("段落",), tuple((paragraph,) for paragraph in template.body))
    blanks = tuple((blank.name, blank.label, "是" if blank.required else "否") for blank in template.blanks)
    yield Section("要填的内容", ("占位符", "填什么", "必填"), blanks)
    if template.counts:
        bears = tuple((one.label, one.when.text) for one in template.counts.bears)
        rows = (*bears, (template.counts.otherwise, "以上都不符合"))
        yield Section(f"数字从“{template.counts.over}”数出，不手写", ("认定成", "条件"), rows)


DOCUMENT = Kind(
    name="document",
    title="公文模板",
    question="通知怎么写，编什么号，谁落款。",
    fields=(
        Field("number", Text(example="（{年}）督{序号}号"), "文号格式", required=True),
        Field("title", Text(example="督办通知书"), "标题", required=True),
        Field("to", Text(example="{承办部门}"), "主送", required=True),
        Field("body", Text(example="|\n  {案号}一案……"), "正文，每行一段，{字段} 处填入内容", required=True),
        Field(
            "fields",
            MapOf(_FIELD, example="{案号: {label: 案号, required: 是}}"),
            "要填的内容",
            required=True,
            tested=True,
        ),
        Field("signed_by", Text(example="审判管理办公室"), "落款", required=True),
        Field("copies_to", OneOrMany(Text(example="分管院领导")), "抄送"),
        Field("counts", COUNTS, "数字从哪本台账数出来"),
    ),
    example=_EXAMPLE,
    build=_build,
    run=_run,
    sections=_sections,
    check=check_counts,
    rules=(_blanks_known,),
    dated=True,
    refusable=True,
)
