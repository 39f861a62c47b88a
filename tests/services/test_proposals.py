"""四类案件 and diversion: rules propose, people decide (R-064, journey J3)."""

from __future__ import annotations

from datetime import date

from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.services.proposal_decisions import decide_proposal
from mingjing.services.proposal_sweep import screen_cases
from mingjing.services.proposals import mark_case, screen_case, share_of_four_kinds
from mingjing.storage.cases.models import Case
from mingjing.storage.supervision.models import Proposal
from tests.services.builders import DAY, House, acting, entries, file_case
from tests.services.conftest import Logged, Refused


def _crowded(house: House, serial: int = 1) -> Case:
    case = file_case(house, serial=serial)
    case.party_count = 12
    case.save()
    return case


def _four(case: Case) -> Proposal:
    return Proposal.objects.get(case=case, marks="四类案件")


def test_a_rule_proposes_with_its_reason_and_its_version(house: House, one_entry: Logged) -> None:
    case = _crowded(house)
    with one_entry() as found:
        screen_case(case, DAY)
    proposal = _four(case)
    assert (proposal.category, proposal.rule, proposal.state) == ("第二类", "群体性纠纷", "待确认")
    assert "当事人 12 人" in proposal.reason
    assert proposal.definition.startswith("screening.four_kinds @ ")
    assert found[0].actor_name == "时钟"


def test_screening_again_proposes_nothing_new_and_logs_nothing(house: House) -> None:
    case = _crowded(house)
    screen_case(case, DAY)
    assert screen_case(case, DAY) == []
    assert len(entries("提出认定建议")) == 1


def test_an_open_proposal_gets_the_present_reason_a_decided_one_keeps_its_own(house: House) -> None:
    case = _crowded(house)
    screen_case(case, DAY)
    case.party_count = 15
    case.save()
    screen_case(case, DAY)
    assert "当事人 15 人" in _four(case).reason
    decide_proposal(acting(house.head), proposal_id=_four(case).pk, confirm=False, reason="已经和解")
    case.party_count = 20
    case.save()
    screen_case(case, DAY)
    assert ("当事人 15 人" in _four(case).reason, _four(case).state) == (True, "不认定")


def test_a_sweep_screens_open_cases_that_changed(house: House) -> None:
    one, two = _crowded(house, 1), _crowded(house, 2)
    Case.objects.filter(pk=two.pk).update(closed_on=DAY)
    assert screen_cases(DAY) > 0
    assert Proposal.objects.filter(case=one).exists()
    assert not Proposal.objects.filter(case=two).exists()
    assert screen_cases(DAY) == 0


def test_a_case_without_the_facts_is_not_guessed_at(house: House) -> None:
    assert not [p for p in screen_case(file_case(house), DAY) if p.marks == "四类案件"]


def test_confirming_marks_the_case_and_declining_needs_a_reason(
    house: House, one_entry: Logged, refused: Refused
) -> None:
    one, two = _crowded(house, 1), _crowded(house, 2)
    for case in (one, two):
        screen_case(case, DAY)
    with one_entry() as found:
        decide_proposal(acting(house.head), proposal_id=_four(one).pk, confirm=True)
    assert (_four(one).state, _four(one).decided_by, found[0].verb) == ("已确认", house.head, "确认四类案件")
    assert "标识四类案件" in Case.objects.get(pk=one.pk).milestones
    with refused("“不认定的理由”没有填写"):
        decide_proposal(acting(house.head), proposal_id=_four(two).pk, confirm=False)
    with one_entry():
        decide_proposal(acting(house.head), proposal_id=_four(two).pk, confirm=False, reason="已经和解")


def test_the_second_decision_is_told_of_the_first(house: House, refused: Refused) -> None:
    case = _crowded(house)
    screen_case(case, DAY)
    decide_proposal(acting(house.head), proposal_id=_four(case).pk, confirm=True)
    with refused("已由 周岚 于 2024-04-01 决定：已确认"):
        decide_proposal(acting(house.manager), proposal_id=_four(case).pk, confirm=False, reason="不是")


