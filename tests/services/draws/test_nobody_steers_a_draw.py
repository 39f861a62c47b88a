"""Whoever can know what a draw will give can no longer choose whether there is one."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from mingjing.domain.assignment.drawing import commit
from mingjing.domain.auditlog.entries import canonical_payload
from mingjing.services.acts import CLOCK, act
from mingjing.services.draws.contributions import name_public, reveal
from mingjing.services.draws.days import DayOutOfOrder, add_cases, may_be_void, open_day, void_day
from mingjing.services.draws.drawing import PoolChanged, draw_day
from mingjing.services.permissions import NotVisible
from mingjing.services.proving.bundles import bundle_of_day
from mingjing.services.proving.own_key import own_key
from mingjing.storage.assignment.models import Contribution, Draw, FilingDay
from mingjing.storage.people.models import Department
from mingjing.storage.published.models import PublishedDeviation, PublishedDraw
from tests.services.builders import acting, entries
from tests.services.conftest import Refused, SetMoment
from tests.services.draws.conftest import VALUES, Hall
from tests.services.draws.test_a_filing_day import VERIFIER

INDEX = "沪市收盘指数，两位小数"


def revealing(hall: Hall, *names: str) -> FilingDay:
    """All have promised; these have shown their value."""
    day = hall.locked(hall.case())
    hall.promise(day)
    for name in names:
        hall.reveal(day, name)
    day.refresh_from_db()
    return day


@pytest.mark.parametrize("shown", [("立案庭",), ("立案庭", "督察室"), tuple(VALUES)])
def test_once_somebody_has_revealed_nobody_ends_the_day_to_have_another(
    hall: Hall, refused: Refused, shown: tuple[str, ...]
) -> None:
    day = revealing(hall, *shown)
    assert not may_be_void(day)
    with refused("作废等于挑结果", of=DayOutOfOrder):
        void_day(acting(hall.filing), day.pk, reason="换一天")
    day.refresh_from_db()
    assert (day.state, entries("作废立案日")) == (FilingDay.State.REVEALING, [])


def test_with_two_values_a_late_third_does_not_end_the_day(
    hall: Hall, refused: Refused, moment: SetMoment
) -> None:
    day = revealing(hall, "立案庭", "督察室")
    moment("2024-04-01T12:00:00")
    with refused("作废等于挑结果", of=DayOutOfOrder):
        void_day(acting(hall.filing), day.pk, reason="换一天")


def test_a_day_that_cannot_be_drawn_ends_and_everybody_sees_it(hall: Hall, moment: SetMoment) -> None:
    day = revealing(hall, "立案庭")
    moment("2024-04-01T12:00:00")
    void_day(acting(hall.filing), day.pk, reason="其余部门没有揭示")
    case = Draw.objects.get().case.number
    shown = PublishedDeviation.objects.values_list("case", "kind", "ground")
    assert list(shown) == [(case, "立案日作废", "停在“等揭示”")]


def test_a_day_whose_lists_were_never_locked_ends_unpublished(hall: Hall) -> None:
    clerk = acting(hall.filing)
    day = open_day(clerk)
    add_cases(clerk, day.pk, [hall.case().pk])
    void_day(clerk, day.pk, reason="开错了日期")
    assert not PublishedDeviation.objects.exists()


def test_a_day_with_an_edited_list_ends_after_the_edit_stands_in_the_log(hall: Hall) -> None:
    day = revealing(hall, *VALUES)
    draw = day.draws.get()
    draw.pool["candidates"].pop()
    draw.save()
    assert not may_be_void(day), "the edit is not in the log yet"
    with pytest.raises(PoolChanged):
        draw_day(acting(hall.filing), day.pk)
    void_day(acting(hall.filing), day.pk, reason="名单被改过")
    assert len(entries("名单与承诺不符")) == len(entries("作废立案日")) == 1


def with_index(hall: Hall) -> FilingDay:
    """The rule of the day names a public value."""
    day = hall.locked(hall.case())
    FilingDay.objects.filter(pk=day.pk).update(public_source=INDEX)
    hall.promise(day)
    day.refresh_from_db()
    return day


def test_the_public_value_is_taken_down_before_anybody_reveals_and_once(hall: Hall, refused: Refused) -> None:
    day = with_index(hall)
    with refused("先由立案庭录入公共随机值", of=DayOutOfOrder):
        reveal(acting(hall.filing), day.pk, value=VALUES["立案庭"])
    name_public(acting(hall.filing), day.pk, value=" 3211.35 ")
    [entry] = entries("录入公共随机值")
    assert json.loads(entry.payload) == {"来源": INDEX, "公共随机值": "3211.35"}
    hall.reveal(day)
    with refused("不能更换"):
        name_public(acting(hall.filing), day.pk, value="3211.36")
    draw_day(acting(hall.filing), day.pk)
    assert json.loads(PublishedDraw.objects.get().file)["seed"]["public"] == "3211.35"


def test_a_public_value_nobody_asked_for_is_refused(hall: Hall, refused: Refused) -> None:
    day = revealing(hall)
    with refused("不用公共随机值"):
        name_public(acting(hall.filing), day.pk, value="3211.35")


def test_a_day_revealed_without_its_public_value_is_not_drawn_with_one_typed_later(
    hall: Hall, refused: Refused
) -> None:
    day = revealing(hall, *VALUES)
    FilingDay.objects.filter(pk=day.pk).update(public_source=INDEX)
    with refused("只能作废", of=DayOutOfOrder):
        draw_day(acting(hall.filing), day.pk)


def _another_value(day: FilingDay) -> None:
    """A value chosen after the others were seen, with a commitment that fits it."""
    value = bytes.fromhex("44" * 32)
    given = Contribution.objects.filter(day=day, department__name="督察室")
    given.update(value=value.hex(), commitment=commit("督察室", value))


def _one_more(day: FilingDay) -> None:
    """A further department that promised nothing."""
    value = bytes.fromhex("55" * 32)
    known = Contribution.objects.get(day=day, department__name="督察室")
    late = Department.objects.create(court=day.court, name="信访办", order=20, since=day.on)
    known.pk, known.department = None, late
    known.commitment, known.value = commit("信访办", value), value.hex()
    known.save()


@pytest.mark.parametrize(("edit", "who"), [(_another_value, "督察室"), (_one_more, "信访办")])
def test_a_value_put_into_the_database_after_the_reveals_draws_nothing(
    hall: Hall, edit: Callable[[FilingDay], None], who: str
) -> None:
    day = revealing(hall, *VALUES)
    edit(day)
    with pytest.raises(PoolChanged, match=f"{who}的承诺或者随机数与日志里的不一样"):
        draw_day(acting(hall.filing), day.pk)
    assert json.loads(entries("名单与承诺不符")[0].payload)["不符"] == [who]
    assert not PublishedDraw.objects.exists()


def test_a_promise_made_up_after_the_first_reveal_draws_nothing(hall: Hall) -> None:
    day = revealing(hall, *VALUES)
    _one_more(day)
    made_up = {"部门": "信访办", "第几轮": 1, "承诺": commit("信访办", bytes.fromhex("55" * 32))}
    shown = {"部门": "信访办", "第几轮": 1, "随机数": "55" * 32, "相符": True}
    for verb, payload in (("提交承诺", made_up), ("揭示随机数", shown)):
        with act(CLOCK, verb, needs=None, subject_kind="立案日", subject_id=day.pk) as entry:
            entry.payload = payload
    with pytest.raises(PoolChanged, match="信访办"):
        draw_day(acting(hall.filing), day.pk)


def test_the_proof_of_a_day_shows_lists_before_promises_before_reveals(
    hall: Hall, settings: Settings, tmp_path: Path
) -> None:
    settings.CONFIGURATION = replace(settings.CONFIGURATION, data=tmp_path / "data")
    day = revealing(hall, *VALUES)
    draw_day(acting(hall.filing), day.pk)
    title, packed = bundle_of_day(acting(hall.house.judge), day.pk)
    (tmp_path / "proof.zip").write_bytes(packed)
    command = [sys.executable, "-I", str(VERIFIER), "proof", str(tmp_path / "proof.zip")]
    done = subprocess.run(
        [*command, "--key", own_key().vkey], capture_output=True, encoding="utf-8", check=False
    )
    assert (title, done.returncode) == (f"{day.on}立案日", 0), done.stdout
    with zipfile.ZipFile(tmp_path / "proof.zip") as box:
        items = json.loads(box.read("proof.json"))["entries"]
    at = [(item["entry"]["verb"], item["entry"]["seq"]) for item in items]
    [locked] = [item["payload"]["名单"] for item in items if item["entry"]["verb"] == "锁定名单"]
    shown = json.loads(PublishedDraw.objects.get().file)
    pool = hashlib.sha256(canonical_payload(shown["pool"])).hexdigest()
    assert locked == {shown["number"]: pool}
    order = [verb for verb, _ in sorted(at, key=lambda one: one[1]) if verb != "开立案日"]
    assert order == ["列入抽取名单", "锁定名单", *["提交承诺"] * 3, *["揭示随机数"] * 3, "抽取"]
    with pytest.raises(NotVisible):
        bundle_of_day(acting(hall.house.higher_manager), day.pk)
