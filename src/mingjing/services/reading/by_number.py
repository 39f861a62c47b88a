"""A case by its number, for whoever works at the console of the machine and therefore has no login."""

from __future__ import annotations

from mingjing.domain.reasons import Ambiguous, Refusal
from mingjing.storage.cases.models import Case

NEAREST = 5


class UnknownCase(Refusal):
    """No case of that number."""

    code = "unknown-case"


def case_by_number(text: str, court_code: str = "") -> Case:
    """The case with this number, brackets and blanks as people type them.

    Raises
    ------
    UnknownCase   none; says which numbers begin alike
    Ambiguous     several courts have it
    """
    number = text.strip()
    plain = number.replace("(", "（").replace(")", "）").replace(" ", "")
    rows = Case.objects.select_related("court", "department", "handler").order_by("court__code")
    if court_code:
        rows = rows.filter(court__code=court_code)
    found = list(rows.filter(number__in={number, plain})[: NEAREST + 1])
    if len(found) > 1:
        courts = [case.court.code for case in found]
        raise Ambiguous(f"案号“{text}”在 {len(found)} 个法院都有。请写明法院。", allowed=courts)
    if not found:
        where = f"法院“{court_code}”" if court_code else "数据库里"
        raise UnknownCase(
            f"{where}没有案号“{text}”。", allowed=_alike(plain), example="（2024）云9801民初12号"
        )
    return found[0]


def _alike(number: str) -> list[str]:
    """A few numbers that begin as this one does, the longest beginning first."""
    for length in (len(number) - 2, len(number) - 4, 8):
        start = number[: max(length, 1)]
        rows = Case.objects.filter(number__gte=start, number__lt=start + "\U0010ffff")
        if near := list(rows.order_by("number").values_list("number", flat=True)[:NEAREST]):
            return near
    return []
