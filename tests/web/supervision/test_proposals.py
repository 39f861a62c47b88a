"""识别与分流: the rule behind a proposal, the decision, marks by hand, the share (R-064)."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.services.proposals import mark_case, screen_case, share_of_four_kinds
from mingjing.services.reading.proposals import shares
from mingjing.storage.cases.models import Case
from mingjing.storage.supervision.models import Proposal
from tests.services.builders import DAY, House, acting, entries, file_case
from tests.web.signing_in import signed_in, text_of
from tests.web.supervision.counting import statements


@pytest.fixture
def proposal(house: House) -> Proposal:
    """What the rule on numerous parties says of a case with twelve of them."""
    case = file_case(house)
    Case.objects.filter(pk=case.pk).update(party_count=12)
    case.refresh_from_db()
    return next(one for one in screen_case(case, DAY) if one.category == "第二类")


def test_the_page_names_the_rule_and_its_law(house: House, proposal: Proposal) -> None:
    page = text_of(signed_in(house.head), f"/proposals/{proposal.pk}")
    assert "群体性纠纷" in page
    assert "条件：当事人人数不少于 10" in page
    assert "法发〔2021〕30号第四条第一项" in page
    assert f'title="{proposal.definition}"' in page
    assert f">{proposal.definition}" not in page, "a person reads the name of the rules, not their key"


def test_the_head_confirms_and_the_case_is_marked(house: House, proposal: Proposal) -> None:
    response = signed_in(house.head).post(f"/proposals/{proposal.pk}", {"decision": "confirm", "reason": ""})
    assert response.status_code == 302
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == (Proposal.State.CONFIRMED, house.head)
    assert len(entries("确认四类案件")) == 1


def test_declining_needs_a_reason(house: House, proposal: Proposal) -> None:
    client = signed_in(house.head)
    response = client.post(f"/proposals/{proposal.pk}", {"decision": "decline", "reason": ""})
    assert response.status_code == 422
    assert "不认定的理由" in response.content.decode()
    client.post(f"/proposals/{proposal.pk}", {"decision": "decline", "reason": "已达成和解"})
    proposal.refresh_from_db()
    assert proposal.state == Proposal.State.DECLINED


def test_the_judge_reads_but_does_not_decide(house: House, proposal: Proposal) -> None:
    client = signed_in(house.judge)
    assert "您的决定" not in text_of(client, f"/proposals/{proposal.pk}")
    assert client.post(f"/proposals/{proposal.pk}", {"decision": "confirm"}).status_code == 404


def test_another_division_finds_nothing(house: House, proposal: Proposal) -> None:
    client = signed_in(house.stranger)
    assert client.get(f"/proposals/{proposal.pk}").status_code == 404
    assert proposal.case.number not in text_of(client, "/proposals?state=全部")


def test_a_case_is_marked_by_hand(house: House) -> None:
    case = file_case(house)
    client = signed_in(house.judge)
    form = {"number": case.number, "mark": "四类案件：第一类", "reason": "具有首案效应"}
    assert client.post("/proposals/mark", form).status_code == 302
    made = Proposal.objects.get(case=case, category="第一类")
    assert (made.proposed_by, made.state) == (house.judge, Proposal.State.OPEN)
    again = client.post("/proposals/mark", form)
    assert again.status_code == 422
    assert "已于 2024-04-01 提出" in again.content.decode()


def test_a_number_nobody_sees_is_refused(house: House) -> None:
    case = file_case(house)
    form = {"number": case.number, "mark": "四类案件：第一类", "reason": "具有首案效应"}
    response = signed_in(house.stranger).post("/proposals/mark", form)
    assert response.status_code == 422
    assert not Proposal.objects.exists()


def test_who_may_propose_nothing_finds_no_form(house: House) -> None:
    assert signed_in(house.higher_manager).get("/proposals/mark").status_code == 404


def test_the_share_counts_confirmed_among_those_filed(house: House, proposal: Proposal) -> None:
    for serial in range(2, 5):
        file_case(house, serial=serial)
    office = acting(house.manager)
    mark = mark_case(
        office,
        case_id=Case.objects.get(serial=None, number__contains="民初2号").pk,
        marks="四类案件",
        category="第一类",
        reason="具有首案效应",
    )
    Proposal.objects.filter(pk=proposal.pk).update(state="已确认")
    assert mark.state == Proposal.State.OPEN
    march = next(row for row in shares(office, "月") if row.first == date(2024, 3, 1))
    assert (march.share.marked, march.share.accepted, march.share.percent) == (1, 4, 25.0)
    assert march.share == share_of_four_kinds(office, first=date(2024, 3, 1), last=date(2024, 3, 31))
    quarter = next(row for row in shares(office, "季") if row.first == date(2024, 1, 1))
    assert (quarter.label, quarter.share) == ("2024 年第 1 季", march.share)
    empty = next(row for row in shares(office, "月") if row.first == date(2023, 8, 1))
    assert empty.share.percent is None


@pytest.mark.parametrize("path", ["/proposals/share", "/proposals/share?period=季", "/proposals/tracks"])
def test_the_figures_have_a_page(house: House, proposal: Proposal, path: str) -> None:
    response = signed_in(house.manager).get(path)
    assert response.status_code == 200
    assert "style=" not in response.content.decode()


def test_a_period_that_is_none_is_refused(house: House) -> None:
    assert signed_in(house.manager).get("/proposals/share?period=旬").status_code == 422


@pytest.mark.parametrize("who", ["judge", "head", "manager", "higher_manager"])
def test_the_list_takes_at_most_eight_statements(house: House, proposal: Proposal, who: str) -> None:
    assert statements(signed_in(getattr(house, who)), "/proposals?state=全部") <= 8
