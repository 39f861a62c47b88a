from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory

from mingjing.domain.ladders.rungs import Colour
from mingjing.domain.reasons import Answer, MissingFact, Step
from mingjing.services.installation import registry
from mingjing.web.templatetags import mingjing_ui

ON = date(2026, 9, 30)


def show(template: str, **context: Any) -> str:
    """The template, rendered without line ends."""
    return engines["django"].from_string(template).render({"on": ON, **context}).replace("\n", "")


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{{ day|day_words:on }}", "十月八日"),
        ("{{ day|day_and_weekday:on }}", "十月八日，星期四"),
        ("{{ day|iso }}", "2026-10-08"),
        ("{{ day|month_day:on }}", "10-08"),
        ("{{ day|away:on }}", "还有 8 天"),
        ("{{ on|late_by:day }}", ""),
        ("{{ day|late_by:on }}", "晚 8 天"),
        ("{{ 1284|figures }}", "1,284"),
        ("{{ 12|numeral }}", "十二"),
        ("{{ 1286400|money }} 元", "1,286,400.00 元"),
        ("{{ 530|age }}", "1 年 5 个月"),
        ("{{ 812|file_size }}", "812 字节"),
        ("{{ 1434|file_size }}", "1.4 KB"),
        ("{{ 24117248|file_size }}", "23.0 MB"),
        ("{{ 200|duration }}", "3 分 20 秒"),
        ("{{ on|nearness:on }}{{ day|nearness:on }}", "red"),
    ],
)
def test_filters_say_dates_and_numbers(template: str, words: str) -> None:
    assert show(template, day=date(2026, 10, 8)) == words


@pytest.mark.parametrize(
    "name", ["day_words", "iso", "month_day:on", "away:on", "figures", "money", "age", "moment"]
)
def test_a_missing_value_is_a_dash_and_not_a_guess(name: str) -> None:
    assert show("{{ missing|%s }}" % name, missing=None) == "—"  # noqa: UP031


def test_a_moment_is_shown_in_the_courts_zone() -> None:
    assert show("{{ at|moment }}", at=datetime(2026, 9, 30, 1, 5, tzinfo=UTC)) == "2026-09-30 09:05"
    assert show("{{ at|iso }}", at=datetime(2026, 9, 30, 17, 0, tzinfo=UTC)) == "2026-10-01"


@pytest.mark.parametrize("colour", [3, "红", "red", Colour.RED])
def test_a_lamp_always_has_a_word(colour: object) -> None:
    assert show("{% lamp colour %}", colour=colour).endswith("</span>红</span>")
    shown = show("{% lamp colour '逾期 2 天' %}", colour=colour)
    assert 'class="due red"' in shown
    assert "逾期 2 天" in shown


def test_an_unknown_colour_is_no_colour() -> None:
    assert mingjing_ui.colour_class("<b>") == ""
    assert mingjing_ui.colour_class(None) == ""


@pytest.mark.parametrize(
    ("value", "total", "width"), [(1, 4, "25.0"), (9, 4, "100.0"), (-1, 4, "0.0"), (1, 0, "0.0")]
)
def test_a_bar_stays_within_its_ground(value: float, total: float, width: str) -> None:
    assert f'class="part" width="{width}"' in show("{% bar value total %}", value=value, total=total)


def test_reasons_are_laid_out_as_a_sum_with_articles_and_doubts() -> None:
    answer = Answer(
        ON,
        (Step("2026-06-23", "立案", "第八十五条"), Step("2026-09-23", "最迟审结日")),
        "deadline.x",
        ("各地不一",),
        ("暂定",),
    )
    shown = show("{% why answer total='已用 99 天' %}", answer=answer)
    for words in (
        "第八十五条",
        '<tr class="sum"><td>2026-09-23</td>',
        "已用 99 天",
        "待确认：各地不一",
        "请留意：暂定",
        "deadline.x",
    ):
        assert words in shown


