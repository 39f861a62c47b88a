"""The tree is built beside the log, once, and proves every entry of it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from pytest_django import DjangoAssertNumQueries

from mingjing.domain.auditlog.merkle import check_consistency, check_inclusion
from mingjing.services.acts import CLOCK, Record, acts_together
from mingjing.storage.auditlog import tree
from mingjing.storage.auditlog.models import Act, Node
from tests.services.builders import House
from tests.services.conftest import triggers_apart
from tests.services.proving.conftest import some_acts, statement

pytestmark = pytest.mark.django_db


def test_it_grows_with_the_log_and_writes_each_node_once(log: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "CHUNK", 4)
    roots = {}
    for more in (1, 3, 9):
        some_acts(more)
        size = tree.extend()
        assert size == tree.size()
        roots[size] = tree.root_at(size)
    assert tree.extend() == tree.size()
    for size, root in roots.items():
        leaves = [bytes.fromhex(leaf) for leaf in Act.objects.values_list("leaf", flat=True)[:size]]
        for seq, path in tree.inclusion(range(size), size).items():
            check_inclusion(leaves[seq], seq, size, path, root)
    old, *_, new = sorted(roots)
    check_consistency(old, new, roots[old], roots[new], tree.consistency(old, new))


def test_a_proof_costs_two_statements(log: House, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    some_acts(40)
    size = tree.extend()
    with django_assert_num_queries(2):
        proofs = tree.inclusion([17], size)
    assert list(proofs) == [17]


def test_a_log_with_a_hole_is_refused(log: House) -> None:
    some_acts(6)
    with triggers_apart():
        statement("DELETE FROM auditlog_act WHERE seq = 3")
    with pytest.raises(tree.MissingEntry, match="缺第 3 条"):
        tree.extend()


def test_a_stored_node_cannot_be_changed(log: House) -> None:
    some_acts(4)
    tree.extend()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Node.objects.filter(place=0).update(digest=bytes(32))


def test_many_records_in_one_go_get_an_entry_each(log: House) -> None:
    before = tree.size()
    with acts_together(CLOCK, "到点提醒", needs=None) as records:
        records += [Record("案件", str(number), payload={"号": number}) for number in range(30)]
    assert [one.seq for one in records] == list(range(before, before + 30))
    assert list(Act.objects.values_list("seq", flat=True)) == list(range(before + 30))
    assert tree.extend() == before + 30
