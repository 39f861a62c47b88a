"""What hangs on the public window in the permission table: a service, a receipt, what was published."""

from __future__ import annotations

from django.utils import timezone

from mingjing.services.window.entering import enter
from mingjing.storage.published.models import PublishedRecord
from mingjing.storage.records.models import Record
from tests.services.builders import House

SERVICE = "ledger.enquiry"
ASKED = {"question": ["立案要带什么"]}


def of_the_window(house: House) -> dict[str, object]:
    """Somebody asked something at the window; a notice stands on the public pages."""
    entered = enter(house.court, SERVICE, ASKED, {})
    record = Record.objects.get(number=entered.number)
    notice = PublishedRecord.objects.create(
        record=10**6, code=house.court.code, court=house.court.name, column="通知公告", title="开庭公告",
        shown=[["正文", "长文本", "三月开庭。"]], published_at=timezone.now(),
    )  # fmt: skip
    return {"service": SERVICE, "receipt_id": record.pk, "published_id": notice.pk}
