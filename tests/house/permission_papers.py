"""What the permission table needs of documents: a judgment with one remark, the seal of an archived case."""

from __future__ import annotations

from django.utils import timezone

from mingjing.storage.cases.models import Case
from mingjing.storage.papers.models import Paper, PaperRemark, Seal
from mingjing.storage.records.models import Evidence
from tests.services.builders import DAY, House, file_case


def of_the_papers(house: House) -> dict[str, object]:
    """A version with an open remark; a case whose files are sealed."""
    case = Case.objects.get(number="（2024）云9821民初1号", court=house.court)
    moment = timezone.now()
    evidence = Evidence.objects.create(
        digest="e" * 64, size=1, media_type="text/plain", stored="evidence/ee/none", received_at=moment
    )
    paper = Paper.objects.create(
        court=house.court, case=case, kind="判决书", version=1, state=Paper.State.CHECKED, evidence=evidence,
        name="判决书.txt", text="货款已经转帐。", rules="", put_by=house.judge, put_at=moment, open=1,
    )  # fmt: skip
    remark = PaperRemark.objects.create(
        paper=paper, place=1, code="错别字", group="文字格式", level="请看", start=4, end=6, quote="转帐",
        what="通常写作“转账”", why="错别字表", proposal="转账",
    )  # fmt: skip
    archived = file_case(house, serial=88)
    seal = Seal.objects.create(
        case=archived, court=house.court, root="0" * 64, files=0, sealed_on=DAY, sealed_by=house.clerk
    )
    return {"paper_id": paper.pk, "remark_id": remark.pk, "seal_id": seal.pk}
