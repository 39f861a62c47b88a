"""A sealed lead does not exist for anybody outside, at every address there is, whatever its path (G9)."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from mingjing.services.leads import following
from mingjing.services.leads.clocks import tell_leads
from mingjing.services.leads.receiving import SealedFile
from mingjing.storage.leads.models import Lead
from mingjing.storage.people.models import Account, Person
from tests.services.builders import DAY, acting, hire
from tests.services.leads.conftest import PASSPHRASE, TEXT, Office, Reporting


def signed_in(person: Person) -> Client:
    account = Account.objects.filter(person=person).first()
    if account is None:
        account = Account.objects.create_account(f"p{person.pk}", "mingjing-demo", person)
    client = Client()
    client.force_login(account, backend="mingjing.services.sign_in.AccountBackend")
    return client


def outsiders(office: Office) -> list[Person]:
    house = office.house
    auditor = hire(house.court, "温故", "审计管理员", house.office)
    above = [house.judge, house.head, house.leader, house.president]
    return [*above, house.keeper, house.guardian, auditor, house.higher_manager, office.officer, office.clerk]


def every_address(pk: int) -> list[str]:
    """Each address of the house once, its numbers all set to the lead's."""

    def walk(resolver: URLResolver, before: str) -> list[str]:
        found = []
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                found += walk(entry, before + str(entry.pattern))
            elif isinstance(entry, URLPattern):
                found.append(before + str(entry.pattern))
        return found

    plain = []
    for pattern in walk(get_resolver(), "/"):
        path = re.sub(r"<int:\w+>", str(pk), pattern)
        plain.append(re.sub(r"<\w+:?\w*>", "ledger.lead", path))
    return plain


def test_no_page_of_an_outsider_names_the_lead(office: Office, reported: Reporting) -> None:
    lead: Lead = reported(channel="来信").lead
    tell_leads(DAY)
    for person in outsiders(office):
        client = signed_in(person)
        for path in every_address(lead.pk):
            if path.startswith(("/report", "/logout", "/api")):
                continue
            said = client.get(path).content.decode(errors="replace")
            for word in (lead.number, lead.mark, lead.commitment, TEXT[:12]):
                assert word not in said, f"{person.name} reads “{word}” at {path}"


@pytest.mark.parametrize("path", ["", "answer/", "do/?act=受理", "files/1/", "hand/1/"])
def test_an_outsider_is_told_that_there_is_no_such_page(
    office: Office, reported: Reporting, path: str
) -> None:
    pk = reported().lead.pk
    for person in outsiders(office):
        client = signed_in(person)
        there, nowhere = client.get(f"/leads/{pk}/{path}"), client.get(f"/leads/{pk + 999}/{path}")
        assert (there.status_code, nowhere.status_code) == (404, 404), person.name
        assert client.post(f"/leads/{pk}/{path}").status_code == 404


def test_the_common_registers_know_no_sealed_one(office: Office, reported: Reporting) -> None:
    reported()
    client = signed_in(office.chief)
    for path in every_address(1):
        if path.startswith(("/records", "/registers")) and "ledger.lead" in path:
            assert client.get(path).status_code in (302, 404), path


