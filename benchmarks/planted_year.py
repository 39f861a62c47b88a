"""A fictional court's year of cases, clean or with troubles planted in it, for measuring the detectors.

A clean year is no perfect year: people forget to end an exclusion, enter a date a day late, sue again after a
settlement failed. What a detector finds there is a false alarm. A planted year is the same with ``EACH``
troubles of every sort beside, and their keys are known.
"""

from __future__ import annotations

import random
from calendar import monthrange
from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from mingjing.storage.cases.models import Case, CaseEvent, Exclusion, GrantedExtension, Party
from mingjing.storage.people.models import Court, Department, Person, Posting
from mingjing.storage.supervision.models import Request

YEAR = 2025
EACH = 10
CIVIL, ENFORCED, MEDIATED = 1000, 500, 100
SPAN = 535
"""Cases close up to so many days after the year began, so that those filed in it are all there."""
CAUSES = {"民间借贷纠纷": 45, "买卖合同纠纷": 60, "离婚纠纷": 40, "物业服务合同纠纷": 30}
WHY = "原告{}主张的第{}笔款项需要向银行调取流水，尚未反馈，难以在审限内查清。"
SAME = "因案情疑难复杂，证据材料较多，需要进一步调查核实，申请延长审理期限。"
CODES = {"民事一审": "民初", "首次执行": "执", "诉前调解": "诉前调"}
ENDS = ("执行完毕", "终结本次执行程序", "终结执行")
STEPS = ("发起网络查控", "约谈申请执行人", "限制消费")
Keys = dict[str, set[str]]


