"""From a hit to a verdict: a person is asked to check, and what they said tells how good the rule is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from mingjing.domain.dates.periods import Period
from mingjing.domain.indicators.detecting import Detector
from mingjing.domain.reasons import Refusal, reference
from mingjing.services.actors import Actor
from mingjing.services.detecting.finding import Hit, Report, detector_on, detectors_on, run
from mingjing.services.permissions import NotVisible
from mingjing.services.records.opening import open_record, openings
from mingjing.storage.indicators.models import DetectorRun
from mingjing.storage.people.models import Person, Posting
from mingjing.storage.records.models import Record

REGISTER, ASSIGN = "ledger.detector_hit", "交办核查"
TRUE, FALSE = ("属实待处理", "属实已处理"), ("不属实",)
CHECKERS = ("审管办主任", "审管办干部", "督察室主任", "督察员")
WHOLE = ("本院案件", "辖区案件")
USE = "核查真实性"


class NothingChosen(Refusal):
    """No hit was ticked, or none of those ticked is found any more."""

    code = "nothing-chosen"


@dataclass(frozen=True, slots=True)
class Tested:
    """What people said of a rule's hits; ``wrong`` is its false-alarm rate in percent, None before any."""

    checking: int
    true: int
    false: int

    @property
    def wrong(self) -> float | None:
        """Unfounded ones of all that were decided."""
        decided = self.true + self.false
        return 100 * self.false / decided if decided else None


@dataclass(frozen=True, slots=True)
class Line:
    """One rule on the overview: its last daily run, what people said of it."""

    detector: Detector
    run: DetectorRun | None
    tested: Tested


@dataclass(frozen=True, slots=True)
class Found:
    """One hit on the page of its rule, with the record that checks it, if any."""

    hit: Hit
    record: Record | None


def overview(actor: Actor) -> list[Line]:
    """Every rule in force. Raises NotVisible for whoever does not see the whole court."""
    _require_whole(actor)
    runs = {row.detector: row for row in DetectorRun.objects.filter(court=actor.court)}
    counts: Counter[tuple[str, str]] = Counter(
        Record.objects.filter(court=actor.court, register=REGISTER).values_list("title", "state")
    )
    return [
        Line(one, runs.get(one.id), _tested(counts, one.label)) for one in detectors_on(actor.court, actor.on)
    ]


def found_by(actor: Actor, detector_id: str, period: Period) -> tuple[Report, list[Found], Tested]:
    """What a rule finds in a period, each with its check.

    Raises
    ------
    NotVisible        the actor does not see the whole court
    UnknownDetector   no such rule
    """
    _require_whole(actor)
    detector = detector_on(actor.court, detector_id, actor.on)
    report = run(actor.court, detector, period, actor.on)
    records = _records(actor, detector, [hit.suspect.key for hit in report.hits])
    counts: Counter[tuple[str, str]] = Counter(
        Record.objects.filter(court=actor.court, register=REGISTER, title=detector.label).values_list(
            "title", "state"
        )
    )
    listed = [Found(hit, records.get(hit.suspect.key)) for hit in report.hits]
    return report, listed, _tested(counts, detector.label)


def may_assign(actor: Actor) -> bool:
    """Whether the actor may ask somebody to check a hit today."""
    return any(one.act == ASSIGN for one in openings(actor, REGISTER))


def checkers(actor: Actor) -> list[Person]:
    """Who can be asked: the case-management and the supervision office, in the order of staff numbers."""
    rows = Posting.objects.on(actor.on).filter(person__court=actor.court, post__in=CHECKERS)
    return list(Person.objects.filter(pk__in=rows.values("person")).order_by("staff_number"))


def assign(
    actor: Actor, detector_id: str, period: Period, *, keys: Collection[str], checker_id: int, due: date
) -> list[Record]:
    """Ask a person to check these hits: one record each; a hit that has one keeps it.

    Raises
    ------
    NotVisible      the actor does not see the whole court
    NothingChosen   none of the keys is found in the period
    Refusal         the register refuses
    """
    report, listed, _ = found_by(actor, detector_id, period)
    chosen = [one.hit for one in listed if one.hit.suspect.key in keys]
    if not chosen:
        raise NothingChosen("没有勾选，或者勾选的已经不再检出。", example="勾选后再交办")
    return [_assigned(actor, report.detector, hit, checker_id, due) for hit in chosen]


def _assigned(actor: Actor, detector: Detector, hit: Hit, checker_id: int, due: date) -> Record:
    values: dict[str, object] = {
        "规则": detector.label,
        "规则版本": reference(detector.id, detector.since, detector.content_hash),
        "对象": hit.suspect.shown,
        "检出情况": hit.reason,
        "看什么": detector.look,
        "核查人": checker_id,
        "核查期限": due.isoformat(),
    }
    if hit.suspect.person_id is not None:
        values["承办人"] = hit.suspect.person_id
    mark = _mark(detector, hit.suspect.key)
    return open_record(actor, REGISTER, ASSIGN, values, why=hit.reason[:200], once=mark)


def _mark(detector: Detector, key: str) -> str:
    return f"{detector.id}:{key}"


def _records(actor: Actor, detector: Detector, keys: Sequence[str]) -> dict[str, Record]:
    marks = {f"{REGISTER}:{_mark(detector, key)}"[:90]: key for key in keys}
    rows = Record.objects.filter(court=actor.court, register=REGISTER, title=detector.label)
    return {marks[row.once]: row for row in rows.select_related("holder").order_by("pk") if row.once in marks}


def _tested(counts: Counter[tuple[str, str]], label: str) -> Tested:
    true = sum(counts[label, state] for state in TRUE)
    false = sum(counts[label, state] for state in FALSE)
    every = sum(number for (title, _), number in counts.items() if title == label)
    return Tested(every - true - false, true, false)


def _require_whole(actor: Actor) -> None:
    if actor.scope not in WHOLE:
        raise NotVisible
