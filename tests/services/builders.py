"""A fictional court with people in their posts, and cases at fixed days.

Who is who: 林知远 tries the case and owns it; 何叙 is a judge of another division and must see nothing;
周岚 heads the division, 顾临川 is the leader in charge, 沈砚 the president, 罗清 the case-management office;
白朔 sits in the case-management office of the higher court; 唐简 keeps people, 陆衡 grants posts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mingjing.services.actors import Actor, actor_for
from mingjing.services.clocks import recheck
from mingjing.services.record_event import Happening, write_event
from mingjing.storage.auditlog.models import Act
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Court, Department, Oversight, Person, Posting

SINCE = date(2020, 1, 1)
FILED = date(2024, 3, 13)
DAY = date(2024, 4, 1)


@dataclass(frozen=True, slots=True)
class House:
    """The court below (岚县), the court above (云溪), and everybody in them."""

    higher: Court
    court: Court
    first_civil: Department
    second_civil: Department
    enforcement: Department
    office: Department
    judge: Person
    stranger: Person
    assistant: Person
    clerk: Person
    head: Person
    leader: Person
    president: Person
    manager: Person
    higher_manager: Person
    keeper: Person
    guardian: Person
    enforcer: Person
    enforcement_head: Person


def build_house() -> House:
    """The court and its people, in post since 2020."""
    higher = Court.objects.create(code="云98", name="云溪市中级人民法院", short_name="云溪中院", level="中级")
    court = Court.objects.create(
        code="云9821", name="岚县人民法院", short_name="岚县法院", level="基层", parent=higher
    )
    names = ("民事审判第一庭", "民事审判第二庭", "执行局", "审判管理办公室", "综合办公室")
    one, two, enforcement, office, general = [
        Department.objects.create(court=court, name=name, order=place, since=SINCE)
        for place, name in enumerate(names, 1)
    ]
    above = Department.objects.create(court=higher, name="审判管理办公室", order=1, since=SINCE)
    house = House(
        higher=higher,
        court=court,
        first_civil=one,
        second_civil=two,
        enforcement=enforcement,
        office=office,
        judge=hire(court, "林知远", "审判员", one),
        stranger=hire(court, "何叙", "审判员", two),
        assistant=hire(court, "苏禾", "法官助理", one),
        clerk=hire(court, "程露", "书记员", one),
        head=hire(court, "周岚", "庭长", one),
        leader=hire(court, "顾临川", "副院长", None),
        president=hire(court, "沈砚", "院长", None),
        manager=hire(court, "罗清", "审管办主任", office),
        higher_manager=hire(higher, "白朔", "辖区审管专员", above),
        keeper=hire(court, "唐简", "系统管理员", general),
        guardian=hire(court, "陆衡", "安全管理员", general),
        enforcer=hire(court, "韩远山", "执行法官", enforcement),
        enforcement_head=hire(court, "方屹", "执行局长", enforcement),
    )
    for department in (one, enforcement):
        Oversight.objects.create(leader=house.leader, department=department, since=SINCE)
    return house


def hire(court: Court, name: str, post: str, department: Department | None, since: date = SINCE) -> Person:
    """Somebody with one post; the staff number follows from how many work there."""
    number = f"{court.code}{Person.objects.filter(court=court).count() + 1:03}"
    person = Person.objects.create(court=court, name=name, staff_number=number)
    Posting.objects.create(person=person, post=post, department=department, since=since)
    return person


def acting(person: Person, on: date = DAY) -> Actor:
    """The person on a day, with the posts held then."""
    return actor_for(Person.objects.select_related("court", "court__parent").get(pk=person.pk), on)


def file_case(
    house: House,
    *,
    serial: int = 1,
    filed_on: date = FILED,
    kind: str = "民事一审",
    procedure: str = "简易程序",
    handler: Person | None = None,
    on: date | None = None,
) -> Case:
    """A filed case of the first civil division, tried by 林知远 unless said otherwise, clocks running."""
    judge = handler or house.judge
    posting = Posting.objects.filter(person=judge).select_related("department").get()
    case = Case.objects.create(
        court=house.court,
        number=f"（{filed_on.year}）云9821民初{serial}号",
        number_year=filed_on.year,
        type_code="民初",
        kind=kind,
        procedure=procedure,
        cause="民间借贷纠纷",
        handler=judge,
        handler_name=judge.name,
        department=posting.department,
    )
    happen(case, "立案", filed_on, on=on or filed_on)
    return case


def happen(case: Case, kind: str, day: date, *, on: date | None = None, by: Person | None = None) -> None:
    """Something happened in a case, recorded without any of the checks of the verb."""
    write_event(case, Happening(kind, day), by=by or case.handler)
    recheck(case, on=on or day)


def entries(verb: str = "") -> list[Act]:
    """The log of acts, or its entries of one verb."""
    rows = Act.objects.order_by("seq")
    return list(rows.filter(verb=verb) if verb else rows)
