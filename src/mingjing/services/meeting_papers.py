"""A meeting on paper: the agenda and the minutes, in the layout of GB/T 9704."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from mingjing.documents.gongwen import Level, OfficialDocument, Paragraph, write_document
from mingjing.documents.tables import Column, Table
from mingjing.domain.meetings.sitting import ADOPTED, Opinion, Topic
from mingjing.services.notice_papers import Paper
from mingjing.services.reading.records.meetings import Chair, MeetingView, TopicShown

_NUMERALS = "一二三四五六七八九十"
_PLACE, _MINUTES = "地点", "会议纪要"


def agenda_paper(view: MeetingView, on: date) -> Paper:
    """The .docx of the agenda, as it stands."""
    body = [
        Paragraph(f"时间：{said_moment(view.starts)}"),
        Paragraph(f"地点：{view.values.get(_PLACE) or '另行通知'}"),
        Paragraph(f"主持：{_names(view, '主持人') or '另行通知'}"),
        Paragraph(f"应到：{'、'.join(one.name for one in view.chairs if one.votes)}"),
        Paragraph(f"列席：{'、'.join(one.name for one in view.chairs if not one.votes) or '无'}"),
    ]
    columns = (Column("次序", 0.6, "centre"), Column("议题", 3.2), Column("类别", 1.2), Column("汇报人", 1.0))
    rows = tuple(
        (str(one.place), one.topic.title, one.topic.kind, one.topic.speaker or "—") for one in view.agenda
    )
    return _paper(view, "议程", (*body, Table(columns, rows, caption="会议议程")), on)


def minutes_paper(view: MeetingView, on: date) -> Paper:
    """The .docx of the minutes: the text that was signed, then who signed and who would not."""
    text = str(view.values.get(_MINUTES) or "") or draft_minutes(view)
    body: list[Paragraph | Table] = [_paragraph(line) for line in text.splitlines() if line.strip()]
    signed = tuple(
        (
            one.name,
            f"未签字：{one.signature.refused}" if one.signature.refused else "已签字",
            one.signature.at[:10],
        )
        for one in view.chairs
        if one.signature is not None
    )
    if signed:
        columns = (Column("姓名", 1.0), Column("签字", 2.6), Column("日期", 1.2, "centre"))
        body.append(Table(columns, signed, caption="到会人员签字"))
    return _paper(view, "纪要", tuple(body), on)


def draft_minutes(view: MeetingView) -> str:
    """The minutes as the acts tell them: attendance, topics, opinions, votes, decisions."""
    lines = [
        f"{said_moment(view.starts)}，{_names(view, '主持人') or '（主持人）'}主持召开“{view.record.title}”。"
        f"应到{view.called}人，到会{sum(one.must_sign for one in view.chairs) or view.present}人。",
        f"出席：{_people(view, votes=True)}。",
        f"列席：{_people(view, votes=False)}。",
        f"缺席：{_absent(view)}。",
    ]
    for number, shown in enumerate(view.agenda):
        lines += _topic_lines(shown, number)
    return "\n".join(lines)


def said_moment(moment: datetime) -> str:
    """``2024年3月5日14时30分``."""
    local = moment.astimezone(ZoneInfo("Asia/Shanghai")) if moment.tzinfo else moment
    return f"{local.year}年{local.month}月{local.day}日{local.hour}时{local.minute:02d}分"


def _topic_lines(shown: TopicShown, number: int) -> list[str]:
    topic = shown.topic
    mark = _NUMERALS[number] if number < len(_NUMERALS) else str(number + 1)
    lines = [f"{mark}、{topic.title}（{topic.kind}）"]
    if topic.speaker:
        lines.append(f"听取{topic.speaker}汇报。")
    lines += [f"{name}{_manner(one)}：{one.says or one.stance}" for name, one in shown.opinions]
    lines += [f"{name}回避：{why}。" for name, why in shown.recused]
    if topic.waived:
        lines.append(f"本议题会前准备没有齐全，经主持人同意例外上会：{topic.waived}。")
    lines.append(_outcome(topic))
    return lines


def _manner(one: Opinion) -> str:
    marks = [word for word, there in (("书面意见", one.written), ("先于其他成员表态", one.early)) if there]
    return f"（{'，'.join(marks)}）" if marks else ""


def _outcome(topic: Topic) -> str:
    decision = topic.decision
    if decision is None:
        return f"本议题{topic.state}。"
    count = decision.count
    votes = f"表决：同意{count.yes}票，反对{count.no}票，弃权{count.abstained}票。" if count else ""
    if topic.state == ADOPTED:
        return f"{votes}会议决定：{decision.text}"
    return f"{votes}{decision.outcome}{f'：{decision.text}' if decision.text else ''}。"


def _people(view: MeetingView, *, votes: bool) -> str:
    there = [one.name for one in view.chairs if one.votes is votes and one.seat and one.seat.state != "请假"]
    return "、".join(there) or "无"


def _absent(view: MeetingView) -> str:
    gone = [one for one in view.chairs if one.votes and (one.seat is None or one.seat.state == "请假")]
    return "、".join(_excuse(one) for one in gone) or "无"


def _excuse(one: Chair) -> str:
    return f"{one.name}（{one.seat.why}）" if one.seat and one.seat.why else one.name


def _names(view: MeetingView, mark: str) -> str:
    return "、".join(one.name for one in view.chairs if mark in one.marks)


def _paragraph(line: str) -> Paragraph:
    first = line.strip()[:2]
    heading = len(first) == 2 and first[0] in _NUMERALS and first[1] == "、"
    return Paragraph(line.strip(), Level.FIRST if heading and len(line.strip()) <= 24 else Level.TEXT)


def _paper(view: MeetingView, what: str, body: tuple[Paragraph | Table, ...], on: date) -> Paper:
    record = view.record
    document = OfficialDocument(
        issuer=record.court.name,
        title=f"{record.title}{what}",
        body=body,
        issued_on=on,
        number=record.number,
    )
    return Paper(f"{record.number}{what}.docx", write_document(document))
