"""A document is checked, a remark left as it is, the document issued."""

from __future__ import annotations

from mingjing.services.papers.proofreading import issue_paper, keep_remark, put_paper
from mingjing.services.papers.sealing import seal_case, verify_seal
from mingjing.storage.cases.models import Case
from tests.services.builders import DAY, happen
from tests.services.every_verb.world import Verb, World, does
from tests.services.papers.builders import a_case, judgment


@does("papers.proofreading.put_paper")
def check_a_document(w: World) -> Verb:
    case = a_case(w.house)
    return lambda: put_paper(w.judge, case_id=case.pk, kind="判决书", upload=judgment())


@does("papers.proofreading.keep_remark")
def leave_a_remark(w: World) -> Verb:
    case = a_case(w.house)
    paper = put_paper(w.judge, case_id=case.pk, kind="判决书", upload=judgment(伍万元="伍仟元"))
    one = paper.remarks.get()
    return lambda: keep_remark(w.judge, remark_id=one.pk, reason="借条原文如此")


@does("papers.proofreading.issue_paper")
def issue_a_document(w: World) -> Verb:
    case = a_case(w.house)
    paper = put_paper(w.judge, case_id=case.pk, kind="判决书", upload=judgment())
    return lambda: issue_paper(w.judge, paper_id=paper.pk)


def archived(w: World) -> Case:
    """A closed case with a judgment, archived."""
    case = a_case(w.house)
    put_paper(w.judge, case_id=case.pk, kind="判决书", upload=judgment())
    happen(case, "归档", DAY)
    return case


@does("papers.sealing.seal_case")
def seal_an_archived_case(w: World) -> Verb:
    case = archived(w)
    return lambda: seal_case(w.manager, case_id=case.pk)


@does("papers.sealing.verify_seal")
def compare_sealed_files(w: World) -> Verb:
    seal = seal_case(w.manager, case_id=archived(w).pk)
    return lambda: verify_seal(w.manager, seal_id=seal.pk)
