"""The optional way out of the house: one e-mail a day to each person with new alerts of cases and records.

Alerts live in the database whether or not any mail goes out; a failed delivery is kept with its reason and
tried again on the next pass of the same day.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Count

from mingjing.services.installation import now
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import RecordAlert
from mingjing.storage.supervision.models import Alert, Delivery

CHANNEL = "邮件"


def deliver(on: date) -> int:
    """Send what was raised for each person by ``on`` and not yet mailed today. Returns the mails sent."""
    if not settings.CONFIGURATION.email_host:
        return 0
    done = set(
        Delivery.objects.filter(day=on, channel=CHANNEL, sent_at__isnull=False).values_list(
            "person", flat=True
        )
    )
    waiting = _waiting(on)
    people = Person.objects.filter(pk__in=waiting.keys() - done).exclude(email="").order_by("pk")
    return sum(_mail(person, on, waiting[person.pk]) for person in people)


def _waiting(on: date) -> Counter[int]:
    """Person → how many alerts of cases and records were raised for them that day and are not settled."""
    found: Counter[int] = Counter()
    for table in (Alert, RecordAlert):
        rows = table._default_manager.filter(settled="", raised_at__date__gte=on, person__isnull=False)
        found.update(dict(rows.order_by().values_list("person").annotate(count=Count("pk"))))
    return found


def _mail(person: Person, on: date, count: int) -> int:
    delivery, _ = Delivery.objects.get_or_create(
        person=person, day=on, channel=CHANNEL, defaults={"alerts": count}
    )
    try:
        send_mail(
            f"明镜：{count} 条新提醒（{on}）",
            f"{person.name}，您好：\n\n截至 {on}，有 {count} 条新提醒等您处理。"
            "请登录明镜查看“今日”。\n\n邮件不含案情。",
            settings.DEFAULT_FROM_EMAIL,
            [person.email],
        )
    except (OSError, SMTPException) as error:
        delivery.error = str(error)[:200]
        delivery.save()
        return 0
    delivery.alerts, delivery.sent_at, delivery.error = count, now(), ""
    delivery.save()
    return 1
