"""A supervisor's words on a case (G10, journey J3)."""

from __future__ import annotations

from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.services.supervision_notes import add_note, notes_on
from mingjing.storage.cases.models import Case, PanelMember
from tests.services.builders import House, acting, file_case
from tests.services.conftest import Logged, Refused

WORDS = "请合议庭评议前提交类案检索报告"


def test_the_panel_sees_the_note_and_in_which_capacity_it_was_left(house: House, one_entry: Logged) -> None:
    case = file_case(house)
    PanelMember.objects.create(case=case, person=house.stranger, role="审判员")
    with one_entry() as found:
        add_note(acting(house.head), case_id=case.pk, text=WORDS)
        add_note(acting(house.head), case_id=case.pk, text=WORDS)
    for reader in (house.judge, house.stranger):
        (note,) = notes_on(acting(reader), case.pk)
        assert (note.text, note.author, note.author_role) == (WORDS, house.head, "庭长")
    assert found[0].verb == "留监督意见"


def test_a_note_changes_nothing_of_the_case(house: House) -> None:
    case = file_case(house)
    before = Case.objects.filter(pk=case.pk).values().get()
    add_note(acting(house.head), case_id=case.pk, text=WORDS)
    assert Case.objects.filter(pk=case.pk).values().get() == before


def test_nobody_supervises_their_own_case(house: House, refused: Refused) -> None:
    case = file_case(house, handler=house.head)
    with refused("不能给本案留监督意见", of=NotAllowed):
        add_note(acting(house.head), case_id=case.pk, text=WORDS)


def test_empty_and_endless_notes_are_refused(house: House, refused: Refused) -> None:
    case = file_case(house)
    with refused("“监督意见”没有填写"):
        add_note(acting(house.head), case_id=case.pk, text="")
    with refused("写了 1001 字，最多 1000 字"):
        add_note(acting(house.head), case_id=case.pk, text="长" * 1001)


def test_judges_leave_none_and_strangers_see_none(house: House, refused: Refused) -> None:
    case = file_case(house)
    with refused("不能“留监督意见”", of=NotAllowed):
        add_note(acting(house.judge), case_id=case.pk, text=WORDS)
    with refused(of=NotVisible):
        add_note(acting(house.enforcement_head), case_id=case.pk, text=WORDS)
    with refused(of=NotVisible):
        notes_on(acting(house.stranger), case.pk)
