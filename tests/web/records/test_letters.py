"""A record is printed as the letters its register names, from its own fields; what is empty is named."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document

from mingjing.services.records.acting import do
from mingjing.services.records.opening import open_record
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Record
from tests.services.builders import DAY, House, acting, hire
from tests.web.signing_in import signed_in, text_of

pytestmark = pytest.mark.django_db
REMINDER = "document.reminder_letter"


def raised(house: House) -> tuple[Record, Person]:
    """A reminder to the judge, raised by the inspector, not yet issued."""
    inspector = hire(house.court, "纪明", "督察员", house.office)
    values = {
        "方式": "一对一提醒", "来源": "审务督察", "提醒事由": "开庭迟到十分钟",
        "提醒对象": house.judge.pk, "对象部门": house.first_civil.pk,
    }  # fmt: skip
    return open_record(acting(inspector, DAY), "ledger.reminder", "提出", values), inspector


def issued(house: House, record: Record) -> None:
    """Issued by the leader in charge."""
    values = {"提醒人": house.leader.pk, "提醒内容": "请按时到庭。", "答复期限": "2024-04-10"}
    do(acting(house.leader, DAY), record.pk, "发出", values)


def test_a_letter_is_written_from_the_fields_of_the_record(house: House) -> None:
    record, inspector = raised(house)
    issued(house, record)
    client = signed_in(inspector)
    assert "提醒督办函" in text_of(client, f"/records/{record.pk}")
    answer = client.get(f"/records/{record.pk}/letters/{REMINDER}")
    assert answer.status_code == 200
    words = "\n".join(part.text for part in Document(BytesIO(answer.content)).paragraphs)
    assert "经审务督察发现：开庭迟到十分钟" in words
    assert "请于2024年4月10日前书面答复" in words
    assert house.judge.name in words
    assert record.number in words


def test_what_the_letter_still_lacks_is_named_on_the_page(house: House) -> None:
    record, inspector = raised(house)
    client = signed_in(inspector)
    answer = client.get(f"/records/{record.pk}/letters/{REMINDER}", follow=True)
    assert "提醒内容" in answer.content.decode()


def test_a_document_the_register_does_not_name_is_not_there(house: House) -> None:
    record, inspector = raised(house)
    path = f"/records/{record.pk}/letters/document.supervision_notice"
    assert signed_in(inspector).get(path).status_code == 404
    assert signed_in(house.keeper).get(f"/records/{record.pk}/letters/{REMINDER}").status_code == 404
