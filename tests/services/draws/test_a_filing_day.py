"""A filing day goes one way: lists, commitments, reveals, result; what was locked cannot be edited."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from mingjing.domain.assignment.drawing import FalseReveal, commit
from mingjing.domain.auditlog.entries import canonical_payload
from mingjing.services.draws.contributions import declare_silence, promise, reveal, stop_waiting
from mingjing.services.draws.days import (
    DayOutOfOrder,
    ListsChanged,
    add_cases,
    lock_day,
    open_day,
    remove_case,
    void_day,
)
from mingjing.services.draws.drawing import PoolChanged, draw_day
from mingjing.services.draws.taking import take_day
from mingjing.services.permissions import NotAllowed
from mingjing.storage.assignment.models import Draw, FilingDay
from mingjing.storage.auditlog.models import Act
from mingjing.storage.published.models import PublishedDraw
from tests.services.builders import acting, entries, hire
from tests.services.conftest import Refused, SetMoment
from tests.services.draws.conftest import VALUES, Hall

VERIFIER = Path(__file__).resolve().parents[3] / "verifier" / "verify.py"


def verified(file: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(VERIFIER), "draw", str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def drawn(hall: Hall, *, count: int = 1) -> FilingDay:
    day = hall.locked(*[hall.case() for _ in range(count)])
    hall.promise(day)
    hall.reveal(day)
    return draw_day(acting(hall.filing), day.pk)


def test_the_whole_way_ends_in_files_the_verifier_accepts(hall: Hall, tmp_path: Path) -> None:
    day = drawn(hall, count=3)
    assert day.state == FilingDay.State.DRAWN
    for one in PublishedDraw.objects.all():
        file = tmp_path / f"{one.number}.json"
        file.write_text(one.file, encoding="utf-8")
        done = verified(file)
        assert done.returncode == 0, done.stdout
        assert one.case in done.stdout


def test_a_published_file_names_nobody(hall: Hall) -> None:
    drawn(hall)
    text = PublishedDraw.objects.get().file
    for person in (*hall.judges, hall.house.head, hall.house.leader):
        assert person.name not in text
        assert person.staff_number not in text


def test_another_result_is_refused_by_the_verifier(hall: Hall, tmp_path: Path) -> None:
    drawn(hall)
    file = json.loads(PublishedDraw.objects.get().file)
    others = [one for one, _ in file["pool"]["candidates"] if one not in file["drawn"]]
    file["drawn"] = others[:1]
    path = tmp_path / "steered.json"
    for digest, says in ((file["digest"], "文件摘要"), (digest_of(file), "重新抽取得到")):
        path.write_text(json.dumps({**file, "digest": digest}, ensure_ascii=False), encoding="utf-8")
        done = verified(path)
        assert done.returncode == 1
        assert says in done.stdout


def digest_of(file: dict[str, object]) -> str:
    return hashlib.sha256(canonical_payload({**file, "digest": None})).hexdigest()


def test_locking_commits_every_list_to_the_log_before_any_value_is_promised(hall: Hall) -> None:
    day = hall.locked(hall.case(), hall.case())
    [entry] = entries("锁定名单")
    digests = {draw.number: draw.digest for draw in day.draws.all()}
    assert json.loads(entry.payload)["名单"] == digests
    assert day.locked_entry == entry.seq
    hall.promise(day)
    assert all(one.seq > entry.seq for one in entries("提交承诺"))


def test_nobody_promises_before_the_lists_are_locked(hall: Hall, refused: Refused) -> None:
    day = open_day(acting(hall.filing))
    with refused("备名单", of=DayOutOfOrder):
        promise(acting(hall.filing), day.pk, commitment="ab" * 32)


def test_nobody_reveals_before_all_have_promised(hall: Hall, refused: Refused) -> None:
    day = hall.locked(hall.case())
    hall.promise(day, "立案庭", "督察室")
    with refused("等承诺", of=DayOutOfOrder):
        reveal(acting(hall.filing), day.pk, value=VALUES["立案庭"])


def test_a_locked_list_takes_no_further_case(hall: Hall, refused: Refused) -> None:
    day = hall.locked(hall.case())
    with refused("等承诺", of=DayOutOfOrder):
        add_cases(acting(hall.filing), day.pk, [hall.case().pk])


def test_a_list_edited_after_the_commitment_is_not_drawn_and_stands_in_the_log(hall: Hall) -> None:
    day = hall.locked(hall.case())
    hall.promise(day)
    hall.reveal(day)
    draw = day.draws.get()
    draw.pool["candidates"][0][1] = 1
    draw.digest = "0" * 64
    draw.save()
    with pytest.raises(PoolChanged, match="是后来被改过的"):
        draw_day(acting(hall.filing), day.pk)
    day.refresh_from_db()
    assert day.state == FilingDay.State.REVEALING
    assert json.loads(entries("名单与承诺不符")[0].payload)["不符"] == [draw.number]
    assert not PublishedDraw.objects.exists()


def test_a_list_that_is_no_longer_what_the_rule_gives_is_not_locked(hall: Hall, refused: Refused) -> None:
    clerk = acting(hall.filing)
    day = open_day(clerk)
    add_cases(clerk, day.pk, [hall.case().pk])
    hire(hall.house.court, "新法官", "审判员", hall.house.first_civil)
    with refused("与列入时不同了", of=ListsChanged):
        lock_day(clerk, day.pk)


def test_a_false_reveal_is_refused_counted_and_kept(hall: Hall) -> None:
    day = hall.locked(hall.case())
    hall.promise(day)
    with pytest.raises(FalseReveal, match="不符"):
        reveal(acting(hall.inspector), day.pk, value="44" * 32)
    given = day.contributions.get(department__name="督察室")
    assert (given.value, given.false_reveals) == ("", 1)
    kept = json.loads(entries("揭示随机数")[0].payload)
    assert kept == {"部门": "督察室", "第几轮": 1, "随机数": "44" * 32, "相符": False}
    hall.reveal(day, "督察室")
    assert day.contributions.get(department__name="督察室").value == VALUES["督察室"]


def test_only_the_named_departments_give_values(hall: Hall, refused: Refused) -> None:
    day = hall.locked(hall.case())
    with refused("不能", of=NotAllowed):
        promise(acting(hall.house.judge), day.pk, commitment="ab" * 32)
    day.contributors = ["立案庭", "督察室"]
    day.save()
    with refused("您不在这些部门", of=NotAllowed):
        promise(acting(hall.house.manager), day.pk, commitment="ab" * 32)


def test_a_department_promises_once_and_copies_nobody(hall: Hall, refused: Refused) -> None:
    day = hall.locked(hall.case())
    hall.promise(day, "立案庭")
    with refused("已经提交过承诺"):
        promise(acting(hall.clerk), day.pk, commitment="ab" * 32)
    copied = commit("立案庭", bytes.fromhex(VALUES["立案庭"]))
    with refused("与别的部门的一样"):
        promise(acting(hall.inspector), day.pk, commitment=copied)


def test_silence_is_declared_only_when_the_time_is_over(
    hall: Hall, refused: Refused, moment: SetMoment
) -> None:
    day = hall.locked(hall.case())
    hall.promise(day)
    hall.reveal(day, "立案庭", "督察室")
    with refused("还没有到", of=DayOutOfOrder):
        declare_silence(acting(hall.filing), day.pk)
    with refused("还等审判管理办公室揭示", of=DayOutOfOrder):
        draw_day(acting(hall.filing), day.pk)
    moment("2024-04-01T09:31:00")
    assert declare_silence(acting(hall.filing), day.pk).round == 2


def test_who_stays_silent_is_left_out_and_the_others_begin_again(
    hall: Hall, moment: SetMoment, tmp_path: Path
) -> None:
    day = hall.one_silent(hall.case(), moment)
    assert (day.state, day.contributors) == (FilingDay.State.COMMITTING, ["立案庭", "督察室"])
    hall.promise(day, "立案庭", "督察室")
    hall.reveal(day, "立案庭", "督察室")
    draw_day(acting(hall.filing), day.pk)
    published = PublishedDraw.objects.get()
    assert "部门未揭示" in published.flags
    file = tmp_path / "draw.json"
    file.write_text(published.file, encoding="utf-8")
    assert verified(file).returncode == 0


def test_where_the_rule_goes_on_the_silent_commitment_stands_in_the_seed(
    hall: Hall, moment: SetMoment, tmp_path: Path
) -> None:
    day = hall.one_silent(hall.case(procedure="普通程序"), moment)
    draw_day(acting(hall.filing), day.pk)
    file = tmp_path / "draw.json"
    file.write_text(PublishedDraw.objects.filter(label="法官").get().file, encoding="utf-8")
    done = verified(file)
    assert done.returncode == 0, done.stdout
    assert "审判管理办公室 没有揭示随机数" in done.stdout


def test_one_department_alone_never_makes_the_seed(hall: Hall, refused: Refused, moment: SetMoment) -> None:
    day = hall.locked(hall.case())
    hall.promise(day, "立案庭")
    with refused("至少要 2 个"):
        stop_waiting(acting(hall.filing), day.pk)
    hall.promise(day, "督察室")
    assert stop_waiting(acting(hall.filing), day.pk).state == FilingDay.State.REVEALING
    hall.reveal(day, "立案庭")
    moment("2024-04-01T10:00:00")
    with refused("只有 1 个部门"):
        declare_silence(acting(hall.filing), day.pk)
    void_day(acting(hall.filing), day.pk, reason="督察室没有揭示")
    assert day.draws.get().state == Draw.State.WITHDRAWN


def test_the_result_is_taken_into_each_case_by_one_entry_and_once(hall: Hall) -> None:
    day = drawn(hall, count=2)
    before = Act.objects.count()
    assert take_day(acting(hall.filing), day.pk) == 2
    assert Act.objects.count() == before + 2
    for draw in day.draws.select_related("case__handler"):
        assert draw.case.handler_id == draw.people[draw.drawn[0]]
        assert draw.state == Draw.State.TAKEN
        assert draw.case.events.filter(kind="分案").count() == 1
    assert take_day(acting(hall.filing), day.pk) == 0


def test_a_panel_gets_its_assessors_from_a_list_of_their_own(hall: Hall) -> None:
    case = hall.case(procedure="普通程序")
    day = hall.locked(case)
    hall.promise(day)
    hall.reveal(day)
    draw_day(acting(hall.filing), day.pk)
    take_day(acting(hall.filing), day.pk)
    case.refresh_from_db()
    assert case.handler is not None
    panel = list(case.panel.filter(role="人民陪审员").values_list("person__name", flat=True))
    assert len(set(panel)) == 2
    assert set(panel) <= {"陶然", "袁牧", "简宁"}


def test_a_case_leaves_the_lists_with_a_reason_only_before_they_are_locked(
    hall: Hall, refused: Refused
) -> None:
    clerk = acting(hall.filing)
    day = open_day(clerk)
    case, other = hall.case(), hall.case()
    add_cases(clerk, day.pk, [case.pk, other.pk])
    with refused("没有填写"):
        remove_case(clerk, day.pk, case.pk, reason=" ")
    remove_case(clerk, day.pk, case.pk, reason="撤回起诉")
    assert list(day.draws.values_list("case", flat=True)) == [other.pk]
    lock_day(clerk, day.pk)
    with refused("等承诺", of=DayOutOfOrder):
        remove_case(clerk, day.pk, other.pk, reason="撤回起诉")


def test_a_case_with_a_handler_is_not_drawn(hall: Hall, refused: Refused) -> None:
    case = hall.case()
    case.handler, case.handler_name = hall.house.judge, "林知远"
    case.save()
    day = open_day(acting(hall.filing))
    with refused("已有承办人林知远"):
        add_cases(acting(hall.filing), day.pk, [case.pk])
