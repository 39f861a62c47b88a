"""What a person does to a whole period: call a campaign, add a late joiner, draw the spot check."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mingjing.domain.activities.rules import Activity
from mingjing.domain.dates.periods import Every, called_period
from mingjing.domain.filings import rules as words
from mingjing.domain.filings.rules import Filing
from mingjing.domain.filings.sampling import drawn
from mingjing.domain.ledgers.matters import Deed, NotFilled, Who, WrongPerson
from mingjing.domain.ledgers.values import check_value
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.permissions import NotVisible
from mingjing.services.records.applying import apply
from mingjing.services.records.capacities import who
from mingjing.services.records.obligations import Duty, add_record, duties, owed_by, write_period
from mingjing.services.records.rosters import roster
from mingjing.services.records.verbs import verb
from mingjing.services.records.versions import value_at, value_of
from mingjing.storage.auditlog.models import Act
from mingjing.storage.records.models import Obligation, Record

CALL = "发起期报"
ADD, DRAW = "补入名册", "抽取核查"


class NotCalled(Refusal):
    """The periods of this register come by the calendar, or it has none."""

    code = "not-called"


class NothingToDraw(Refusal):
    """No report of the period can be drawn for a spot check (any more)."""

    code = "nothing-to-draw"


class OnRosterAlready(Refusal):
    """Whoever is to be added is on the roster of the period, or on none of its lists."""

    code = "on-roster-already"


def may_call(actor: Actor, value: object) -> bool:
    """Whether the actor may call a campaign of this definition."""
    return actor.may(CALL) and bool(_callers(value) & _towards(actor, value).capacities)


def may_draw(actor: Actor, value: object) -> bool:
    """Whether the actor may draw the spot check of this definition."""
    check = value.check if isinstance(value, Filing) else None
    return check is not None and bool(set(check.by) & _towards(actor, value).capacities)


def _callers(value: object) -> set[str]:
    return set(value.called_by) if isinstance(value, (Filing, Activity)) else set()


def _towards(actor: Actor, value: object) -> Who:
    assert isinstance(value, (Filing, Activity))
    return who(actor, None, value.register, actor.on)


def call(
    actor: Actor, register_id: str, *, due: date | None = None, given: Mapping[str, object] | None = None
) -> Obligation:
    """Call a campaign today: a record for everybody on today's roster.

    ``due`` replaces the last day of the definition; ``given`` are the fields the caller fills for all.

    Raises
    ------
    NotCalled     its periods come by themselves
    WrongPerson   the actor is none of those who may call it
    NotFilled     a field the caller fills is empty
    Refusal       the last day lies before today, or nobody is on the roster
    """
    value = value_of(actor.court, register_id, actor.on)
    duty = next((one for one in duties(value) if one.every is Every.CALLED), None)
    if duty is None:
        raise NotCalled("这个台账不是发起的：各期由日历自动开启，或者由事件引起。")
    _require_caller(actor, duty)
    with verb(actor, CALL, actor.court, subject_id=register_id, needs=CALL) as work:
        before = Obligation.objects.filter(court=actor.court, register=register_id, first_day=work.on)
        turn = before.count() + 1
        last = due or duty.due_day(called_period(work.on, work.on, turn), actor.court)
        if last < work.on:
            raise Refusal(f"截止日 {last} 早于今天 {work.on}。请改成今天或者以后。", example=str(work.on))
        filled = _checked(duty.value, given or {})
        members = roster(actor.court, duty.words, work.on)
        if not members:
            raise Refusal(f"“{'、'.join(duty.words)}”名册上没有人，发起不了。请先登记机构人员。")
        row = write_period(work, duty, called_period(work.on, last, turn), members, due=last, given=filled)
        work.entry.payload = {**work.entry.payload, "填写": filled}
    return row


def _checked(value: Filing | Activity, given: Mapping[str, object]) -> dict[str, object]:
    asked = value.called_with if isinstance(value, Filing) else ()
    if empty := [label for label in asked if given.get(label) in (None, "", [])]:
        raise NotFilled(f"发起时还要填写：{'、'.join(empty)}。")
    for label in asked:
        check_value(value.register.field(label), given[label])
    return {label: given[label] for label in asked}


def _require_caller(actor: Actor, duty: Duty) -> None:
    if not may_call(actor, duty.value):
        raise WrongPerson(
            f"“{CALL}”由{'、'.join(sorted(_callers(duty.value)))}办理，{actor.person.name}不是。"
        )


def seen_period(actor: Actor, key: int) -> Obligation:
    """A period of the actor's court. Raises NotVisible."""
    row = Obligation.objects.select_related("court").filter(pk=key, court=actor.court).first()
    if row is None:
        raise NotVisible
    return row


