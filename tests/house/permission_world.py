"""The courts the permission table is tried in: a record of every kind, the people who may, and strangers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from mingjing.services.acts import CLOCK, act
from mingjing.services.clocks import recheck
from mingjing.services.installation import registry
from mingjing.services.proving.checkpoints import sign_checkpoint
from mingjing.storage.auditlog.models import Act, Witness
from mingjing.storage.batches.models import Batch
from mingjing.storage.cases.models import Case, CaseEvent, Exclusion
from mingjing.storage.drafts.models import Draft
from mingjing.storage.people.models import Account, Court, Department, Oversight, Person, Posting
from mingjing.storage.supervision.models import Alert, Circular, Finding, Notice, Proposal, Request
from tests.house.permission_door import of_the_door
from tests.house.permission_draws import of_the_draws
from tests.house.permission_figures import of_the_figures
from tests.house.permission_leads import of_the_leads
from tests.house.permission_papers import of_the_papers
from tests.house.permission_records import of_the_approvals, of_the_meetings, of_the_periods, of_the_registers
from tests.house.permission_sheets import of_the_sheets
from tests.house.permission_table import (
    AREA,
    AUDITOR,
    FILER,
    GUARDIAN,
    HEAD,
    INSPECTOR,
    JUDGE,
    KEEPER,
    OFFICE,
    PRESIDENT,
    SECRETARY,
    SYSTEM,
)
from tests.house.permission_window import of_the_window
from tests.services.builders import DAY, House, build_house, file_case, hire


@dataclass(frozen=True, slots=True)
class World:
    """A court with a record of every kind, the people who may, and the same posts at two unrelated courts."""

    here: dict[str, Person]
    elsewhere: dict[str, Person]
    records: dict[str, object]


def build_world() -> World:
    """The house of ``tests.services.builders``, one record of each kind, and a stranger for every post."""
    house = build_house()
    auditor = hire(house.court, "温故", AUDITOR, house.office)
    here = {
        JUDGE: house.judge,
        HEAD: house.head,
        OFFICE: house.manager,
        PRESIDENT: house.president,
        KEEPER: house.keeper,
        GUARDIAN: house.guardian,
        AUDITOR: auditor,
        AREA: house.higher_manager,
        SYSTEM: hire(house.court, "审判系统", SYSTEM, None),
        INSPECTOR: hire(house.court, "纪明", INSPECTOR, house.office),
        SECRETARY: hire(house.court, "文昭", SECRETARY, house.office),
        FILER: hire(house.court, "叶青", FILER, house.office),
    }
    far = Court.objects.create(code="川98", name="川河市中级人民法院", short_name="川河中院", level="中级")
    beside = Court.objects.create(
        code="川9801", name="川北区人民法院", short_name="川北法院", level="基层", parent=far
    )
    strangers = {post: hire(far if post == AREA else beside, f"外{post[:2]}", post, None) for post in here}
    return World(
        here,
        strangers,
        {
            **_of_the_case(house),
            **_of_the_court(house),
            **of_the_registers(house, here[INSPECTOR]),
            **of_the_periods(here[INSPECTOR]),
            **of_the_meetings(house, here[SECRETARY]),
            **of_the_approvals(house),
            **of_the_sheets(house, here[INSPECTOR]),
            **of_the_figures(house),
            **of_the_leads(house, here[INSPECTOR]),
            **of_the_door(house.judge),
            **of_the_draws(house),
            **of_the_window(house),
            **of_the_papers(house),
            "definition_id": "deadline.civil.summary",
        },
    )


def _of_the_case(house: House) -> dict[str, object]:
    """A running case with everything that hangs on a case."""
    case = file_case(house)
    span = Exclusion.objects.create(case=case, kind="鉴定期间", first=date(2024, 3, 20))
    recheck(case, on=DAY)
    with act(None, "试记一笔", needs="", subject_kind="案件", subject_id=case.pk, court=house.court):
        pass
    alert = Alert.objects.filter(case=case, person=house.judge).first() or _alert(case, house.judge)
    shared = {"case": case, "court": house.court}
    notice = Notice.objects.create(
        **shared, year=2024, serial=1, number="（2024）云9821督1号", definition="document.supervision_notice",
        reason="超期未结", issued_on=DAY, issued_by=house.manager, addressee=house.judge, level="承办人",
        reply_by=date(2024, 4, 8), close_by=date(2024, 5, 8),
    )  # fmt: skip
    request = Request.objects.create(
        **shared, kind="审限变更", subkind="延长", clock="审理期限", content={"延长": "1 个月"},
        reason="案情复杂", applicant=house.judge, applied_on=DAY, approver_role="院长",
    )  # fmt: skip
    proposal = Proposal.objects.create(
        **shared, marks="四类案件", category="群体性纠纷", reason="当事人十二人", proposed_on=DAY
    )
    finding = Finding.objects.create(
        **shared, fault="漏录", rule="漏录答辩期满", definition="screening.entry_cases", subject="案件",
        detail="没有登记", person=house.judge, found_on=DAY, week="2024-W14",
    )  # fmt: skip
    event = CaseEvent.objects.filter(case=case).first()
    assert event is not None
    return {
        "case_id": case.pk,
        "number": case.number,
        "event_id": event.pk,
        "exclusion_id": span.pk,
        "alert_id": alert.pk,
        "notice_id": notice.pk,
        "request_id": request.pk,
        "proposal_id": proposal.pk,
        "finding_id": finding.pk,
    }


def _alert(case: Case, person: Person) -> Alert:
    clock = case.clocks.filter(due_on__isnull=False).first()
    assert clock is not None and clock.due_on is not None
    return Alert.objects.create(
        clock=clock, case=case, court=case.court, label=clock.label, rung=9, colour=1, tell="承办人",
        person=person, on=DAY, due_on=clock.due_on, definition="", raised_at=timezone.now(),
    )  # fmt: skip


def _of_the_court(house: House) -> dict[str, object]:
    """What hangs on the court: people and posts, an import, a circular, an entry of the log."""
    empty = Department.objects.create(court=house.court, name="赔偿办公室", order=9, since=date(2020, 1, 1))
    moment = timezone.now()
    draft = Draft.objects.create(
        court=house.court, author=house.manager, text="# 草稿", started_at=moment, saved_at=moment
    )
    account = Account.objects.create_account("zhoulan", "a-long-password", house.head)
    batch = Batch.objects.create(
        court=house.court, uploaded_by=house.manager, uploaded_at=timezone.now(), filename="案件.csv",
        sha256="0" * 64, stored="none.csv", state=Batch.State.CHECKED, push_key="0",
    )  # fmt: skip
    blanks = registry(house.court).document("document.entry_check_circular", DAY).blanks
    circular = Circular.objects.create(
        issuer=house.court, court=house.court, week="2024-W14", year=2024, serial=1,
        number="（2024）云9821通1号", definition="document.entry_check_circular", sent_on=DAY,
        sent_by=house.manager, fields={blank.name: "1" for blank in blanks},
    )  # fmt: skip
    with act(None, "试记一笔", needs="", subject_kind="法院", subject_id=house.court.pk, court=house.court):
        pass
    entry = Act.objects.filter(court=house.court.code).latest("seq")
    witness = Witness.objects.create(name="检察院", vkey="见证", since=DAY)
    return {
        "court_id": house.court.pk,
        "code": house.court.code,
        "department_id": empty.pk,
        "person_id": house.judge.pk,
        "posting_id": Posting.objects.filter(person=house.judge).latest("pk").pk,
        "oversight_id": Oversight.objects.filter(leader=house.leader).latest("pk").pk,
        "account_id": account.pk,
        "batch_id": batch.pk,
        "circular_id": circular.pk,
        "seq": entry.seq,
        "size": sign_checkpoint(CLOCK).size,
        "witness_id": witness.pk,
        "draft_id": draft.pk,
        "saved_view_id": 1,
        "what": "field",
    }
