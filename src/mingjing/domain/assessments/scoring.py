"""From marks to a total and a grade, exactly, with every step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mingjing.domain.assessments.sheets import Grade, Item, Jury, Marking, Marks, Scored, Sheet
from mingjing.domain.reasons import Refusal, Step


class WrongMark(Refusal):
    """A mark is below nothing or above the full marks of its item."""

    code = "wrong-mark"


class TooFewReviewers(Refusal):
    """Fewer reviewers than the way of combining needs."""

    code = "too-few-reviewers"


@dataclass(frozen=True, slots=True)
class Result:
    """A sheet worked out. ``kept`` are the reviewers whose marks count; ``items`` the mark of each item by
    label; ``total`` is rounded to the sheet's places; ``before`` is the grade the total alone gives."""

    kept: tuple[int, ...]
    items: Mapping[str, Fraction]
    exact: Fraction
    total: Fraction
    before: Grade
    grade: Grade
    steps: tuple[Step, ...]


def rounded(value: Fraction, places: int) -> Fraction:
    """Half up, away from zero, to ``places`` decimals: 四舍五入 as paper does it."""
    scale = 10**places
    whole = (abs(value) * scale * 2 + 1) // 2
    return Fraction(whole, scale) * (1 if value >= 0 else -1)


def shown(value: Fraction, places: int) -> str:
    """A number with exactly so many decimals, rounded half up: ``shown(Fraction(7, 3), 2)`` is ``2.33``."""
    held = rounded(value, places)
    whole = abs(held.numerator) * 10**places // held.denominator
    digits = str(whole).rjust(places + 1, "0")
    sign = "-" if held < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def short(value: Fraction) -> str:
    """A number as people write it, four decimals at most, without zeros at the end."""
    text = shown(value, 4)
    return text.rstrip("0").rstrip(".")


def check_entry(sheet: Sheet, item: Item, entered: Fraction) -> None:
    """Refuse what no reviewer may enter.

    Raises
    ------
    WrongMark   less than nothing, or more than the full marks
    """
    if 0 <= entered <= item.full:
        return
    what = sheet.marking.value
    cause = f"“{item.label}”的{what}应在 0 到 {short(item.full)} 之间，{short(entered)} 不是。"
    raise WrongMark(cause, example=short(item.full))


def marks_of(sheet: Sheet, marks: Marks) -> dict[str, Fraction]:
    """The mark of each item by one reviewer. A deduction not entered is none."""
    if sheet.marking is Marking.DEDUCTIONS:
        return {one.label: one.full - marks.entered.get(one.label, Fraction(0)) for one in sheet.items}
    return {one.label: marks.entered[one.label] for one in sheet.items}


def total_of(sheet: Sheet, marks: Mapping[str, Fraction]) -> Fraction:
    """The total of marks by item, exactly."""
    return sum((_part(one, marks[one.label]) for one in sheet.items), Fraction(0))


def _part(item: Item, mark: Fraction) -> Fraction:
    return mark if item.weight is None else mark * item.weight


def score(sheet: Sheet, scored: Scored) -> Result:
    """The result of a sheet everybody has handed in.

    Raises
    ------
    TooFewReviewers   fewer than the sheet asks for
    """
    if len(scored.marks) < sheet.reviewers:
        cause = f"“{sheet.register.label}”至少要 {sheet.reviewers} 人评分，现在 {len(scored.marks)} 人。"
        raise TooFewReviewers(cause)
    by_reviewer = {key: marks_of(sheet, marks) for key, marks in scored.marks.items()}
    totals = {key: total_of(sheet, marks) for key, marks in by_reviewer.items()}
    kept = _kept(sheet.jury, totals)
    steps = _said(sheet, scored, totals, kept)
    items = {
        one.label: sum((by_reviewer[key][one.label] for key in kept), Fraction(0)) / len(kept)
        for one in sheet.items
    }
    for change in scored.changes:
        was = items[change.item]
        items[change.item] = change.mark
        said = f"“{change.item}”由 {short(was)} 改为 {short(change.mark)}：{change.why}"
        steps.append(Step(f"{change.on} {change.by}".strip(), said))
    exact = total_of(sheet, items)
    total = rounded(exact, sheet.decimals)
    formula = " + ".join(_term(one, items[one.label]) for one in sheet.items)
    if len(sheet.items) > 1:
        steps.append(Step("合计", formula))
    places = f"保留 {sheet.decimals} 位小数，四舍五入" if total != exact else ""
    steps.append(Step(f"= {shown(total, sheet.decimals)}", f"总分{f'（{places}）' if places else ''}"))
    before, grade = _graded(sheet, total, scored, steps)
    return Result(kept, items, exact, total, before, grade, tuple(steps))


