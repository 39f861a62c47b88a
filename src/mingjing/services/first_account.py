"""What the console of the machine may do with logins, where nobody can log in yet or any more."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from mingjing.domain.casenumbers.vocabulary import level_of
from mingjing.domain.reasons import Ambiguous
from mingjing.services.acts import CONSOLE, act
from mingjing.services.courts import numbered_code
from mingjing.services.demands import Taken, WrongEntry, filled, known_word
from mingjing.services.installation import registry
from mingjing.services.security.ending import end_of_person
from mingjing.services.security.separation import require_separate
from mingjing.services.security.standing import note_changed, require_strong
from mingjing.storage.people.models import Account, Court, Person, Posting

NATIONWIDE_LEVELS = ("最高", "高级", "中级", "基层", "专门")


@dataclass(frozen=True, slots=True)
class Opened:
    """What was made: the login, and in which order what had to be made for it."""

    account: Account
    made: tuple[str, ...]


def new_password() -> str:
    """A password nobody has thought of, easy to copy: four groups of four."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"  # without the signs that look alike
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))


def open_at_console(
    *,
    court_code: str,
    court_name: str,
    level: str,
    name: str,
    post: str,
    username: str,
    password: str,
    staff_number: str,
    on: date,
) -> Opened:
    """A login for somebody holding ``post``; court, person and post are made where they are not there yet.

    Raises
    ------
    WrongEntry   unknown post or level, no name for a new court, a weak password
    Unreadable   the code of a new court is none
    Taken        the person has a login, or the name of the login is in use
    Ambiguous    several people of that name work there
    NotSeparate  the person holds a post that may not be held together with this one
    """
    code = filled(court_code, "法院代字", example="云0102", longest=40)
    with act(CONSOLE, "开通账号", needs="", subject_kind="人员", subject_id="", why="控制台办理") as record:
        made: list[str] = []
        court = Court.objects.filter(code=code).first() or _court(code, court_name, level, made)
        known_word(post, registry(court).dictionary("dictionary.posts").keys, "职务")
        person = _person(court, name, staff_number) or _make_person(court, name, staff_number, made)
        if not Posting.objects.on(on).filter(person=person, post=post).exists():
            require_separate(person, post, on, None)
            Posting.objects.create(person=person, post=post, since=on)
            made.append(f"职务：{person.name}自 {on} 起任{post}")
        account = _make_account(person, username or code + person.staff_number, password, made)
        record.subject_id, record.court = str(person.pk), court
        record.payload = {"账号": account.username, "办理": made}
    return Opened(account, tuple(made))


def reset_at_console(*, username: str, password: str) -> Account:
    """A new password for a login, which is opened again where it was shut.

    Raises
    ------
    WrongEntry   no such login, or a weak password
    """
    account = Account.objects.select_related("person__court").filter(username=username.strip()).first()
    if account is None:
        known = list(Account.objects.order_by("username").values_list("username", flat=True)[:5])
        raise WrongEntry(f"没有账号“{username}”。", allowed=known, example=next(iter(known), "xitong"))
    with act(
        CONSOLE,
        "重置口令",
        needs="",
        subject_kind="人员",
        subject_id=account.person_id,
        court=account.person.court,
        why="控制台办理",
    ) as record:
        require_strong(password, account)
        account.set_password(password)
        account.is_active = True
        account.save(update_fields=["password", "is_active"])
        note_changed(account, by_owner=False)
        end_of_person(account.person)
        record.payload = {"姓名": account.person.name, "账号": account.username}
    return account


def _court(written: str, name: str, level: str, made: list[str]) -> Court:
    code = numbered_code(written)
    return Court.objects.filter(code=code).first() or _make_court(code, name, level, made)


def _make_court(code: str, name: str, level: str, made: list[str]) -> Court:
    known = registry().vocabulary().courts.get(code, "")
    if not name.strip() and not known:
        raise WrongEntry(
            f"还没有法院“{code}”，法院代字表里也查不到它的名称。请写明名称。",
            example="--court-name 云溪市清河区人民法院",
        )
    shown = filled(name or known, "法院名称", example="清河区人民法院", longest=100)
    level = known_word(level or level_of(code).label, NATIONWIDE_LEVELS, "法院级别")
    court = Court.objects.create(
        code=code, name=shown, short_name=shown.replace("人民法院", "法院")[:40], level=level
    )
    made.append(f"法院：{shown}（{code}，{level}）")
    return court


def _person(court: Court, name: str, staff_number: str) -> Person | None:
    words = filled(name, "姓名", example="林知远", longest=60)
    found = Person.objects.filter(court=court, name=words)
    if staff_number:
        other = Person.objects.filter(court=court, staff_number=staff_number).exclude(name=words).first()
        if other is not None:
            raise Taken(f"工号 {staff_number} 已经是 {other} 的。")
        return found.filter(staff_number=staff_number).first()
    numbers = list(found.values_list("staff_number", flat=True))
    if len(numbers) > 1:
        raise Ambiguous(f"{court}有 {len(numbers)} 位“{words}”。请写明工号。", allowed=numbers)
    return found.first()


def _make_person(court: Court, name: str, staff_number: str, made: list[str]) -> Person:
    number = staff_number or _free_number(court)
    person = Person.objects.create(court=court, name=name.strip(), staff_number=number)
    made.append(f"人员：{person.name}（工号 {number}）")
    return person


def _free_number(court: Court) -> str:
    count = Person.objects.filter(court=court).count() + 1
    while Person.objects.filter(court=court, staff_number=f"{count:03}").exists():
        count += 1
    return f"{count:03}"


def _make_account(person: Person, username: str, password: str, made: list[str]) -> Account:
    existing = Account.objects.filter(person=person).first()
    if existing is not None:
        again = f"mingjing account password {existing.username}"
        raise Taken(f"{person}已有账号“{existing.username}”。忘了口令请用 {again}。")
    words = filled(username, "账号", example="xitong", longest=60)
    if Account.objects.filter(username=words).exists():
        raise Taken(f"账号“{words}”已经有人使用。")
    require_strong(password, Account(username=words, person=person))
    account = Account.objects.create_account(words, password, person)
    note_changed(account, by_owner=False)
    made.append(f"账号：{words}")
    return account
