"""Running a draft over the cases, page by page, beside the rules in force."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db.models import QuerySet

from mingjing.definitions.definition import Definition
from mingjing.definitions.kinds.table import KINDS
from mingjing.definitions.problems import DefinitionErrors, Problem, Severity
from mingjing.definitions.registry import Registry
from mingjing.definitions.running import try_examples
from mingjing.definitions.values.screenings import Screening
from mingjing.domain.caseflow.rules import Caseflow
from mingjing.domain.deadlines.rules import Deadline
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.facts import plain_facts
from mingjing.services.installation import definition_problems, folders_of, registry
from mingjing.services.permissions import cases_seen, require
from mingjing.services.records.machineries import MACHINERIES, register_of
from mingjing.services.records.sight import visible
from mingjing.services.trying.registers import asking_records, is_register
from mingjing.services.trying.rules import Ask, Said, asking, concerns
from mingjing.services.trying.trial import Changed, Trial
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Court
from mingjing.storage.records.models import Record

PAGE = 200
TRIABLE = (Deadline, Caseflow, Screening)
ON_CASES = ("deadline", "caseflow", "screening")
ON_A_PAGE = 600
"""Cases a page of the browser is made to wait for; the command line looks at all of them."""


class NotTriable(Refusal):
    """A definition that no case is measured by, or a court that is not here."""

    code = "not-triable"


@dataclass(frozen=True, slots=True)
class Pair:
    """The rules of a court as they are, and with the draft over them."""

    before: Registry
    after: Registry


def try_file(
    draft: Path, *, beside: Path | None = None, court_code: str = "", since: date | None = None, on: date
) -> Trial:
    """Try a draft over every case, or those of one court, or those filed on ``since`` or later.

    ``beside``: a folder of other drafts that the tried one leans on, taken to be in force with it.

    Raises
    ------
    NotTriable         the draft is of another kind, or there is no such court
    DefinitionErrors   the definitions that are in use are themselves broken
    """
    courts = Court.objects.all()
    if court_code:
        courts = courts.filter(code=court_code)
        if not courts:
            known = [code for (code,) in Court.objects.values_list("code")]
            raise NotTriable(f"没有法院“{court_code}”。", allowed=known, example=next(iter(known), "云0102"))
    rows = Case.objects.filter(court__in=[court.pk for court in courts])
    records = Record.objects.filter(court__in=[court.pk for court in courts])
    folders = (beside,) if beside else ()
    pairs = {court.pk: _pair(draft, court, *folders) for court in courts} or {0: _pair(draft, None, *folders)}
    return _run(draft, pairs, rows, lambda _: records, since=since, on=on, most=None)


def try_text(actor: Actor, text: str, *, since: date | None = None) -> Trial:
    """The same for a draft typed into a page, over the newest cases this actor may see."""
    require(actor, "试算制度")
    rows = cases_seen(actor)
    courts = list(Court.objects.filter(pk__in=rows.order_by().values("court").distinct()))
    if actor.court not in courts:
        courts.append(actor.court)

    def records(definition: Definition) -> QuerySet[Record]:
        return Record.objects.filter(visible(actor, register_of(definition.value)), court=actor.court)

    with tempfile.TemporaryDirectory(prefix="mingjing-draft-") as folder:
        draft = Path(folder) / "draft.yaml"
        draft.write_text(text, encoding="utf-8")
        pairs = {court.pk: _pair(draft, court) for court in courts}
        return _run(draft, pairs, rows, records, since=since, on=actor.on, most=ON_A_PAGE)


def _run(
    draft: Path,
    pairs: Mapping[int, Pair],
    rows: QuerySet[Case],
    records: Callable[[Definition], QuerySet[Record]],
    *,
    since: date | None,
    on: date,
    most: int | None,
) -> Trial:
    trial = Trial(on, problems=_new_problems(pairs.values()))
    definition = _drafted(draft, next(iter(pairs.values())).after)
    if trial.problems or definition is None:
        return trial
    if not is_register(definition.value) and not isinstance(definition.value, TRIABLE):
        raise _not_triable(definition)
    _describe(trial, definition, next(iter(pairs.values())))
    if is_register(definition.value):
        trial.of_records = True
        _try_records(trial, definition, pairs, records(definition), since=since, most=most)
        return trial
    rows = rows.filter(filed_on__gte=since) if since else rows
    if isinstance(definition.value, Screening):
        rows = rows.filter(closed_on__isnull=True)
    ask = asking(type(definition.value), definition.id, on)
    for case in _newest_first(rows):
        if most is not None and trial.seen >= most:
            trial.more = True
            break
        trial.seen += 1
        _compare(trial, case, pairs[case.court_id], definition, ask)
    return trial


def _try_records(
    trial: Trial,
    definition: Definition,
    pairs: Mapping[int, Pair],
    rows: QuerySet[Record],
    *,
    since: date | None,
    most: int | None,
) -> None:
    """The same over the records of a register, by the acts they have seen."""
    ask = asking_records(definition.id, trial.on)
    rows = rows.filter(opened_on__gte=since) if since else rows
    for record in rows.filter(register=definition.id).select_related("court").order_by("-pk").iterator(PAGE):
        if most is not None and trial.seen >= most:
            trial.more = True
            break
        trial.seen += 1
        pair = pairs[record.court_id]
        before, after = ask(record, pair.before), ask(record, pair.after)
        trial.concerned += bool(before or after)
        changed = [
            _lay_side_by_side(trial, record, before.get(key), after.get(key))
            for key in dict.fromkeys((*before, *after))
        ]
        trial.cases += any(changed)


def _not_triable(definition: Definition) -> NotTriable:
    title = KINDS[definition.id.partition(".")[0]].title
    cause = f"“{definition.label}”是{title}，没有案件、也没有记录一件一件按它办，不能试算；请跑它的例子。"
    return NotTriable(cause, allowed=[KINDS[name].title for name in (*ON_CASES, *MACHINERIES)])


def _pair(draft: Path, court: Court | None, *beside: Path) -> Pair:
    if broken := definition_problems(court):
        raise DefinitionErrors(broken)
    return Pair(registry(court), Registry.load_with_draft(draft, *folders_of(court), *beside))


def _new_problems(pairs: object) -> tuple[Problem, ...]:
    found: dict[Problem, None] = {}
    for pair in pairs:  # type: ignore[attr-defined]
        known = set(pair.before.problems)
        errors = (one for one in pair.after.problems if one.severity is Severity.ERROR)
        found.update((one, None) for one in errors if one not in known)
    return tuple(found)


def _drafted(draft: Path, known: Registry) -> Definition | None:
    return next((one for one in known.all() if one.path == draft), None)


def _describe(trial: Trial, definition: Definition, pair: Pair) -> None:
    """What the draft is, what it takes the place of, and whether its own examples hold."""
    trial.draft = definition
    replaced = pair.before.files(definition.id)
    trial.replaces = replaced[0].reference(replaced[0].version_on(trial.on)) if replaced else ""
    tried = list(try_examples(definition, pair.after))
    trial.examples = len(tried)
    trial.failed_examples = tuple(
        f"例子“{one.example.name}”：应得 {one.outcome.expected}，实得 {one.outcome.got}"
        for one in tried
        if not one.outcome.ok
    )


def _newest_first(rows: QuerySet[Case]) -> Iterator[Case]:
    """Every case once, some hundred in memory at a time."""
    last: int | None = None
    while True:
        behind = rows if last is None else rows.filter(pk__lt=last)
        page = list(behind.select_related("court", "department", "handler").order_by("-pk")[:PAGE])
        if not page:
            return
        yield from page
        last = page[-1].pk


def _compare(trial: Trial, case: Case, pair: Pair, definition: Definition, ask: Ask) -> None:
    facts = plain_facts(case)
    versions = (*pair.before.files(definition.id), *pair.after.files(definition.id))
    if not any(concerns(one.value, facts) for one in versions):
        return
    before, after = ask(case, pair.before), ask(case, pair.after)
    trial.concerned += bool(before or after)
    changed = False
    for key in dict.fromkeys((*before, *after)):
        changed |= _lay_side_by_side(trial, case, before.get(key), after.get(key))
    trial.cases += changed


def _lay_side_by_side(trial: Trial, case: Case | Record, before: Said | None, after: Said | None) -> bool:
    """Count what differs; whether anything does."""
    was, now = (before.phrase if before else ""), (after.phrase if after else "")
    told_before, told_after = (before.told if before else ()), (after.told if after else ())
    late_before, late_after = bool(before and before.late), bool(after and after.late)
    trial.before.add(told_before)
    trial.after.add(told_after)
    trial.newly_late += late_after and not late_before
    trial.no_longer_late += late_before and not late_after
    if was != now:
        label = (after or before).label  # type: ignore[union-attr]
        trial.changed.add(Changed(case.pk, case.number, label, was, now))
    for one in told_after:
        if one not in told_before:
            trial.warned.add(one)
    for one in told_before:
        if one not in told_after:
            trial.spared.add(one)
    return was != now or told_before != told_after
