"""J2. A judge opens 今日, asks why a date is what it is, records an appraisal, asks for more time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.journeys.desk import Desk, main_text
from tests.journeys.installation import NOW, Installation

TODAY = date.fromisoformat(NOW[:10])

MINE = """
SELECT a.username, c.id, c.number, c.due_on
FROM cases_case c JOIN people_account a ON a.person_id = c.handler_id
WHERE a.username IN ('faguan', 'faguan2') AND c.closed_on IS NULL AND c.procedure IN ('普通程序', '简易程序')
AND c.due_on > :after AND c.due_state = '计算中'
AND NOT EXISTS (SELECT 1 FROM supervision_request r WHERE r.case_id = c.id)
ORDER BY a.username, c.due_on
"""


@dataclass(frozen=True)
class Own:
    """A case, who tries it, and its last day."""

    user: str
    pk: int
    number: str
    last_day: date


def own_cases(installation: Installation) -> list[Own]:
    """The two judges' cases with more than three weeks to go and no request yet, soonest first."""
    rows = installation.ask(MINE, {"after": str(TODAY + timedelta(days=21))})
    return [Own(user, pk, number, date.fromisoformat(due)) for user, pk, number, due in rows]


def last_day(installation: Installation, case: int) -> date:
    """The stored last day of the trial limit."""
    ((due,),) = installation.ask("SELECT due_on FROM cases_case WHERE id = :pk", {"pk": case})
    return date.fromisoformat(due)


def ask_for_more(page: Any, case: int) -> None:
    """Ask for another month and send the form."""
    page.goto(f"/cases/{case}")
    page.click("text=申请延长审限")
    page.fill("[name=length]", "1 个月")
    page.fill("[name=reason]", "鉴定机构要求补充材料，预计下月出具意见。")
    page.click("main form button.main")


def asked(installation: Installation, case: int) -> list[tuple[str]]:
    """The states of what was asked for the case."""
    return installation.ask("SELECT state FROM supervision_request WHERE case_id = :pk", {"pk": case})


def morning(day: date) -> str:
    """Nine o'clock of a day."""
    return f"{day}T09:00:00"


def test_the_judge_sees_the_sum_and_the_date_moves_with_an_appraisal(
    installation: Installation, desk: Desk
) -> None:
    case = own_cases(installation)[0]
    first, last = TODAY - timedelta(days=20), TODAY - timedelta(days=5)
    with installation.served() as served:
        page = desk.sign_in(served.url, case.user)
        assert "件等您" in main_text(page)
        page.click(f"aside a:has-text('{case.number}')")
        sum_ = page.inner_text("#why")
        assert "立案，当日不计入" in sum_
        assert "《民事诉讼法》" in sum_
        assert str(case.last_day) in sum_
        assert "审理期限，" in sum_
        assert "起施行" in sum_
        cited = page.get_attribute("#why .definition a", "title")
        assert cited is not None
        assert cited.startswith("deadline.civil.")

        page.click("text=登记扣除")
        page.select_option("[name=word]", "鉴定期间")
        page.fill("[name=first]", str(first))
        page.fill("[name=last]", str(last))
        page.fill("[name=start_document]", "鉴定委托书〔2026〕12号")
        page.fill("[name=end_document]", "鉴定意见书〔2026〕8号")
        page.click("main form button.main")

        page.wait_for_url(f"**/cases/{case.pk}")
        assert "已登记“鉴定期间”" in main_text(page)
        after = last_day(installation, case.pk)
        assert after >= case.last_day + timedelta(days=16)  # both ends of the appraisal count
        sum_ = page.inner_text("#why")
        assert str(after) in sum_
        assert "+ 16 天" in sum_
        assert f"鉴定 {first} 至" in sum_
        assert "民诉解释第二百四十三条" in sum_
        assert "净用" in sum_


def test_more_time_is_asked_for_sixteen_days_before_but_not_fourteen(
    installation: Installation, desk: Desk
) -> None:
    early, late = own_cases(installation)[:2]
    with installation.served(morning(early.last_day - timedelta(days=16))) as served:
        page = desk.sign_in(served.url, early.user)
        ask_for_more(page, early.pk)
        page.wait_for_url(f"**/cases/{early.pk}")
        assert "已申请延长 1 个月" in main_text(page)
        assert asked(installation, early.pk) == [("待审批",)]
    with installation.served(morning(late.last_day - timedelta(days=14))) as served:
        page = desk.sign_in(served.url, late.user)
        ask_for_more(page, late.pk)
        refusal = page.inner_text("main [role=alert]")
        assert str(late.last_day) in refusal  # the last day it counts back from
        assert str(late.last_day - timedelta(days=15)) in refusal  # the last day to ask
        assert page.input_value("[name=reason]").startswith("鉴定机构")  # nothing typed is lost
        assert asked(installation, late.pk) == []
