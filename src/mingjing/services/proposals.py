"""四类案件, 繁简分流, 破产简化审: stated rules propose, a person decides (S-180, S-188, S-190)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mingjing.definitions.values.screenings import Finding
from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.demands import Taken, filled, known_word
from mingjing.services.installation import registry
from mingjing.services.locking import lock_any_case, lock_case
from mingjing.services.permissions import cases_seen
from mingjing.services.screening_facts import Fields, case_fields
from mingjing.storage.cases.models import Case
from mingjing.storage.supervision.models import Proposal

FOUR_KINDS, DIVERSION, SIMPLE_BANKRUPTCY = "四类案件", "繁简分流", "破产简化审"
MARKS = (FOUR_KINDS, DIVERSION, SIMPLE_BANKRUPTCY)
MARKED_BY = {FOUR_KINDS: "提出四类案件", DIVERSION: "分流案件", SIMPLE_BANKRUPTCY: "认定破产简化审"}
SIMPLE, NOT_SIMPLE = "可以简化", "不宜简化"


@dataclass(frozen=True, slots=True)
class Share:
    """Marked cases among those accepted in a period (R-064); ``percent`` is None where none were accepted."""

    marked: int
    accepted: int

    @property
    def percent(self) -> float | None:
        """Marked of a hundred accepted; no cases is no data, never 0."""
        return 100 * self.marked / self.accepted if self.accepted else None


def fields_of(case: Case, on: date) -> Fields:
    """The fields the rules read, for one case."""
    spans = case.exclusions.filter(struck_at=None)
    table = registry(case.court).dictionary("dictionary.case_fields")
    return case_fields(case, on, table, spans, case.extensions.count())


def screen_case(case: Case, on: date) -> list[Proposal]:
    """Ask every screening over cases about one case; what is new makes one log entry, nothing new makes none.

    A proposal already decided stays as decided; an open one of the rules gets their present reason.
    Returns the new proposals. Part of imports and of the clock process, so it needs no actor.
    """
    wanted = _found(case, on)
    known = {(p.marks, p.category): p for p in case.proposals.all()}
    fresh = [key for key in wanted if key not in known]
    moved = [known[key] for key in wanted if key in known and _moved(known[key], _reason(wanted[key][1]))]
    if not (fresh or moved):
        return []
    with act(
        None, "提出认定建议", needs="", subject_kind="案件", subject_id=case.pk, court=case.court
    ) as record:
        created = [_propose(case, key, *wanted[key], on) for key in fresh]
        for old in moved:
            old.definition, findings = wanted[(old.marks, old.category)]
            old.reason = _reason(findings)
            old.save(update_fields=["reason", "definition"])
        record.payload = {
            "案号": case.number,
            "建议": ["：".join(key) for key in fresh],
            "理由更新": [f"{old.marks}：{old.category}" for old in moved],
        }
    return created


def mark_case(actor: Actor, *, case_id: int, marks: str, category: str, reason: str) -> Proposal:
    """Propose a mark oneself, with a reason. A declined mark may be proposed anew.

    Raises
    ------
    WrongEntry   unknown mark or category
    Taken        it is proposed or confirmed already
    """
    known_word(marks, MARKS, "标识")
    why = filled(reason, "理由", example="原告十五人，同一小区物业服务纠纷", longest=300)
    with act(
        actor, f"提出{marks}", needs=MARKED_BY[marks], subject_kind="案件", subject_id=case_id, why=why
    ) as record:
        case = lock_case(actor, case_id)
        known_word(category, categories(case, marks, actor.on), "类别")
        proposal, new = Proposal.objects.get_or_create(
            case=case,
            marks=marks,
            category=category,
            defaults={
                "court": case.court,
                "reason": why,
                "proposed_on": actor.on,
                "proposed_by": actor.person,
            },
        )
        if not new and proposal.state != Proposal.State.DECLINED:
            raise Taken(f"“{category}”已于 {proposal.proposed_on} 提出：{proposal.state}。")
        if not new:
            proposal.state, proposal.reason, proposal.proposed_on = Proposal.State.OPEN, why, actor.on
            proposal.proposed_by, proposal.decided_by, proposal.decided_on = actor.person, None, None
            proposal.save()
        record.payload = {"案号": case.number, "标识": marks, "类别": category}
    return proposal


def categories(case: Case, marks: str, on: date) -> list[str]:
    """What may be proposed under a mark: the categories of its rules, or the tracks."""
    known = registry(case.court)
    if marks == DIVERSION:
        return list(known.dictionary("dictionary.tracks").keys)
    rules = [rule for one in known.screenings(on) if one.marks == marks for rule in one.rules]
    return list(dict.fromkeys(rule.category or rule.label for rule in rules))


def share_of_four_kinds(actor: Actor, *, first: date, last: date) -> Share:
    """Cases with a confirmed 四类案件 mark among those filed in the period, both days counted."""
    accepted = cases_seen(actor).filter(filed_on__gte=first, filed_on__lte=last)
    confirmed = Proposal.objects.filter(marks=FOUR_KINDS, state=Proposal.State.CONFIRMED)
    return Share(accepted.filter(pk__in=confirmed.values("case")).count(), accepted.count())


def _found(case: Case, on: date) -> dict[tuple[str, str], tuple[str, list[Finding]]]:
    """(marks, category) → definition and what its rules say, for every rule that speaks."""
    known = registry(case.court)
    fields = fields_of(case, on)
    names = list(known.dictionary("dictionary.case_fields").keys)
    found: dict[tuple[str, str], tuple[str, list[Finding]]] = {}
    for screening in known.screenings(on):
        if screening.marks not in MARKS or screening.over != "案件":
            continue
        reference = known.ref(screening.id, on)
        for finding in screening.screen(fields, names).findings:
            key = (screening.marks, finding.category or finding.label)
            found.setdefault(key, (reference, []))[1].append(finding)
    if (SIMPLE_BANKRUPTCY, NOT_SIMPLE) in found:
        found.pop((SIMPLE_BANKRUPTCY, SIMPLE), None)
    return found


def _moved(old: Proposal, reason: str) -> bool:
    """Whether an open proposal of the rules has another reason now."""
    return old.state == Proposal.State.OPEN and old.proposed_by_id is None and old.reason != reason


def _reason(findings: list[Finding]) -> str:
    return "；".join(finding.reason for finding in findings)[:300]


def _propose(
    case: Case, key: tuple[str, str], definition: str, findings: list[Finding], on: date
) -> Proposal:
    lock_any_case(case.pk)
    return Proposal.objects.get_or_create(
        case=case,
        marks=key[0],
        category=key[1],
        defaults={
            "court": case.court,
            "rule": "、".join(finding.label for finding in findings)[:60],
            "definition": definition,
            "reason": _reason(findings),
            "proposed_on": on,
        },
    )[0]
