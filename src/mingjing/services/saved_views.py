"""Lists as people like to see them: kept under a name, opened again with one click."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.demands import WrongEntry, filled
from mingjing.storage.people.models import SavedView

MOST = 50
LONGEST = 1000
LONGEST_PAGE = 120
PLACES = frozenset({"after", "before", "page"})
"""Where somebody had turned to is no part of a view."""


class TooManyViews(Refusal):
    """The person keeps as many views as there may be."""

    code = "too-many-views"


class ViewUnknown(Refusal):
    """No view of that number among the person's own."""

    code = "view-unknown"


def lasting(query: str) -> str:
    """The query without empty values and without the place somebody had turned to."""
    return urlencode([(name, value) for name, value in parse_qsl(query) if name not in PLACES])


def own_views(actor: Actor) -> list[SavedView]:
    """The views of the actor, page by page."""
    return list(SavedView.objects.filter(person=actor.person).order_by("page", "name"))


def save_view(actor: Actor, page: str, query: str, name: str) -> SavedView:
    """Keep a list under a name; the same name on the same page is overwritten.

    Raises
    ------
    WrongEntry     no name, one longer than 30 characters, no filter to keep, or one that is too long
    TooManyViews   the actor keeps fifty already
    """
    name = filled(name, "名称", example="我庭逾期", longest=30)
    kept = lasting(query)
    if not kept or len(kept) > LONGEST or len(page) > LONGEST_PAGE:
        raise WrongEntry(
            "没有筛选可以存。请先在列表里选好条件，再点“常用筛选”。" if not kept else "筛选太长，存不下。",
            example="/cases?due=逾期",
        )
    mine = SavedView.objects.filter(person=actor.person)
    if not mine.filter(page=page, name=name).exists() and mine.count() >= MOST:
        raise TooManyViews(f"常用筛选最多存 {MOST} 个。请先删掉不用的。")
    with act(actor, "保存常用筛选", needs=None, subject_kind="人员", subject_id=actor.person.pk) as record:
        row, _ = SavedView.objects.update_or_create(
            person=actor.person, page=page, name=name, defaults={"query": kept}
        )
        record.payload = {"页面": page, "名称": name}
    return row


def remove_view(actor: Actor, pk: int) -> SavedView:
    """Forget one of the actor's own views.

    Raises
    ------
    ViewUnknown   it is not one of theirs
    """
    row = SavedView.objects.filter(person=actor.person, pk=pk).first()
    if row is None:
        raise ViewUnknown("没有这个常用筛选，可能已经删掉了。")
    with act(actor, "删除常用筛选", needs=None, subject_kind="人员", subject_id=actor.person.pk) as record:
        record.payload = {"页面": row.page, "名称": row.name}
        SavedView.objects.filter(pk=pk).delete()
    return row
