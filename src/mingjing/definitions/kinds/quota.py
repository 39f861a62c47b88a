"""``quota``: how many cases each leader has to try, against the average of ordinary judges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from mingjing.definitions.definition import Definition, Example, Head
from mingjing.definitions.kinds.kind import Kind, Outcome, Section
from mingjing.definitions.notes import Notes
from mingjing.definitions.shapes import FLAG, Field, ListOf, MapOf, Number, Record, Table, Text
from mingjing.domain.indicators.quotas import Quota, standing, state_of

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf

_POST = Text(example="审判员")
_BASE = Text(
    example="186.5",
    pattern=r"\d{1,6}(\.\d{1,4})?",
    code="bad-number",
    cause="“{}”不是人均件数。",
)
_EXAMPLE = Table(
    (
        Field("name", Text(example="本人三十、合议二十六"), "例子的名字", required=True),
        Field("post", Text(example="副院长"), "职务", required=True),
        Field("base", _BASE, "普通员额法官人均办结", required=True),
        Field("own", Number(0, 99_999, "30"), "本人承办", required=True),
        Field("panel", Number(0, 99_999, "26"), "参加合议庭审理，不含本人承办", required=True),
        Field("running", FLAG, "是不是年中；不写就是全年已过"),
        Field("expect", Text(example="应办 56，计入 56，已完成"), "应得的结论", required=True),
    ),
    example="{name: 正好, post: 副院长, base: 186.5, own: 30, panel: 26, expect: 应办 56，计入 56，已完成}",
)


def _build(record: Record, head: Head) -> Quota:
    percents: Mapping[str, int] = record.get("percents", dict) or {}
    return Quota(
        head.id,
        head.label,
        head.owner,
        record.day("from"),
        dict(percents),
        record.texts("ordinary"),
        record.get("behind", int) or 0,
        head.basis,
        head.questions,
        head.content_hash,
    )


def _run(quota: Quota, example: Example, shelf: Shelf) -> Outcome:
    record = example.record
    post, expected = record.text("post"), record.text("expect")
    if post not in quota.percents:
        return Outcome(expected == "没有指标", expected, "没有指标")
    base = Fraction(record.text("base"))
    own, panel = record.get("own", int) or 0, record.get("panel", int) or 0
    found = standing(quota, post, base, own, panel, running=record.get("running", bool) or False).value
    got = f"应办 {found.required}，计入 {found.counted}，{state_of(quota, found)}"
    return Outcome(got == expected, expected, got)


def _check(definition: Definition, shelf: Shelf, notes: Notes) -> None:
    quota = definition.value
    if not isinstance(quota, Quota):
        return
    if not quota.basis:
        notes.say(definition.root, "no-law", "没有写依据：请写 basis。", example="basis: 法〔2017〕90号")
    for post in quota.ordinary:
        if post in quota.percents:
            cause = f"“{post}”既是有指标的领导，又算普通员额法官，基数会算乱。请只写一处。"
            notes.say(definition.record.at("ordinary"), "conflicting-keys", cause)


def _sections(quota: Quota) -> Iterable[Section]:
    rows = tuple((post, f"{percent}%") for post, percent in quota.percents.items())
    yield Section("应办多少", ("职务", "占普通员额法官人均办结的比例"), rows)
    more = (
        ("普通员额法官", "、".join(quota.ordinary)),
        ("怎么计", "本人承办全计；参加合议庭的也计，但最多计到与本人承办相同"),
        ("应办怎么取整", "不足一件按一件"),
        ("落后几件才提示", f"年中比应办少 {quota.behind} 件以上"),
    )
    yield Section("怎么算", ("项目", "内容"), more)


QUOTA = Kind(
    name="quota",
    title="院庭长办案指标",
    question="院庭长一年要办多少案，现在办到多少。",
    fields=(
        Field(
            "percents",
            MapOf(Number(1, 100, "30"), example="{院长: 5, 副院长: 30}"),
            "职务 → 占普通员额法官人均办结的百分之几；兼任的按写在前面的算",
            required=True,
            tested=True,
        ),
        Field(
            "ordinary", ListOf(_POST, least=1, drops=False), "哪些职务算普通员额法官，作基数", required=True
        ),
        Field("behind", Number(0, 99, "2"), "年中少几件以上才提示落后；不写就是 0", tested=True),
    ),
    example=_EXAMPLE,
    build=_build,
    run=_run,
    sections=_sections,
    check=_check,
    dated=True,
)
