"""A detector run over a court: what it found, what it could not tell, what chance alone would bring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from mingjing.definitions.kinds.detector import fields_of
from mingjing.domain.dates.periods import Period
from mingjing.domain.indicators.chance import Expected, expected
from mingjing.domain.indicators.detecting import Detector, Verdict
from mingjing.domain.reasons import Refusal, reference
from mingjing.services.acts import act
from mingjing.services.detecting.suspects import Suspect, suspects_of
from mingjing.services.installation import now, registry
from mingjing.storage.indicators.models import DetectorRun
from mingjing.storage.people.models import Court

DAYS = 92
"""The daily run looks at so many days back; at whole years it looks from the last one that is over."""


class UnknownDetector(Refusal):
    """No detector of that id is in force."""

    code = "unknown-detector"


@dataclass(frozen=True, slots=True)
class Hit:
    """One row that was found, and why."""

    suspect: Suspect
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a detector made of a period. ``looked``: each row in its range with its chance."""

    detector: Detector
    period: Period
    hits: tuple[Hit, ...]
    missing: tuple[Hit, ...]
    looked: tuple[tuple[Suspect, Fraction | None], ...]

    @property
    def expected(self) -> Expected | None:
        """What chance alone would bring, None where the rule does not say."""
        return expected(chance for _, chance in self.looked)


def detectors_on(court: Court, on: date) -> list[Detector]:
    """The detectors in force at a court on a day, in the order of their groups and files."""
    known = registry(court)
    found = []
    for id_ in known.ids("detector"):
        versions = (one for one in known.files(id_) if one.since is not None and one.since <= on)
        value = next((one.value for one in versions), None)
        if isinstance(value, Detector):
            found.append(value)
    return sorted(found, key=lambda one: GROUPS.index(one.group))


GROUPS = ("立案", "审限", "结案", "执行", "文书", "院庭长", "类案")


def detector_on(court: Court, id_: str, on: date) -> Detector:
    """The version of a detector in force on a day. Raises UnknownDetector."""
    found = next((one for one in detectors_on(court, on) if one.id == id_), None)
    if found is None:
        raise UnknownDetector(f"没有核查规则“{id_}”。", example="detector.withdraw_refile")
    return found


def run(court: Court, detector: Detector, period: Period, on: date) -> Report:
    """Ask a detector of every row of a period, as of ``on``."""
    return judge(court, detector, period, suspects_of(court, detector, period, on))


def judge(court: Court, detector: Detector, period: Period, rows: Sequence[Suspect]) -> Report:
    """Ask a detector of rows that were read before."""
    ask = detector.asked(fields_of(detector.over, registry(court)) or {})
    hits, missing, looked = [], [], []
    for one in rows:
        found = ask(one.fields)
        if found.verdict is Verdict.MISSING:
            missing.append(Hit(one, found.reason))
        elif found.verdict is not Verdict.ASIDE:
            looked.append((one, found.chance))
            if found.verdict is Verdict.HIT:
                hits.append(Hit(one, found.reason))
    return Report(detector, period, tuple(hits), tuple(missing), tuple(looked))


def watched(on: date) -> Period:
    """The days a daily run looks at."""
    first = on - timedelta(days=DAYS - 1)
    return Period(first, on, f"{first}~{on}", f"最近 {DAYS} 天")


def last_year(on: date) -> Period:
    """The last calendar year that is over."""
    year = on.year if (on.month, on.day) == (12, 31) else on.year - 1
    return Period(date(year, 1, 1), date(year, 12, 31), str(year), f"{year} 年")


def period_of(detector: Detector, on: date) -> Period:
    """The days a run on ``on`` looks at."""
    return last_year(on) if detector.on == "年末日" else watched(on)


def run_all(on: date) -> int:
    """Run every detector at every court once for the day; how many rows were found."""
    return sum(_run_court(court, on) for court in Court.objects.order_by("pk"))


def _run_court(court: Court, on: date) -> int:
    listed = [run(court, one, period_of(one, on), on) for one in detectors_on(court, on)]
    if not listed:
        return 0
    with act(None, "真实性核查", needs=None, subject_kind="法院", subject_id=court.pk, court=court) as record:
        for one in listed:
            DetectorRun.objects.update_or_create(court=court, detector=one.detector.id, defaults=_row(one))
        record.definition = f"截至 {on}"
        record.payload = {one.detector.label: len(one.hits) for one in listed if one.hits}
    return sum(len(one.hits) for one in listed)


def _row(report: Report) -> dict[str, object]:
    detector = report.detector
    return {
        "definition": reference(detector.id, detector.since, detector.content_hash),
        "first": report.period.first,
        "last": report.period.last,
        "looked": len(report.looked),
        "found": len(report.hits),
        "missing": len(report.missing),
        "ran_at": now(),
    }