def test_a_judge_may_mark_but_not_decide(house: House, one_entry: Logged, refused: Refused) -> None:
    case = file_case(house)
    with one_entry() as found:
        mark_case(
            acting(house.judge), case_id=case.pk, marks="四类案件", category="第二类", reason="媒体关注"
        )
    assert (_four(case).proposed_by, found[0].verb) == (house.judge, "提出四类案件")
    with refused("不能“认定四类案件”", of=NotAllowed):
        decide_proposal(acting(house.judge), proposal_id=_four(case).pk, confirm=True)
    with refused("已于 2024-04-01 提出：待确认"):
        mark_case(acting(house.head), case_id=case.pk, marks="四类案件", category="第二类", reason="同上")


def test_a_declined_mark_may_be_proposed_for_a_new_reason(house: House) -> None:
    case = _crowded(house)
    screen_case(case, DAY)
    decide_proposal(acting(house.head), proposal_id=_four(case).pk, confirm=False, reason="已经和解")
    mark_case(acting(house.judge), case_id=case.pk, marks="四类案件", category="第二类", reason="和解反悔")
    assert (_four(case).state, _four(case).reason, _four(case).decided_by) == ("待确认", "和解反悔", None)


def test_unknown_marks_categories_and_empty_reasons_are_refused(house: House, refused: Refused) -> None:
    case = file_case(house)
    judge = acting(house.judge)
    with refused("没有“五类案件”", "四类案件"):
        mark_case(judge, case_id=case.pk, marks="五类案件", category="第二类", reason="关注")
    with refused("没有“第九类”"):
        mark_case(judge, case_id=case.pk, marks="四类案件", category="第九类", reason="关注")
    with refused("“理由”没有填写"):
        mark_case(judge, case_id=case.pk, marks="四类案件", category="第二类", reason="")
    with refused(of=NotVisible):
        mark_case(acting(house.stranger), case_id=case.pk, marks="四类案件", category="第二类", reason="关注")


def test_a_confirmed_track_is_the_cases_and_the_other_tracks_fall(house: House) -> None:
    case = _crowded(house)
    screen_case(case, DAY)
    mark_case(acting(house.judge), case_id=case.pk, marks="繁简分流", category="速裁", reason="争议不大")
    chosen = Proposal.objects.get(case=case, marks="繁简分流", category="繁案")
    decide_proposal(acting(house.judge), proposal_id=chosen.pk, confirm=True)
    other = Proposal.objects.get(case=case, marks="繁简分流", category="速裁")
    assert Case.objects.get(pk=case.pk).track == "繁案"
    assert (other.state, other.decision_reason) == ("不认定", "已分流到繁案")


def test_a_simple_bankruptcy_is_tried_by_the_simplified_procedure(house: House) -> None:
    case = file_case(house, kind="破产", procedure="破产程序")
    case.facts = {"无财产或不足支付费用": True}
    case.save()
    screen_case(case, DAY)
    proposal = Proposal.objects.get(case=case, marks="破产简化审")
    decide_proposal(acting(house.head), proposal_id=proposal.pk, confirm=True)
    case.refresh_from_db()
    assert (case.procedure, "转入简化审" in case.milestones) == ("简化破产程序", True)


def test_what_speaks_against_simplifying_outweighs_what_speaks_for_it(house: House) -> None:
    case = file_case(house, kind="破产", procedure="破产程序")
    case.facts = {"无财产或不足支付费用": True, "涉重整": "是"}
    case.save()
    screen_case(case, DAY)
    assert [p.category for p in Proposal.objects.filter(case=case, marks="破产简化审")] == ["不宜简化"]


def test_fifteen_of_a_hundred_is_fifteen_percent_and_none_is_no_data(house: House) -> None:
    cases = [_crowded(house, n) for n in range(1, 21)]
    for case in cases[:3]:
        screen_case(case, DAY)
        decide_proposal(acting(house.head), proposal_id=_four(case).pk, confirm=True)
    screen_case(cases[3], DAY)  # proposed, not confirmed
    actor = acting(house.manager)
    share = share_of_four_kinds(actor, first=date(2024, 3, 1), last=date(2024, 3, 31))
    assert (share.marked, share.accepted, share.percent) == (3, 20, 15.0)
    empty = share_of_four_kinds(actor, first=date(2023, 1, 1), last=date(2023, 1, 31))
    assert (empty.marked, empty.accepted, empty.percent) == (0, 0, None)
