"""录入核查: the weekly list by person, explanations, each court its own circular (journey J6)."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import docx
import pytest

from mingjing.services.entry_checks import check_entries, iso_week
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Court, Department, Person
from mingjing.storage.supervision.models import Circular, Finding
from tests.services.builders import DAY, SINCE, House, entries, file_case, hire
from tests.web.signing_in import signed_in, text_of
from tests.web.supervision.counting import statements

WEEK = iso_week(DAY)


@pytest.fixture
def finding(house: House) -> Finding:
    """A case of 林知远 without a cause."""
    case = file_case(house)
    Case.objects.filter(pk=case.pk).update(cause="")
    check_entries(DAY)
    return Finding.objects.get(case=case, rule="没有案由")


@pytest.fixture
def neighbour(house: House) -> Person:
    """The office of another basic court, which has nothing to mend."""
    court = Court.objects.create(
        code="云9822", name="松岭县人民法院", short_name="松岭法院", level="基层", parent=house.higher
    )
    office = Department.objects.create(court=court, name="审判管理办公室", order=1, since=SINCE)
    return hire(court, "严序", "审管办主任", office)


def test_the_judge_sees_what_is_theirs_to_mend(house: House, finding: Finding) -> None:
    page = text_of(signed_in(house.judge), "/findings")
    assert "等您改" in page
    assert finding.detail in page
    assert finding.detail not in text_of(signed_in(house.stranger), "/findings")


def test_the_office_sees_the_week_by_person(house: House, finding: Finding) -> None:
    page = text_of(signed_in(house.manager), "/findings")
    assert "林知远" in page
    assert "第 14 周" in page
    assert "3个工作日内改正" in page
    assert finding.detail not in text_of(signed_in(house.manager), "/findings?week=2024-W13")


@pytest.mark.parametrize("query", ["fault=漏录", "state=全部", "week=各周", "department=民事审判第一庭"])
def test_every_filter_answers(house: House, finding: Finding, query: str) -> None:
    assert finding.detail in text_of(signed_in(house.manager), f"/findings?{query}")


def test_a_week_that_is_none_is_refused(house: House) -> None:
    response = signed_in(house.manager).get("/findings?week=上周")
    assert response.status_code == 422
    assert "2026-W40" in response.content.decode()


def test_an_explanation_settles_the_finding(house: House, finding: Finding) -> None:
    client = signed_in(house.judge)
    path = f"/findings/{finding.pk}/explain"
    assert "没有登记案由" in text_of(client, path)
    assert client.post(path, {"explanation": "立案庭已补录"}).status_code == 302
    finding.refresh_from_db()
    assert (finding.state, finding.explanation) == (Finding.State.EXPLAINED, "立案庭已补录")
    assert client.post(path, {"explanation": "再说一次"}).status_code == 422


def test_nobody_else_explains(house: House, finding: Finding) -> None:
    for person in (house.stranger, house.head, house.keeper):
        assert signed_in(person).get(f"/findings/{finding.pk}/explain").status_code == 404


def test_the_office_checks_at_once(house: House) -> None:
    case = file_case(house)
    Case.objects.filter(pk=case.pk).update(cause="")
    client = signed_in(house.manager)
    assert client.post("/findings/check").status_code == 302
    assert "新发现" in text_of(client, "/findings")
    assert Finding.objects.filter(case=case).exists()
    assert signed_in(house.judge).post("/findings/check").status_code == 404


def test_the_office_circulates_its_week_once(house: House, finding: Finding) -> None:
    client = signed_in(house.manager)
    assert "发出 1 份" in text_of(client, f"/findings/circular?week={WEEK}")
    assert client.post("/findings/circular", {"week": WEEK}).status_code == 302
    circular = Circular.objects.get()
    assert circular.number == "（2024）云9821录查1号"
    assert circular.fields["改正期限"] == "2024年4月7日"  # 4 to 6 April is 清明, the 7th a working Sunday
    response = client.get(f"/findings/circulars/{circular.pk}")
    paper = docx.Document(BytesIO(response.content))
    assert "发现问题2条，其中迟录1条、错录0条、漏录1条" in "".join(
        paragraph.text for paragraph in paper.paragraphs
    )
    assert [row.cells[2].text for row in paper.tables[0].rows] == ["类别", "漏录", "迟录"]
    assert paper.tables[0].cell(1, 0).text == finding.case.number
    again = client.post("/findings/circular", {"week": WEEK})
    assert again.status_code == 422
    assert "已于 2024-04-01 发出" in again.content.decode()


def test_the_higher_court_compares_and_each_court_sees_only_its_own(
    house: House, finding: Finding, neighbour: Person
) -> None:
    above = signed_in(house.higher_manager)
    page = text_of(above, "/findings/courts")
    assert "岚县法院" in page
    assert "松岭法院" in page
    sent = above.post("/findings/circular", {"week": WEEK, "court": ["云9821", "云9822"]})
    assert sent.status_code == 302
    assert len(entries("通报录入核查")) == 2
    mine = Circular.objects.get(court=house.court)
    theirs = Circular.objects.get(court=neighbour.court)
    office, other = signed_in(house.manager), signed_in(neighbour)
    assert mine.number in text_of(office, "/findings")
    assert theirs.number not in text_of(office, "/findings")
    assert office.get(f"/findings/circulars/{mine.pk}").status_code == 200
    assert office.get(f"/findings/circulars/{theirs.pk}").status_code == 404
    assert other.get(f"/findings/circulars/{mine.pk}").status_code == 404
    assert theirs.number in text_of(other, "/findings")
    assert [row[2] for row in mine.rows] == ["漏录", "迟录"]
    assert theirs.rows == []


def test_a_court_sends_to_no_other(house: House, neighbour: Person) -> None:
    response = signed_in(house.manager).post("/findings/circular", {"week": WEEK, "court": ["云9822"]})
    assert response.status_code == 404
    assert not Circular.objects.exists()


def test_a_week_to_come_is_refused(house: House) -> None:
    week = iso_week(date(2024, 4, 20))
    response = signed_in(house.manager).post("/findings/circular", {"week": week})
    assert response.status_code == 422
    assert "还没有到" in response.content.decode()


def test_only_who_may_circulate_finds_the_page(house: House) -> None:
    for person in (house.judge, house.head, house.keeper):
        assert signed_in(person).get("/findings/circular").status_code == 404
        assert signed_in(person).get("/findings/courts").status_code == 404


@pytest.mark.parametrize("who", ["judge", "manager", "higher_manager"])
def test_the_list_takes_at_most_eight_statements(house: House, finding: Finding, who: str) -> None:
    assert statements(signed_in(getattr(house, who)), "/findings?whose=看得到的") <= 8


def test_everything_a_filter_changes_is_replaced_with_the_rows(house: House, finding: Finding) -> None:
    page = text_of(signed_in(house.manager), "/findings?fault=漏录")
    (replaced,) = set(re.findall('hx-select-oob="([^"]+)"', page))
    names = [name.removeprefix("#") for name in replaced.split(",")]
    assert [page.count(f'id="{name}"') for name in names] == [1, 1, 1, 1]
    assert "fault=%E6%BC%8F%E5%BD%95" in page.split('id="filter-tools"')[1].split("</span>")[0]
