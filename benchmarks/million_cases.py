"""A made-up jurisdiction for the benchmarks: an intermediate court over twelve basic ones, with their cases.

Everything follows from a seed. Cases are numbered in the order of filing, three in twenty are open (the
younger the likelier), every open case has eight clocks and six events, parties are invented names. Rows
come table by table as plain tuples, ready for COPY or executemany; nothing here computes a deadline.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random

import numpy as np

from mingjing.services.demo.words import GIVEN, PLACES, SURNAMES, TRADES, initials
from mingjing.storage.people.models import Account, Court, Department, Oversight, Person, Posting

ON = date(2026, 9, 30)
FIRST = date(2020, 1, 6)
SEED = 20260930
PASSWORD = "benchmark-only"
TRIAL = (
    # name, field, kind, type code of the first instance, type code of the second, judges
    ("民事审判第一庭", "民事", "民事一审", "民初", "民终", 14),
    ("民事审判第二庭", "民事", "民事一审", "民初", "民终", 14),
    ("民事审判第三庭", "民事", "民事一审", "民初", "民终", 14),
    ("刑事审判庭", "刑事", "刑事一审", "刑初", "刑终", 8),
    ("行政审判庭", "行政", "行政一审", "行初", "行终", 6),
    ("执行局", "执行", "首次执行", "执", "执", 16),
)
SHARES = (0.22, 0.22, 0.18, 0.10, 0.04, 0.24)
CAUSES = (
    "买卖合同纠纷",
    "民间借贷纠纷",
    "离婚纠纷",
    "机动车交通事故责任纠纷",
    "劳动争议",
    "物业服务合同纠纷",
)
PROCEDURES = ("普通程序", "简易程序", "小额诉讼程序")
STAGES = ("立案", "送达与准备", "开庭审理", "合议与裁判", "宣判")
STORY = ("收到起诉状", "立案", "移送审判庭", "分案", "送达起诉状副本", "开庭")
NODES = ("立案审查", "移送审判庭", "送达起诉状副本", "排期", "开庭", "宣判", "送达裁判文书", "审理期限")
TELLS = ("承办人", "庭长", "分管院领导", "院长")
TAGS = ("涉民生", "涉企", "涉众")
FACTS = json.dumps({"标的物": "货款", "诉讼费": "1286.00"}, ensure_ascii=False)
AT = "2026-09-30 00:00:00"
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one table: its name, its columns, and what makes the rows anew."""

    name: str
    columns: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class Bench:
    """The people of one trial department of one court, by identity."""

    court: int
    code: str
    department: int
    level: str
    kind: str
    type_code: str
    judges: tuple[int, ...]
    names: tuple[str, ...]
    head: int
    leader: int
    president: int


def build_people() -> list[Bench]:
    """Courts, departments, people, posts and one login per role; the trial departments in fixed order."""
    random = Random(SEED)
    above = _court("云98", "云溪市中级人民法院", "云溪中院", "中级", None)
    benches = _benches(above, random)
    for number in range(1, 13):
        code = f"云98{number:02d}"
        benches += _benches(_court(code, f"第{number}区人民法院", f"{number}区法院", "基层", above), random)
    county = Court.objects.get(code="云9801")
    for username, court, post in (
        ("judge", county, "审判员"),
        ("head", county, "庭长"),
        ("leader", county, "副院长"),
        ("president", county, "院长"),
        ("manager", county, "审管办主任"),
        ("higher", above, "辖区审管专员"),
    ):
        person = Person.objects.filter(court=court, postings__post=post).order_by("pk")[0]
        Account.objects.create_account(username, PASSWORD, person)
    return benches


def _court(code: str, name: str, short: str, level: str, parent: Court | None) -> Court:
    return Court.objects.create(code=code, name=name, short_name=short, level=level, parent=parent)


