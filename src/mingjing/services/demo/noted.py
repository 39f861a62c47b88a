"""What the filing counter noted of the demonstration's cases: signs of the four kinds, signs for a track.

Each case is noted by its number alone, so that the rest of the court stays as its seed made it.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from django.db.models import Q

from mingjing.services.actors import actor_for
from mingjing.services.demo.org import Staff
from mingjing.services.proposal_decisions import decide_proposal
from mingjing.services.proposals import DIVERSION, FOUR_KINDS, screen_case
from mingjing.storage.cases.models import Case, CaseEvent
from mingjing.storage.supervision.models import Proposal

SIGNS = ("社会关注", "示范效应", "新类型案件", "法律适用争议重大", "类案冲突", "影响行业或群体")
SHARE = 0.05
"""How many of a hundred cases show one of the signs: a court marks a few, not none and not many."""
YEAR, LATELY = timedelta(days=365), timedelta(days=20)
OF_STATUS = ("离婚纠纷", "继承纠纷")
SIMPLE = ("简易程序", "小额诉讼程序")


def noted(number: str, kind: str, procedure: str, cause: str) -> dict[str, bool | Decimal]:
    """The signs noted of a case when it was filed."""
    random = Random(number)  # noqa: S311 — a reproducible demonstration, not a secret
    found: dict[str, bool | Decimal] = {}
    if kind != "首次执行" and random.random() < SHARE:
        found[random.choice(SIGNS)] = True
    if kind == "民事一审" and procedure in SIMPLE:
        found |= {"事实清楚": True, "权利义务明确": True, "争议不大": True}
    if procedure == "小额诉讼程序":
        found |= {"金钱给付": True, "占平均工资比例": Decimal(random.choice(("0.2", "0.3", "0.4")))}
    if kind == "民事一审" and procedure == "普通程序":
        found |= {"人身关系或确权": cause in OF_STATUS, "涉外": False, "提出反诉": False}
        found["需要鉴定评估"] = random.random() < 0.6
    if cause == "金融借款合同纠纷":
        found["专门领域"] = True
    if procedure == "速裁程序":
        found |= {"认罪认罚": True, "可能判处三年以上": False}
    return found


def decide(found: Staff, on: date) -> None:
    """What the year decided on these signs: the four kinds a week after filing, the tracks of open cases."""
    shows = Q()
    for sign in SIGNS:
        shows |= Q(**{f"facts__{sign}": True})
    rows = Case.objects.filter(shows, court=found.court, filed_on__gt=on - YEAR, filed_on__lt=on - LATELY)
    for case in rows.select_related("court", "department", "handler").order_by("pk"):
        assert case.filed_on is not None
        day = case.filed_on + timedelta(days=7)
        for proposal in screen_case(case, case.filed_on + timedelta(days=1)):
            if proposal.marks == FOUR_KINDS:
                said = "符合识别标准，纳入监督。"
                president = actor_for(found.heads["院长"], day)
                decide_proposal(president, proposal_id=proposal.pk, confirm=True, reason=said)
    _recorded_then(found)
    waiting = Proposal.objects.filter(court=found.court, marks=DIVERSION, state=Proposal.State.OPEN)
    for case in Case.objects.filter(pk__in=waiting.values("case")).order_by("pk"):
        day = min((case.filed_on or on) + timedelta(days=1), on)
        first = waiting.filter(case=case).order_by("pk")[0]
        decide_proposal(actor_for(found.heads["立案庭"], day), proposal_id=first.pk, confirm=True)


def _recorded_then(found: Staff) -> None:
    """In the demonstration a mark was written down on its day."""
    zone = ZoneInfo(found.court.time_zone)
    marks = list(CaseEvent.objects.filter(case__court=found.court, kind="标识四类案件"))
    for mark in marks:
        mark.recorded_at = datetime.combine(mark.happened, time(10), zone)
    CaseEvent.objects.bulk_update(marks, ["recorded_at"], batch_size=500)
