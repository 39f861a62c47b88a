"""All checks over one document, in the order of the places they mark."""

from __future__ import annotations

from itertools import chain

from mingjing.text.proofreading.amounts import check_amounts
from mingjing.text.proofreading.citing import check_laws
from mingjing.text.proofreading.consistency import check_case
from mingjing.text.proofreading.days import check_days
from mingjing.text.proofreading.known import Known, Lists
from mingjing.text.proofreading.names import check_names
from mingjing.text.proofreading.paper import Paper
from mingjing.text.proofreading.remarks import Remark
from mingjing.text.proofreading.typography import check_typography


def proofread(text: str, known: Known, lists: Lists) -> tuple[Remark, ...]:
    """What is to be looked at before the document is issued; rules not in use are left out.

    The same document, case and lists give the same remarks. Two remarks of one rule never mark one place.
    """
    paper = Paper(text)
    found = chain(
        check_case(paper, known, lists),
        check_names(paper, known),
        check_days(paper, known),
        check_amounts(paper),
        check_laws(paper, known, lists),
        check_typography(paper, lists),
    )
    once: dict[tuple[str, int, int], Remark] = {}
    for one in found:
        if one.code not in lists.off:
            once.setdefault((one.code, one.start, one.end), one)
    return tuple(sorted(once.values(), key=lambda one: (one.start, one.end, one.code)))
