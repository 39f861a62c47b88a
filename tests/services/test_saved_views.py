"""Lists kept under a name: one's own, without the place turned to, never more than there may be."""

from __future__ import annotations

import pytest

from mingjing.services import saved_views
from mingjing.services.demands import WrongEntry
from mingjing.services.saved_views import TooManyViews, ViewUnknown, own_views, remove_view, save_view
from mingjing.storage.auditlog.models import Act
from mingjing.storage.people.models import SavedView
from tests.services.builders import House, acting

pytestmark = pytest.mark.django_db


def test_a_list_is_kept_without_where_one_had_turned_to(house: House) -> None:
    row = save_view(acting(house.judge), "/cases", "due=逾期&after=2024-01-01~7&kind=", "我的逾期")
    assert row.query == "due=%E9%80%BE%E6%9C%9F"
    assert Act.objects.filter(verb="保存常用筛选", subject_id=house.judge.pk).count() == 1


def test_the_same_name_on_the_same_page_is_overwritten(house: House) -> None:
    save_view(acting(house.judge), "/cases", "due=逾期", "常看")
    save_view(acting(house.judge), "/cases", "colour=红", "常看")
    save_view(acting(house.judge), "/alerts", "colour=红", "常看")
    assert [(one.page, one.query) for one in own_views(acting(house.judge))] == [
        ("/alerts", "colour=%E7%BA%A2"),
        ("/cases", "colour=%E7%BA%A2"),
    ]


def test_what_is_not_a_filter_is_not_kept(house: House) -> None:
    with pytest.raises(WrongEntry, match="没有筛选可以存"):
        save_view(acting(house.judge), "/cases", "after=7&q=", "空的")
    with pytest.raises(WrongEntry, match="名称"):
        save_view(acting(house.judge), "/cases", "due=逾期", "  ")
    with pytest.raises(WrongEntry, match="太长"):
        save_view(acting(house.judge), "/cases", "q=" + "长" * 500, "长的")
    with pytest.raises(WrongEntry, match="太长"):
        save_view(acting(house.judge), "/registers/" + "x" * 200, "due=逾期", "长的")
    with pytest.raises(WrongEntry, match="空字符"):
        save_view(acting(house.judge), "/cases", "due=逾期", "我\x00的")
    assert not SavedView.objects.exists()


def test_there_is_an_end_to_how_many(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_views, "MOST", 1)
    save_view(acting(house.judge), "/cases", "due=逾期", "一")
    with pytest.raises(TooManyViews):
        save_view(acting(house.judge), "/cases", "due=逾期", "二")
    save_view(acting(house.judge), "/cases", "colour=红", "一")


def test_nobody_removes_what_somebody_else_keeps(house: House) -> None:
    row = save_view(acting(house.judge), "/cases", "due=逾期", "我的")
    with pytest.raises(ViewUnknown):
        remove_view(acting(house.head), row.pk)
    remove_view(acting(house.judge), row.pk)
    assert own_views(acting(house.judge)) == []
