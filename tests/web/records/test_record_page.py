"""One record: why it is due then, what may be done now, forms that keep what was typed, who looked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mingjing.domain.ledgers.matters import Permitted
from mingjing.domain.ledgers.register import Act
from mingjing.services.reading.records.page import record_view
from mingjing.services.records.opening import open_record
from mingjing.storage.records.models import Look, Record
from mingjing.web.records.page import _buttons
from tests.services.builders import acting, hire
from tests.services.records.builders import CHECK, CLUE, MENDING, Bench, accepted, registered, submitted
from tests.web.signing_in import signed_in, text_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def sent(client: Client, path: str, **values: object) -> str:
    """The page after a form was sent."""
    return client.post(path, values, follow=True).content.decode()


def test_the_last_day_stands_there_with_its_working_and_who_is_told(bench: Bench) -> None:
    record = registered(bench)
    page = text_of(signed_in(bench.inspector), f"/records/{record.pk}")
    assert "为什么是四月七日" in page
    assert "+ 3 个工作日" in page
    assert "提醒责任部门" in page
    assert "周岚" in page


def test_whoever_may_move_it_gets_one_primary_button_and_nobody_else(bench: Bench) -> None:
    record = registered(bench)
    judge = text_of(signed_in(bench.house.judge), f"/records/{record.pk}")
    assert judge.count("btn main") + judge.count("btn must") == 1
    assert ">认领</a>" in judge
    inspector = text_of(signed_in(bench.inspector), f"/records/{record.pk}")
    assert ">认领</a>" not in inspector


def test_what_takes_something_back_is_never_the_primary_button(bench: Bench) -> None:
    view = record_view(acting(bench.house.judge), registered(bench).pk)
    register, moves = view.register, (((view.record.state,), "已了结"),)
    acts = tuple(Act(f"a{at}", label, ("承办法官",), moves) for at, label in enumerate(("撤销", "交办")))
    view = replace(view, register=replace(register, acts=acts))
    both = _buttons(view, tuple(Permitted(one.label) for one in acts), must=True)
    assert [(one["label"], one["kind"]) for one in both] == [("交办", "must"), ("撤销", "")]
    (alone,) = _buttons(view, (Permitted("撤销"),), must=True)
    assert alone["kind"] == ""


def test_a_record_is_opened_by_its_form_and_says_where_it_stands(bench: Bench) -> None:
    client = signed_in(bench.inspector)
    unit = bench.house.first_civil.pk
    page = sent(
        client, f"/registers/{MENDING}/new", problem="卷宗缺页", source="案件评查", unit=unit, once="a1"
    )
    assert "已登记 整改-2024-0001，现在是“待认领”" in page
    sent(client, f"/registers/{MENDING}/new", problem="卷宗缺页", source="案件评查", unit=unit, once="a1")
    assert Record.objects.count() == 1


def test_a_form_says_beforehand_what_follows(bench: Bench) -> None:
    record = registered(bench)
    page = text_of(signed_in(bench.house.judge), f"/records/{record.pk}/do/认领")
    assert "状态变为“整改中”" in page
    assert "“整改时限”（30 天）开始计算" in page
    assert "“认领时限”停止计算" in page


def test_a_refused_form_keeps_what_was_typed_and_marks_the_field(bench: Bench) -> None:
    record = registered(bench)
    client = signed_in(bench.house.judge)
    answer = client.post(
        f"/records/{record.pk}/do/认领", {"person": "无此人", "measure": "逐卷清理三百卷", "revision": 1}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "今天在任的人里没有“无此人”" in page
    assert "逐卷清理三百卷" in page
    assert 'aria-invalid="true"' in page


def test_namesakes_are_told_apart_by_department(bench: Bench) -> None:
    record = registered(bench)
    hire(bench.house.court, bench.house.judge.name, "审判员", bench.house.second_civil)
    client = signed_in(bench.house.judge)
    path = f"/records/{record.pk}/do/认领"
    page = sent(client, path, person=bench.house.judge.name, measure="清理")
    assert "有 2 人" in page
    one = f"{bench.house.judge.name}（{bench.house.first_civil.name}）"
    assert "现在是“整改中”" in sent(client, path, person=one, measure="清理")


def test_files_received_with_a_refused_form_need_not_be_sent_again(bench: Bench) -> None:
    record = accepted(bench, registered(bench))
    client = signed_in(bench.house.judge)
    path = f"/records/{record.pk}/do/报验"
    files = [SimpleUploadedFile("清单一.pdf", PDF), SimpleUploadedFile("清单二.pdf", PDF + b"%2\n")]
    refused = client.post(path, {"evidence": files, "revision": 0}).content.decode()
    assert "已经收到 2 个文件" in refused
    sealed = refused.split('name="received" value="')[1].split('"')[0]
    page = sent(client, path, received=sealed, revision=record.revision)
    assert "现在是“待验收”" in page
    assert "清单一.pdf" in page
    assert "清单二.pdf" in page


def test_a_file_that_lies_about_its_type_is_refused(bench: Bench) -> None:
    record = accepted(bench, registered(bench))
    client = signed_in(bench.house.judge)
    wrong = SimpleUploadedFile("清单.pdf", b"MZ\x90\x00 not a pdf")
    answer = client.post(f"/records/{record.pk}/do/报验", {"evidence": [wrong], "revision": record.revision})
    assert answer.status_code == 422
    record.refresh_from_db()
    assert record.state == "整改中"


def test_what_somebody_else_did_meanwhile_is_said_and_nothing_is_lost(bench: Bench) -> None:
    record = registered(bench)
    accepted(bench, record)
    record = submitted(bench, record)
    client = signed_in(bench.inspector)
    answer = client.post(f"/records/{record.pk}/do/退回", {"reason": "材料不全，请补", "revision": 2})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "办理了“报验”" in page
    assert "材料不全，请补" in page


def test_the_history_says_who_did_what_when_and_with_which_words(bench: Bench) -> None:
    record = submitted(bench, accepted(bench, registered(bench)))
    page = text_of(signed_in(bench.inspector), f"/records/{record.pk}")
    for words in ("登记", "认领", "报验", "待认领 → 整改中", "整改措施：逐卷清理", "林知远", "清单.pdf"):
        assert words in page
    assert "走完的时限" in page


def test_a_field_only_some_may_read_is_neither_shown_nor_in_the_history(bench: Bench) -> None:
    record = registered(bench, 内部意见="先不要声张")
    assert "先不要声张" in text_of(signed_in(bench.inspector), f"/records/{record.pk}")
    page = text_of(signed_in(bench.house.judge), f"/records/{record.pk}")
    assert "先不要声张" not in page
    assert "只有规定的人能看" in page


def test_a_record_nobody_gave_one_looks_as_if_it_did_not_exist(bench: Bench) -> None:
    record = registered(bench)
    hidden = text_of(signed_in(bench.house.stranger), f"/records/{record.pk}", status=404)
    assert record.number not in hidden
    assert "没有这一页" in hidden
    text_of(signed_in(bench.house.stranger), f"/records/{record.pk}/do/认领", status=404)


def test_an_act_that_is_not_open_now_says_what_is(bench: Bench) -> None:
    record = registered(bench)
    client = signed_in(bench.house.judge)
    page = client.get(f"/records/{record.pk}/do/报验", follow=True).content.decode()
    assert "“待认领”时您不能办理“报验”" in page
    assert "现在您可以办的：认领" in page


def test_a_link_is_made_by_number_shown_on_both_sides_and_taken_back(bench: Bench) -> None:
    record = registered(bench)
    check = open_record(acting(bench.inspector), CHECK, "登记检查", {"检查内容": "午间巡查"})
    client = signed_in(bench.inspector)
    path = f"/records/{record.pk}/link"
    missing = sent(client, path, register=CHECK, number="没有", label="关联")
    assert "您看得到的记录里没有“没有”" in missing
    assert f"已关联 {check.number}" in sent(
        client, path, register=CHECK, number=check.number, label="由此发现"
    )
    assert f'由此发现：<a href="/records/{record.pk}"' in text_of(client, f"/records/{check.pk}")
    tie = record.links_out.get()
    assert "已解除关联" in sent(client, f"/records/{record.pk}/unlink/{tie.pk}")


def test_every_kind_of_field_has_a_control_and_keeps_its_form(bench: Bench) -> None:
    client = signed_in(bench.inspector)
    units = [bench.house.first_civil.pk, bench.house.second_civil.pk]
    page = sent(
        client, f"/registers/{CHECK}/new", theme="午间巡查", units=units, share="98.50", day="2024年4月1日",
        sound="否", kinds=["作风", "程序"],
    )  # fmt: skip
    assert "已登记" in page
    data = Record.objects.get().data
    assert data == {
        "theme": "午间巡查", "units": units, "share": "98.5", "day": "2024-04-01", "sound": False,
        "kinds": ["作风", "程序"],
    }  # fmt: skip
    for words in ("民事审判第一庭、民事审判第二庭", "作风、程序", "98.5"):
        assert words in page


def test_a_secret_record_shows_its_subject_and_its_keepers_who_looked(bench: Bench) -> None:
    given = {"反映内容": "收礼", "被反映人": bench.house.judge.pk, "承办督察": bench.inspector.pk}
    record = open_record(acting(bench.inspector), CLUE, "受理", given)
    page = text_of(signed_in(bench.chief), f"/records/{record.pk}")
    assert "谁看过" in page
    assert bench.chief.name in page
    assert "（内容只在要素里，不入经过）" in page
    assert "清空" not in page
    subject = text_of(signed_in(bench.house.judge), f"/records/{record.pk}")
    assert "收礼" not in subject
    assert bench.chief.name in subject
    assert Look.objects.filter(record=record).count() == 1
    text_of(signed_in(bench.house.head), f"/records/{record.pk}", status=404)
