"""One act on a sheet: the moves of its register, marks kept sealed until everybody has handed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from mingjing.domain.assessments import outline
from mingjing.domain.assessments import sheets as words
from mingjing.domain.assessments.scoring import TooFewReviewers, check_entry, score, short, shown
from mingjing.domain.assessments.sealing import read_scored, write_scored
from mingjing.domain.assessments.sheets import Change, Marking, Marks, Scored, Sheet
from mingjing.domain.dates.calendars import WorkCalendar
from mingjing.domain.dates.offsets import day_after
from mingjing.domain.dates.periods import Every, period_of, read_period
from mingjing.domain.ledgers import stepping as ledger
from mingjing.domain.ledgers.matters import (
    Deed,
    Matter,
    NotFilled,
    NotReady,
    Permitted,
    Stepped,
    Who,
    WrongPerson,
    WrongValue,
)
from mingjing.domain.ledgers.values import is_empty
from mingjing.domain.reasons import Step, Unreadable

_WEEKENDS = WorkCalendar("", {})


@dataclass(frozen=True, slots=True)
class _Move:
    sheet: Sheet
    before: Matter
    after: Stepped
    scored: Scored
    deed: Deed
    calendar: WorkCalendar


def permitted(sheet: Sheet, matter: Matter, who: Who, on: date) -> tuple[Permitted, ...]:
    """What somebody may do to a sheet now."""
    return ledger.permitted(sheet.register, matter, who, on)


def step(sheet: Sheet, matter: Matter, deed: Deed, calendar: WorkCalendar = _WEEKENDS) -> Stepped:
    """The sheet after an act. Nothing of ``matter`` is changed.

    Marks go into the sheet's memory, not into its fields, until the last reviewer has handed in: fields are
    what pages, tables and interfaces show. ``calendar`` counts the time for the reply.

    Raises
    ------
    what ``ledgers.stepping.step`` raises, and
    WrongMark         a mark outside its item's range
    TooFewReviewers   the jury is smaller than the sheet asks for
    WrongPerson       somebody scores who is not, or no longer, of the jury
    WrongValue        the period is none of the sheet's kind, or a reviewer is named twice
    NotReady          confirmed while the time for the reply still runs
    """
    stepped = ledger.step(sheet.register, matter, deed)
    handler = _HANDLERS.get(deed.act)
    if handler is None:
        return stepped
    return handler(_Move(sheet, matter, stepped, read_scored(matter.inner), deed, calendar))


def jury_of(values: Mapping[str, object]) -> tuple[int, ...]:
    """The keys of the reviewers."""
    held = values.get(words.JURY)
    return tuple(one for one in held if isinstance(one, int)) if isinstance(held, (list, tuple)) else ()


def _opened(move: _Move) -> Stepped:
    _check_jury(move)
    sheet, values = move.sheet, move.after.values
    if sheet.period is not None:
        _check_period(sheet.period, str(values.get(words.PERIOD) or ""))
    told = tuple((key, f"请您为“{sheet.register.label}”评分。") for key in jury_of(values))
    return replace(move.after, told=told)


def _check_period(every: Every, code: str) -> None:
    example = outline.EXAMPLES.get(every, "")
    wrong = WrongValue(f"“{words.PERIOD}”要写一个{every.value}，“{code}”不是。", example=example)
    try:
        period = read_period(code)
    except Unreadable as unreadable:
        raise wrong from unreadable
    if period_of(every, period.first).code != code:
        raise wrong


def _check_jury(move: _Move) -> None:
    jury, need = jury_of(move.after.values), move.sheet.reviewers
    if len(set(jury)) < len(jury):
        raise WrongValue("评分人里有人写了两次。")
    if len(jury) < need:
        cause = f"“{move.sheet.register.label}”至少要 {need} 位评分人，现在 {len(jury)} 位。"
        raise TooFewReviewers(cause, example=f"{need} 位")


def _scored(move: _Move) -> Stepped:
    sheet, who = move.sheet, move.deed.who
    if not who.anything and who.key not in jury_of(move.before.values):
        raise WrongPerson(f"{who.name}不是这份“{sheet.register.label}”的评分人，不能代别人打分。")
    entered: dict[str, Fraction] = {}
    for item in sheet.items:
        given = move.deed.values.get(item.label)
        if not is_empty(given):
            entered[item.label] = Fraction(str(given))
            check_entry(sheet, item, entered[item.label])
        elif sheet.marking is Marking.MARKS:
            raise NotFilled(f"“{outline.SCORE}”还没有填“{item.label}”。")
    note = str(move.deed.values.get(words.NOTE) or "")
    marks = {**move.scored.marks, who.key: Marks(entered, note, move.deed.on.isoformat())}
    names = {**move.scored.names, who.key: who.name}
    return _handed_in(move, replace(move.scored, marks=marks, names=names), who.name)


def _replaced(move: _Move) -> Stepped:
    _check_jury(move)
    jury = set(jury_of(move.after.values))
    marks = {key: held for key, held in move.scored.marks.items() if key in jury}
    return _handed_in(move, replace(move.scored, marks=marks), "")


def _handed_in(move: _Move, scored: Scored, name: str) -> Stepped:
    """Sealed while somebody is missing, opened with the last."""
    jury = jury_of(move.after.values)
    missing = [key for key in jury if key not in scored.marks]
    if missing:
        sealed = {*(one.label for one in move.sheet.items), words.NOTE}
        values = {label: held for label, held in move.after.values.items() if label not in sealed}
        said = f"{name}已交，还有 {len(missing)} 人没有交；交齐以前各人的分数封存" if name else ""
        says = (Step(f"{len(scored.marks)}/{len(jury)}", said),) if said else move.after.says
        inner = write_scored(scored, move.before.inner)
        return replace(move.after, state=outline.SCORING, values=values, inner=inner, says=says)
    notes = "\n".join(f"{scored.names[key]}：{held.note}" for key, held in scored.marks.items() if held.note)
    return _worked_out(move, scored, state=outline.TO_TELL, more={words.NOTE: notes} if notes else {})


def _worked_out(
    move: _Move, scored: Scored, *, state: str = "", more: Mapping[str, object] | None = None
) -> Stepped:
    """The result carried into the fields, with its steps."""
    result = score(move.sheet, scored)
    values = {
        **move.after.values,
        **{label: short(mark) for label, mark in result.items.items()},
        words.TOTAL: shown(result.total, move.sheet.decimals),
        words.GRADE: result.grade.label,
        words.BEFORE_VETO: result.before.label,
        **(more or {}),
    }
    return replace(
        move.after,
        state=state or move.after.state,
        values=values,
        inner=write_scored(scored, move.before.inner),
        says=(*move.after.says, *result.steps),
    )


def _told(move: _Move) -> Stepped:
    inner = {**move.before.inner, "told": move.deed.on.isoformat()}
    total, grade = move.after.values.get(words.TOTAL), move.after.values.get(words.GRADE)
    said = f"“{move.sheet.register.label}”的结果是 {total} 分、{grade}。"
    by = f"可以在{move.sheet.reply}内答复。" if move.sheet.reply else ""
    told = tuple((word, said + by) for word in _answers(move.sheet))
    return replace(move.after, inner=inner, told=told)


def _answers(sheet: Sheet) -> tuple[str, ...]:
    for act in sheet.register.acts:
        if act.label == outline.ANSWER:
            return act.by
    return sheet.own


def _changed(move: _Move) -> Stepped:
    label = str(move.after.values.get(words.CHANGED))
    item = move.sheet.item(label)
    mark = Fraction(str(move.after.values.get(words.CHANGED_TO)))
    check_entry(replace(move.sheet, marking=Marking.MARKS), item, mark)
    why = str(move.after.values.get(words.CHANGED_WHY))
    change = Change(label, mark, why, move.deed.who.name, move.deed.on.isoformat())
    return _worked_out(move, replace(move.scored, changes=(*move.scored.changes, change)))


def _found(move: _Move) -> Stepped:
    label, why = str(move.after.values.get(words.VETO)), str(move.after.values.get(words.VETO_WHY))
    return _worked_out(move, replace(move.scored, vetoes=(*move.scored.vetoes, (label, why))))


def _confirmed(move: _Move) -> Stepped:
    if move.before.state == outline.TOLD and move.sheet.reply is not None:
        last = day_after(date.fromisoformat(str(move.before.inner["told"])), move.sheet.reply, move.calendar)
        if move.deed.on <= last:
            raise NotReady(f"还没有答复，答复时限到 {last}，过了才能确认。")
    grade = next(one for one in move.sheet.grades if one.label == move.after.values.get(words.GRADE))
    says = tuple(Step(one.register, f"“{grade.label}”规定的后果自动登记") for one in grade.opens)
    return replace(move.after, opens=(*move.after.opens, *grade.opens), says=(*move.after.says, *says))


_HANDLERS: dict[str, Callable[[_Move], Stepped]] = {
    outline.OPEN: _opened,
    outline.SCORE: _scored,
    outline.REPLACE: _replaced,
    outline.TELL: _told,
    outline.CHANGE: _changed,
    outline.FIND: _found,
    outline.CONFIRM: _confirmed,
}
