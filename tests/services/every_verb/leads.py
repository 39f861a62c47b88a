"""Leads: each act leaves its sealed entry, which names neither who nor what."""

from __future__ import annotations

from datetime import date

from mingjing.services.leads import duplicates, entrance, following, keys, sight, talking, working
from mingjing.services.leads.clocks import tell_leads
from mingjing.services.leads.receiving import Received, Report, SealedFile, receive
from mingjing.services.leads.searching import search
from mingjing.storage.leads.models import Lead, SealKey
from tests.services.builders import DAY
from tests.services.every_verb.world import Verb, World, does
from tests.services.leads.conftest import PASSPHRASE, QUICK, TEXT
from tests.services.leads.test_from_report_to_archive import verify

OTHER = "换了一句新的口令放在这里了"


def report(w: World) -> Received:
    """Somebody reports the judge."""
    court = w.office.house.court
    return receive(Report(court, TEXT, (w.house.judge.name,), "民事审判第一庭"))


def founded(w: World) -> Lead:
    """The report was found true."""
    lead = report(w).lead
    verify(w.office, lead.pk, "属实", blood=True)
    working.do(w.own(w.office.inspector), lead.pk, "审结", {}, w.office.opened(w.office.inspector))
    return lead


@does("leads.receiving.receive")
def somebody_reports(w: World) -> Verb:
    assert w.office
    return lambda: report(w)


@does("leads.receiving.receive")
def somebody_reports_at_the_entrance(w: World) -> Verb:
    court, ticket = w.office.house.court, entrance.new_ticket().text
    w.at("2024-04-01T09:05:00")  # whoever writes a report waits meanwhile
    paper = SealedFile("照片.txt", "text/plain", "转账记录".encode())
    return lambda: entrance.report(
        ticket, "", court=court, text=TEXT, reported=w.house.judge.name, files=(paper,)
    )


@does("leads.sight.open_lead")
def read_a_lead(w: World) -> Verb:
    lead, chief = report(w).lead, w.office.chief
    key = w.office.opened(chief)
    return lambda: sight.open_lead(w.own(chief), lead.pk, key)


@does("leads.sight.leave")
def leave_a_lead(w: World) -> Verb:
    lead = report(w).lead
    return lambda: sight.leave(lead, w.own(w.office.chief))


@does("leads.working.do")
def take_a_lead_up(w: World) -> Verb:
    lead, chief = report(w).lead, w.office.chief
    key = w.office.opened(chief)
    return lambda: working.do(w.own(chief), lead.pk, "受理", {}, key)


@does("leads.working.hand_again")
def seal_again_to_a_member(w: World) -> Verb:
    lead, office = report(w).lead, w.office
    keys.start_over(w.own(office.inspector), PASSPHRASE, cost=QUICK)
    key = office.opened(office.chief)
    return lambda: working.hand_again(w.own(office.chief), lead.pk, office.inspector.pk, key)


@does("leads.talking.write_message")
def the_reporter_writes(w: World) -> Verb:
    words = report(w).receipt.words
    return lambda: talking.write_message(words, "已放在信箱。")


@does("leads.talking.answer")
def the_reporter_is_answered(w: World) -> Verb:
    lead = report(w).lead
    return lambda: talking.answer(w.own(w.office.chief), lead.pk, "能否提供原图？")


@does("leads.duplicates.link")
def link_two_leads(w: World) -> Verb:
    one, two = report(w).lead, report(w).lead
    return lambda: duplicates.link(w.own(w.office.chief), two.pk, one.pk)


@does("leads.following.open_checks")
def check_both(w: World) -> Verb:
    lead = founded(w)
    day = date(2021, 6, 1)
    return lambda: following.open_checks(w.own(w.office.chief), lead.pk, w.house.judge.pk, day)


@does("leads.following.conclude_check")
def conclude_one_check(w: World) -> Verb:
    lead, chief = founded(w), w.own(w.office.chief)
    following.open_checks(chief, lead.pk, w.house.judge.pk, date(2021, 6, 1))
    return lambda: following.conclude_check(chief, lead.pk, 1, accountable=True, finding="缺位")


@does("leads.following.record_measure")
def a_measure(w: World) -> Verb:
    lead, office = founded(w), w.office
    key = office.opened(office.chief)
    return lambda: following.record_measure(
        w.own(office.chief), lead.pk, key, person="林知远", form="第一种形态", kind="诫勉", on=DAY
    )


@does("leads.clocks.tell_leads")
def the_clock_speaks_of_a_lead(w: World) -> Verb:
    report(w)
    return lambda: tell_leads(date(2024, 4, 20))


@does("leads.keys.make_key")
def a_key(w: World) -> Verb:
    chief = w.own(w.office.chief)
    SealKey.objects.filter(person=w.office.chief).update(retired_on=DAY)
    return lambda: keys.make_key(chief, PASSPHRASE, cost=QUICK)


@does("leads.keys.change_passphrase")
def another_passphrase(w: World) -> Verb:
    key = w.office.opened(w.office.chief)
    return lambda: keys.change_passphrase(w.own(w.office.chief), key, OTHER)


@does("leads.keys.replace_key")
def another_key(w: World) -> Verb:
    key = w.office.opened(w.office.chief)
    return lambda: keys.replace_key(w.own(w.office.chief), key, OTHER)


def deposited(w: World) -> None:
    """The chief's key lies with two officers."""
    office = w.office
    keys.deposit(w.own(office.chief), office.opened(office.chief), office.officer, office.clerk)


@does("leads.keys.deposit")
def lay_a_key_with_two(w: World) -> Verb:
    office = w.office
    key = office.opened(office.chief)
    return lambda: keys.deposit(w.own(office.chief), key, office.officer, office.clerk)


@does("leads.keys.ask_recovery")
def ask_for_the_key_back(w: World) -> Verb:
    deposited(w)
    return lambda: keys.ask_recovery(w.own(w.office.chief), OTHER, cost=QUICK)


@does("leads.keys.give_half")
def give_one_half(w: World) -> Verb:
    deposited(w)
    asked = keys.ask_recovery(w.own(w.office.chief), OTHER, cost=QUICK)
    key = w.office.opened(w.office.officer)
    return lambda: keys.give_half(w.own(w.office.officer), key, asked.pk)


@does("leads.keys.recover")
def have_the_key_back(w: World) -> Verb:
    deposited(w)
    asked = keys.ask_recovery(w.own(w.office.chief), OTHER, cost=QUICK)
    for one in (w.office.officer, w.office.clerk):
        keys.give_half(w.own(one), w.office.opened(one), asked.pk)
    return lambda: keys.recover(w.own(w.office.chief), OTHER)


@does("leads.searching.search")
def search_ones_leads(w: World) -> Verb:
    report(w)
    key = w.office.opened(w.office.chief)
    return lambda: search(w.own(w.office.chief), key, "红包")
