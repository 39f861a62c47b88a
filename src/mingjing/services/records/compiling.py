"""Circulars that the system writes from confirmed records: nobody types a score, a rank, a count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from mingjing.domain.assessments import dealing, outline
from mingjing.domain.assessments.cards import Month, Quarter
from mingjing.domain.assessments.dealing import Card
from mingjing.domain.assessments.ranking import Ranked, ranked
from mingjing.domain.assessments.scoring import shown
from mingjing.domain.assessments.sheets import GRADE, Sheet
from mingjing.domain.ledgers.matters import Deed
from mingjing.domain.ledgers.values import CELL
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.permissions import NotVisible
from mingjing.services.records.capacities import who
from mingjing.services.records.cards import SYSTEM
from mingjing.services.records.machineries import register_of
from mingjing.services.records.making import make
from mingjing.services.records.rankings import Totals, months_of, periods_of
from mingjing.services.records.verbs import verb
from mingjing.services.records.versions import value_of
from mingjing.storage.people.models import Department
from mingjing.storage.records.models import Record

INTEGRITY, REVIEWS = "ledger.integrity_circular", "ledger.review_circular"
REVIEW_SHEET, SLIP_SHEET = "sheet.case_review", "sheet.document_check"
MAKE, ASK, DROPPED = "生成", "报批", "已作废"
GRAVE = ("重大瑕疵", "不合格")


class NotYet(Refusal):
    """What a circular should say is not confirmed yet."""

    code = "not-yet"


class Compiled(Refusal):
    """The circular is there already."""

    code = "compiled-already"


def may_compile(actor: Actor, register_id: str) -> bool:
    """Whether the actor may have the system write a circular: whoever puts it up for approval."""
    register = register_of(value_of(actor.court, register_id, actor.on))
    asking = next(one for one in register.acts if one.label == ASK)
    return actor.may("办理台账") and bool(
        who(actor, None, register, actor.on).capacities.intersection(asking.by)
    )


def quarters_of(actor: Actor, card: Card) -> tuple[Quarter, ...]:
    """The quarters with every month confirmed, the newest first."""
    months = months_of(periods_of(actor.court, card.sheet, actor.on))
    counted = Counter(month.quarter for month in months)
    return tuple(sorted((one for one, held in counted.items() if held == 3), reverse=True))


def integrity_circular(actor: Actor, card_id: str, quarter: Quarter) -> Record:
    """Write the circular of a quarter: scores and ranks of its three months, cards decided and why (S-154).

    Raises
    ------
    NotVisible   no such scheme, or the actor may not put circulars up for approval
    NotYet       a month is not confirmed, or a card of the quarter is not decided
    Compiled     it was written already and not called off
    """
    card = value_of(actor.court, card_id, actor.on) if card_id.startswith("card.") else None
    if not isinstance(card, Card) or not may_compile(actor, INTEGRITY):
        raise NotVisible
    months = _three(quarter)
    known = months_of(periods_of(actor.court, card.sheet, actor.on))
    if missing := [one for one in months if one not in known]:
        cause = f"{quarter}还有月份没有全部确认：{'、'.join(map(str, missing))}。"
        raise NotYet(cause, example="先把各部门的评分表确认完")
    cards = list(_cards_of(actor, card_id, quarter))
    if waiting := [one for one in cards if one.state == dealing.PROPOSED]:
        named = "、".join(one.title for one in waiting[:5])
        cause = f"{quarter}还有 {len(waiting)} 张牌党组没有决定：{named}。"
        raise NotYet(cause, example="先确认发牌或者不予发牌")
    sheet = value_of(actor.court, card.sheet, actor.on)
    assert isinstance(sheet, Sheet)
    values: dict[str, object] = {
        "通报名称": f"{quarter}廉政通报",
        "季度": str(quarter),
        "概述": _said(quarter, known, months, cards),
        "各月得分和名次": _ranks(known, months, sheet.decimals),
        "发牌和理由": _reasons(cards),
        "排名依据": sheet.ranking.document if sheet.ranking else card.document,
    }
    return _written(actor, INTEGRITY, values, f"{quarter}")


def _three(quarter: Quarter) -> tuple[Month, ...]:
    return tuple(Month(quarter.year, quarter.number * 3 - back) for back in (2, 1, 0))


def _cards_of(actor: Actor, card_id: str, quarter: Quarter) -> Iterable[Record]:
    rows = Record.objects.filter(court=actor.court, register=card_id, data__span=str(quarter))
    return rows.select_related("unit").order_by("data__on", "pk")


def _said(
    quarter: Quarter, known: Mapping[Month, Totals], months: Sequence[Month], cards: Sequence[Record]
) -> str:
    given = Counter(str(one.data["colour"]) for one in cards if one.state != dealing.DECLINED)
    told = "、".join(f"{colour} {count} 张" for colour, count in sorted(given.items())) or "没有发牌"
    units = len({unit for month in months for unit in known[month]})
    return f"{quarter}参加评分的部门 {units} 个，三个月的评分都已确认。本季度{told}。"


def _ranks(known: Mapping[Month, Totals], months: Sequence[Month], decimals: int) -> str:
    """A line for each department: each month's total with its rank; departments in the court's own order."""
    places = {month: {one.key: one for one in ranked(known[month])} for month in months}
    units = {unit for month in months for unit in known[month]}
    names = Department.objects.filter(pk__in=units).order_by("order", "name").values_list("pk", "name")
    head = CELL.join(("部门", *(f"{one.month}月得分（名次）" for one in months)))
    lines = [
        CELL.join((name, *(_placed(places[one], unit, decimals) for one in months))) for unit, name in names
    ]
    return "\n".join((head, *lines))


def _placed(places: Mapping[int, Ranked], unit: int, decimals: int) -> str:
    one = places.get(unit)
    return f"{shown(one.total, decimals)}（{one.rank}）" if one else "没有评分"


def _reasons(cards: Sequence[Record]) -> str:
    if not cards:
        return "本季度没有发牌。"
    head = CELL.join(("部门", "牌", "日期", "决定", "理由"))
    return "\n".join((head, *(_reason(one) for one in cards)))


def _reason(card: Record) -> str:
    """The last step of the derivation says why; a declined card says why not."""
    declined = card.state == dealing.DECLINED
    lines = [line for line in str(card.data["derived"]).split("\n") if not line.startswith("依据：")]
    why = str(card.data.get("declined_why") or "") if declined else lines[-1].partition("\u3000")[2]
    unit = card.unit.name if card.unit else ""
    told = "不予发牌" if declined else "确认发牌"
    return CELL.join((unit, str(card.data["colour"]), str(card.data["on"]), told, why.replace(CELL, "，")))


def review_circular(actor: Actor, first: date, last: date) -> Record:
    """Write what the confirmed case reviews of some days found: grades, kinds of fault, the grave ones by
    name, slips in documents (S-201). Analysis and demands are added by people.

    Raises
    ------
    NotVisible   the actor may not put circulars up for approval
    NotYet       the days are the wrong way round or not over, or no review of them is confirmed
    Compiled     it was written already and not called off
    """
    if not may_compile(actor, REVIEWS):
        raise NotVisible
    if first > last or last > actor.on:
        cause = f"{first} 到 {last} 不是一段过去的日子。"
        raise NotYet(cause, example=f"{date(actor.on.year, 1, 1)} 到 {actor.on}")
    reviews = list(_final(actor, REVIEW_SHEET, first, last))
    slips = list(_final(actor, SLIP_SHEET, first, last))
    if not reviews:
        cause = f"{first} 到 {last} 没有确认过的案件评查，没有可以通报的。"
        raise NotYet(cause, example="换一段日子，或者先确认评查表")
    values: dict[str, object] = {
        "通报名称": f"{first} 至 {last} 案件质量评查通报",
        "起": first.isoformat(),
        "止": last.isoformat(),
        "概述": _reviewed(first, last, reviews, slips),
        "等级": _graded(actor, reviews),
        "问题分类": _faults(reviews),
        "重大瑕疵和不合格": _grave(reviews),
        "文书低级错误": _slips(actor, slips),
    }
    return _written(actor, REVIEWS, values, f"{first}:{last}")


def _final(actor: Actor, sheet_id: str, first: date, last: date) -> Iterable[Record]:
    rows = Record.objects.filter(court=actor.court, register=sheet_id, state=outline.FINAL)
    return (
        rows.filter(over_on__range=(first, last)).select_related("unit", "subject").order_by("over_on", "pk")
    )


def _share(count: int, of: int) -> str:
    return f"{shown(Fraction(100 * count, of), 2)}%" if of else "无数据"


def _reviewed(first: date, last: date, reviews: Sequence[Record], slips: Sequence[Record]) -> str:
    kinds = Counter(str(one.data.get("sort") or "未写类型") for one in reviews)
    told = "、".join(f"{kind} {count} 件" for kind, count in sorted(kinds.items()))
    papers = f"；抽查裁判文书 {len(slips)} 份" if slips else ""
    return f"{first} 至 {last}，确认评查 {len(reviews)} 件，其中{told}{papers}。"


def _graded(actor: Actor, reviews: Sequence[Record]) -> str:
    sheet = value_of(actor.court, REVIEW_SHEET, actor.on)
    assert isinstance(sheet, Sheet)
    key = sheet.register.field(GRADE).key
    counted = Counter(str(one.data.get(key)) for one in reviews)
    labels = [one.label for one in sheet.grades]
    return _table("等级", "占评查的", [(one, counted[one]) for one in labels], len(reviews))


def _table(what: str, share: str, rows: Iterable[tuple[str, int]], of: int) -> str:
    lines = [CELL.join((label, str(count), _share(count, of))) for label, count in rows]
    return "\n".join((CELL.join((what, "件数", share)), *lines))


def _faults(reviews: Sequence[Record]) -> str:
    """One case may have several kinds of fault: shares do not add up to a hundred, and it says so."""
    found: Counter[str] = Counter()
    for one in reviews:
        held = one.data.get("faults")
        found.update(map(str, held) if isinstance(held, list) else [])
    if not found:
        return "评查表没有写问题分类。"
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return _table("问题（一件可以有几类）", "占评查的", ordered, len(reviews))


def _grave(reviews: Sequence[Record]) -> str:
    found = [one for one in reviews if one.data.get("grade") in GRAVE]
    if not found:
        return "没有重大瑕疵、不合格的案件。"
    return "\n".join((CELL.join(("案号", "承办部门", "承办人", "等级", "责任类别")), *map(_named, found)))


def _named(one: Record) -> str:
    unit, judge = one.unit.name if one.unit else "", one.subject.name if one.subject else ""
    told = str(one.data["case"]), unit, judge, str(one.data["grade"]), str(one.data.get("track") or "未定")
    return CELL.join(told)


def _slips(actor: Actor, slips: Sequence[Record]) -> str:
    """Documents with an error among those checked, and by kind of error: per document, as R-068 counts."""
    if not slips:
        return "这一期间没有确认过的文书抽查。"
    sheet = value_of(actor.court, SLIP_SHEET, actor.on)
    assert isinstance(sheet, Sheet)
    marks = [(one.label, one.full, sheet.register.field(one.label).key) for one in sheet.items]
    off = [
        [label for label, full, key in marks if Fraction(str(one.data.get(key, full))) < full]
        for one in slips
    ]
    counted = Counter(label for labels in off for label in labels)
    rows = [("有错的文书（低级错误率）", sum(map(bool, off)))]
    rows += [(label, counted[label]) for label, _, _ in marks]
    return _table("错误", "占抽查的", rows, len(slips))


def _written(actor: Actor, register_id: str, values: Mapping[str, object], what: str) -> Record:
    value = value_of(actor.court, register_id, actor.on)
    with verb(actor, MAKE, actor.court, subject_id=register_id) as work:
        rows = Record.objects.filter(court=actor.court, register=register_id)
        same = rows.filter(once__startswith=f"{register_id}:{what}:")
        if there := same.exclude(state=DROPPED).first():
            cause = f"{what.replace(':', ' 至 ')}的通报已经生成：{there.number}。"
            raise Compiled(cause, example="先作废，再重新生成")
        work.entry.payload = {"通报": str(values["通报名称"])}
        deed = Deed(MAKE, SYSTEM, work.at.replace(tzinfo=None), values)
        return make(work, value, deed, once=f"{register_id}:{what}:{same.count()}")
