"""Records of the registers, their periods, meetings, approvals, sheets, and what the clock does to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile

from mingjing.domain.dates.periods import period_of
from mingjing.services.reading.dossiers import dossier, taken_out
from mingjing.services.records import campaigns, excel, linking, reviewing
from mingjing.services.records.acting import do
from mingjing.services.records.bulletins import issue
from mingjing.services.records.compiling import review_circular
from mingjing.services.records.completing import settle_all
from mingjing.services.records.delegating import delegate, revoke
from mingjing.services.records.evidence import keep
from mingjing.services.records.expiring import expire
from mingjing.services.records.flags import propose_flag
from mingjing.services.records.listed_names import LIST, LISTED, meet_parties
from mingjing.services.records.obligations import Duty, Tended, _keep_in_step, duties, open_period, tend
from mingjing.services.records.opening import open_record
from mingjing.services.records.rosters import Book
from mingjing.services.records.rounds import open_round
from mingjing.services.records.shredding import shred
from mingjing.services.records.sight import seen_record
from mingjing.services.records.ticking import speak_record
from mingjing.services.records.versions import reference_of, register_at, registers_on, value_of
from mingjing.services.records.workbooks import export
from mingjing.services.records.writing import File
from mingjing.storage.cases.models import Party
from mingjing.storage.people.models import Department, Person, Posting
from mingjing.storage.records.models import Obligation, Record, RecordClock
from tests.services.assessments.builders import MONTH_SHEET, build_scoring
from tests.services.assessments.test_circulars_are_counted import GOOD as REVIEWED
from tests.services.assessments.test_circulars_are_counted import reviewed
from tests.services.assessments.test_what_is_gathered import checked
from tests.services.builders import DAY, SINCE, acting, hire
from tests.services.every_verb.world import Verb, World, does
from tests.services.records.builders import CHECK, CLUE, MENDING, accepted, registered
from tests.services.records.test_a_register_as_a_workbook import GOOD, checks
from tests.services.records.test_listed_names import FIRM

JULY = date(2026, 7, 25)
MONTHLY, PLEDGE, SESSIONS = "filing.three_rules", "filing.pledge", "activity.monthly_three"


def inspector(w: World) -> Person:
    """纪明 of the inspection office."""
    return hire(w.house.court, "纪明", "督察员", w.house.office)


@does("records.opening.open_record")
def register_a_problem(w: World) -> Verb:
    bench = w.bench
    return lambda: registered(bench)


@does("records.acting.do")
def take_a_problem_over(w: World) -> Verb:
    record = registered(w.bench)
    return lambda: accepted(w.bench, record)


@does("records.delegating.delegate")
def lend_ones_hand(w: World) -> Verb:
    bench = w.bench
    return lambda: delegate(
        acting(bench.inspector), taker_id=w.house.stranger.pk, reason="年休假", since=DAY, until=DAY
    )


@does("records.delegating.revoke")
def take_ones_hand_back(w: World) -> Verb:
    giver = acting(w.bench.inspector)
    made = delegate(giver, taker_id=w.house.stranger.pk, reason="年休假", since=DAY, until=DAY)
    return lambda: revoke(giver, made.pk)


def clue(w: World, files: Sequence[File] = ()) -> Record:
    """A secret record, opened and settled."""
    hand = acting(w.bench.inspector)
    values = {"反映内容": "收受礼品", "被反映人": w.house.judge.pk, "承办督察": w.bench.inspector.pk}
    record = open_record(hand, CLUE, "受理", values, files=files)
    return do(hand, record.pk, "了结", {"处理结果": "不属实"})


@does("records.sight._keep_look")
def look_at_a_secret_record(w: World) -> Verb:
    record = clue(w)
    return lambda: seen_record(acting(w.bench.inspector), record.pk)


@does("records.shredding.shred")
def destroy_in_time(w: World) -> Verb:
    record = clue(w)
    return lambda: shred(record, register_at(record), date(2027, 4, 2))


@does("records.shredding.shred")
def destroy_with_its_file(w: World) -> Verb:
    letter = keep(SimpleUploadedFile("信.pdf", b"%PDF-1.7 secret"))
    record = clue(w, [("材料", letter, "信.pdf")])
    return lambda: shred(record, register_at(record), date(2027, 4, 2))


@does("records.ticking.speak_record")
def the_clock_speaks_of_a_record(w: World) -> Verb:
    record = accepted(w.bench, registered(w.bench))
    return lambda: speak_record(record.pk, DAY + timedelta(days=200))


@does("records.bulletins.issue")
def a_bulletin(w: World) -> Verb:
    hand = acting(inspector(w))
    given = {
        "问题描述": "卷宗超期未归档", "问题来源": "案件评查", "问题类别": "审判执行",
        "责任部门": w.house.first_civil.pk,
    }  # fmt: skip
    open_record(hand, "ledger.rectification", "登记", given)
    register = next(one for one in registers_on(hand.court, hand.on) if one.id == "ledger.rectification")
    return lambda: issue(hand, register, "document.rectification_bulletin", {})


@does("records.workbooks.export")
def a_register_as_a_workbook(w: World) -> Verb:
    registered(w.bench)
    return lambda: export(acting(w.bench.inspector), MENDING)


@does("records.excel.confirm")
def a_workbook_as_a_register(w: World) -> Verb:
    hand, file = acting(w.bench.inspector), BytesIO(checks(GOOD).read())
    return lambda: excel.confirm(hand, CHECK, "登记检查", file, "检查.xlsx")


def two_records(w: World) -> tuple[int, int]:
    """A check and a problem, which it may be linked to."""
    check = open_record(acting(w.bench.inspector), CHECK, "登记检查", {"检查内容": "谈话"})
    return registered(w.bench).pk, check.pk


@does("records.linking.link")
def link_two_records(w: World) -> Verb:
    one, two = two_records(w)
    return lambda: linking.link(acting(w.bench.inspector), one, two, "同一事项")


@does("records.linking.unlink")
def unlink_two_records(w: World) -> Verb:
    hand, (one, two) = acting(w.bench.inspector), two_records(w)
    made = linking.link(hand, one, two, "同一事项")
    return lambda: linking.unlink(hand, made.pk)


def campaign(w: World) -> Obligation:
    """A letter everybody signs."""
    return campaigns.call(acting(inspector(w)), PLEDGE)


@does("records.campaigns.call")
def call_for_letters(w: World) -> Verb:
    hand = acting(inspector(w))
    return lambda: campaigns.call(hand, PLEDGE)


@does("records.campaigns.add_joiner")
def a_late_joiner(w: World) -> Verb:
    row = campaign(w)
    hand = acting(Person.objects.get(name="纪明"))
    late = hire(w.house.court, "新到", "审判员", w.house.first_civil)
    return lambda: campaigns.add_joiner(hand, row.pk, late.pk)


@does("records.campaigns.draw_sample")
def a_spot_check(w: World) -> Verb:
    w.at("2026-07-25T08:00:00")
    tend(JULY)
    row = Obligation.objects.get(court=w.house.court, register=MONTHLY, period="2026-07")
    for person in (w.house.judge, w.house.stranger, w.house.head):
        owed = Record.objects.get(register=MONTHLY, period="2026-07", holder=person)
        do(acting(person, JULY), owed.pk, "无事项", {})
    hand = acting(inspector(w), JULY)
    return lambda: campaigns.draw_sample(hand, row.pk)


def july(w: World) -> tuple[Book, Duty]:
    """25 July 2026, and the report everybody owes for the month."""
    w.at("2026-07-25T08:00:00")
    [duty] = duties(value_of(w.house.court, MONTHLY, JULY))
    return Book(w.house.court, JULY), duty


@does("records.obligations.open_period")
def the_clock_opens_a_period(w: World) -> Verb:
    book, duty = july(w)
    return lambda: open_period(book, duty, period_of(duty.every, JULY))


@does("records.obligations._keep_in_step")
def the_clock_follows_the_roster(w: World) -> Verb:
    book, duty = july(w)
    row = open_period(book, duty, period_of(duty.every, JULY))
    assert row is not None
    hire(w.house.court, "新到", "审判员", w.house.first_civil)
    return lambda: _keep_in_step(row, Book(w.house.court, JULY), Tended())


@does("records.completing.settle_all")
def the_clock_counts_meetings(w: World) -> Verb:
    w.at("2026-07-01T09:00:00")
    place = Department.objects.create(
        court=w.house.court, name="第一党支部", field="党支部", order=20, since=SINCE
    )
    Posting.objects.create(person=w.house.head, department=place, post="支部书记", since=SINCE)
    tend(date(2026, 7, 1))
    Obligation.objects.exclude(register=SESSIONS).delete()
    return lambda: settle_all(date(2026, 7, 1))


@does("records.expiring._expire")
def a_name_whose_time_is_over_leaves_the_list(w: World) -> Verb:
    court = w.house.court
    record = Record.objects.create(
        court=court, register=LIST, definition=reference_of(court, LIST, DAY), number="名单1",
        state=LISTED, opened_on=date(2024, 1, 5), revision=2,
        data={"name": FIRM, "kind": "单位", "from_day": "2024-01-05", "due": "2024-03-29"},
    )  # fmt: skip
    due = date(2024, 3, 29)
    RecordClock.objects.create(record=record, label="在列期限", turn=2, started=DAY, due_on=due)
    return lambda: expire(DAY)


@does("records.reviewing.review")
def the_clock_seats_the_new_head(w: World) -> Verb:
    assert w.bench
    given = {"申请事项": "调整职务", "份数": 1}
    open_record(acting(w.house.judge), "approval.sealing", "提交", given)
    Posting.objects.filter(person=w.house.head).update(until=DAY - timedelta(days=1))
    hire(w.house.court, "新任", "庭长", w.house.first_civil, since=DAY)
    return lambda: reviewing.review(DAY)


@does("records.rounds.open_round")
def a_round_of_sheets(w: World) -> Verb:
    w.at("2026-07-01T09:00:00")
    court = build_scoring(w.house)
    hand = acting(court.chief, date(2026, 7, 1))
    jury = [court.chief.pk, court.inspector.pk]
    return lambda: open_round(hand, MONTH_SHEET, "2026-06", jury)


@does("reading.dossiers.taken_out")
def a_dossier_on_paper(w: World) -> Verb:
    """Looking at it is an entry of its own, once a day."""
    hand = acting(inspector(w))
    dossier(hand, w.house.judge.pk)
    return lambda: taken_out(hand, w.house.judge.pk)


@does("records.compiling._written")
def a_circular_of_reviews(w: World) -> Verb:
    reviewed(build_scoring(w.house), 1, REVIEWED)
    return lambda: review_circular(w.manager, date(2024, 1, 1), DAY)


@does("records.flags.propose_flag")
def propose_the_flag(w: World) -> Verb:
    w.at("2028-01-05T09:00:00")
    court = build_scoring(w.house)
    place = court.units["甲"]
    for year in (2025, 2026, 2027):
        checked(court, place, date(year, 5, 8))
    return lambda: propose_flag(acting(court.chief, date(2028, 1, 5)), place.pk)


@does("records.listed_names._meet")
def the_clock_meets_a_listed_name(w: World) -> Verb:
    """The bribe-giver is a party of a case filed since they were listed."""
    Record.objects.create(
        court=w.house.court, register=LIST, definition=reference_of(w.house.court, LIST, DAY), number="名单1",
        state=LISTED, opened_on=date(2024, 1, 5), revision=2,
        data={"name": FIRM, "kind": "单位", "from_day": "2024-01-05", "due": "2028-01-05"},
    )  # fmt: skip
    Party.objects.create(case=w.case, role="被告", name=FIRM)
    return lambda: meet_parties(DAY)
