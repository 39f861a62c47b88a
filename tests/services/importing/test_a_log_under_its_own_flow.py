"""A log under a court's own flow: a day of filing is needed to choose it, and whoever imports is told."""

from __future__ import annotations

from typing import Any

import pytest

from mingjing.domain.reasons import Refusal
from mingjing.imports.mapping import load_mapping, plain_mapping
from mingjing.services.actors import Actor
from mingjing.services.acts import CONSOLE
from mingjing.services.courts import enter_court
from mingjing.storage.people.models import Court
from tests.services.builders import House
from tests.services.importing.files import checked, imported

LOG = "zaak,act,tijd\nP-1,Ontvangst,2024-03-04T09:00:00+01:00\nP-1,开庭,2024-03-20T09:00:00+01:00\n".encode()
MAPPING = """
name: 许可
shape: log
number: zaak
number_grammar: 自由
kinds: 自由
zone: Europe/Amsterdam
columns:
  案件类型: {constant: 民事一审}
event:
  kind: {column: act, values: {Ontvangst: KIND}}
  happened: tijd
"""


def mapping(kind: str) -> dict[str, Any]:
    return plain_mapping(load_mapping(MAPPING.replace("KIND", kind)))


@pytest.fixture
def free(house: House) -> Court:
    house.court.number_grammar, house.court.time_zone = "自由", "Europe/Amsterdam"
    house.court.save()
    return house.court


def test_cases_without_a_day_of_filing_are_told_before_they_are_written(office: Actor, free: Court) -> None:
    batch = checked(office, LOG, court=free, name="log.csv", mapping=mapping("收到起诉状"))
    assert [note for note in batch.notes if "1 件没有立案日期，流程和期限都不算" in note]


def test_an_event_mapped_to_filing_gives_the_day_and_the_flow(office: Actor, free: Court) -> None:
    batch = imported(office, LOG, court=free, name="log.csv", mapping=mapping("立案"))
    assert not [note for note in batch.notes if "没有立案日期" in note]
    case = free.cases.get()
    assert str(case.filed_on) == "2024-03-04"
    assert case.clocks.exists()


@pytest.mark.usefixtures("house")
def test_a_new_court_takes_its_rules_from_a_folder_that_is_there() -> None:
    court = enter_court(CONSOLE, code="P1", name="许可科", free_numbers=True, folder="demo")
    assert court.folder == "demo"
    with pytest.raises(Refusal, match="没有“nowhere”这个文件夹"):
        enter_court(CONSOLE, code="P2", name="许可二科", free_numbers=True, folder="nowhere")
