"""What a person does with their own alerts: see them, or put one off for a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.demands import Taken, day_within, days_set, filled
from mingjing.services.installation import now
from mingjing.services.permissions import NotVisible
from mingjing.storage.supervision.models import Alert

RED = 3


def mark_seen(actor: Actor, *, alert_ids: Sequence[int]) -> int:
    """Mark one's own alerts as seen; others' are left alone. Returns how many were new."""
    mine = Alert.objects.filter(pk__in=alert_ids, person=actor.person, seen_at=None)
    if not mine.exists():
        return 0
    with act(actor, "看过预警", needs="查看预警", subject_kind="预警", subject_id="") as record:
        ids = list(mine.select_for_update().values_list("pk", flat=True))
        changed = Alert.objects.filter(pk__in=ids, seen_at=None).update(seen_at=now())
        record.subject_id = str(ids[0]) if ids else ""
        record.payload = {"预警": ids}
    return changed


def snooze_alert(actor: Actor, *, alert_id: int, until: date, reason: str) -> Alert:
    """Put off one's own alert until a day; it speaks again the day after. The clock runs on.

    Raises
    ------
    NotVisible   not one's own alert
    Refusal      a red alert past its due day cannot be put off
    WrongEntry   no reason, or further than 预警暂缓最长 allows
    Taken        the matter is settled
    """
    why = filled(reason, "暂缓理由", example="已约定 10 月 12 日开庭，届时完成", longest=200)
    if not Alert.objects.filter(pk=alert_id, person=actor.person).exists():
        raise NotVisible
    with act(actor, "暂缓预警", needs="暂缓提醒", subject_kind="案件", subject_id="", why=why) as record:
        rows = Alert.objects.select_for_update(of=("self",)).select_related("case", "court")
        alert = rows.get(pk=alert_id)
        if alert.settled:
            raise Taken(f"这条预警已于 {alert.settled_on} 了结：{alert.settled}，不用再暂缓。")
        if alert.colour >= RED and alert.due_on < actor.on:
            raise Refusal(
                f"“{alert.label}”已于 {alert.due_on} 届满，红色预警不能暂缓。请办理，或者申请审限变更。"
            )
        longest = days_set("预警暂缓最长", alert.court)
        last = actor.on + timedelta(days=longest)
        cause = "已经过去" if until <= actor.on else f"超过了 {longest} 天"
        day_within(until, "暂缓至", first=actor.on + timedelta(days=1), last=last, cause=cause)
        alert.snoozed_until, alert.snooze_reason = until, why
        alert.seen_at = alert.seen_at or now()
        alert.save(update_fields=["snoozed_until", "snooze_reason", "seen_at"])
        record.subject_id = str(alert.case_id)
        record.payload = {"案号": alert.case.number, "节点": alert.label, "暂缓至": until}
    return alert