def add_joiner(actor: Actor, key: int, member: int) -> Record:
    """Add somebody to a campaign who came onto its roster after it was called.

    Raises
    ------
    NotVisible, WrongPerson   as of ``call``
    OnRosterAlready           they are counted already, or not on today's roster
    """
    row = seen_period(actor, key)
    value = value_of(actor.court, row.register, actor.on)
    duty = next((one for one in duties(value) if one.every is Every.CALLED), None)
    if duty is None:
        raise NotCalled("各期由日历自动开启的，名册变动自动补入。")
    _require_caller(actor, duty)
    found = next((one for one in roster(actor.court, duty.words, actor.on) if one.key == member), None)
    if found is None or member in row.roster:
        why = "已经在这一期的名册里" if found else f"今天不在“{'、'.join(duty.words)}”名册上"
        raise OnRosterAlready(f"{found.name if found else '这个人'}{why}，不用补入。")
    with verb(actor, ADD, actor.court, subject_id=row.pk, needs=CALL) as work:
        first = Record.objects.filter(court=row.court, register=row.register, period=row.period).first()
        given = _given(duty.value, first)
        record = add_record(work, duty.value, row, found, given)
        row.roster = [*row.roster, member]
        row.save(update_fields=["roster"])
        work.entry.payload = {"期间": row.label, "补入": found.name}
    return record


def _given(value: Filing | Activity, record: Record | None) -> dict[str, object]:
    """What the caller filled for everybody, as another record of the period has it."""
    if record is None or not isinstance(value, Filing):
        return {}
    return {label: record.data.get(value.register.field(label).key) for label in value.called_with}


def draw_sample(actor: Actor, key: int) -> list[Record]:
    """Draw the spot check of a period: the share of the reports, by a seed nobody could choose.

    The seed is the hash of the entry that stood last in the log of acts; it is written into the entry of
    the draw, so that anybody can repeat it.

    Raises
    ------
    WrongPerson     the actor is none of those who check
    NothingToDraw   nothing is reported yet, or the draw has been made
    """
    row = seen_period(actor, key)
    value = value_of(actor.court, row.register, actor.on)
    if not isinstance(value, Filing) or value.check is None:
        raise NothingToDraw("这个台账没有规定抽查。")
    if not may_draw(actor, value):
        raise WrongPerson(f"“{DRAW}”由{'、'.join(value.check.by)}办理，{actor.person.name}不是。")
    with verb(actor, DRAW, actor.court, subject_id=row.pk) as work:
        records = owed_by(row, row.roster)
        if any(record.inner.get("seed") for record in records):
            raise NothingToDraw(f"{row.label}已经抽取过了，一期只抽一次。")
        reported = {one.pk: one for one in records if one.state in (words.FILED, words.NIL)}
        if not reported:
            raise NothingToDraw(f"{row.label}还没有人填报，抽不了。")
        seed = Act.objects.order_by("-seq").values_list("leaf", flat=True).first() or ""
        keys = drawn(reported, value.check.share, seed)
        at, person = work.at.replace(tzinfo=None), who(actor, None, value.register, actor.on)
        for one in keys:
            deed = Deed(words.DRAW, person, at, target={"seed": seed})
            apply(work, reported[one], value_at(reported[one]), deed)
        work.entry.subject_id, work.entry.definition = str(row.pk), row.definition
        work.entry.payload = {
            "期间": row.label,
            "种子": seed,
            "可抽": sorted(reported),
            "抽中": list(keys),
        }
    return [reported[one] for one in keys]


def joiners(actor: Actor, row: Obligation) -> list[tuple[int, str]]:
    """Key and name of who is on today's roster of a campaign and was not when it was called."""
    value = value_of(actor.court, row.register, actor.on)
    duty = next((one for one in duties(value) if one.every is Every.CALLED), None)
    members = roster(actor.court, duty.words, actor.on) if duty else ()
    return [(one.key, one.name) for one in members if one.key not in row.roster]
