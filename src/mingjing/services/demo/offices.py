"""Offices, branches and posts of the busiest basic court, whose registers the demonstration fills."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from mingjing.services.demo.org import SINCE, Engaging, Staff
from mingjing.storage.people.models import Account, Department, Oversight, Person, Posting

SEED = 20260931
BESIDE = SINCE + timedelta(days=1)
"""A second post begins a day after the first, which stays the one shown beside the name."""

OFFICES = (
    ("政治部", "综合", ("政治部主任", "政治部干部")),
    ("财务室", "财务", ("财务负责人", "会计", "出纳")),
    ("信访办公室", "信访", ("信访办主任", "信访干部")),
    ("机关党委办公室", "党务", ("机关党委专职副书记", "机关党委干部")),
    ("派驻纪检监察组", "纪检", ("派驻纪检组长", "派驻纪检干部")),
)
IN_THE_OFFICE = ("综合办主任", "综合办干部", "机要文书", "宣传干部", "车辆管理员", "驾驶员")
BRANCHES = (
    ("审判第一党支部", "民事审判第一庭", ("民事审判第一庭", "民事审判第二庭")),
    ("审判第二党支部", "刑事审判庭", ("刑事审判庭", "行政审判庭", "立案庭")),
    ("执行局党支部", "执行局", ("执行局",)),
)
LOGINS = (
    ("bangong", "综合办主任"),
    ("zhengzhi", "政治部主任"),
    ("caiwu", "财务负责人"),
    ("xinfang", "信访办主任"),
    ("dangwei", "机关党委专职副书记"),
    ("jijian", "派驻纪检组长"),
    ("duchayuan", "督察员"),
    ("susong", "诉讼服务人员"),
    ("fuban", "综合办副主任"),
    ("xuanchuan", "宣传干部"),
)


@dataclass(slots=True)
class Offices:
    """People by post, departments by name, beside what ``Staff`` holds."""

    staff: Staff
    people: dict[str, Person] = field(default_factory=dict)
    departments: dict[str, Department] = field(default_factory=dict)


def build(staff: Staff, password: str) -> Offices:
    """Engage everybody and give the leaders their posts in the party group."""
    engage = Engaging(staff.court, Random(SEED), taken=staff.court.people.values_list("name", flat=True))  # noqa: S311
    found = Offices(staff, dict(staff.heads), dict(staff.departments))
    leaders = [posting.person for posting in _holding(staff, "副院长")]
    office = staff.departments["综合办公室"]
    for post in IN_THE_OFFICE:
        found.people[post] = engage(post, office)
    for order, (name, business, posts) in enumerate(OFFICES, start=len(staff.departments)):
        place = Department.objects.create(
            court=staff.court, name=name, field=business, order=order, since=SINCE
        )
        found.departments[name] = place
        Oversight.objects.create(leader=leaders[-1], department=place, since=SINCE)
        for post in posts:
            found.people[post] = engage(post, place)
    _party(found, leaders)
    found.people["诉讼服务人员"] = engage("诉讼服务人员", staff.departments["立案庭"])
    found.people["诉讼服务中心主任"] = engage("诉讼服务中心主任", None)
    found.people["综合办副主任"] = engage("综合办副主任", None)
    for username, post in LOGINS:
        Account.objects.create_account(username, password, found.people[post])
    return found


def _holding(staff: Staff, post: str) -> list[Posting]:
    rows = Posting.objects.filter(person__court=staff.court, post=post)
    return list(rows.select_related("person").order_by("pk"))


def _party(found: Offices, leaders: list[Person]) -> None:
    """Party group and branches: everybody of the divisions is a member of a branch."""
    staff = found.staff
    _also(staff.heads["院长"], "党组书记", None)
    for leader in leaders:
        _also(leader, "党组成员", None)
    _also(leaders[-1], "机关党委书记", found.departments["机关党委办公室"])
    for order, (name, led_from, places) in enumerate(BRANCHES, start=40):
        branch = Department.objects.create(
            court=staff.court, name=name, field="党支部", order=order, since=SINCE
        )
        found.departments[name] = branch
        secretary = staff.heads[led_from]
        _also(secretary, "支部书记", branch)
        rows = Posting.objects.filter(department__in=[staff.departments[place] for place in places])
        for posting in rows.exclude(person=secretary).order_by("pk"):
            _also(posting.person, "党员", branch)


def _also(person: Person, post: str, department: Department | None) -> None:
    Posting.objects.create(person=person, department=department, post=post, since=BESIDE)
