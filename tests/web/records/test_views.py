"""The same records as board, calendar, tree, numbers, paper and workbook; the wall; finding; 今日."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from mingjing.services.records.opening import open_record
from mingjing.storage.records.models import Record
from tests.services.builders import DAY, acting
from tests.services.records.builders import MENDING, STEP, Bench, accepted, registered, submitted
from tests.web.signing_in import signed_in, text_of

pytestmark = pytest.mark.django_db
PATH = f"/registers/{MENDING}"


def test_the_board_counts_what_stands_in_each_state(bench: Bench) -> None:
    registered(bench)
    accepted(bench, registered(bench))
    columns = signed_in(bench.inspector).get(f"{PATH}/board").context["columns"]
    assert {one["label"]: one["count"] for one in columns} == {"待认领": 1, "整改中": 1, "待验收": 0}


def test_the_calendar_shows_each_record_on_its_last_day(bench: Bench) -> None:
    record = registered(bench)
    record.refresh_from_db()
    page = text_of(signed_in(bench.inspector), f"{PATH}/calendar?month=2024-04")
    assert f'href="/records/{record.pk}"' in page
    assert "2024 年 4 月哪天到期" in page
    assert f'href="/records/{record.pk}"' not in text_of(
        signed_in(bench.inspector), f"{PATH}/calendar?month=2024-06"
    )


def test_the_tree_rolls_up_what_stands_below(bench: Bench) -> None:
    record = accepted(bench, registered(bench))
    somebody = acting(bench.inspector)
    for text in ("清点", "装订"):
        open_record(
            somebody, STEP, "列入", {"措施内容": text, "落实人": bench.house.judge.pk}, above=record.pk
        )
    page = text_of(signed_in(bench.inspector), f"{PATH}/tree")
    assert "下到末级共 <b>2 项</b>" in page
    assert "0 / 2" in page
    own = text_of(signed_in(bench.inspector), f"/records/{record.pk}")
    assert "末级共 2 项，已了结 0 项" in own


def test_every_number_of_the_statistics_opens_as_many_records(bench: Bench) -> None:
    registered(bench, on=DAY - timedelta(days=20))
    submitted(bench, accepted(bench, registered(bench)))
    client = signed_in(bench.inspector)
    context = client.get(f"{PATH}/figures").context
    lines = [context["whole"], *(row for part in context["parts"] for row in part["rows"])]
    seen = 0
    for line in lines:
        for name in ("total", "open", "over", "late", "in_time", "past"):
            shown = client.get(line[f"{name}_url"]).context["page"].numbers.found
            assert shown == getattr(line["one"], name), (line["one"].label, name)
            seen += 1
    assert seen >= 24


def test_the_paper_holds_every_row_and_no_chrome_when_printed(bench: Bench) -> None:
    for _ in range(20):
        registered(bench)
    page = text_of(signed_in(bench.inspector), f"{PATH}/paper")
    assert page.count("整改-2024-00") == 20


def test_the_workbook_holds_the_same_rows_with_their_fields(bench: Bench) -> None:
    registered(bench, 涉及金额="1200.00", 内部意见="先不要声张")
    client = signed_in(bench.house.head)
    answer = client.get(f"{PATH}/export")
    assert answer.status_code == 200
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    row = dict(zip(rows[0], rows[1], strict=True))
    assert row["编号"] == "整改-2024-0001"
    assert row["涉及金额"] == 1200
    assert row["责任部门"] == "民事审判第一庭"
    assert not row["内部意见"]


def test_the_wall_turns_by_itself_and_names_its_cut_off(bench: Bench) -> None:
    for _ in range(12):
        registered(bench)
    client = signed_in(bench.inspector)
    first = text_of(client, f"/wall/show?register={MENDING}&seconds=30")
    assert "数据截至 2024-04-01 09:00" in first
    assert 'http-equiv="refresh" content="30;' in first
    assert "page=2" in first
    second = client.get(f"/wall/show?register={MENDING}&page=2")
    assert len(second.context["lines"]) == 10
    last = client.get(f"/wall/show?register={MENDING}&page=3").context
    assert len(last["lines"]) == 2
    assert "page=1" in last["next_url"]
    assert "整改-2024-0012" in text_of(client, f"/wall/paper?register={MENDING}")


def test_the_wall_shows_nothing_its_reader_may_not_see(bench: Bench) -> None:
    registered(bench, 责任部门=bench.house.second_civil.pk, 问题描述="别的庭的事")
    client = signed_in(bench.house.judge)
    for page in (1, 2):
        assert "别的庭的事" not in text_of(client, f"/wall/show?page={page}")
    text_of(client, "/wall/show?register=ledger.nowhere", status=422)


def test_the_search_box_finds_a_record_by_number_and_by_title(bench: Bench) -> None:
    record = registered(bench)
    client = signed_in(bench.inspector)
    assert client.get("/find", {"q": record.number})["Location"] == f"/records/{record.pk}"
    registered(bench, 问题描述="卷宗缺页")
    page = text_of(client, "/find?q=卷宗")
    assert "卷宗超期未归档" in page
    assert "卷宗缺页" in page
    assert client.get("/find", {"q": "（2024）"})["Location"].startswith("/cases?q=")


def test_today_lists_what_is_due_and_what_one_was_warned_about(bench: Bench) -> None:
    record = accepted(bench, registered(bench))
    judge = signed_in(bench.house.judge)
    assert "卷宗超期未归档" not in text_of(judge, "/")
    Record.objects.filter(pk=record.pk).update(due_on=DAY - timedelta(days=2))
    page = text_of(judge, "/")
    assert "1 件等您" in page
    assert "您的 1 条逾期" in page
    assert "卷宗超期未归档" in page


def test_ones_own_records_stand_in_one_list_across_registers(bench: Bench) -> None:
    accepted(bench, registered(bench))
    registered(bench)
    found = signed_in(bench.house.judge).get("/records").context["found"]
    assert [row.state for row in found.rows] == ["整改中"]
