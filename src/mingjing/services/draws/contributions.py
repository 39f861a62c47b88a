"""Departments promise a value, then show it; who shows another one is refused and the attempt kept."""

from __future__ import annotations

import secrets
from datetime import timedelta

from mingjing.domain.assignment.contributing import after_silence
from mingjing.domain.assignment.drawing import FEWEST, VALUE_BYTES, FalseReveal, commit
from mingjing.domain.assignment.rules import Missing
from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.demands import Taken, WrongEntry, filled
from mingjing.services.draws.days import RUN, DayOutOfOrder, State, locked_day
from mingjing.services.draws.rules import rule_at
from mingjing.services.installation import now
from mingjing.services.permissions import NotAllowed
from mingjing.storage.assignment.models import Contribution, FilingDay
from mingjing.storage.people.models import Department

GIVE, PROMISE, REVEAL, NAME_PUBLIC = "提交随机数", "提交承诺", "揭示随机数", "录入公共随机值"


def new_value() -> str:
    """Thirty-two random bytes in hexadecimal, for whoever does not throw dice."""
    return secrets.token_hex(VALUE_BYTES)


def department_of(actor: Actor, day: FilingDay) -> Department | None:
    """The department for which this person gives a value on the day."""
    return next((one for one in actor.departments if one.name in day.contributors), None)


def promise(actor: Actor, day_id: int, *, commitment: str) -> Contribution:
    """Hand in the commitment of one's department; once everybody has, the time to reveal begins.

    Raises
    ------
    NotAllowed      not of a contributing department
    WrongEntry      not 64 hexadecimal digits, or another department's commitment
    Taken           the department has committed already
    DayOutOfOrder   the lists are not locked, or values are being revealed
    """
    digits = commitment.strip().lower()
    if len(digits) != 64 or set(digits) - set("0123456789abcdef"):
        raise WrongEntry("“承诺”应是 64 位十六进制数（0-9、a-f）。", example="3b9f…（共 64 位）")
    with act(actor, PROMISE, needs=GIVE, subject_kind="立案日", subject_id=day_id) as record:
        day = locked_day(actor, day_id, State.COMMITTING)
        department = _mine(actor, day)
        given = day.contributions.filter(round=day.round)
        if given.filter(department=department).exists():
            raise Taken(f"{department}这一轮已经提交过承诺，不能更换。")
        if given.filter(commitment=digits).exists():
            raise WrongEntry("这个承诺与别的部门的一样，请另取一个数。")
        found = Contribution.objects.create(
            day=day, round=day.round, department=department, person=actor.person,
            commitment=digits, committed_at=now(),
        )  # fmt: skip
        if given.count() == len(day.contributors):
            _begin_revealing(day)
        record.payload = {"部门": department.name, "第几轮": day.round, "承诺": digits}
    return found


def stop_waiting(actor: Actor, day_id: int) -> FilingDay:
    """Go on without the departments that have not committed; at least two must have.

    Raises
    ------
    WrongEntry   fewer than two have committed
    """
    with act(actor, "不再等承诺", needs=RUN, subject_kind="立案日", subject_id=day_id) as record:
        day = locked_day(actor, day_id, State.COMMITTING)
        given = set(day.contributions.filter(round=day.round).values_list("department__name", flat=True))
        if len(given) < FEWEST:
            raise WrongEntry(f"只有 {len(given)} 个部门提交了承诺，至少要 {FEWEST} 个才能往下走。")
        record.payload = {"没有提交": [one for one in day.contributors if one not in given]}
        _begin_revealing(day)
    return day


def name_public(actor: Actor, day_id: int, *, value: str) -> FilingDay:
    """Take down the public value the rule names, as published (``3211.35``): after every promise and before
    the first reveal, so that whoever types it knows nothing yet of what it leads to.

    Raises
    ------
    WrongEntry      the rule names none, or nothing is typed
    Taken           it was taken down already
    DayOutOfOrder   values are still being promised
    """
    with act(actor, NAME_PUBLIC, needs=RUN, subject_kind="立案日", subject_id=day_id) as record:
        day = locked_day(actor, day_id, State.REVEALING)
        if not day.public_source:
            raise WrongEntry("这一天的规则不用公共随机值。")
        if day.public:
            raise Taken(f"公共随机值已经录入（{day.public}），不能更换。")
        day.public = filled(value, f"公共随机值（{day.public_source}）", example="3211.35", longest=200)
        day.save(update_fields=["public"])
        record.payload = {"来源": day.public_source, "公共随机值": day.public}
    return day


