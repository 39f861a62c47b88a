"""What the document of a notice says, field by field."""

from __future__ import annotations

from datetime import date

from mingjing.services.long_pending import tier_of
from mingjing.storage.supervision.models import Notice


def notice_fields(notice: Notice) -> dict[str, str]:
    """Chinese field → text for the blanks of the notice's document; empty where the case has no such fact."""
    case = notice.case
    tier = tier_of(case, notice.issued_on)
    original = case.original_filed_on or case.filed_on
    return {
        "文号": notice.number,
        "年": str(notice.year),
        "序号": str(notice.serial),
        "法院": notice.court.name,
        "案号": case.number,
        "案由": case.cause,
        "案件类型": case.kind,
        "审理程序": case.procedure,
        "当事人": case.parties_text,
        "承办部门": case.department.name if case.department else "",
        "承办人": notice.addressee.name if notice.addressee else case.handler_name,
        "立案日期": _spoken(case.filed_on),
        "原始立案日期": _spoken(original),
        "未结天数": str((notice.issued_on - original).days) if original else "",
        "审限届满日": _spoken(case.due_on),
        "长期未结档次": tier.label if tier else "",
        "督办层级": notice.level,
        "事由": notice.reason.rstrip("。；;."),
        "回复期限": _spoken(notice.reply_by),
        "结案期限": _spoken(notice.close_by),
        "签发日期": _spoken(notice.issued_on),
        "签发人": notice.issued_by.name,
        "书面原因": notice.reply,
        "承诺结案日期": _spoken(notice.planned_close),
    }


def _spoken(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
