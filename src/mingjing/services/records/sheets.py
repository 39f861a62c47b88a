"""Scoring sheets as records: whose case it is, which calendar counts, who may be nominated at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from mingjing.domain.assessments import filling, outline
from mingjing.domain.assessments import sheets as words
from mingjing.domain.assessments.honours import require_eligible
from mingjing.domain.assessments.sealing import read_scored
from mingjing.domain.assessments.sheets import Sheet
from mingjing.domain.dates.calendars import WorkCalendar
from mingjing.domain.dates.periods import read_period
from mingjing.domain.ledgers.matters import Deed, Matter, Stepped, WrongPerson
from mingjing.domain.ledgers.register import FieldType
from mingjing.services.installation import registry
from mingjing.services.recipients import load_roster
from mingjing.services.records.eligibility import bars_for_person, bars_for_unit
from mingjing.services.records.gathering import collected
from mingjing.services.records.naming import Names
from mingjing.services.records.words import HEAD_OF, assigning, keys_of, read_word
from mingjing.storage.cases.models import Case, PanelMember
from mingjing.storage.people.models import Court, Person, Posting

_WEEKENDS = WorkCalendar("", {})
_NAMING = (outline.OPEN, outline.REPLACE)

permitted = filling.permitted


def step(sheet: Sheet, matter: Matter, deed: Deed) -> Stepped:
    """The sheet after an act, with the court's calendar; nobody is named to review what is their own.

    Raises
    ------
    NotEligible   a card, veto or measure stands against a nomination
    WrongPerson   a reviewer is scored themselves, works in the department scored, or sat in the case scored
    and what ``domain.assessments.filling.step`` raises
    """
    court = Court.objects.filter(people__pk=deed.who.key).first()
    calendar = registry(court).calendar(sheet.register.calendar) if court else _WEEKENDS
    stepped = filling.step(sheet, matter, deed, calendar)
    stepped = replace(stepped, inner=_with_awaited(sheet, stepped, court, deed.on))
    if deed.act in _NAMING:
        _check_own(sheet, stepped, deed)
    if deed.act == outline.OPEN:
        if sheet.eligible and court is not None:
            _require_eligible(sheet, stepped, deed, court)
        values = {**stepped.values, words.TITLE: _title(sheet, stepped)}
        if court is not None and words.COLLECTED in {one.label for one in sheet.register.fields}:
            values[words.COLLECTED] = _collected(sheet, stepped, court)
        return replace(stepped, values=values)
    return stepped


def _with_awaited(sheet: Sheet, stepped: Stepped, court: Court | None, on: date) -> dict[str, object]:
    """What the sheet remembers, with whom it waits for: the reviewers who did not hand in, then whoever may
    answer. It stands in their 今日 until they did."""
    rest = {word: held for word, held in stepped.inner.items() if word != "assigned"}
    if stepped.state == outline.SCORING:
        handed_in = read_scored(rest).marks
        jury = keys_of(stepped.values.get(words.JURY))
        return {**rest, **assigning(sorted(key for key in jury if key not in handed_in))}
    if stepped.state == outline.TOLD and sheet.reply is not None:
        return {**rest, **assigning(sorted(_answering(sheet, stepped, court, on)))}
    return rest


def _answering(sheet: Sheet, stepped: Stepped, court: Court | None, on: date) -> frozenset[int]:
    """Whoever the sheet names by its own fields to answer the result."""
    found: set[int] = set()
    for act in sheet.register.acts:
        for text in act.by if act.label == outline.ANSWER else ():
            word = read_word(text, sheet.register)
            keys = keys_of(stepped.values.get(word.anchor)) if word.anchor else frozenset()
            if not word.of_units and not word.rank:
                found |= keys
            elif word.of_units and word.rank == HEAD_OF and court is not None:
                heads = load_roster(court, on).heads
                found |= {one.pk for key in keys for one in heads.get(key, [])}
    return frozenset(found)


def _require_eligible(sheet: Sheet, stepped: Stepped, deed: Deed, court: Court) -> None:
    """A nomination is refused while something stands against it; the refusal names each, with its record."""
    field, named = sheet.register.field(sheet.subject), keys_of(stepped.values.get(sheet.subject))
    asked = bars_for_unit if field.type is FieldType.UNIT else bars_for_person
    for key in sorted(named):
        name = Names(sheet.register, [stepped.values]).shown(field, key)
        require_eligible(name, asked(court, key, deed.on), deed.on)


def _collected(sheet: Sheet, stepped: Stepped, court: Court) -> str:
    """What the registers say about whom is scored in the period."""
    period = read_period(str(stepped.values.get(words.PERIOD)))
    key = next(iter(keys_of(stepped.values.get(sheet.subject))), 0)
    if sheet.register.field(sheet.subject).type is FieldType.UNIT:
        return collected(court, period, unit=key)
    return collected(court, period, person=key)


def _title(sheet: Sheet, stepped: Stepped) -> str:
    """Who or what is scored, by name, and for which period."""
    names = Names(sheet.register, [stepped.values])
    shown = names.shown(sheet.register.field(sheet.subject), stepped.values.get(sheet.subject))
    period = stepped.values.get(words.PERIOD) if sheet.period else None
    return f"{shown} {read_period(str(period)).label}" if period else shown


def _check_own(sheet: Sheet, stepped: Stepped, deed: Deed) -> None:
    jury = keys_of(stepped.values.get(words.JURY))
    concerned = {key: why for why, keys in _concerned(sheet, stepped, deed) for key in keys if key in jury}
    if concerned:
        key, why = next(iter(sorted(concerned.items())))
        name = Person.objects.values_list("name", flat=True).get(pk=key)
        raise WrongPerson(f"{name}{why}，不能评自己的事。请另选评分人。")


def _concerned(sheet: Sheet, stepped: Stepped, deed: Deed) -> Iterable[tuple[str, frozenset[int]]]:
    """Why somebody may not review it, and who."""
    for field in sheet.register.fields:
        held = keys_of(stepped.values.get(field.label))
        if field.type is FieldType.CASE and held:
            yield "是这件案件的承办人或者合议庭成员", _judges(held)
        if field.label not in sheet.own or not held:
            continue
        if field.type is FieldType.UNIT:
            posted = Posting.objects.on(deed.on).filter(department__in=held)
            yield f"在“{field.label}”任职", frozenset(posted.values_list("person", flat=True))
        else:
            yield f"就是“{field.label}”", held


def _judges(cases: Iterable[int]) -> frozenset[int]:
    handlers = Case.objects.filter(pk__in=cases, handler__isnull=False).values_list("handler", flat=True)
    panel = PanelMember.objects.filter(case__in=cases).values_list("person", flat=True)
    return frozenset((*handlers, *panel))
