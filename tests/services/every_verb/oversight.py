"""What the case-management office, the division heads and the clock do over many cases."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mingjing.domain.dates.periods import read_period
from mingjing.services.circulars import send_circulars
from mingjing.services.detecting.finding import _run_court
from mingjing.services.entry_checks import check_entries, check_my_court, explain_finding
from mingjing.services.exporting import Column, Sheet, export
from mingjing.services.figures.following import settle
from mingjing.services.figures.keeping import keep_figure
from mingjing.services.figures.ranges import enter_range, strike_range
from mingjing.services.figures.sight import whole
from mingjing.services.notice_chain import escalate_notices, lift_notice
from mingjing.services.notices import issue_notices, reply_notice
from mingjing.services.proposal_decisions import decide_proposal
from mingjing.services.proposals import mark_case, screen_case
from mingjing.services.sweeping import sweep
from mingjing.services.tick import speak_case
from mingjing.storage.cases.models import Case
from mingjing.storage.indicators.models import ReferenceRange
from mingjing.storage.supervision.models import Finding, Notice, Proposal
from tests.services.builders import DAY, file_case, happen
from tests.services.detecting.test_from_hit_to_verdict import closed_early
from tests.services.every_verb.world import Verb, World, does

CLOSE_BY = date(2024, 5, 31)
WITHIN = "indicator.within_limit"


def faulty(w: World) -> Case:
    """A case without a cause of action."""
    Case.objects.filter(pk=w.case.pk).update(cause="")
    return w.case


def finding(w: World) -> Finding:
    """What the check of entries finds of it."""
    case = faulty(w)
    check_entries(DAY)
    return Finding.objects.filter(case=case)[0]


@does("entry_checks._check_court")
def check_a_court(w: World) -> Verb:
    faulty(w)
    return lambda: check_my_court(w.manager)


@does("entry_checks.explain_finding")
def explain(w: World) -> Verb:
    found = finding(w)
    return lambda: explain_finding(w.judge, finding_id=found.pk, explanation="原卷即无案由")


@does("circulars._send")
def circular(w: World) -> Verb:
    found = finding(w)
    higher = w.own(w.house.higher_manager)
    return lambda: send_circulars(higher, week=found.week, court_codes=[w.house.court.code])


@does("exporting.export")
def workbook(w: World) -> Verb:
    columns: tuple[Column[str], ...] = (Column("文字", lambda row: row),)
    sheet = Sheet("清单", columns, ("甲",), "在办", "条")
    return lambda: export(w.manager, sheet, verb="导出清单")


@does("figures.keeping.keep_figure")
def keep(w: World) -> Verb:
    assert w.case
    settle()
    return lambda: keep_figure(
        w.manager, indicator_id="indicator.filed", period=read_period("2024-03"), seen=whole(w.manager)
    )


def ranged(w: World) -> ReferenceRange:
    """A range with its document."""
    return enter_range(
        w.manager, indicator=WITHIN, low=Decimal(90), high=None, document="法〔2024〕9号", since=DAY
    )


@does("figures.ranges.enter_range")
def enter_a_range(w: World) -> Verb:
    return lambda: ranged(w)


@does("figures.ranges.strike_range")
def strike_a_range(w: World) -> Verb:
    made = ranged(w)
    return lambda: strike_range(w.manager, range_id=made.pk, reason="文号写错")


def noticed(w: World) -> Notice:
    """A notice of supervision."""
    return issue_notices(
        w.manager, case_ids=[w.case.pk], reason="长期未结", reply_by=date(2024, 4, 10), close_by=CLOSE_BY
    )[0]


@does("notices.issue_notices")
def issue(w: World) -> Verb:
    ids = [file_case(w.house, serial=serial).pk for serial in (1, 2)]
    return lambda: issue_notices(w.manager, case_ids=ids, reason="长期未结")


@does("notices.reply_notice")
def reply(w: World) -> Verb:
    made = noticed(w)
    return lambda: reply_notice(w.judge, notice_id=made.pk, reason="待鉴定", planned_close=CLOSE_BY)


@does("notice_chain.lift_notice")
def lift(w: World) -> Verb:
    made = noticed(w)
    return lambda: lift_notice(w.manager, notice_id=made.pk, reason="案件已中止")


@does("notice_chain._climb")
def climb(w: World) -> Verb:
    noticed(w)
    return lambda: escalate_notices(date(2024, 4, 11))


@does("notice_chain._end_with_their_cases")
def ended_elsewhere(w: World) -> Verb:
    made = noticed(w)
    Case.objects.filter(pk=made.case_id).update(closed_on=date(2024, 4, 9))
    return lambda: escalate_notices(date(2024, 4, 10))


def proposed(w: World) -> Proposal:
    """A rule proposed 四类案件."""
    w.case.party_count = 12
    w.case.save()
    screen_case(w.case, DAY)
    return Proposal.objects.get(case=w.case, marks="四类案件")


@does("proposals.screen_case")
def screen(w: World) -> Verb:
    w.case.party_count = 12
    w.case.save()
    return lambda: screen_case(w.case, DAY)


@does("proposals.mark_case")
def mark(w: World) -> Verb:
    case = w.case
    return lambda: mark_case(w.judge, case_id=case.pk, marks="四类案件", category="第二类", reason="群体性")


@does("proposal_decisions.decide_proposal")
def decide(w: World) -> Verb:
    made = proposed(w)
    return lambda: decide_proposal(w.head, proposal_id=made.pk, confirm=False, reason="已经和解")


@does("sweeping.sweep")
def everything_anew(w: World) -> Verb:
    assert w.case
    return lambda: sweep(date(2024, 6, 20))


@does("tick.speak_case")
def the_clock_speaks(w: World) -> Verb:
    case = w.case
    happen(case, "移送审判庭", date(2024, 3, 14))
    return lambda: speak_case(case.pk, date(2024, 6, 20))


@does("detecting.finding._run_court")
def the_detectors_run(w: World) -> Verb:
    """At one court; each court is an act of its own."""
    closed_early(w.house)
    return lambda: _run_court(w.house.court, DAY)