def _benches(court: Court, random: Random) -> list[Bench]:
    """Everybody of one court."""
    hired = 0

    def hire(post: str, department: Department | None) -> Person:
        nonlocal hired
        hired += 1
        name = random.choice(SURNAMES) + random.choice(GIVEN)
        number = f"{court.code[1:]}{hired:03d}"
        made = Person.objects.create(court=court, name=name, initials=initials(name), staff_number=number)
        Posting.objects.create(person=made, department=department, post=post, since=FIRST)
        return made

    president = hire("院长", None)
    leaders = [hire("副院长", None) for _ in range(3)]
    office = Department.objects.create(court=court, name="审判管理办公室", field="审管", order=9, since=FIRST)
    hire("审管办主任", office)
    if court.level == "中级":
        hire("辖区审管专员", office)
    found = []
    for order, (name, field, kind, first, second, judges) in enumerate(TRIAL):
        department = Department.objects.create(court=court, name=name, field=field, order=order, since=FIRST)
        head = hire("执行局长" if field == "执行" else "庭长", department)
        post = "执行法官" if field == "执行" else "审判员"
        members = [hire(post, department) for _ in range(judges)]
        leader = leaders[order % 3]
        Oversight.objects.create(leader=leader, department=department, since=FIRST)
        found.append(
            Bench(
                court=court.pk,
                code=court.code,
                department=department.pk,
                level=court.level,
                kind=kind.replace("一审", "二审") if court.level == "中级" else kind,
                type_code=second if court.level == "中级" else first,
                judges=tuple(person.pk for person in members),
                names=tuple(person.name for person in members),
                head=head.pk,
                leader=leader.pk,
                president=president.pk,
            )
        )
    return found


class Drawn:
    """The dice of every case, thrown at once; index 0 is case 1."""

    def __init__(self, count: int) -> None:
        dice = np.random.default_rng(SEED)
        span = (ON - FIRST).days
        courts = dice.choice(13, count, p=[0.10, 0.15, *([0.75 / 11] * 11)])
        self.bench = (courts * len(TRIAL) + dice.choice(len(TRIAL), count, p=SHARES)).tolist()
        filed = np.sort(dice.integers(0, span, count))
        self.filed = filed.tolist()
        weight = np.exp(-(span - filed) / 150) + 0.008
        chosen = np.argsort(np.log(dice.random(count)) / weight)[-int(count * 0.15) :]
        is_open = np.zeros(count, dtype=bool)
        is_open[chosen] = True
        self.open = is_open.tolist()
        self.closed = np.minimum(filed + dice.integers(20, 400, count), span - 1).tolist()
        self.judge = dice.integers(0, 1 << 16, count).tolist()
        self.cause = dice.integers(0, len(CAUSES), count).tolist()
        self.procedure = dice.integers(0, len(PROCEDURES), count).tolist()
        self.amount = dice.integers(1_000, 9_000_000, count).tolist()
        self.due = dice.normal(80, 70, count).astype(int).tolist()
        self.chance = dice.random(count).tolist()
        self.names = dice.integers(0, 1 << 30, (count, 2)).tolist()


_GIVEN = "".join(GIVEN)