class Year:
    """One court being given its year; ``planted`` maps a detector to the keys of what was planted for it."""

    def __init__(self, code: str, seed: int, *, dirty: bool) -> None:
        self.random = random.Random(seed)
        self.dirty = dirty
        self.planted: Keys = defaultdict(set)
        self.serial = 0
        self.court = Court.objects.create(code=code, name=f"{code}法院", short_name=code, level="基层")
        self.divisions = [
            Department.objects.create(court=self.court, name=name, order=at, since=date(2020, 1, 1))
            for at, name in enumerate(("民一庭", "民二庭", "执行局"))
        ]
        self.judges = [
            [self._hire("执行法官" if at == 2 else "审判员", division) for _ in range(5)]
            for at, division in enumerate(self.divisions)
        ]
        self.leaders = [self._hire("副院长", None) for _ in range(3)]

    def _hire(self, post: str, division: Department | None) -> Person:
        number = Person.objects.filter(court=self.court).count() + 1
        made = Person.objects.create(
            court=self.court,
            name=f"{self.court.code}{number:02}",
            staff_number=f"{self.court.code}{number:03}",
        )
        Posting.objects.create(person=made, department=division, post=post, since=date(2020, 1, 1))
        return made

    def make(self) -> Keys:
        """Fill the year; what was planted, by detector."""
        for _ in range(CIVIL):
            self.civil()
        for _ in range(ENFORCED):
            self.enforced()
        for _ in range(MEDIATED):
            self.mediated(self.random.randint(31, 36) if self.chance(0.02) else self.random.randint(3, 30))
        for leader in self.leaders:
            for _ in range(12):
                self.led(leader, nominal=False)
        if self.dirty:
            self.plant()
        return self.planted

    def day(self) -> date:
        """Any day on which a case may close."""
        return date(YEAR, 1, 1) + timedelta(days=self.random.randrange(SPAN))

    def within(self) -> date:
        """Any day of the year itself."""
        return date(YEAR, 1, 1) + timedelta(days=self.random.randrange(365))

    def chance(self, share: float) -> bool:
        """Whether something of that share happens."""
        return self.random.random() < share

    def case(
        self, kind: str, closed: date, days: int, judge: Person, division: Department | None, **more: Any
    ) -> Case:
        """A closed case with everything about it; ``days`` is how long it took."""
        self.serial += 1
        filed = closed - timedelta(days=days)
        milestones = {"立案": filed, **more.pop("milestones", {})}
        made = Case.objects.create(
            court=self.court,
            number=f"（{filed.year}）{self.court.code}{CODES[kind]}{self.serial}号",
            number_year=filed.year,
            kind=kind,
            procedure="简易程序" if kind == "民事一审" else "",
            filed_on=filed,
            original_filed_on=filed,
            closed_on=closed,
            department=division,
            handler=judge,
            milestones={name: day.isoformat() for name, day in milestones.items()},
            **{"cause": "民间借贷纠纷", "outcome": "判决", **more},
        )
        Party.objects.create(case=made, role="原告", name=f"甲{self.serial}")
        Party.objects.create(case=made, role="被告", name=f"乙{self.serial}")
        return made

    def civil(self, **fixed: Any) -> Case:
        """A civil case of the first instance as it usually goes, but for what is fixed."""
        at = self.random.randrange(2)
        judge = self.random.choice(self.judges[at])
        cause = fixed.pop("cause", self.random.choice(list(CAUSES)))
        days = fixed.pop("days", max(8, round(self.random.lognormvariate(0, 0.45) * CAUSES[cause])))
        closed = fixed.pop("closed", self.day())
        filed = closed - timedelta(days=days)
        slip, late = self.chance(0.005), self.chance(0.01)
        signed = self.random.randint(1, 3) if slip else -self.random.randrange(5)
        waited = self.random.randint(11, 16) if late else self.random.randrange(7)
        milestones = {
            "签发裁判文书": closed + timedelta(days=signed),
            "收到起诉状": filed - timedelta(days=waited),
        }
        if days > 25 and self.chance(0.04):
            milestones["转为普通程序"] = filed + timedelta(days=self.random.randrange(20, min(days, 93)))
        milestones |= fixed.pop("milestones", {})
        outcome = self.random.choices(("判决", "调解", "准许撤诉"), (55, 30, 15))[0]
        given = {"outcome": outcome, **fixed, "cause": cause, "milestones": milestones}
        made = self.case("民事一审", closed, days, judge, self.divisions[at], **given)
        self._beside(made, judge)
        if made.outcome == "准许撤诉" and "outcome" not in fixed and self.chance(0.03):
            self.again(made, self.random.randint(3, 240))
        return made

    def _beside(self, case: Case, judge: Person) -> None:
        """Extensions, exclusions and later edits as they occur in any year."""
        assert case.filed_on is not None
        if self.chance(0.08):
            friday = case.filed_on + timedelta(days=30 + (4 - (case.filed_on.weekday() + 30)) % 7)
            self.extended(case, judge, friday, WHY.format(self.serial, self.random.randint(1, 9)))
        if self.chance(0.1):
            first = case.filed_on + timedelta(days=5)
            open_ = self.chance(0.03)
            self.excluded(case, first, None if open_ else first + timedelta(days=self.random.randint(10, 60)))
        if self.chance(0.005):
            self.struck(case, days_after=self.random.randint(1, 20))

    def enforced(self, **fixed: Any) -> Case:
        """An enforcement case as it usually goes, but for what is fixed."""
        judge = fixed.pop("judge", self.random.choice(self.judges[2]))
        days = fixed.pop("days", self.random.randint(95, 170))
        closed = fixed.pop("closed", self.day())
        outcome = fixed.pop("outcome", self.random.choices(ENDS, (45, 45, 10))[0])
        claimed = Decimal(self.random.randrange(2_000, 400_000))
        filed = closed - timedelta(days=days)
        milestones = {step: filed + timedelta(days=self.random.randint(2, 20)) for step in STEPS}
        if self.chance(0.01):
            milestones.pop(self.random.choice(STEPS))
        milestones |= fixed.pop("milestones", {})
        paid = claimed if outcome == "执行完毕" and not self.chance(0.01) else claimed / 4
        facts = fixed.pop("facts", {"申请执行金额": str(claimed), "到位金额": str(paid)})
        given = {"outcome": outcome, "facts": facts, "milestones": milestones}
        return self.case("首次执行", closed, days, judge, self.divisions[2], **given)

    def mediated(self, days: int) -> Case:
        """A dispute mediated before any suit, for so many days."""
        began = date(YEAR, 1, 1) + timedelta(days=self.random.randrange(300))
        kept = {"诉前调解开始": began, "诉前调解终结": began + timedelta(days=days)}
        given = {"milestones": kept, "outcome": "诉前调解不成", "facts": {"当事人同意调解": "否"}}
        end = began + timedelta(days=days)
        return self.case("诉前调解", end, days, self.judges[0][1], self.divisions[0], **given)

    def led(self, leader: Person, *, nominal: bool) -> Case:
        """A case a leader handles, in truth or in name; of the true ones a few hearings were not entered."""
        closed = self.within()
        signed = {"签发裁判文书": closed}
        facts = {"审判组织": "独任"}
        made = self.case("民事一审", closed, 60, leader, self.divisions[0], facts=facts, milestones=signed)
        if not nominal and not self.chance(0.04):
            self.event(made, "开庭", closed - timedelta(days=5))
        return made

    def event(self, case: Case, kind: str, day: date, struck: datetime | None = None) -> None:
        """An event of a case, entered by its handler."""
        CaseEvent.objects.create(
            case=case,
            kind=kind,
            happened=day,
            recorded_by=case.handler,
            source_key=f"{kind}{day}{struck}",
            struck_at=struck,
        )

    def again(self, case: Case, days: int) -> None:
        """The same parties sue for the same matter again."""
        assert case.closed_on is not None
        later = self.civil(
            cause=case.cause, closed=case.closed_on + timedelta(days=days + 40), days=40, outcome="判决"
        )
        Party.objects.filter(case=later).delete()
        Party.objects.bulk_create(
            Party(case=later, role=one.role, name=one.name) for one in Party.objects.filter(case=case)
        )

    def extended(self, case: Case, judge: Person, day: date, why: str) -> None:
        """A limit is asked to be lengthened, and it is."""
        GrantedExtension.objects.create(
            case=case, clock="审理期限", length="1 个月", approved_on=day, approver="庭长"
        )
        Request.objects.create(
            case=case, court=self.court, kind="审限变更", subkind="延长", clock=f"{day}{case.pk}", reason=why,
            applicant=judge, applied_on=day, approver_role="庭长", state=Request.State.APPROVED,
        )  # fmt: skip

    def excluded(self, case: Case, first: date, last: date | None) -> None:
        """Days of a case that do not count."""
        Exclusion.objects.create(
            case=case, kind="鉴定期间", first=first, last=last, start_document="鉴定委托书",
            end_document="鉴定意见书" if last else "",
        )  # fmt: skip

    def struck(self, case: Case, *, days_after: int) -> None:
        """An event is struck out after the case was closed."""
        assert case.closed_on is not None and case.filed_on is not None
        moment = datetime.combine(case.closed_on + timedelta(days=days_after), time(3), UTC)
        self.event(case, "送达传票", case.filed_on, struck=moment)

    def plant(self) -> None:
        """``EACH`` troubles of every sort."""
        for _ in range(EACH):
            self._plant_civil()
            self._plant_enforced()
        self._plant_together()

    def _plant_civil(self) -> None:
        days = self.random.randint
        withdrawn = self.civil(outcome="准许撤诉", closed=date(YEAR, days(1, 10), 15))
        self.again(withdrawn, days(2, 25))
        self._note("withdraw_refile", withdrawn)
        closed = date(YEAR, 6, days(1, 28))
        early = self.civil(
            outcome="判决", closed=closed, milestones={"签发裁判文书": closed + timedelta(days=days(4, 25))}
        )
        self._note("closed_before_signed", early)
        slow = self.civil(closed=date(YEAR, 11, days(1, 28)), days=60)
        first = date(YEAR, days(1, 6), 10)
        self.excluded(slow, first, None)
        span = Exclusion.objects.filter(case=slow).latest("pk")
        self.planted["detector.exclusion_open"].add(f"扣{span.pk}")
        edited = self.civil(closed=self.within())
        self.struck(edited, days_after=days(1, 60))
        self._note("edited_after_closing", edited)
        closed = date(YEAR, days(2, 12), 20)
        held = self.civil(
            closed=closed, days=40, milestones={"收到起诉状": closed - timedelta(days=40 + days(15, 45))}
        )
        self._note("filed_late", held)
        closed = date(YEAR, 9, days(1, 28))
        turned = self.civil(
            closed=closed, days=150, milestones={"转为普通程序": closed - timedelta(days=150 - days(89, 91))}
        )
        self._note("procedure_changed_late", turned)
        self._note("nominal_handling", self.led(self.random.choice(self.leaders), nominal=True))
        self._note("mediation_overdue", self.mediated(days(45, 120)))
        self._note(
            "unlike_its_like", self.civil(cause="物业服务合同纠纷", closed=self.within(), days=days(280, 500))
        )

    def _plant_enforced(self) -> None:
        ended = {"outcome": "终结本次执行程序"}
        self._note(
            "ended_without_steps",
            self.enforced(**ended, closed=self.within(), days=self.random.randint(20, 85)),
        )
        short = {"facts": {"申请执行金额": "100000", "到位金额": "62000"}}
        self._note("executed_short", self.enforced(outcome="执行完毕", closed=self.within(), **short))
        closed = date(YEAR, 10, 10)
        late = {step: closed - timedelta(days=self.random.randint(2, 30)) for step in STEPS}
        self._note(
            "measure_unlike", self.enforced(closed=closed, days=170, milestones=late, outcome="终结执行")
        )
        month = self.random.randint(1, 12)
        last = date(YEAR, month, monthrange(YEAR, month)[1])
        rushed = self.enforced(**ended, closed=last, days=110, judge=self.judges[2][0])
        self._note("ended_at_month_end", rushed)

    def _plant_together(self) -> None:
        judge = self.judges[0][0]
        day = date(YEAR, 5, 20)
        for number in range(EACH):
            batch = self.civil(closed=date(YEAR, 8, 1), days=120)
            self.extended(batch, batch.handler or judge, day, WHY.format(f"乙{number}", number))
            Case.objects.filter(pk=batch.pk).update(department=self.divisions[0])
            self._note("mass_extension", batch)
            alike = self.civil(closed=date(YEAR, 9, 1), days=120)
            self.extended(alike, judge, date(YEAR, 5, 1) + timedelta(days=number), SAME)
            self._note("same_reason", alike)
        rushing = self.judges[1][4]
        mine = list(Case.objects.filter(handler=rushing).order_by("pk").values_list("pk", flat=True))
        for number, pk in enumerate(mine[: len(mine) // 3]):
            closed = date(YEAR, 12, 20 + number % 12)
            Case.objects.filter(pk=pk).update(closed_on=closed, filed_on=closed - timedelta(days=60))
        self.planted["detector.year_end_closing"].add(f"人{rushing.pk}/{YEAR}")
        kept_back = Case.objects.filter(court=self.court, filed_on__year=YEAR, filed_on__month=12)
        kept_back.filter(closed_on__gt=date(YEAR + 1, 1, 20)).update(filed_on=date(YEAR + 1, 1, 6))
        self.planted["detector.year_end_filing"].add(f"院/{YEAR}")

    def _note(self, name: str, case: Case) -> None:
        self.planted[f"detector.{name}"].add(f"案{case.pk}")