def test_a_definition_is_named_and_its_reference_is_the_title() -> None:
    registry()
    shown = show("{{ kept|cited }}", kept="deadline.civil.summary @ 2022-01-01 # 304a20bb")
    assert 'title="deadline.civil.summary @ 2022-01-01 # 304a20bb"' in shown
    assert 'href="/institutions/deadline.civil.summary"' in shown
    assert shown.endswith("</a>，2022-01-01 起施行")
    assert ">deadline" not in shown, "a person reads its name"


def test_a_definition_nobody_has_any_more_stands_as_it_was_kept() -> None:
    assert show("{{ kept|cited }}", kept="deadline.gone @ 2020-01-01 # 1<2") == (
        "deadline.gone @ 2020-01-01 # 1&lt;2"
    )


def test_a_refusal_says_what_is_allowed_and_an_example() -> None:
    error = MissingFact("缺少“送达日期”", allowed=("送达日期",), example="2026-07-02")
    for template in ("{% why error %}", "{% refusal error kept='已填内容' do='补录送达' %}"):
        shown = show(template, error=error)
        assert "缺少“送达日期”" in shown
        assert "<dd>2026-07-02</dd>" in shown
    assert "已填内容" in shown
    assert "补录送达" in shown


def test_a_section_escapes_its_title_and_keeps_its_content() -> None:
    shown = show("{% section title count=1284 unit='件' %}<p>{{ title }}</p>{% endsection %}", title="<i>")
    assert "<h2>&lt;i&gt;</h2>" in shown
    assert "1,284 件" in shown
    assert "<p>&lt;i&gt;</p>" in shown


def test_facts_without_a_value_are_left_out() -> None:
    shown = show(
        "{% facts pairs %}", pairs=[("原告", "甲公司"), ("被告", ""), ("案链", "诉前调208号", "/cases/3")]
    )
    assert "被告" not in shown
    assert '<a href="/cases/3">诉前调208号</a>' in shown


def test_the_next_page_keeps_the_filters_and_replaces_the_cursor() -> None:
    request = RequestFactory().get("/cases", {"due": "逾期", "after": "3"})
    shown = show("{% pages 25 1000 more=True next_after='9~1' %}", request=request)
    assert "共 1,000 件以上" in shown
    assert "after=9~1" in shown
    assert "after=3" not in shown
    assert shown.count("due=") == 2
    assert "回到第一页" in shown


def test_filters_mark_what_is_chosen_and_work_without_script() -> None:
    request = RequestFactory().get("/cases", {"due": "逾期"})
    fields = [{"name": "due", "label": "期限", "value": "逾期", "options": [("", "不论"), "逾期"]}]
    shown = show("{% filters fields %}", fields=fields, request=request)
    assert '<label class="chosen">' in shown
    assert '<option value="逾期" selected>逾期</option>' in shown
    assert '<button class="btn without-js">筛选</button>' in shown
    assert 'method="get" action="/cases"' in shown


class OneField(forms.Form):
    length = forms.CharField(label="延长多久", help_text="写数字和单位。")
    note = forms.CharField(label="备注", required=False, widget=forms.Textarea)
    agreed = forms.BooleanField(label="双方同意", required=False)


def test_a_field_in_error_is_marked_and_tied_to_its_words() -> None:
    form = OneField({"length": ""})
    shown = show("{% field form.length example='1 个月' %}", form=form)
    assert 'aria-invalid="true"' in shown
    assert 'aria-describedby="id_length-help id_length-error"' in shown
    assert "例如：1 个月" in shown
    assert '<div class="wrong" id="id_length-error">' in shown


def test_an_optional_field_says_so_and_a_tick_box_stands_in_its_label() -> None:
    form = OneField()
    assert "可不填" in show("{% field form.note %}", form=form)
    assert "可不填" not in show("{% field form.length %}", form=form)
    assert '<label for="id_agreed"><input type="checkbox"' in show("{% field form.agreed %}", form=form)
