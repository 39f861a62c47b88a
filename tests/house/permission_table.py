"""Who gets what at every address: the table that decides, and the courts it is tried in.

A new page is one line: its URL name, a post that may see it, a post that may not. What stands in its path
(``case_id``, ``notice_id`` …) is taken from ``World.records``.
"""

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
from tests.house.permission_records import of_the_approvals, of_the_meetings, of_the_periods, of_the_registers
from tests.house.permission_sheets import of_the_sheets
from tests.services.builders import DAY, House, build_house, file_case, hire

JUDGE, HEAD, OFFICE, PRESIDENT = "审判员", "庭长", "审管办主任", "院长"
KEEPER, GUARDIAN, AUDITOR, AREA = "系统管理员", "安全管理员", "审计管理员", "辖区审管专员"
SYSTEM, INSPECTOR, SECRETARY = "接口账号", "督察员", "综合办主任"
FILER = "立案登记员"
NOBODY = ""


CASES = '{"batch_key": "1", "cases": [{"number": "（2024）云9821民初9号"}]}'
EVENTS = """{"batch_key": "2", "events": [
    {"number": "（2024）云9821民初1号", "kind": "分案", "happened": "2024-03-14"}
]}"""

NOTHING_FILLED = '{"act": "登记", "values": {}}'
PROGRESS = '{"act": "报告进展", "values": {"整改情况": "过半"}}'


@dataclass(frozen=True, slots=True)
class Row:
    """What an address answers: without a login, to a post that may not, to one that may, here and elsewhere.

    ``right`` is 302 where the page goes on at once, 422 where the world's record lacks what is asked.
    ``elsewhere`` None means 404 where the path names a record of this court, and ``right`` where it names
    none: a list then shows the other court's own. ``refused`` is told to a post that may not. A ``body`` is
    sent as JSON by a system with its key.
    """

    name: str
    may: str
    may_not: str = KEEPER
    right: int = 200
    elsewhere: int | None = None
    anonymous: int = 302
    refused: int = 404
    post: bool = False
    body: str = ""

    @property
    def keyed(self) -> bool:
        """Whether the address is one of the interface, entered with a key."""
        return self.name.startswith("api:")


