"""Somebody on the list of bribe-givers who comes to the court again: the office that receives them knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from mingjing.services.installation import registry
from mingjing.services.reading.records.page import record_view
from mingjing.services.reading.records.waiting import met_today
from mingjing.services.records.acting import do
from mingjing.services.records.listed_names import LIST, LISTED, PRIVATE, WATCH, meet_parties
from mingjing.services.records.opening import open_record
from mingjing.services.records.versions import reference_of
from mingjing.storage.auditlog.models import Act
from mingjing.storage.cases.models import Party
from mingjing.storage.people.models import Department, Person
from mingjing.storage.records.models import Record, RecordNotice
from tests.services.builders import DAY, SINCE, House, acting, file_case, hire
from tests.web.signing_in import signed_in, text_of

CODE, FIRM = "91530000MA0000001Y", "岚山智能设备（昆明）有限公司"
BUYING, PARTNERS = "approval.procurement", "ledger.partner"
CONTACT = {"类别": "企业", "联系人": "王某", "联系电话": "0871-0000"}


@dataclass(frozen=True)
class Desk:
    """A service centre with its head, a buyer, and a firm on the list."""

    house: House
    centre: Person
    officer: Person
    buyer: Person
    listed: Record


@pytest.fixture
def desk(house: House) -> Desk:
    place = Department.objects.create(court=house.court, name="诉讼服务中心", order=9, since=SINCE)
    data = {"name": FIRM, "kind": "单位", "id": CODE, "from_day": "2024-01-05", "due": "2028-01-05"}
    listed = Record.objects.create(
        court=house.court, register=LIST, definition=reference_of(house.court, LIST, DAY), number="名单1",
        state=LISTED, opened_on=date(2024, 1, 5), data=data, revision=2,
    )  # fmt: skip
    return Desk(
        house,
        hire(house.court, "顾澜", "诉讼服务中心主任", place),
        hire(house.court, "于洲", "诉讼服务人员", place),
        hire(house.court, "甘霖", "采购经办人", house.office),
        listed,
    )


def partner(desk: Desk, name: str) -> Record:
    return open_record(acting(desk.officer), PARTNERS, "登记接洽", {"单位名称": name, **CONTACT})


def bought(desk: Desk, **entered: object) -> Record:
    """A purchase that was agreed on, awarded."""
    record = Record.objects.create(
        court=desk.house.court, register=BUYING, definition=reference_of(desk.house.court, BUYING, DAY),
        number="采购1", state="已同意", opened_on=DAY, registered_by=desk.buyer, revision=1,
        data={"item": "门禁", "budget": "100000.00", "funded": True, "mode": "询价"},
    )  # fmt: skip
    rest = {
        "参加供应商": "甲公司、乙公司、丙公司",
        "有效供应商数": 3,
        "成交供应商在黑名单": False,
        "成交金额": "90000.00",
    }
    return do(acting(desk.buyer), record.pk, "成交", {**rest, **entered})


def told(record: Record) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in RecordNotice.objects.filter(record=record, person__isnull=False).select_related("person"):
        assert one.person is not None
        found.setdefault(one.person.name, []).append(one.sentence)
    return found


def hits(desk: Desk) -> object:
    desk.listed.refresh_from_db()
    return desk.listed.data.get("hits", 0)


@pytest.mark.parametrize("name", [FIRM, " 岚山智能設備(昆明)有限公司 ", "岚山智能设备（昆明） 有限公司"])
def test_the_name_alone_is_a_possible_hit_told_to_the_office(desk: Desk, name: str) -> None:
    record = partner(desk, name)
    sentences = told(record)
    assert set(sentences) == {"于洲", "顾澜"}, "whoever registers it, and the head of the office"
    assert all("可能是同一个" in one[0] and "确定" not in one[0] for one in sentences.values())
    assert hits(desk) == 1 and record.number in str(desk.listed.data["hit"])


def test_name_and_number_agreeing_are_a_certain_hit(desk: Desk) -> None:
    record = bought(desk, 成交供应商=FIRM, 统一社会信用代码=CODE)
    assert "确定是同一个" in told(record)["甘霖"][0]
    assert "（确定）" in str(hits(desk) and desk.listed.data["hit"])


@pytest.mark.parametrize("code", ["91530000MA0000009Z", "91530000MA0000002X"])
def test_the_same_name_with_another_number_is_somebody_else(desk: Desk, code: str) -> None:
    record = bought(desk, 成交供应商=FIRM, 统一社会信用代码=code)
    assert told(record) == {} and hits(desk) == 0


def test_one_of_several_bidders_is_found(desk: Desk) -> None:
    record = bought(desk, 参加供应商=f"甲公司、{FIRM}；丙公司", 成交供应商="甲公司")
    assert FIRM in told(record)["甘霖"][0]


def test_whoever_is_not_on_the_list_is_not_spoken_of(desk: Desk) -> None:
    assert told(partner(desk, "岚山机械有限公司")) == {} and hits(desk) == 0


def test_a_hit_is_told_once_and_a_name_taken_off_no_more(desk: Desk) -> None:
    record = partner(desk, FIRM)
    do(acting(desk.centre), record.pk, "未达成", {"评估情况": "不合适"})
    assert hits(desk) == 1 and len(told(record)["于洲"]) == 1
    Record.objects.filter(pk=desk.listed.pk).update(state="期满移出", over=True)
    assert told(partner(desk, FIRM)) == {}


def test_the_notice_does_not_carry_what_the_list_says(desk: Desk) -> None:
    sentences = str(told(partner(desk, FIRM)))
    assert CODE not in sentences and desk.listed.number not in sentences


def test_another_court_s_list_is_not_compared(desk: Desk) -> None:
    Record.objects.filter(pk=desk.listed.pk).update(court=desk.house.higher)
    assert told(partner(desk, FIRM)) == {}


def test_a_party_of_a_new_case_is_told_to_the_service_centre_once(desk: Desk) -> None:
    case = file_case(desk.house, filed_on=date(2024, 3, 1))
    Party.objects.create(case=case, role="被告", name=FIRM)
    old = file_case(desk.house, serial=2, filed_on=date(2023, 12, 1))
    Party.objects.create(case=old, role="被告", name=FIRM)
    assert [meet_parties(DAY), meet_parties(DAY)] == [1, 0]
    (sentence,) = told(desk.listed)["顾澜"]
    assert case.number in sentence and "可能是同一个" in sentence
    assert hits(desk) == 1
    assert Act.objects.filter(verb="记一次命中", subject_id=str(desk.listed.pk)).count() == 1


def test_every_row_of_the_watch_names_a_field_that_is_there(house: House) -> None:
    known = registry(house.court)
    watch = known.dictionary(WATCH)
    for key in watch.keys:
        row = watch.row(key)
        labels = {one.label for one in known.register(str(row["register"]), DAY).fields}
        assert {str(row["name"]), str(row["number"])} - {"无"} <= labels, key


def test_others_who_see_the_record_do_not_read_the_warning(desk: Desk) -> None:
    record = partner(desk, FIRM)
    assert [one.sentence for one in record_view(acting(desk.officer), record.pk).notices] != []
    assert record_view(acting(desk.house.clerk), record.pk).notices == ()


def test_today_tells_the_office_for_two_weeks_and_opens_what_it_may_open(desk: Desk) -> None:
    record = partner(desk, FIRM)
    case = file_case(desk.house, filed_on=date(2024, 3, 1))
    Party.objects.create(case=case, role="被告", name=FIRM)
    meet_parties(DAY)
    [own] = met_today(acting(desk.officer))
    assert own.opens == record.pk and FIRM in own.sentence
    assert [one.opens for one in met_today(acting(desk.centre))] == [desk.listed.pk, record.pk]
    assert met_today(acting(desk.house.judge)) == []
    told = {"record": desk.listed, "turn": 2, "tell": PRIVATE, "sentence": "被告在名单上", "on": DAY}
    RecordNotice.objects.create(person=desk.house.judge, **told)
    [shut] = met_today(acting(desk.house.judge))
    assert shut.opens is None, "the list is not the judge's to open"
    assert met_today(acting(desk.officer, DAY + timedelta(days=13))) != []
    assert met_today(acting(desk.officer, DAY + timedelta(days=14))) == []


def test_the_page_of_today_shows_it_to_whom_it_was_told(desk: Desk) -> None:
    record = partner(desk, FIRM)
    page = text_of(signed_in(desk.officer), "/")
    assert "遇到名单上的人" in page and f'href="/records/{record.pk}"' in page
    assert "遇到名单上的人" not in text_of(signed_in(desk.house.judge), "/")
