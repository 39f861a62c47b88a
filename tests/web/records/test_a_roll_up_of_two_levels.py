"""N-020 to N-022: found and sold off, of the own court and the courts below, add up on the whole's page, and
those that are open stand there by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from mingjing.services.records.opening import open_record
from mingjing.services.records.versions import reference_of
from mingjing.storage.records.models import Record
from tests.services.builders import DAY, acting
from tests.services.records.builders import Bench
from tests.services.records.random_people import in_force, own_folder
from tests.web.signing_in import signed_in, text_of

pytestmark = pytest.mark.django_db
LEVELS = {"ledger.drive": "整治行动", "ledger.part": "分头落实", "ledger.item": "查出问题"}


def text(id_: str, label: str, under: str) -> str:
    """A register of one level: open, then sold off."""
    place = f"under: {under}\n" if under else ""
    return f"""# {label}。

id: {id_}
label: {label}
owner: 督察室
from: 2024-01-01
basis: 本院规定（示例）
title: 名称
seen_by: [督察员]
{place}fields:
  name: {{label: 名称, type: 文本}}
states:
  open: {{label: 未销号}}
  sold: {{label: 已销号, final: true}}
actions:
  open: {{label: 登记, by: 督察员, moves: 新建 → 未销号, fill: [名称]}}
  sell: {{label: 销号, by: 督察员, moves: 未销号 → 已销号}}
examples:
  - {{name: 登记, steps: [2024-03-01 甲 登记], ends: 未销号}}
"""


@pytest.fixture
def drive(bench: Bench, tmp_path: Path, settings: Settings) -> Iterator[Record]:
    """A campaign with what the own court found and what the courts below found."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, institutions=own_folder(tmp_path))
    ids = list(LEVELS)
    texts = [text(id_, label, under) for (id_, label), under in zip(LEVELS.items(), ("", *ids), strict=False)]
    with in_force(bench.house.court, tmp_path, texts):
        inspector = acting(bench.inspector)
        whole = open_record(inspector, "ledger.drive", "登记", {"名称": "突出问题整治"})
        for name, found, sold in (("本院", 22, 20), ("辖区法院", 186, 185)):
            part = open_record(inspector, "ledger.part", "登记", {"名称": name}, above=whole.pk)
            problems(bench, part, found, sold)
        yield whole


def problems(bench: Bench, part: Record, found: int, sold: int) -> None:
    """So many problems under a part, the first of them sold off."""
    reference = reference_of(bench.house.court, "ledger.item", DAY)
    Record.objects.bulk_create(
        [
            Record(
                court=bench.house.court,
                register="ledger.item",
                definition=reference,
                number=f"{part.title}-{place + 1:03}",
                title=f"{part.title}问题{place + 1}",
                state="已销号" if place < sold else "未销号",
                over=place < sold,
                above=part,
                opened_on=DAY,
                data={"name": f"问题{place + 1}"},
                revision=1,
            )
            for place in range(found)
        ],
        100,
    )


def test_205_of_208_are_sold_off_20_of_22_at_the_own_court(bench: Bench, drive: Record) -> None:
    client = signed_in(bench.inspector)
    tree = text_of(client, "/registers/ledger.drive/tree")
    assert "205 / 208" in tree
    assert "20 / 22" in tree
    assert "185 / 186" in tree
    page = text_of(client, f"/records/{drive.pk}")
    assert "末级共 208 项，已了结 205 项" in page


def test_the_rate_of_the_own_court_stands_on_its_own_page(bench: Bench, drive: Record) -> None:
    own = drive.below.get(title="本院")
    page = text_of(signed_in(bench.inspector), f"/records/{own.pk}")
    assert "末级共 22 项，已了结 20 项" in page


WAITING = ["本院问题21", "本院问题22", "辖区法院问题186"]


def titles(bench: Bench, address: str) -> list[str]:
    """What a list shows, in its order."""
    return [row.title for row in signed_in(bench.inspector).get(address).context["page"].rows]


def test_the_three_that_are_open_stand_by_name_on_the_page_of_the_whole(bench: Bench, drive: Record) -> None:
    context = signed_in(bench.inspector).get(f"/records/{drive.pk}").context
    assert context["waiting"]["count"] == 3
    assert [name for _, name in context["waiting"]["names"]] == WAITING
    for (url, _), title in zip(context["waiting"]["names"], WAITING, strict=True):
        assert title in text_of(signed_in(bench.inspector), url)


def test_the_list_under_the_whole_holds_what_stands_two_levels_below(bench: Bench, drive: Record) -> None:
    context = signed_in(bench.inspector).get(f"/records/{drive.pk}").context
    ((address, label),) = context["waiting"]["lists"]
    assert label == "查出问题"
    assert sorted(titles(bench, address)) == WAITING
    every = signed_in(bench.inspector).get(f"/registers/ledger.item?above={drive.pk}&status=全部")
    assert every.context["page"].numbers.found == 208


def test_the_list_under_a_part_holds_that_part_alone(bench: Bench, drive: Record) -> None:
    own = drive.below.get(title="本院")
    assert sorted(titles(bench, f"/registers/ledger.item?above={own.pk}&status=未了结")) == WAITING[:2]
    assert titles(bench, f"/registers/ledger.part?above={drive.pk}&order=编号&status=全部") == [
        "本院",
        "辖区法院",
    ]


def test_an_impossible_whole_is_a_bad_filter_or_an_empty_list(bench: Bench, drive: Record) -> None:
    client = signed_in(bench.inspector)
    for above, status in (("9" * 18, 200), ("9" * 30, 422), ("9" * 5000, 422), ("甲", 422), ("-1", 422)):
        assert client.get(f"/registers/ledger.item?above={above}").status_code == status, above[:40]
