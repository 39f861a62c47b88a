"""The demonstration's courts, departments, people and logins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from random import Random

from mingjing.services.demo.words import initials, person
from mingjing.storage.people.models import Account, Court, Department, Oversight, Person, Posting

COURTS = (
    # code, name, short name, level, parent, folder: fictional codes, none of them in use
    ("云98", "云溪市中级人民法院", "云溪中院", "中级", "", "demo"),
    ("云9801", "清河区人民法院", "清河法院", "基层", "云98", "demo"),
    ("云9821", "岚县人民法院", "岚县法院", "基层", "云98", "demo"),
    ("云9822", "松岭县人民法院", "松岭法院", "基层", "云98", "demo"),
)

DIVISIONS = (
    # name, field, head, judges, assistants, clerks
    ("立案庭", "立案", "立案庭庭长", 0, 0, 1),
    ("民事审判第一庭", "民事", "庭长", 5, 2, 2),
    ("民事审判第二庭", "民事", "庭长", 4, 2, 2),
    ("刑事审判庭", "刑事", "庭长", 3, 1, 1),
    ("行政审判庭", "行政", "庭长", 2, 1, 1),
    ("执行局", "执行", "执行局长", 4, 2, 2),
    ("审判管理办公室", "审管", "审管办主任", 0, 0, 0),
    ("督察室", "督察", "督察室主任", 0, 0, 0),
    ("综合办公室", "综合", "", 0, 0, 0),
)

JUDGE_OF = {"执行": "执行法官"}
SINCE = date(2018, 1, 1)


@dataclass(frozen=True, slots=True)
class Login:
    """A demonstration login, as printed and as listed on the log-in page."""

    username: str
    name: str
    title: str
    can: str


@dataclass(slots=True)
class Staff:
    """A court's people by what they are, for the generator of cases."""

    court: Court
    departments: dict[str, Department]
    judges: dict[str, list[Person]]
    heads: dict[str, Person]
    homes: dict[int, str]


def build_courts(random: Random) -> dict[str, Staff]:
    """Courts with departments and people; staff by court code."""
    staff: dict[str, Staff] = {}
    courts: dict[str, Court] = {}
    for code, name, short, level, parent, folder in COURTS:
        courts[code] = Court.objects.create(
            code=code, name=name, short_name=short, level=level, parent=courts.get(parent), folder=folder
        )
        staff[code] = _staff(courts[code], random)
    return staff


class Engaging:
    """Engages people under names not yet used at the court; ``taken`` are those used before."""

    def __init__(self, court: Court, random: Random, taken: Iterable[str] = ()) -> None:
        self.court, self.random = court, random
        self.used: set[str] = set(taken)

    def __call__(self, post: str, department: Department | None, until: date | None = None) -> Person:
        name = person(self.random)
        while name in self.used:
            name = person(self.random)
        self.used.add(name)
        made = Person.objects.create(
            court=self.court,
            name=name,
            initials=initials(name),
            staff_number=f"{self.court.code[1:]}{len(self.used):03d}",
        )
        Posting.objects.create(person=made, department=department, post=post, since=SINCE, until=until)
        return made


def _staff(court: Court, random: Random) -> Staff:
    engage = Engaging(court, random)
    found = Staff(court, {}, {}, {}, {})
    president = engage("院长", None)
    found.heads["院长"] = president
    deputies = [engage("副院长", None) for _ in range(3)]
    for order, (name, field, head, judges, assistants, clerks) in enumerate(DIVISIONS):
        department = Department.objects.create(court=court, name=name, field=field, order=order, since=SINCE)
        found.departments[name] = department
        if head:
            found.heads[name] = engage(head, department)
        members = [engage(JUDGE_OF.get(field, "审判员"), department) for _ in range(judges)]
        found.judges.setdefault(field, []).extend(members)
        found.homes.update({member.pk: name for member in members})
        for _ in range(assistants):
            engage("法官助理", department)
        for _ in range(clerks):
            engage("书记员", department)
        leader = {"民事": deputies[0], "立案": deputies[0], "刑事": deputies[1], "行政": deputies[1]}.get(
            field, deputies[2]
        )
        Oversight.objects.create(leader=leader, department=department, since=SINCE)
    _offices(court, found, engage)
    return found


def _offices(court: Court, found: Staff, engage: Engaging) -> None:
    """The offices that manage rather than try cases."""
    management, supervision = found.departments["审判管理办公室"], found.departments["督察室"]
    found.heads["审管办干部"] = engage("审管办干部", management)
    found.heads["督察员"] = engage("督察员", supervision)
    if court.level == "中级":
        found.heads["辖区审管专员"] = engage("辖区审管专员", management)
    office = found.departments["综合办公室"]
    for post in ("系统管理员", "安全管理员", "审计管理员"):
        found.heads[post] = engage(post, office)


def build_logins(staff: dict[str, Staff], password: str) -> None:
    """One login per role at the busiest basic court, a few at the others and at the intermediate court."""
    county = staff["云9801"]
    busiest = county.judges["民事"][0]
    wanted = [
        ("faguan", busiest),
        ("faguan2", county.judges["民事"][1]),
        ("zhixing", county.judges["执行"][0]),
        ("tingzhang", county.heads["民事审判第一庭"]),
        ("fuyuanzhang", Oversight.objects.get(department=county.departments["民事审判第一庭"]).leader),
        ("yuanzhang", county.heads["院长"]),
        ("shenguan", county.heads["审判管理办公室"]),
        ("lian", county.heads["立案庭"]),
        ("ducha", county.heads["督察室"]),
        ("xitong", county.heads["系统管理员"]),
        ("anquan", county.heads["安全管理员"]),
        ("shenji", county.heads["审计管理员"]),
        ("zhongyuan", staff["云98"].heads["辖区审管专员"]),
        ("lanxian", staff["云9821"].heads["审判管理办公室"]),
    ]
    for username, somebody in wanted:
        Account.objects.create_account(username, password, somebody)


def logins() -> list[Login]:
    """The demonstration's logins with name and post."""
    found = []
    for account in Account.objects.select_related("person", "person__court").order_by("pk"):
        posting = (
            Posting.objects.filter(person=account.person)
            .select_related("department")
            .order_by("since", "pk")
            .first()
        )
        place = posting.department.name if posting and posting.department else ""
        post = posting.post if posting else ""
        title = f"{account.person.court.short_name} {place} {post}".replace("  ", " ")
        found.append(Login(account.username, account.person.name, title, post))
    return found
