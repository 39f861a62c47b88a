"""Two reports about the same person are shown as alike and linked, to those who work on both."""

from __future__ import annotations

import pytest

from mingjing.services.leads.duplicates import SameLead, alike, link
from mingjing.services.permissions import NotVisible
from tests.services.builders import acting
from tests.services.leads.conftest import Office, Reporting


def test_a_second_report_about_the_same_name_is_shown_and_linked(office: Office, reported: Reporting) -> None:
    first, second = reported().lead, reported(reported=("林 知远",)).lead
    other = reported(reported=("何叙",), unit="").lead
    chief, key = acting(office.chief), office.opened(office.chief)
    assert [(one.lead, one.linked) for one in alike(chief, second, key)] == [(first, False)]
    link(chief, second.pk, first.pk)
    link(chief, first.pk, second.pk)
    assert [(one.lead, one.linked) for one in alike(chief, first, key)] == [(second, True)]
    assert alike(chief, other, key) == []


def test_only_who_works_on_both_links_them(office: Office, reported: Reporting) -> None:
    first = reported().lead
    above = reported(reported=(office.house.president.name,), unit="").lead
    chief = acting(office.chief)
    with pytest.raises(NotVisible):
        link(chief, first.pk, above.pk)
    with pytest.raises(SameLead):
        link(chief, first.pk, first.pk)
    assert alike(chief, first, office.opened(office.chief)) == []
