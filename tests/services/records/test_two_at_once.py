"""Two people at once, one form twice: the later is told who was first, and nothing is done twice."""

from __future__ import annotations

from mingjing.services.records.acting import MeanwhileActed, do
from mingjing.services.records.bulk import TooMany, do_to_many
from mingjing.services.records.opening import open_record
from mingjing.storage.auditlog.models import Act
from mingjing.storage.records.models import Record
from tests.services.builders import acting
from tests.services.conftest import Refused
from tests.services.records.builders import CHECK, Bench, accepted, file_of, fresh, registered, submitted


def test_the_later_of_two_is_told_who_acted_meanwhile(bench: Bench, refused: Refused) -> None:
    record = registered(bench)
    accepted(bench, record, by=bench.house.judge)
    mine = {"责任人": bench.house.clerk.pk, "整改措施": "另拟"}
    with refused("林知远 2024-04-01 办理了“认领”", of=MeanwhileActed):
        do(acting(bench.house.clerk), record.pk, "认领", mine, revision=1)
    assert fresh(record).holder_id == bench.house.judge.pk


def test_a_form_sent_twice_is_done_once(bench: Bench) -> None:
    record, judge = registered(bench), bench.house.judge
    values = {"责任人": judge.pk, "整改措施": "逐卷清理"}
    first = do(acting(judge), record.pk, "认领", values, revision=1)
    before = Act.objects.count()
    again = do(acting(judge), record.pk, "认领", values, revision=1)
    assert (again.pk, again.revision) == (first.pk, 2)
    assert Act.objects.count() == before
    assert record.acts.count() == 2


def test_the_same_act_with_other_words_is_no_repetition(bench: Bench, refused: Refused) -> None:
    record, judge = registered(bench), bench.house.judge
    do(acting(judge), record.pk, "认领", {"责任人": judge.pk, "整改措施": "甲"}, revision=1)
    with refused("林知远", of=MeanwhileActed):
        do(acting(judge), record.pk, "认领", {"责任人": judge.pk, "整改措施": "乙"}, revision=1)


def test_a_form_with_a_file_sent_twice_attaches_once(bench: Bench) -> None:
    record = accepted(bench, registered(bench))
    files = [("整改佐证", file_of("x"), "x.pdf")]
    for _ in range(2):
        do(acting(bench.house.judge), record.pk, "报验", {}, files=files, revision=2)
    assert record.attachments.count() == 1
    assert fresh(record).revision == 3


def test_an_opening_form_sent_twice_opens_one_record(bench: Bench) -> None:
    inspector = acting(bench.inspector)
    made = [open_record(inspector, CHECK, "登记检查", {"检查内容": "着装"}, once="a1b2") for _ in range(2)]
    assert made[0].pk == made[1].pk
    assert Record.objects.filter(register=CHECK).count() == 1


def test_many_at_once_names_each_refused_one_and_does_the_rest(bench: Bench, refused: Refused) -> None:
    ready = [submitted(bench, accepted(bench, registered(bench))) for _ in range(2)]
    early, hidden = registered(bench), 10**9
    outcome = do_to_many(
        acting(bench.inspector), [ready[0].pk, early.pk, hidden, ready[1].pk, ready[1].pk], "销号", {}
    )
    assert [one.pk for one in outcome.done] == [ready[0].pk, ready[1].pk]
    assert [number for number, _ in outcome.refused] == [early.number, "（看不到的记录）"]
    assert "现在只能：认领" in outcome.refused[0][1]
    with refused("1 至 500", of=TooMany):
        do_to_many(acting(bench.inspector), [], "销号", {})