def _term(item: Item, mark: Fraction) -> str:
    weight = "" if item.weight is None else f" × {short(item.weight * 100)}%"
    return f"{item.label} {short(mark)}{weight}"


def combined(sheet: Sheet, totals: Sequence[Fraction]) -> tuple[Fraction, Grade]:
    """The total of a jury whose members gave these totals, rounded, and its grade, vetoes left aside.

    Raises
    ------
    TooFewReviewers   fewer than the sheet asks for
    """
    if len(totals) < sheet.reviewers:
        raise TooFewReviewers(f"至少要 {sheet.reviewers} 人评分，现在 {len(totals)} 人。")
    kept = _kept(sheet.jury, dict(enumerate(totals)))
    total = rounded(sum((totals[key] for key in kept), Fraction(0)) / len(kept), sheet.decimals)
    return total, grade_of(sheet.grades, total)


def _kept(jury: Jury, totals: Mapping[int, Fraction]) -> tuple[int, ...]:
    """The reviewers whose marks count. Of equal totals the one with the smaller key is dropped first: which
    of them makes no difference to the total."""
    order = sorted(totals, key=lambda key: (totals[key], key))
    if jury is Jury.TRIMMED:
        return tuple(order[1:-1])
    if jury is Jury.MEDIAN:
        middle = len(order) // 2
        return tuple(order[middle - (len(order) % 2 == 0) : middle + 1])
    return tuple(order)


def _said(sheet: Sheet, scored: Scored, totals: Mapping[int, Fraction], kept: Sequence[int]) -> list[Step]:
    steps = []
    for key in sorted(totals):
        name = scored.names.get(key, str(key))
        left = "" if key in kept else f"（按“{sheet.jury.value}”不计入）"
        steps.append(Step(short(totals[key]), f"{name}评分{left}"))
    if len(totals) > 1:
        mean = sum((totals[key] for key in kept), Fraction(0)) / len(kept)
        steps.append(
            Step(f"÷ {len(kept)} = {short(mean)}", f"{len(kept)} 份评分的平均（{sheet.jury.value}）")
        )
    return steps


def grade_of(grades: Sequence[Grade], total: Fraction) -> Grade:
    """The best grade whose least the total reaches; the last is for whatever is left."""
    for grade in grades:
        if total >= grade.least:
            return grade
    return grades[-1]


def _graded(sheet: Sheet, total: Fraction, scored: Scored, steps: list[Step]) -> tuple[Grade, Grade]:
    before = grade = grade_of(sheet.grades, total)
    steps.append(Step(before.label, f"达到 {short(before.least)} 分"))
    order = [one.label for one in sheet.grades]
    best = {one.label: one.best for one in sheet.vetoes}
    for label, why in scored.vetoes:
        if order.index(best[label]) > order.index(grade.label):
            grade = sheet.grades[order.index(best[label])]
        steps.append(Step(f"≤ {best[label]}", f"{label}：{why}"))
    if grade is not before:
        steps.append(Step(grade.label, f"一票否决：不论总分多少，不得高于“{grade.label}”"))
    return before, grade
