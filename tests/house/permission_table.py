"""Who gets what at every address: the table that decides. The courts it is tried in: ``permission_world``.

A new page is one line: its URL name, a post that may see it, a post that may not. What stands in its path
(``case_id``, ``notice_id`` …) is taken from ``World.records``.
"""

from __future__ import annotations

from dataclasses import dataclass

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
    Row("my-proof", JUDGE, NOBODY),
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
    Row("leaders", JUDGE),
    Row("leader-cases", PRESIDENT, JUDGE),
    Row("detectors", OFFICE, JUDGE),
    Row("detector", INSPECTOR, HEAD, elsewhere=200),
    Row("detector-assign", OFFICE, HEAD, right=302, elsewhere=302),
    Row("detector-try", PRESIDENT, JUDGE, elsewhere=200),
    Row("line-try", OFFICE, JUDGE),
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
    Row("filing-day-void", FILER, JUDGE),
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
    Row("card-circular", INSPECTOR, JUDGE, elsewhere=200),
    Row("review-circular", OFFICE, JUDGE),
    Row("annual", INSPECTOR, JUDGE),
    Row("gathered", JUDGE),
    Row("flags", INSPECTOR, JUDGE),
    Row("flag-propose", INSPECTOR, JUDGE, right=302, elsewhere=302, post=True),
    Row("silent", INSPECTOR, JUDGE),
    Row("eligible", INSPECTOR, JUDGE),
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
