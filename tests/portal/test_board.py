"""审务公开: what three people read goes up, what is taken down is gone, nothing else leaves the house."""

from __future__ import annotations

import pytest
from django.test import Client

from mingjing.portal import limiting
from mingjing.services.records.acting import do
from mingjing.services.records.opening import open_record
from mingjing.storage.people.models import Oversight, Person
from mingjing.storage.published.models import PublishedRecord
from mingjing.storage.records.models import Record
from tests.services.builders import SINCE, House, acting, hire
from tests.services.conftest import house, moment

__all__ = ["house", "moment"]

TEXT = "定于四月十日公开开庭。\n凭身份证旁听。<script>alert(1)</script>"


@pytest.fixture
def desk(house: House) -> dict[str, Person]:
    """An author, two readers, the leader in charge, whoever publishes."""
    limiting._asked.clear()
    if not Oversight.objects.filter(department=house.office).exists():
        Oversight.objects.create(leader=house.leader, department=house.office, since=SINCE)
    return {
        "author": house.judge,
        "first": hire(house.court, "陆初", "综合办副主任", None),
        "second": hire(house.court, "文复", "综合办主任", None),
        "last": Oversight.objects.get(department=house.office).leader,
        "editor": hire(house.court, "温宣", "宣传干部", None),
    }


def draft(house: House, desk: dict[str, Person]) -> Record:
    values = {
        "栏目": "通知公告", "标题": "开庭公告", "来源": "立案庭", "作者": "林知远", "编辑": "温宣",
        "正文": TEXT, "起草人": desk["author"].pk, "归口部门": house.office.pk,
    }  # fmt: skip
    return open_record(acting(desk["author"]), "ledger.court_affairs", "报审", values)


def published(house: House, desk: dict[str, Person]) -> Record:
    record = draft(house, desk)
    do(acting(desk["first"]), record.pk, "初审", {"已作脱密脱敏": True, "审核意见": "内部意见"})
    do(acting(desk["second"]), record.pk, "复审", {})
    do(acting(desk["last"]), record.pk, "终审", {})
    assert not PublishedRecord.objects.exists()
    return do(acting(desk["editor"]), record.pk, "发布", {"发布时间": "2024-04-01T15:00"})


def test_three_levels_then_it_stands_in_the_open(house: House, desk: dict[str, Person]) -> None:
    published(house, desk)
    one = PublishedRecord.objects.get()
    page = Client().get(f"/public/board/云9821/{one.pk}").content.decode()
    for word in (
        "开庭公告",
        "来源：立案庭",
        "作者：林知远",
        "编辑：温宣",
        "发布时间：2024-04-01 15:00",
        "凭身份证旁听",
    ):
        assert word in page
    assert "内部意见" not in page and "<script>alert" not in page
    board = Client().get("/public/board/云9821/", {"column": "通知公告"}).content.decode()
    assert "开庭公告" in board and "通知公告 1" in board


def test_taken_down_it_is_gone(house: House, desk: dict[str, Person]) -> None:
    record = published(house, desk)
    key = PublishedRecord.objects.get().pk
    do(acting(desk["editor"]), record.pk, "撤下", {"撤下理由": "时间有变"})
    assert Client().get(f"/public/board/云9821/{key}").status_code == 404
    assert not PublishedRecord.objects.exists()


def test_large_letters_go_along_from_page_to_page(house: House, desk: dict[str, Person]) -> None:
    published(house, desk)
    page = Client().get("/public/board/云9821/", {"size": "big"}).content.decode()
    assert 'class="big"' in page and "?size=big" in page and "小字" in page


def test_an_answer_goes_up_only_where_its_writer_says_so(house: House, desk: dict[str, Person]) -> None:
    clerk = hire(house.court, "林服务", "诉讼服务人员", None)
    for open_ in (True, False):
        said = {
            "来的渠道": "窗口",
            "问题": f"几份{open_}",
            "答复": "两份",
            "怎么称呼": "申某",
            "可以公开": open_,
        }
        open_record(acting(clerk), "ledger.enquiry", "记电话", said)
    one = PublishedRecord.objects.get()
    assert one.title == "几份True" and "申某" not in str(one.shown)


@pytest.mark.parametrize(
    "path", ["/public/board/云0000/", "/public/board/云9821/?before=x&column=%00&size=<"]
)
def test_what_is_not_there_shows_an_empty_board(house: House, path: str) -> None:
    limiting._asked.clear()
    assert "现在还没有" in Client().get(path).content.decode()
    assert Client().get("/public/board/云9821/99999999999999999999").status_code == 404
