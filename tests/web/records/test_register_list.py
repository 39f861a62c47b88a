"""The list of a register: numbers that open their lists, filters in words, six statements, fast rows."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.services.records.builders import MENDING, Bench, accepted, registered, submitted
from tests.web.signing_in import signed_in, text_of

pytestmark = pytest.mark.django_db
PATH = f"/registers/{MENDING}"


def statements(client: Client, path: str) -> int:
    """How many statements the page takes once it is warm."""
    client.get(path)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path).status_code == 200
    said = "\n".join(query["sql"][:160] for query in caught)
    assert len(caught) <= 6, said
    return len(caught)


def test_the_sentence_counts_states_and_every_number_opens_its_list(bench: Bench) -> None:
    first, second = registered(bench), registered(bench)
    registered(bench)
    submitted(bench, accepted(bench, first))
    accepted(bench, second)
    client = signed_in(bench.inspector)
    page = text_of(client, PATH)
    assert "未了结" in page
    for state in ("待认领", "整改中", "待验收"):
        assert f"state={quote(state)}" in page
    listed = client.get(PATH, {"state": "待验收"})
    assert [row.pk for row in listed.context["page"].rows] == [first.pk]


def test_a_list_takes_six_statements_however_many_rows(bench: Bench) -> None:
    client = signed_in(bench.inspector)
    registered(bench)
    few = statements(client, PATH)
    for _ in range(20):
        registered(bench)
    assert statements(client, PATH) == few <= 6
    assert statements(client, f"{PATH}?rows=100") <= 6
    assert statements(client, f"{PATH}?status=全部&q=卷宗") <= 6
    shown = client.get(PATH)
    assert statements(client, f"{PATH}?after={shown.context['page'].next_after}") <= 6


def test_a_judge_sees_the_records_of_the_division_in_six_statements(bench: Bench) -> None:
    mine = registered(bench)
    registered(bench, 责任部门=bench.house.second_civil.pk)
    client = signed_in(bench.house.judge)
    assert [row.pk for row in client.get(PATH).context["page"].rows] == [mine.pk]
    assert statements(client, PATH) <= 6


def test_the_next_page_leads_back(bench: Bench) -> None:
    for _ in range(20):
        registered(bench)
    client = signed_in(bench.inspector)
    first = client.get(PATH).context["page"]
    second = client.get(PATH, {"after": first.next_after})
    assert len(second.context["page"].rows) == 5
    assert "上一页" in second.content.decode()
    back = client.get(PATH, {"before": second.context["page"].previous}).context["page"]
    assert [row.pk for row in back.rows] == [row.pk for row in first.rows]


def test_columns_are_chosen_and_the_workbook_is_offered_to_whoever_may(bench: Bench) -> None:
    registered(bench, 涉及金额="1200.00")
    client = signed_in(bench.inspector)
    assert '<th class="num">涉及金额</th>' not in text_of(client, PATH)
    page = text_of(client, f"{PATH}?show=amount&show=source")
    assert "1,200.00 元" in page
    assert "案件评查" in page


def test_a_field_only_some_may_read_is_no_column(bench: Bench) -> None:
    registered(bench, 内部意见="先不要声张")
    assert "先不要声张" not in text_of(signed_in(bench.house.judge), f"{PATH}?show=remark")


def test_what_a_record_says_cannot_become_markup(bench: Bench) -> None:
    registered(bench, 问题描述='<script>alert("x")</script>' + "长" * 80)
    page = text_of(signed_in(bench.inspector), PATH)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(&quot;x&quot;)" in page


@pytest.mark.parametrize(
    "query", ["status=别的", "state=没有", "due=明年", "colour=紫", "order=姓名", "after=乱写", "opened=去年"]
)
def test_a_filter_that_does_not_exist_is_refused_with_what_does(bench: Bench, query: str) -> None:
    page = text_of(signed_in(bench.inspector), f"{PATH}?{query}", status=422)
    assert "box refused" in page


def test_an_empty_list_says_how_it_fills(bench: Bench) -> None:
    page = text_of(signed_in(bench.inspector), PATH)
    assert "没有符合条件的记录" in page
    assert "登记" in page


def test_all_registers_stand_under_their_keepers_with_what_is_open(bench: Bench) -> None:
    registered(bench)
    page = text_of(signed_in(bench.inspector), "/registers")
    assert "督察室" in page
    assert "整改台账" in page
    assert "未了结 1 条" in page
    assert "没有这样的台账" in text_of(signed_in(bench.inspector), "/registers?q=查无此账")


def test_only_an_act_one_may_do_is_offered_and_every_offer_opens_its_form(bench: Bench) -> None:
    registered(bench)
    judge, inspector = signed_in(bench.house.judge), signed_in(bench.inspector)
    mine = re.findall(r'<td class="act"><a href="([^"]+)">([^<]+)</a>', text_of(inspector, "/registers"))
    assert f"{PATH}/new?act={quote('登记')}" in [link for link, _act in mine]
    assert f"{PATH}/new" not in text_of(judge, "/registers")
    for link, act in mine[:12]:
        assert act in text_of(inspector, link)


def test_a_register_nobody_gave_one_looks_as_if_it_did_not_exist(bench: Bench) -> None:
    unknown = text_of(signed_in(bench.inspector), "/registers/ledger.nowhere", status=404)
    keeper = text_of(signed_in(bench.house.keeper), PATH, status=404)
    assert "没有这一页" in unknown
    assert "没有这一页" in keeper


def test_many_are_done_at_once_and_whoever_refuses_is_named(bench: Bench) -> None:
    first, second = registered(bench), registered(bench)
    third = accepted(bench, registered(bench))
    client = signed_in(bench.house.judge)
    query = "&".join(f"record={one.pk}" for one in (first, second, third))
    assert "选中的 3 条怎么办" in text_of(client, f"{PATH}/bulk?{query}")
    keys = [one.pk for one in (first, second, third)]
    filled = {"person": bench.house.judge.name, "measure": "逐卷清理", "why": ""}
    answer = client.post(f"{PATH}/bulk", {"record": keys, "act": "认领", "confirm": "1", **filled})
    page = answer.content.decode()
    assert "办好了 2 条" in page
    assert third.number in page
    first.refresh_from_db()
    assert first.state == "整改中"