def test_who_works_on_it_opens_it_with_the_own_key_and_nothing_less(
    office: Office, reported: Reporting
) -> None:
    pk = reported().lead.pk
    client = signed_in(office.chief)
    page = client.get(reverse("lead", args=[pk])).content.decode()
    assert "内容封着" in page and TEXT not in page
    wrong = client.post(reverse("lead-keys"), {"passphrase": "不对的口令不对的口令"})
    assert wrong.status_code == 422
    gone_on = client.post(reverse("lead-keys"), {"passphrase": PASSPHRASE, "next": f"/leads/{pk}/"})
    assert gone_on["Location"] == f"/leads/{pk}/"
    cookie = client.cookies["seal"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/leads/")
    opened = client.get(reverse("lead", args=[pk]))
    assert TEXT in opened.content.decode() and "no-store" in opened["Cache-Control"]
    client.post(reverse("lead-key-lock"))
    assert TEXT not in client.get(reverse("lead", args=[pk])).content.decode()


def test_a_link_out_of_the_house_is_not_followed_after_unlocking(office: Office) -> None:
    client = signed_in(office.chief)
    for wanted in ("https://elsewhere.test/", "//elsewhere.test/leads/", "javascript:alert(1)"):
        answer = client.post(reverse("lead-keys"), {"passphrase": PASSPHRASE, "next": wanted})
        assert answer["Location"] == reverse("leads")


def test_an_act_is_done_from_its_form(office: Office, reported: Reporting) -> None:
    lead = reported().lead
    client = signed_in(office.chief)
    client.post(reverse("lead-keys"), {"passphrase": PASSPHRASE})
    path = reverse("lead-act", args=[lead.pk])
    assert client.post(f"{path}?act=受理").status_code == 302
    form = client.get(f"{path}?act=会商报方案").content.decode()
    assert office.officer.name in form and office.inspector.name not in form
    empty = client.post(f"{path}?act=会商报方案", {})
    assert empty.status_code == 422
    entered = {
        "conferees": "秦朗、章牧", "opinion": "核实", "disposal": "初步核实",
        "plan": "调账", "team": [office.officer.pk], "due": "2024-06-28",
    }  # fmt: skip
    assert client.post(f"{path}?act=会商报方案", entered).status_code == 302
    lead.refresh_from_db()
    assert lead.state == "待批方案"
    assert client.get(f"{path}?act=批准方案").status_code == 404, "it is the approver's to approve"


def test_what_comes_by_letter_is_sealed_from_whoever_enters_it(office: Office) -> None:
    petitions = hire(office.house.court, "许问", "信访干部", office.house.office)
    client = signed_in(petitions)
    said = {"channel": "来信", "court": office.house.court.pk, "reported": "林知远", "text": TEXT}
    page = client.post(reverse("lead-new"), said)
    assert page.status_code == 200 and "回执" in page.content.decode()
    lead = Lead.objects.get()
    assert lead.channel == "来信"
    assert client.get(reverse("lead", args=[lead.pk])).status_code == 404
    assert not acting(petitions).may("办理线索")


def test_a_list_asks_the_same_few_statements_for_many_leads(
    office: Office, reported: Reporting, django_assert_max_num_queries: object
) -> None:
    client = signed_in(office.chief)
    for _ in range(6):
        reported()
    assert callable(django_assert_max_num_queries)
    with django_assert_max_num_queries(22):
        client.get(reverse("leads"))


def addresses_of(client: Client, lead: Lead) -> set[str]:
    """Where an opened lead's page leads, less the lead's own random key."""
    page = client.get(reverse("lead", args=[lead.pk])).content.decode()
    return {
        one.replace(f"/leads/{lead.pk}/", "own/") for one in re.findall(r'(?:href|action)="([^"]+)"', page)
    }


def test_no_address_of_a_lead_counts_what_is_in_others(office: Office, reported: Reporting) -> None:
    note = SealedFile("账本.txt", "text/plain", "第三页".encode())
    client = signed_in(office.chief)
    client.post(reverse("lead-keys"), {"passphrase": PASSPHRASE})
    told = []
    for name in ("张甲", "李乙", "王丙"):
        lead = reported(reported=(name,), files=(note, note)).lead
        Lead.objects.filter(pk=lead.pk).update(data={**lead.data, "ending": "属实"})
        following.open_checks(acting(office.chief), lead.pk, office.house.judge.pk, date(2021, 6, 1))
        told.append(addresses_of(client, lead))
    assert told[0] == told[1] == told[2]
    assert {"own/files/1/", "own/files/2/", "own/checks/1/", "own/checks/2/"} <= told[2]
    assert client.get(f"/leads/{lead.pk}/files/2/").content.decode() == "第三页"
    assert client.get(f"/leads/{lead.pk}/files/3/").status_code == 404
    said = {"accountable": "on", "finding": "缺位"}
    assert client.post(f"/leads/{lead.pk}/checks/2/", said).status_code == 302
    assert [one.concluded_on is None for one in lead.checks.order_by("pk")] == [True, False]
