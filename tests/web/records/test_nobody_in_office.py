"""A role nobody holds, a holder who left: the record and the office are told so, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from mingjing.services.installation import definition_problems, look_again
from mingjing.services.reading.records.doers import doers, left_behind, stuck
from mingjing.services.records.acting import do, options
from mingjing.services.records.opening import open_record
from mingjing.storage.people.models import Person, Posting
from mingjing.storage.records.models import Record
from tests.services.builders import DAY, acting, hire
from tests.services.records.builders import (
    CLUE,
    HERE,
    MENDING,
    Bench,
    accepted,
    fresh,
    registered,
    submitted,
)
from tests.services.records.random_people import in_force, own_folder
from tests.web.signing_in import signed_in, text_of

pytestmark = pytest.mark.django_db
EVERYTHING = ("问题描述", "责任人", "内部意见")


def gone(*people: Person) -> None:
    """They hold no post from today on."""
    Posting.objects.filter(person__in=people).update(until=DAY - timedelta(days=1))


def waiting(bench: Bench) -> Record:
    """Handed in: only inspectors may close it or send it back."""
    return submitted(bench, accepted(bench, registered(bench)))


def test_the_record_names_who_could_act(bench: Bench) -> None:
    record = waiting(bench)
    found = {one.act: one for one in doers(acting(bench.house.judge), record, EVERYTHING)}
    assert found["销号"].words == ("督察员",)
    assert found["销号"].names == (bench.inspector.name,)
    page = text_of(signed_in(bench.house.judge), f"/records/{record.pk}")
    assert "谁来办" in page
    assert f">{bench.inspector.name}</span>" in page
    assert "谁也不能办" not in page


def test_a_record_whose_role_nobody_holds_says_that_nobody_may_act(bench: Bench) -> None:
    record = waiting(bench)
    gone(bench.inspector, bench.chief)
    page = text_of(signed_in(bench.house.judge), f"/records/{record.pk}")
    assert "这条记录现在谁也不能办" in page
    assert "没有人在任" in page
    assert all(one.vacant for one in doers(acting(bench.house.judge), record, EVERYTHING))


def test_the_office_is_told_which_states_nobody_can_move_on(bench: Bench) -> None:
    waiting(bench)
    registered(bench)
    writer = hire(bench.house.court, "钟楷", "研究室主任", bench.house.office)
    assert stuck(acting(writer)) == ()
    gone(bench.inspector, bench.chief)
    (one,) = stuck(acting(writer))
    assert (one.register.id, one.state, one.count, one.words) == (MENDING, "待验收", 1, ("督察员",))
    assert set(one.acts) == {"退回", "销号"}
    for address in ("/institutions", f"/institutions/{MENDING}"):
        page = text_of(signed_in(writer), address)
        assert "“待验收”的 1 条" in page
        assert "要由督察员来办，没有人在任" in page
    assert "没有人在任" not in text_of(signed_in(writer), "/institutions/ledger.check")


def test_whoever_is_not_of_the_office_is_not_told(bench: Bench) -> None:
    waiting(bench)
    gone(bench.inspector, bench.chief)
    assert "没有人在任" not in text_of(signed_in(bench.house.judge), "/institutions")


def test_a_holder_who_left_is_found_and_the_record_can_be_handed_on_by_nobody_else(bench: Bench) -> None:
    record = accepted(bench, registered(bench))
    gone(bench.house.judge)
    writer = hire(bench.house.court, "钟楷", "研究室主任", bench.house.office)
    (one,) = left_behind(acting(writer), MENDING)
    assert (one.register.id, one.count) == (MENDING, 1)
    assert "1 条的责任人已经不在任" in text_of(signed_in(writer), "/institutions")
    found = doers(acting(bench.inspector), record, EVERYTHING)
    assert all(doer.vacant for doer in found)
    assert "谁也不能办" in text_of(signed_in(bench.inspector), f"/records/{record.pk}")


def test_once_somebody_is_appointed_the_record_goes_on(bench: Bench) -> None:
    record = waiting(bench)
    gone(bench.inspector, bench.chief)
    after = hire(bench.house.court, "郑穆", "督察员", bench.house.office, since=DAY)
    assert {one.act for one in options(acting(after), fresh(record))} == {"退回", "销号"}
    assert do(acting(after), record.pk, "销号", {}).state == "已销号"
    assert stuck(acting(after)) == ()


def test_the_counts_of_a_secret_register_are_not_told_to_whoever_does_not_see_it(bench: Bench) -> None:
    given = {"反映内容": "收礼", "被反映人": bench.house.judge.pk, "承办督察": bench.inspector.pk}
    record = open_record(acting(bench.inspector), CLUE, "受理", given)
    gone(bench.inspector, bench.chief)
    writer = hire(bench.house.court, "钟楷", "研究室主任", bench.house.office)
    told = [one.register.id for one in stuck(acting(writer))]
    assert CLUE not in [*told, *(one.register.id for one in left_behind(acting(writer)))]
    assert doers(acting(bench.house.judge), record, EVERYTHING) == (), "it is about the judge"


def test_names_behind_a_field_the_reader_may_not_read_are_kept_back(bench: Bench) -> None:
    record = accepted(bench, registered(bench))
    (hand, *_) = doers(acting(bench.inspector), record, ("问题描述",))
    assert (hand.names, hand.vacant) == ((), False)


def test_a_deleted_role_is_refused_and_open_records_go_on_under_the_last_good_set(
    bench: Bench, tmp_path: Path, settings: Settings
) -> None:
    folder = own_folder(tmp_path)
    settings.CONFIGURATION = replace(settings.CONFIGURATION, institutions=folder)
    known = HERE / "institutions" / "lan"
    texts = [path.read_text(encoding="utf-8") for path in sorted(known.rglob("*.yaml"))]
    with in_force(bench.house.court, folder, texts):
        record = waiting(bench)
        roles = (folder / "cn" / "roles" / "court.yaml").read_text(encoding="utf-8")
        before, _, rest = roles.partition("  - label: 督察\n")
        without = before + rest[rest.index("  - label: ") :]
        (folder / bench.house.court.folder / "roles.yaml").write_text(without, encoding="utf-8")
        look_again()
        problems = definition_problems(bench.house.court)
        assert any("“督察”不是谁的身份" in one.cause for one in problems)
        assert do(acting(bench.inspector), record.pk, "退回", {"退回理由": "再改"}).state == "整改中"
        assert "制度文件有" in text_of(signed_in(bench.house.manager), "/institutions")
