"""What a court that is being set up still lacks, in the order in which it is done, and by whom."""

from __future__ import annotations

from dataclasses import dataclass

from mingjing.services.actors import Actor
from mingjing.services.installation import registry
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Account, Court, Department, Posting

FOUNDING = ("维护机构人员", "授予职务", "导入数据")
"""Who sets a court up: whoever may do one of these."""


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One step: what, who does it, how; ``opens`` names the page, ``mine`` where this actor may do it."""

    what: str
    who: str
    how: str
    done: bool
    mine: bool
    opens: str


def first_steps(actor: Actor) -> list[FirstStep]:
    """The steps from an empty court to its first cases; none for others, and none once it has cases."""
    court = actor.person.court
    if not any(actor.may(needs) for needs in FOUNDING) or Case.objects.filter(court=court).exists():
        return []
    departments = Department.objects.filter(court=court).exists()
    people = Account.objects.filter(person__court=court, is_active=True).count() > 1
    held = set(Posting.objects.on(actor.on).filter(person__court=court).values_list("post", flat=True))
    console = f"在服务器上：mingjing account create --court {court.code} --name 姓名 --post 安全管理员"
    mine, keepers = actor.may("维护机构人员"), _may(court, held, "授予职务")
    return [
        FirstStep("设立部门", "系统管理员", "逐个写明名称和业务。", departments, mine, "people"),
        FirstStep("开通安全管理员", "有服务器的人", console, keepers, False, ""),
        FirstStep(
            "登记人员，开通账号",
            "系统管理员",
            "先登记本人，再给他开账号，口令只显示一次。",
            people,
            mine,
            "people",
        ),
        FirstStep(
            "授予职务",
            "安全管理员",
            "职务决定各人看得到什么、能办什么；审管办的人任职以后才能导入案件。",
            _may(court, held, "确认导入"),
            actor.may("授予职务"),
            "people",
        ),
        FirstStep(
            "导入案件",
            "审管办",
            "下载模板，或者直接用办案系统导出的表；先预检，确认以后才写入。",
            False,
            actor.may("导入数据"),
            "imports",
        ),
    ]


def _may(court: Court, posts: set[str], act: str) -> bool:
    """Whether one of the posts held today carries the right."""
    return any(act in role.may and posts & set(role.posts) for role in registry(court).roles().roles)
