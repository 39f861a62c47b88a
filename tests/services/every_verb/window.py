"""The public window: what somebody outside hands in, does with the receipt, reads of the own case."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from mingjing.services.installation import now
from mingjing.services.records.acting import do
from mingjing.services.records.opening import open_record
from mingjing.services.window import entering, following, giving, parties, terminals
from mingjing.services.window.entering import Entered
from mingjing.services.window.offers import offered
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Record
from mingjing.storage.window.models import Receipt
from tests.services.builders import acting, hire
from tests.services.every_verb.world import Verb, World, does

ENQUIRY, SERVICE, FILING = "ledger.enquiry", "ledger.litigation_service", "ledger.filing_application"
ASKED = {"kind": ["立案咨询"], "applicant": ["申某"], "phone": ["13800000000"], "request": ["怎么立案"]}
FILED = {
    "applicant": ["申某"], "role": ["当事人本人"], "phone": ["13800000000"], "cause": ["民间借贷"],
    "opposite": ["何某"], "claim": ["还款五万元"],
}  # fmt: skip


def asked(w: World) -> Entered:
    """Somebody asks for a service."""
    return entering.enter(w.house.court, SERVICE, ASKED, {})


def clerk(w: World) -> Person:
    """Somebody at the counter."""
    return hire(w.house.court, "林服务", "诉讼服务人员", w.house.office)


def terminal(w: World) -> tuple[Record, str]:
    """A terminal at work, and its key."""
    hand = acting(clerk(w))
    record = open_record(hand, terminals.TERMINALS, "登记", {"名称": "大厅", "位置": "大厅"})
    do(hand, record.pk, "启用", {})
    return record, giving.give_code(hand, record.pk)


@does("window.entering.enter")
def hand_a_form_in(w: World) -> Verb:
    assert w.house
    return lambda: asked(w)


@does("window.entering.enter")
def hand_a_form_in_with_papers(w: World) -> Verb:
    offered(w.house.court, FILING)  # what it reads is read before, once for every crash trial
    papers = {"files": [SimpleUploadedFile("起诉状.txt", b"please pay", "text/plain")]}
    return lambda: entering.enter(w.house.court, FILING, FILED, papers)


@does("window.entering._again")
def a_terminal_sends_its_job_twice(w: World) -> Verb:
    device, _ = terminal(w)
    first = entering.enter(w.house.court, SERVICE, ASKED, {}, terminal=device, job="A-1")
    assert first.number
    return lambda: entering.enter(w.house.court, SERVICE, ASKED, {}, terminal=device, job="A-1")


@does("window.following.act_on")
def take_a_request_back(w: World) -> Verb:
    entered = asked(w)
    return lambda: following.act_on(w.house.court, entered.number, entered.code, "撤回", {}, {})


@does("window.giving.give_code")
def give_a_receipt_at_the_counter(w: World) -> Verb:
    entered, hand = asked(w), acting(clerk(w))
    record = Record.objects.get(number=entered.number)
    return lambda: giving.give_code(hand, record.pk)


@does("window.parties._log_look")
def a_party_looks(w: World) -> Verb:
    case, filer = w.case, hire(w.house.court, "叶青", "立案登记员", w.house.office)
    case.parties.get_or_create(role="原告", name="申某")
    hand = acting(filer)
    record = open_record(hand, "ledger.party_query", "登记", {"案号": case.number, "当事人": "申某"})
    do(hand, record.pk, "核对通过", {"案件": case.pk, "核对方式": "窗口核对证件", "有效期至": "2024-12-31"})
    code = giving.give_code(hand, record.pk)
    return lambda: parties.case_progress(w.house.court, case.number, "申某", code)


@does("window.terminals._change")
def a_terminal_falls_silent(w: World) -> Verb:
    _, key = terminal(w)
    terminals.heard(key)
    Receipt.objects.update(seen_at=now() - timedelta(hours=1))
    return terminals.fall_silent
