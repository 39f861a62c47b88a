"""Self-service terminals: jobs by a key, the same job once, silence and return; codes at the counter."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mingjing.services.permissions import NotAllowed
from mingjing.services.records.acting import do
from mingjing.services.records.opening import open_record
from mingjing.services.window.giving import NoReceipts, give_code, slip_of
from mingjing.services.window.terminals import TERMINALS, fall_silent
from mingjing.storage.auditlog.models import Act
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Record
from mingjing.storage.window.models import Receipt
from tests.services.builders import House, acting, hire
from tests.web.signing_in import signed_in

ENQUIRY = "ledger.enquiry"
JOB = {"service": ENQUIRY, "job": "20240401-1", "q.question": "怎么立案"}


@pytest.fixture
def clerk(house: House) -> Person:
    return hire(house.court, "林服务", "诉讼服务人员", house.office)


@pytest.fixture
def terminal(clerk: Person) -> Record:
    record = open_record(acting(clerk), TERMINALS, "登记", {"名称": "大厅东", "位置": "大厅"})
    return do(acting(clerk), record.pk, "启用", {})


def at_work(clerk: Person, terminal: Record) -> Client:
    """The machine with its key."""
    return Client(headers={"Authorization": f"Bearer {give_code(acting(clerk), terminal.pk)}"})


def test_a_job_becomes_a_record_and_a_slip_goes_back(clerk: Person, terminal: Record) -> None:
    answer = at_work(clerk, terminal).post("/window-terminal", JOB)
    assert answer.status_code == 201 and answer.json()["code"]
    record = Record.objects.get(number=answer.json()["number"])
    assert record.receipt.terminal == terminal
    assert f"自助终端 {terminal.number}" in record.acts.get().flags
    slip = slip_of(acting(clerk), terminal)
    assert slip is not None and slip.terminal and slip.jobs == 1 and slip.seen is not None


def test_the_same_job_sent_again_makes_no_second_record(clerk: Person, terminal: Record) -> None:
    machine = at_work(clerk, terminal)
    first, again = (machine.post("/window-terminal", JOB).json() for _ in range(2))
    assert first["number"] == again["number"] and first["code"] != again["code"]
    assert Record.objects.filter(register=ENQUIRY).count() == 1


def test_a_new_code_for_the_same_job_stands_in_the_log(clerk: Person, terminal: Record) -> None:
    machine = at_work(clerk, terminal)
    before = Act.objects.count()
    for _ in range(3):
        machine.post("/window-terminal", JOB)
    record = Record.objects.get(register=ENQUIRY)
    said = Act.objects.filter(seq__gte=before).order_by("seq").values_list("verb", "subject_id", "payload")
    about = (str(record.pk), f'{{"编号":"{record.number}","自助终端":"{terminal.number}"}}')
    assert said[0][1] == str(record.pk)
    assert list(said[1:]) == [("补发查询码", *about)] * 2


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer K7QP-4M2X-9TRD", "Basic x", "\u00ff"])
def test_without_a_key_in_use_nothing_is_taken(terminal: Record, header: str) -> None:
    answer = Client(headers={"Authorization": header}).post("/window-terminal", JOB)
    assert answer.status_code == 401 and answer["Content-Type"] == "application/problem+json"
    assert not Record.objects.filter(register=ENQUIRY).exists()


def test_what_cannot_be_taken_says_why(clerk: Person, terminal: Record) -> None:
    machine = at_work(clerk, terminal)
    assert machine.post("/window-terminal", {**JOB, "service": "ledger.rectification"}).status_code == 404
    assert machine.post("/window-terminal", {"service": ENQUIRY}).json()["code"] == "not-filled"
    assert machine.get("/window-terminal").status_code == 405
    lie = SimpleUploadedFile("a.pdf", b"MZ" + bytes(99))
    said = {
        "service": "ledger.party_query",
        "q.number": "1",
        "q.name": "申某",
        "q.phone": "1",
        "q.proof": lie,
    }
    assert machine.post("/window-terminal", said).status_code == 422


def test_silence_is_an_act_and_so_is_coming_back(
    clerk: Person, terminal: Record, moment: Callable[[str], None]
) -> None:
    machine = at_work(clerk, terminal)
    assert machine.post("/window-terminal").json() == {"heard": True}
    before = Act.objects.count()
    moment("2024-04-01T09:30:00")
    assert fall_silent() == 0
    moment("2024-04-01T09:30:01")
    assert fall_silent() == 1 and Record.objects.get(pk=terminal.pk).state == "失联"
    assert fall_silent() == 0
    assert machine.post("/window-terminal").status_code == 200
    assert Record.objects.get(pk=terminal.pk).state == "运行"
    assert Act.objects.count() == before + 2, "signs of life leave no entry, silence and return do"


def test_a_terminal_out_of_use_is_not_heard(house: House, clerk: Person, terminal: Record) -> None:
    machine = at_work(clerk, terminal)
    chief = hire(house.court, "何主任", "诉讼服务中心主任", None)
    do(acting(chief), terminal.pk, "停用", {"停用理由": "换新的"})
    assert machine.post("/window-terminal").status_code == 401


def test_a_new_code_voids_the_old_and_leaves_an_entry(clerk: Person, terminal: Record) -> None:
    machine = at_work(clerk, terminal)
    page = signed_in(clerk).post(f"/records/{terminal.pk}/code").content.decode()
    assert "密钥只显示这一次" in page
    assert machine.post("/window-terminal").status_code == 401
    assert Act.objects.latest("seq").verb == "给出查询码"
    assert Receipt.objects.get(record=terminal).given_by == clerk


def test_only_who_acts_on_a_matter_gives_its_code(house: House, clerk: Person, terminal: Record) -> None:
    with pytest.raises(NotAllowed):
        give_code(acting(house.judge), terminal.pk)
    rating = {
        "事项": "立案", "被评部门": house.office.pk, "评价日期": "2024-04-01", "方式": "窗口", "评价": "满意",
    }  # fmt: skip
    other = open_record(acting(clerk), "ledger.service_rating", "登记", rating)
    with pytest.raises(NoReceipts):
        give_code(acting(clerk), other.pk)
