"""Making the demonstration: once, in one transaction, from a seed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from random import Random
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from mingjing.domain.reasons import Refusal
from mingjing.services.acts import act
from mingjing.services.demo import (
    conduct,
    counter,
    discipline,
    draws,
    history,
    leads,
    offices,
    org,
    registers,
    scores,
)
from mingjing.services.demo.cases import cases
from mingjing.services.demo.papers import fill as fill_papers
from mingjing.services.demo.witnessing import be_witnessed
from mingjing.services.detecting.finding import run_all
from mingjing.services.figures.following import settle
from mingjing.services.importing.comparing import compare
from mingjing.services.importing.identity import Directory
from mingjing.services.importing.writing import write
from mingjing.services.installation import registry
from mingjing.services.recomputing import recompute
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Court
from mingjing.storage.supervision.models import Alert

PASSWORD = "mingjing-demo"  # noqa: S105 — printed on the log-in page of the demonstration, nowhere else
SEED = 20260930
SIZES = {"云98": 260, "云9801": 620, "云9821": 380, "云9822": 300}

logins = org.logins


class UnknownDemoCourt(Refusal):
    """A court code that is not of the demonstration."""

    code = "unknown-demo-court"


def ensure(
    on: date, *, report: Callable[[str], None], seed: int = SEED, sizes: dict[str, int] | None = None
) -> list[org.Login]:
    """The demonstration's logins; the courts are made on the first call.

    ``sizes`` overrides the number of cases of some courts, by court code.

    Raises
    ------
    UnknownDemoCourt   ``sizes`` names a court the demonstration does not have
    """
    if unknown := (sizes or {}).keys() - SIZES.keys():
        said = f"演示里没有法院“{unknown.pop()}”。"
        raise UnknownDemoCourt(said, allowed=tuple(SIZES), example="云9801=200")
    if not Court.objects.exists():
        report("首次运行：正在生成演示法院（约一分钟）……")
        make(on, report=report, seed=seed, sizes=sizes)
    return org.logins()


def make(
    on: date, *, report: Callable[[str], None], seed: int = SEED, sizes: dict[str, int] | None = None
) -> None:
    """Courts, people, cases, their clocks and what was done about them, up to ``on``."""
    random = Random(seed)  # noqa: S311 — a reproducible demonstration, not a secret
    with transaction.atomic():
        staff = org.build_courts(random)
        org.build_logins(staff, PASSWORD)
        for code, amount in {**SIZES, **(sizes or {})}.items():
            _fill(staff[code], random, on, amount)
            report(f"  {staff[code].court.name}：{amount} 件")
        _backdate()
        history.make(staff, random, on)
        found = offices.build(staff["云9801"], PASSWORD)
        registers.fill(found, on)
        discipline.fill(found, on)
        conduct.fill(found, on)
        leads.fill(found, staff["云98"], on, PASSWORD)
        scores.fill(found, on)
        draws.fill(found, on)
        fill_papers(found, on)
        counter.fill(found, on)
        be_witnessed()
    report("  逐案累计指标，跑一遍真实性核查")
    settle()
    run_all(on)


def _fill(staff: org.Staff, random: Random, on: date, amount: int) -> None:
    """The cases of one court, as an import would bring them."""
    court = staff.court
    with act(
        None, "生成演示案件", needs="", subject_kind="法院", subject_id=court.code, court=court
    ) as record:
        rows = cases(staff, random, on, amount)
        found = compare(rows, Directory.of(court), registry(court), create=True)
        touched = [difference.case.key for difference, _ in write(found, on=on)]
        known = list(Case.objects.filter(pk__in=touched))
        for case in known:
            case.known_since = case.filed_on or on
        Case.objects.bulk_update(known, ["known_since"], batch_size=500)
        recompute(court, touched, on=on)
        record.payload = {"件数": len(rows)}


def _backdate() -> None:
    """In the demonstration the clock ran all the time: alerts were raised on the morning of their day."""
    zone = ZoneInfo(settings.TIME_ZONE)
    alerts = list(Alert.objects.only("pk", "on", "raised_at"))
    for alert in alerts:
        alert.raised_at = datetime.combine(alert.on, time(8), zone)
    Alert.objects.bulk_update(alerts, ["raised_at"], batch_size=500)