def reveal(actor: Actor, day_id: int, *, value: str) -> Contribution:
    """Show the value that was promised.

    Raises
    ------
    FalseReveal     it does not match the commitment; the attempt is counted and stands in the log
    WrongEntry      not 64 hexadecimal digits
    DayOutOfOrder   the public value the rule names must be taken down first; or that the department stayed
                    silent stands in the log: it could still choose between two results
    """
    digits = value.strip().lower()
    if len(digits) != 2 * VALUE_BYTES or set(digits) - set("0123456789abcdef"):
        raise WrongEntry("“随机数”应是 64 位十六进制数（0-9、a-f）。", example="a41c…（共 64 位）")
    with act(actor, REVEAL, needs=GIVE, subject_kind="立案日", subject_id=day_id) as record:
        day = locked_day(actor, day_id, State.REVEALING)
        if day.public_source and not day.public:
            raise DayOutOfOrder(f"先由立案庭录入公共随机值（{day.public_source}），再揭示。")
        department = _mine(actor, day)
        mine = day.contributions.filter(round=day.round, department=department).first()
        if mine is None:
            raise DayOutOfOrder(f"{department}这一轮没有提交承诺，不能揭示。")
        if mine.value:
            raise Taken(f"{department}已经揭示过。")
        if mine.silent:
            raise DayOutOfOrder(f"{department}逾期未揭示已经登记，这一次不能再揭示。")
        honest = commit(department.name, bytes.fromhex(digits)) == mine.commitment
        if honest:
            mine.value, mine.revealed_at = digits, now()
        else:
            mine.false_reveals += 1
        mine.save()
        record.payload = {"部门": department.name, "第几轮": day.round, "随机数": digits, "相符": honest}
    if not honest:
        raise FalseReveal(
            f"{department}揭示的数与先前提交的承诺不符，不能采用；这次已经记入日志。"
            "请核对是否拿错了日期的数；确实遗失的，按未揭示处理。"
        )
    return mine


def declare_silence(actor: Actor, day_id: int) -> FilingDay:
    """Once the time is over: mark who did not reveal, and begin again without them where the rule says so.

    Raises
    ------
    DayOutOfOrder         the time is not over, or everybody revealed
    TooFewContributions   fewer than two are left; the day can only be made void
    """
    with act(actor, "登记逾期未揭示", needs=RUN, subject_kind="立案日", subject_id=day_id) as record:
        day = locked_day(actor, day_id, State.REVEALING)
        given = list(day.contributions.filter(round=day.round).select_related("department"))
        silent = [one for one in given if not one.value]
        if not silent:
            raise DayOutOfOrder("各部门都揭示了，可以抽取。")
        if day.reveal_by is not None and now() < day.reveal_by:
            raise DayOutOfOrder(f"揭示时限到 {day.reveal_by.astimezone():%H:%M} 为止，还没有到。")
        rule = rule_at(day.court, day.draws.order_by("pk")[0].definition)
        revealed = [one.department.name for one in given if one.value]
        after_silence(rule, [one.department.name for one in given], revealed)
        for one in silent:
            one.silent = True
            one.save(update_fields=["silent"])
        if day.missing == Missing.AGAIN.value:
            day.round, day.state, day.reveal_by = day.round + 1, State.COMMITTING, None
            day.contributors = revealed
        day.save()
        record.payload = {"未揭示": [one.department.name for one in silent], "处理": day.missing}
    return day


def _mine(actor: Actor, day: FilingDay) -> Department:
    department = department_of(actor, day)
    if department is None:
        raise NotAllowed(f"这一天由{'、'.join(day.contributors)}出随机数，您不在这些部门。")
    return department


def _begin_revealing(day: FilingDay) -> None:
    day.state, day.reveal_by = State.REVEALING, now() + timedelta(minutes=day.within)
    day.save()