def party_name(number: int) -> str:
    """An invented person (three in four) or firm."""
    kind, number = number % 4, number // 4
    surname, number = SURNAMES[number % len(SURNAMES)], number // len(SURNAMES)
    one, other = _GIVEN[number % len(_GIVEN)], _GIVEN[number // len(_GIVEN) % len(_GIVEN)]
    if kind:
        return surname + one + other
    return PLACES[number % len(PLACES)] + one + other + TRADES[number // 7 % len(TRADES)]


def _day(offset: int) -> str:
    return _DAYS[offset]


_DAYS = tuple((FIRST + timedelta(days=n)).isoformat() for n in range((ON - FIRST).days + 1600))
TODAY = (ON - FIRST).days

CASE_COLUMNS = (
    "id", "court_id", "number", "number_year", "serial", "type_code", "kind", "procedure", "cause",
    "filed_on", "original_filed_on", "closed_on", "closing_approved_on", "outcome", "department_id",
    "handler_id", "handler_name", "amount", "in_custody", "party_count", "parties_text", "facts",
    "milestones", "known_since", "track", "stage", "due_on", "due_state", "next_due_on", "colour",
    "updated_at",
)  # fmt: skip


def colour_of(days: int) -> int:
    """The colour of a limit that ends in ``days``."""
    return 3 if days < 0 else 2 if days <= 15 else 1 if days <= 30 else 0


def case_rows(benches: Sequence[Bench], drawn: Drawn) -> Iterator[Row]:
    """One row per case."""
    serials: dict[tuple[str, int, str], int] = {}
    for index, filed in enumerate(drawn.filed):
        bench = benches[drawn.bench[index]]
        day = _day(filed)
        year = int(day[:4])
        key = (bench.code, year, bench.type_code)
        serial = serials[key] = serials.get(key, 0) + 1
        judge = drawn.judge[index] % len(bench.judges)
        plaintiff, defendant = (party_name(number) for number in drawn.names[index])
        is_open, chance = drawn.open[index], drawn.chance[index]
        days = drawn.due[index]
        runs = is_open and chance > 0.04
        closed = None if is_open else _day(drawn.closed[index])
        story = STORY if closed is None else (*STORY, "结案")
        yield (
            index + 1, bench.court, f"（{year}）{bench.code}{bench.type_code}{serial}号", year, serial,
            bench.type_code, bench.kind, PROCEDURES[drawn.procedure[index]], CAUSES[drawn.cause[index]],
            day, day, closed, closed, "" if is_open else "判决", bench.department,
            bench.judges[judge], bench.names[judge], f"{drawn.amount[index]}.00", False, 2,
            f"{plaintiff}诉{defendant}", FACTS,
            json.dumps(dict.fromkeys(story, day), ensure_ascii=False), day, "",
            STAGES[drawn.judge[index] % len(STAGES)] if is_open else "归档",
            _day(TODAY + days) if runs else None,
            ("计算中" if runs else "停止计算" if chance > 0.01 else "没有期限") if is_open else "",
            _day(TODAY + min(days, 3 + days // 2)) if runs else None, colour_of(days) if runs else 0, AT,
        )  # fmt: skip


def party_rows(drawn: Drawn) -> Iterator[Row]:
    """Two per case."""
    for index, names in enumerate(drawn.names):
        for side, number in enumerate(names):
            yield 2 * index + side + 1, index + 1, ("原告", "被告")[side], party_name(number)


def panel_rows(benches: Sequence[Bench], drawn: Drawn) -> Iterator[Row]:
    """Two colleagues on three cases in ten."""
    number = 0
    for index, chance in enumerate(drawn.chance):
        if chance < 0.7:
            continue
        judges = benches[drawn.bench[index]].judges
        for step in (1, 2):
            number += 1
            yield number, index + 1, judges[(drawn.judge[index] + step) % len(judges)], "审判员"


def tag_rows(benches: Sequence[Bench], drawn: Drawn) -> Iterator[Row]:
    """One tag on one case in ten."""
    tagged = [index for index, chance in enumerate(drawn.chance) if chance > 0.9]
    for number, index in enumerate(tagged, 1):
        yield number, index + 1, benches[drawn.bench[index]].court, TAGS[index % len(TAGS)], None, True


def event_rows(drawn: Drawn) -> Iterator[Row]:
    """Six on every open case."""
    number = 0
    for index, is_open in enumerate(drawn.open):
        if not is_open:
            continue
        for step, kind in enumerate(STORY):
            number += 1
            day = _day(min(drawn.filed[index] + 4 * step, TODAY))
            yield (
                number, index + 1, kind, day, None, None, f"{day} 02:00:00", None, None, None, "", "{}",
                f"{kind}{step}", None, "",
            )  # fmt: skip


def clock_rows(drawn: Drawn) -> Iterator[Row]:
    """Eight on every open case; the last is the trial limit."""
    number = 0
    for index, is_open in enumerate(drawn.open):
        if not is_open:
            continue
        started = _day(drawn.filed[index])
        due = TODAY + drawn.due[index]
        for node in NODES:
            number += 1
            last = node == NODES[-1]
            done = None if last else started
            yield (
                number, index + 1, "caseflow.civil_first", "caseflow.civil_first @ 2022-01-01 # 00000000",
                node, "审理期限" if last else "", "", started, _day(due), None, done,
                "计算中" if last else "已完成", "", False, _day(due + 400) if last else None, 0,
            )  # fmt: skip


def alert_rows(benches: Sequence[Bench], drawn: Drawn) -> Iterator[Row]:
    """One open and two settled alerts for every open case, told to judge, head, leader or president."""
    number = clock = 0
    for index, is_open in enumerate(drawn.open):
        if not is_open:
            continue
        clock += len(NODES)
        bench = benches[drawn.bench[index]]
        dice = drawn.judge[index]
        rung = (0, 0, 0, 0, 0, 0, 1, 1, 2, 3)[dice // 64 % 10]
        told = (bench.judges[dice % len(bench.judges)], bench.head, bench.leader, bench.president)
        due = TODAY + drawn.due[index]
        for back in range(3):
            number += 1
            on = _day(TODAY - dice % 60 - 30 * back)
            settled = "" if back == 0 else "已办结"
            yield (
                number, clock, index + 1, bench.court, NODES[-1], rung, min(3, rung + 1), TELLS[rung],
                told[rung], on, _day(due - 90 * back), "caseflow.civil_first @ 2022-01-01 # 00000000",
                f"{on} 00:00:00", None, None, "", settled, None if back == 0 else on,
            )  # fmt: skip


def finding_rows(benches: Sequence[Bench], drawn: Drawn) -> Iterator[Row]:
    """Something to mend on one open case in eight."""
    chosen = [index for index, is_open in enumerate(drawn.open) if is_open and drawn.chance[index] < 0.125]
    for number, index in enumerate(chosen, 1):
        bench = benches[drawn.bench[index]]
        judge = bench.judges[drawn.judge[index] % len(bench.judges)]
        yield (
            number, bench.court, index + 1, "迟录", "迟录", "screening.entry_events @ 2022-01-01 # 00000000",
            "开庭", "开庭晚录 12 天", judge, _DAYS[TODAY - index % 60], "2026-W39", "待改", None, "",
        )  # fmt: skip


def proposal_rows(benches: Sequence[Bench], drawn: Drawn) -> Iterator[Row]:
    """A proposal waiting on one open case in fifteen."""
    chosen = [index for index, is_open in enumerate(drawn.open) if is_open and drawn.chance[index] > 0.933]
    for number, index in enumerate(chosen, 1):
        yield (
            number, benches[drawn.bench[index]].court, index + 1, "四类案件", "群体性纠纷", "人数",
            "screening.four_kinds @ 2021-11-04 # 00000000", "当事人 12 人，达到 10 人",
            _DAYS[TODAY - index % 60], None, "待确认", None, None, "",
        )  # fmt: skip


def tables(benches: Sequence[Bench], count: int) -> list[Table]:
    """Every table in the order of its foreign keys."""
    drawn = Drawn(count)
    panel, tag = (
        ("id", "case_id", "person_id", "role"),
        ("id", "case_id", "court_id", "tag", "tagged_by_id", "confirmed"),
    )
    # fmt: off
    return [
        Table("cases_case", CASE_COLUMNS, partial(case_rows, benches, drawn)),
        Table("cases_party", ("id", "case_id", "role", "name"), partial(party_rows, drawn)),
        Table("cases_panelmember", panel, partial(panel_rows, benches, drawn)),
        Table("cases_casetag", tag, partial(tag_rows, benches, drawn)),
        Table("cases_caseevent", (
            "id", "case_id", "kind", "happened", "moment", "until", "recorded_at", "recorded_by_id", "due",
            "finished", "note", "attributes", "source_key", "struck_at", "struck_reason",
        ), partial(event_rows, drawn)),
        Table("supervision_clock", (
            "id", "case_id", "flow", "definition", "label", "slot", "occurrence", "started", "due_on",
            "due_moment", "done_on", "state", "refusal", "provisional", "next_on", "colour",
        ), partial(clock_rows, drawn)),
        Table("supervision_alert", (
            "id", "clock_id", "case_id", "court_id", "label", "rung", "colour", "tell", "person_id", "on",
            "due_on", "definition", "raised_at", "seen_at", "snoozed_until", "snooze_reason", "settled",
            "settled_on",
        ), partial(alert_rows, benches, drawn)),
        Table("supervision_finding", (
            "id", "court_id", "case_id", "fault", "rule", "definition", "subject", "detail", "person_id",
            "found_on", "week", "state", "settled_on", "explanation",
        ), partial(finding_rows, benches, drawn)),
        Table("supervision_proposal", (
            "id", "court_id", "case_id", "marks", "category", "rule", "definition", "reason", "proposed_on",
            "proposed_by_id", "state", "decided_by_id", "decided_on", "decision_reason",
        ), partial(proposal_rows, benches, drawn)),
    ]
    # fmt: on
