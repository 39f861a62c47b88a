"""The dossier of a person: leaves of other registers, in the sight of whoever reads; every look is noted."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import docx
import pytest

from mingjing.services.installation import registry
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.services.reading.dossiers import LEAVES, Dossier, dossier, dossier_paper, taken_out
from mingjing.services.records.opening import open_record
from mingjing.services.records.parties import part
from mingjing.services.records.sight import seen_record, sees
from mingjing.services.records.versions import reference_of
from mingjing.storage.auditlog.models import Act
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Record
from tests.services.builders import DAY, House, acting, hire
from tests.web.signing_in import signed_in, text_of

PLEDGE = "filing.pledge"


@pytest.fixture
def inspector(house: House) -> Person:
    return hire(house.court, "章牧", "督察室主任", house.office)


@pytest.fixture
def personnel(house: House) -> Person:
    return hire(house.court, "卫平", "政治部干部", house.office)


def breach(house: House, inspector: Person, person: Person) -> Record:
    values = {
        "违纪事实": "违规接受宴请",
        "当事人": person.pk,
        "所在部门": house.first_civil.pk,
        "违纪日期": "2024-03-01",
    }
    return open_record(acting(inspector), "ledger.breach", "立项", values)


def pledge(house: House, person: Person, signed_on: date) -> Record:
    """A pledge as it stands after it was signed."""
    made = Record.objects.create(
        court=house.court, register=PLEDGE, definition=reference_of(house.court, PLEDGE, DAY),
        number=f"承诺{signed_on:%Y}", state="已签", over=True, opened_on=signed_on, data={},
    )  # fmt: skip
    part(made, "应报人", person.pk).save()
    return made


def labels(found: Dossier) -> list[str]:
    return [leaf.label for leaf in found.leaves]


def test_a_leaf_opens_where_it_was_written(house: House, inspector: Person) -> None:
    record = breach(house, inspector, house.judge)
    (leaf,) = dossier(acting(inspector), house.judge.pk).leaves
    assert (leaf.label, leaf.group, leaf.row.number) == ("问责处理", "处理", record.number)
    assert seen_record(acting(inspector), leaf.row.pk) == record


def test_it_is_of_one_person_only(house: House, inspector: Person) -> None:
    breach(house, inspector, house.clerk)
    assert dossier(acting(inspector), house.judge.pk).leaves == ()


def test_somebody_sees_the_leaves_about_themselves_and_nobody_else_without_a_role(
    house: House, inspector: Person
) -> None:
    breach(house, inspector, house.judge)
    assert labels(dossier(acting(house.judge), house.judge.pk)) == ["问责处理"]
    for other in (house.head, house.president, house.clerk):
        with pytest.raises(NotAllowed):
            dossier(acting(other), house.judge.pk)


def test_a_reader_gets_no_leaf_they_could_not_open(
    house: House, inspector: Person, personnel: Person
) -> None:
    values = {
        "事项": "收过一次礼品",
        "报告人": house.judge.pk,
        "所在部门": house.first_civil.pk,
        "自报日期": f"{DAY}",
    }
    record = open_record(acting(house.judge), "ledger.self_report", "自己报告", values)
    assert labels(dossier(acting(inspector), house.judge.pk)) == ["自查事项"]
    assert labels(dossier(acting(personnel), house.judge.pk)) == [], "the register is not theirs to see"
    with pytest.raises(NotVisible):
        seen_record(acting(personnel), record.pk)


def test_nobody_of_another_court(house: House, inspector: Person) -> None:
    with pytest.raises(NotVisible):
        dossier(acting(inspector), house.higher_manager.pk)


def test_every_look_is_one_entry_a_day_and_the_person_sees_who(house: House, inspector: Person) -> None:
    for _ in range(3):
        dossier(acting(inspector), house.judge.pk)
    assert Act.objects.filter(subject_kind="廉政档案").count() == 1
    own = dossier(acting(house.judge), house.judge.pk)
    assert [(one.name, one.verb) for one in own.looked] == [("章牧", "查看")]
    assert Act.objects.filter(subject_kind="廉政档案").count() == 1, "one's own is no look"


def test_taking_it_out_is_an_entry_that_names_the_leaves(house: House, inspector: Person) -> None:
    record = breach(house, inspector, house.judge)
    paper = dossier_paper(taken_out(acting(inspector), house.judge.pk), DAY)
    said = Act.objects.get(verb="出具廉政档案")
    assert record.number in said.payload
    document = docx.Document(BytesIO(paper.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert record.number in cells and "违规接受宴请" not in str(cells)


def test_what_everybody_must_have_is_missed_until_it_is_there_and_again_when_it_has_run_out(
    house: House, inspector: Person
) -> None:
    assert "清廉承诺书" in dossier(acting(house.judge), house.judge.pk).missing
    signed = pledge(house, house.judge, DAY.replace(year=DAY.year - 1) - timedelta(days=1))
    found = dossier(acting(house.judge), house.judge.pk)
    assert "清廉承诺书" in labels(found) and "清廉承诺书" in found.missing
    Record.objects.filter(pk=signed.pk).update(opened_on=DAY.replace(year=DAY.year - 1))
    assert "清廉承诺书" not in dossier(acting(house.judge), house.judge.pk).missing


def test_what_a_reader_cannot_see_enough_of_is_not_called_missing(house: House, personnel: Person) -> None:
    found = dossier(acting(personnel), house.judge.pk)
    assert set(found.missing) | set(found.unsure) == {"清廉承诺书", "家庭助廉承诺书", "经商办企业等情况申报"}
    assert "经商办企业等情况申报" in found.unsure


def test_a_sealed_lead_is_never_a_leaf(house: House) -> None:
    known = registry(house.court)
    rows = known.dictionary(LEAVES)
    assert rows.keys
    for key in rows.keys:
        register = known.register(str(rows.row(key)["register"]), DAY)
        assert register.secrecy != "密封"
        people = {one.label for one in register.fields if one.type.value in ("人员", "多人")}
        assert str(rows.row(key)["person"]) in people | {"应报人"}, key


def test_a_promotion_leads_to_the_dossier_of_its_candidate_for_whoever_may_read_it(
    house: House, personnel: Person
) -> None:
    for name, post in (
        ("温泉", "政治部主任"),
        ("祁岳", "党组书记"),
        ("乔松", "党组副书记"),
        ("薛山", "派驻纪检组长"),
    ):
        hire(house.court, name, post, house.office)
    record = open_record(
        acting(personnel),
        "approval.promotion",
        "提交",
        {"人选": house.judge.pk, "拟任职务": "副庭长", "动议理由": "岗位空缺"},
    )
    there = f'href="/dossiers/{house.judge.pk}"'
    assert there in text_of(signed_in(personnel), f"/records/{record.pk}")
    leader = Person.objects.get(name="祁岳")
    assert sees(acting(leader), record) and not acting(leader).may("查看廉政档案")
    assert there not in text_of(signed_in(leader), f"/records/{record.pk}")
