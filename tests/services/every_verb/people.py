"""What is done to people, posts, logins, courts and definitions."""

from __future__ import annotations

from mingjing.services.accounts import open_account, reset_password, set_account_active
from mingjing.services.acts import CONSOLE
from mingjing.services.courts import enter_court
from mingjing.services.drafting import verbs as drafts
from mingjing.services.first_account import open_at_console, reset_at_console
from mingjing.services.oversights import end_oversight, put_in_charge
from mingjing.services.people import add_court, add_department, add_person, close_department, correct_person
from mingjing.services.postings import appoint, end_posting
from mingjing.services.saved_views import remove_view, save_view
from mingjing.services.tokens import make_token, revoke_token
from mingjing.storage.drafts.models import Draft
from mingjing.storage.people.models import ApiToken, Oversight, Posting
from tests.services.builders import DAY, acting, hire
from tests.services.every_verb.world import Verb, World, does

STRONG = "qingyan-8841-lan"


@does("accounts.open_account")
def open_a_login(w: World) -> Verb:
    return lambda: open_account(w.keeper, person_id=w.house.head.pk, username="zhoulan", password=STRONG)


@does("accounts.set_account_active")
def shut_a_login(w: World) -> Verb:
    pk = w.login.pk
    return lambda: set_account_active(w.keeper, account_id=pk, active=False, reason="调离本院")


@does("accounts.reset_password")
def reset_a_password(w: World) -> Verb:
    pk = w.login.pk
    return lambda: reset_password(w.keeper, account_id=pk, password=STRONG)


@does("first_account.open_at_console")
def open_the_first_login(w: World) -> Verb:
    return lambda: open_at_console(
        court_code=w.house.court.code, court_name="", level="基层", name="钟启", post="系统管理员",
        username="zhongqi", password=STRONG, staff_number="K01", on=DAY,
    )  # fmt: skip


@does("first_account.reset_at_console")
def reset_the_first_password(w: World) -> Verb:
    name = w.login.username
    return lambda: reset_at_console(username=name, password=STRONG)


@does("courts.enter_court")
def enter_a_court(w: World) -> Verb:
    return lambda: enter_court(CONSOLE, code="云9899", name="远山县人民法院")


@does("people.add_court")
def found_a_court(w: World) -> Verb:
    keeper = acting(hire(w.house.higher, "邵宁", "系统管理员", None))
    return lambda: add_court(
        keeper, code="云9898", name="青石县人民法院", short_name="青石法院", level="基层"
    )


@does("people.add_department")
def found_a_department(w: World) -> Verb:
    pk = w.house.court.pk
    return lambda: add_department(w.keeper, court_id=pk, name="少年审判庭", since=DAY)


@does("people.close_department")
def close_a_department(w: World) -> Verb:
    made = add_department(w.keeper, court_id=w.house.court.pk, name="少年审判庭", since=DAY)
    return lambda: close_department(w.keeper, department_id=made.pk, until=DAY)


@does("people.add_person")
def add_somebody(w: World) -> Verb:
    pk = w.house.court.pk
    return lambda: add_person(w.keeper, court_id=pk, name="叶青", staff_number="A01")


@does("people.correct_person")
def mend_a_name(w: World) -> Verb:
    pk = w.house.judge.pk
    return lambda: correct_person(w.keeper, person_id=pk, name="林致远")


@does("postings.appoint")
def give_a_post(w: World) -> Verb:
    pk = w.house.judge.pk
    return lambda: appoint(w.guardian, person_id=pk, post="支部委员", since=DAY)


@does("postings.end_posting")
def end_a_post(w: World) -> Verb:
    pk = Posting.objects.get(person=w.house.head).pk
    return lambda: end_posting(w.guardian, posting_id=pk, until=DAY)


@does("oversights.put_in_charge")
def put_somebody_in_charge(w: World) -> Verb:
    house = w.house
    return lambda: put_in_charge(
        w.guardian, leader_id=house.leader.pk, department_id=house.second_civil.pk, since=DAY
    )


@does("oversights.end_oversight")
def end_a_charge(w: World) -> Verb:
    pk = Oversight.objects.filter(leader=w.house.leader)[0].pk
    return lambda: end_oversight(w.guardian, oversight_id=pk, until=DAY)


@does("saved_views.save_view")
def keep_a_list(w: World) -> Verb:
    return lambda: save_view(w.judge, "/cases", "due=逾期", "我的逾期")


@does("saved_views.remove_view")
def keep_a_list_no_more(w: World) -> Verb:
    made = save_view(w.judge, "/cases", "due=逾期", "我的逾期")
    return lambda: remove_view(w.judge, made.pk)


@does("tokens.make_token")
def make_a_key(w: World) -> Verb:
    return lambda: make_token(w.keeper, w.house.court, "办案系统")


@does("tokens.revoke_token")
def shut_a_key(w: World) -> Verb:
    make_token(w.keeper, w.house.court, "办案系统")
    pk = ApiToken.objects.get().pk
    return lambda: revoke_token(w.keeper, pk)


def handed_in(w: World) -> Draft:
    """A draft waiting for the president."""
    draft = drafts.begin(w.manager)
    return drafts.submit(w.manager, draft.pk, reason="常有冲突")


@does("drafting.verbs.begin")
def begin_a_draft(w: World) -> Verb:
    return lambda: drafts.begin(w.manager)


@does("drafting.verbs.save")
def save_a_draft(w: World) -> Verb:
    draft = drafts.begin(w.manager)
    return lambda: drafts.save(w.manager, draft.pk, draft.text + "# 一\n", revision=1)


@does("drafting.verbs.submit")
def submit_a_draft(w: World) -> Verb:
    draft = drafts.begin(w.manager)
    return lambda: drafts.submit(w.manager, draft.pk, reason="常有冲突")


@does("drafting.verbs.take_back")
def take_a_draft_back(w: World) -> Verb:
    draft = handed_in(w)
    return lambda: drafts.take_back(w.manager, draft.pk)


@does("drafting.verbs._approve")
def approve_a_draft(w: World) -> Verb:
    draft, president = handed_in(w), w.own(w.house.president)
    return lambda: drafts.decide(president, draft.pk, agree=True, opinion="同意")


@does("drafting.verbs.decide")
def return_a_draft(w: World) -> Verb:
    draft, president = handed_in(w), w.own(w.house.president)
    return lambda: drafts.decide(president, draft.pk, agree=False, opinion="时限太短")