TABLE = (
    Row("login", NOBODY, NOBODY, anonymous=200),
    Row("logout", JUDGE, NOBODY, right=302, post=True),
    Row("second-factor", NOBODY, NOBODY),
    Row("passkey-asked", NOBODY, NOBODY),
    Row("passkey-given", NOBODY, NOBODY),
    Row("outside", NOBODY, NOBODY, anonymous=404),
    Row("outside-back", NOBODY, NOBODY, anonymous=404),
    Row("my-security", JUDGE, NOBODY),
    Row("my-password", JUDGE, NOBODY),
    Row("my-telephone", JUDGE, NOBODY),
    Row("my-telephone-off", JUDGE, NOBODY),
    Row("my-codes", JUDGE, NOBODY),
    Row("my-passkey-ask", JUDGE, NOBODY, right=302),
    Row("my-passkey-new", JUDGE, NOBODY, right=302),
    Row("my-passkey-drop", JUDGE, NOBODY, right=302, post=True),
    Row("my-session-end", JUDGE, NOBODY, right=302, post=True),
    Row("my-sessions-end", JUDGE, NOBODY, right=302, post=True),
    Row("today", JUDGE, NOBODY),
    Row("saved-views", JUDGE, NOBODY),
    Row("saved-view-remove", JUDGE, NOBODY, right=404, elsewhere=404, post=True),
    # 案件
    Row("case-list", JUDGE),
    Row("case-export", OFFICE, JUDGE),
    Row("case-board", JUDGE),
    Row("case-figures", HEAD),
    Row("case-handling", HEAD),
    Row("report-check", JUDGE),
    # 指标
    Row("indicators", JUDGE),
    Row("indicator", JUDGE, elsewhere=200),
    Row("indicator-cases", JUDGE, elsewhere=200),
    Row("indicator-explain", PRESIDENT, JUDGE, elsewhere=200),
    Row("indicator-keep", JUDGE, INSPECTOR, right=302, elsewhere=302),
    Row("cockpit", JUDGE),
    Row("cockpit-wall", JUDGE),
    Row("bulletin", JUDGE, elsewhere=200),
    Row("figures-kept", JUDGE),
    Row("figure-kept", JUDGE),
    Row("indicator-ranges", JUDGE),
    Row("indicator-range-enter", OFFICE, JUDGE),
    Row("indicator-range-strike", OFFICE, JUDGE),
    Row("case", JUDGE),
    Row("case-event", JUDGE),
    Row("event-strike", JUDGE),
    Row("case-exclusion", JUDGE),
    Row("exclusion-end", JUDGE, OFFICE),
    Row("exclusion-strike", JUDGE),
    Row("case-extension", JUDGE, OFFICE),
    Row("case-closing", JUDGE, OFFICE),
    Row("case-procedure", JUDGE),
    Row("case-handler", HEAD, JUDGE),
    Row("case-note", HEAD, JUDGE),
    Row("case-link", JUDGE),
    Row("case-tip", JUDGE, right=302, elsewhere=404, post=True),
    # 预警、督办、长期未结、审批、识别、核查
    Row("alerts", JUDGE),
    Row("alerts-export", OFFICE, JUDGE),
    Row("alerts-noise", OFFICE, JUDGE),
    Row("alert-snooze", JUDGE, OFFICE),
    Row("notices", JUDGE),
    Row("notices-export", OFFICE, JUDGE),
    Row("notice-issue", OFFICE, JUDGE, right=302),
    Row("notices-print", OFFICE, right=302),
    Row("notice", JUDGE),
    Row("notice-reply", JUDGE, OFFICE),
    Row("notice-lift", OFFICE, JUDGE),
    Row("notice-file", JUDGE),
    Row("long-pending", JUDGE),
    Row("long-pending-export", OFFICE, JUDGE),
    Row("requests", HEAD),
    Row("requests-export", HEAD, JUDGE),
    Row("request", HEAD),
    Row("request-withdraw", JUDGE),
    Row("proposals", HEAD),
    Row("proposals-export", HEAD, JUDGE),
    Row("proposal-mark", HEAD),
    Row("proposal-share", HEAD),
    Row("proposal-tracks", HEAD),
    Row("proposal", HEAD),
    Row("findings", JUDGE),
    Row("findings-export", OFFICE, JUDGE),
    Row("findings-courts", AREA, OFFICE),
    Row("findings-check", OFFICE, JUDGE, right=302, post=True),
    Row("findings-circular", OFFICE, JUDGE),
    Row("circular-file", OFFICE),
    Row("finding-explain", JUDGE),
    # 分案：立案日、例外、统计；公开核验不登录
    Row("draws", JUDGE),
    Row("draws-export", OFFICE, JUDGE),
    Row("filing-day", JUDGE),
    Row("draw", JUDGE),
    Row("draw-paper", JUDGE),
    Row("deviations", JUDGE),
    Row("deviations-export", OFFICE, JUDGE),
    Row("draws-mine", JUDGE),
    Row("draw-figures", JUDGE),
    Row("filing-day-open", FILER, JUDGE, right=302, elsewhere=302, post=True),
    Row("filing-day-add", FILER, JUDGE, right=302, elsewhere=404, post=True),
    Row("filing-day-remove", FILER, JUDGE),
    Row("filing-day-lock", FILER, JUDGE, right=302, elsewhere=404, post=True),
    Row("filing-day-go-on", FILER, JUDGE, right=302, elsewhere=404, post=True),
    Row("filing-day-silence", FILER, JUDGE, right=302, elsewhere=404, post=True),
    Row("filing-day-draw", FILER, JUDGE, right=302, elsewhere=404, post=True),
    Row("filing-day-take", FILER, JUDGE, right=302, elsewhere=404, post=True),
    Row("filing-day-void", FILER, JUDGE, elsewhere=200),
    Row("filing-day-value", OFFICE, JUDGE),
    Row("draw-ask", HEAD, JUDGE),
    Row("draw-again", HEAD, JUDGE),
    Row("case-designate", HEAD, JUDGE),
    Row("deviation-decide", PRESIDENT, JUDGE),
    Row("public-draws", NOBODY, NOBODY, anonymous=200),
    Row("public-draws-csv", NOBODY, NOBODY, anonymous=200),
    Row("public-draws-json", NOBODY, NOBODY, anonymous=200),
    Row("public-verifier", NOBODY, NOBODY, anonymous=200),
    Row("public-draw", NOBODY, NOBODY, anonymous=200),
    Row("public-draw-file", NOBODY, NOBODY, anonymous=200),
    # 导入
    Row("imports", OFFICE, JUDGE),
    Row("import-template", OFFICE, JUDGE),
    Row("import", OFFICE, JUDGE),
    Row("import-errors", OFFICE, JUDGE, right=422),
    Row("import-confirm", OFFICE, JUDGE),
    Row("import-cancel", OFFICE, JUDGE, right=302),
    Row("import-run", OFFICE, JUDGE, right=302),
    Row("import-lateness", OFFICE, JUDGE),
    Row("import-mapping", OFFICE, JUDGE, right=302),
    Row("import-fix", OFFICE, JUDGE, right=422),
    # 台账
    Row("find", JUDGE, NOBODY, right=302),
    Row("records", JUDGE),
    Row("registers", JUDGE),
    Row("register", INSPECTOR, elsewhere=200),
    Row("register-board", INSPECTOR, elsewhere=200),
    Row("register-calendar", INSPECTOR, elsewhere=200),
    Row("register-tree", INSPECTOR, elsewhere=200),
    Row("register-figures", INSPECTOR, elsewhere=200),
    Row("register-paper", INSPECTOR, elsewhere=200),
    Row("register-bulletin", INSPECTOR, elsewhere=200),
    Row("register-new", INSPECTOR, elsewhere=200),
    Row("register-bulk", INSPECTOR, right=302, elsewhere=302),
    Row("register-export", HEAD, JUDGE),
    Row("register-template", INSPECTOR, elsewhere=200),
    Row("register-import", INSPECTOR, elsewhere=200),
    Row("record", JUDGE),
    Row("record-act", JUDGE),
    Row("record-file", JUDGE),
    Row("record-letter", JUDGE),
    Row("record-link", JUDGE),
    Row("record-unlink", JUDGE, right=302),
    Row("record-nil", JUDGE, right=302, post=True),
    Row("register-call", INSPECTOR, elsewhere=200),
    Row("period", INSPECTOR),
    Row("period-draw", INSPECTOR, right=302, post=True),
    Row("period-join", INSPECTOR, right=302, post=True),
    Row("approvals", JUDGE),
    Row("approvals-agree", JUDGE, right=302, post=True),
    Row("approval-sheet", JUDGE),
    Row("delegations", JUDGE),
    Row("delegation-revoke", JUDGE, right=302, post=True),
    Row("wall", JUDGE),
    Row("wall-show", JUDGE),
    Row("wall-paper", JUDGE),
    # 考核
    Row("assessments", JUDGE),
    Row("ranking", INSPECTOR),
    Row("ranking-of", INSPECTOR),
    Row("ranking-book", OFFICE, JUDGE),
    Row("round", INSPECTOR, JUDGE, elsewhere=200),
    Row("cards", INSPECTOR, elsewhere=200),
    Row("unit-cards", INSPECTOR, JUDGE),
    # 会议
    Row("meetings", JUDGE),
    Row("meeting-plan", SECRETARY, JUDGE, elsewhere=200),
    Row("meeting", PRESIDENT, JUDGE),
    Row("meeting-strip", PRESIDENT, JUDGE),
    Row("meeting-paper", PRESIDENT, JUDGE),
    # 制度
    Row("institutions", JUDGE),
    Row("institution", JUDGE, elsewhere=200),
    Row("institution-text", JUDGE, elsewhere=200),
    Row("institution-try", OFFICE, JUDGE),
    Row("due-calculator", JUDGE),
    Row("drafts", OFFICE, JUDGE),
    Row("draft-begin", OFFICE, JUDGE),
    Row("draft", OFFICE, JUDGE),
    Row("draft-check", OFFICE, JUDGE),
    Row("draft-put", OFFICE, JUDGE),
    Row("draft-submit", OFFICE, JUDGE),
    Row("draft-decide", PRESIDENT, JUDGE),
    Row("draft-back", OFFICE, JUDGE, right=302, elsewhere=404),
    Row("draft-drop", OFFICE, JUDGE, right=302, elsewhere=404),
    # 系统
    Row("system", KEEPER, JUDGE),
    Row("settings", KEEPER, JUDGE),
    Row("calendar", KEEPER, AUDITOR),
    Row("people", KEEPER, AUDITOR),
    Row("person", KEEPER, AUDITOR),
    Row("court-new", KEEPER, GUARDIAN),
    Row("department-new", KEEPER, GUARDIAN),
    Row("department-close", KEEPER, GUARDIAN),
    Row("person-new", KEEPER, GUARDIAN),
    Row("person-edit", KEEPER, GUARDIAN),
    Row("posting-new", GUARDIAN),
    Row("posting-end", GUARDIAN),
    Row("oversight-new", GUARDIAN),
    Row("oversight-end", GUARDIAN),
    Row("account-new", KEEPER, GUARDIAN),
    Row("account-password", KEEPER, GUARDIAN),
    Row("account-state", KEEPER, GUARDIAN),
    Row("rights", GUARDIAN),
    Row("rights-export", GUARDIAN),
    Row("account-safety", GUARDIAN),
    Row("account-sessions-end", GUARDIAN),
    Row("account-second-reset", GUARDIAN),
    Row("account-unlock", GUARDIAN, right=302, post=True),
    # 线索：只有办理人，钥匙没有打开的先去打开；公开入口不登录
    Row("leads", INSPECTOR, PRESIDENT),
    Row("lead-new", INSPECTOR),
    Row("lead", INSPECTOR, PRESIDENT),
    Row("lead-answer", INSPECTOR, GUARDIAN),
    Row("lead-file", INSPECTOR, AUDITOR, right=302),
    Row("lead-act", INSPECTOR, HEAD, right=302),
    Row("lead-link", INSPECTOR, PRESIDENT, right=302),
    Row("lead-hand", INSPECTOR, PRESIDENT, right=302),
    Row("lead-forms", INSPECTOR, PRESIDENT),
    Row("lead-checks", INSPECTOR, PRESIDENT, right=302),
    Row("lead-check", INSPECTOR, PRESIDENT, right=302),
    Row("lead-measure", INSPECTOR, PRESIDENT, right=302),
    Row("lead-keys", INSPECTOR),
    Row("lead-key-new", INSPECTOR),
    Row("lead-key-lock", INSPECTOR, right=302, post=True),
    Row("lead-key-change", INSPECTOR, right=302),
    Row("lead-key-replace", INSPECTOR, right=302),
    Row("lead-key-deposit", INSPECTOR, right=302),
    Row("lead-key-recover", INSPECTOR),
    Row("lead-key-give", INSPECTOR, right=302),
    Row("report", NOBODY, NOBODY, anonymous=200),
    Row("report-ask", NOBODY, NOBODY, anonymous=200),
    # 审计
    Row("acts", AUDITOR),
    Row("acts-export", AUDITOR),
    Row("checkpoints", AUDITOR),
    Row("checkpoints-export", AUDITOR),
    Row("checkpoint-sign", AUDITOR, right=302, post=True),
    Row("checkpoint-file", AUDITOR, elsewhere=200),
    Row("witnesses", AUDITOR),
    Row("witness-new", AUDITOR),
    Row("witness-end", AUDITOR, elsewhere=200),
    Row("countersignature-new", AUDITOR),
    Row("log-check", AUDITOR),
    Row("case-proof", JUDGE),
    Row("record-proof", JUDGE),
    Row("public-checkpoint", NOBODY, NOBODY, anonymous=200),
    Row("public-key", NOBODY, NOBODY, anonymous=200),
    Row("act", AUDITOR),
    # 接口
    Row("api:api-root", NOBODY, NOBODY, anonymous=404),
    Row("api:openapi-json", NOBODY, NOBODY, anonymous=200),
    Row("api:push_cases", SYSTEM, JUDGE, anonymous=401, refused=403, body=CASES),
    Row("api:push_events", SYSTEM, JUDGE, anonymous=401, refused=403, body=EVENTS),
    Row("api:case_clocks", SYSTEM, JUDGE, anonymous=401, refused=403),
    Row("api:batch", SYSTEM, JUDGE, anonymous=401, refused=403),
    Row("api:registers", JUDGE, SYSTEM, anonymous=401, refused=403),
    Row("api:register_records", INSPECTOR, SYSTEM, anonymous=401, refused=403, elsewhere=200),
    Row("api:post_record", INSPECTOR, SYSTEM, 422, 422, anonymous=401, refused=403, body=NOTHING_FILLED),
    Row("api:one_record", JUDGE, SYSTEM, anonymous=401, refused=403),
    Row("api:post_act", JUDGE, SYSTEM, anonymous=401, refused=403, body=PROGRESS),
)


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
            "definition_id": "deadline.civil.summary",
        },
    )


def _of_the_case(house: House) -> dict[str, object]:
    """A running case with everything that hangs on a case."""
    case = file_case(house)
    span = Exclusion.objects.create(case=case, kind="鉴定期间", first=date(2024, 3, 20))
    recheck(case, on=DAY)
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
