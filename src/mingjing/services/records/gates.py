"""Acts that need an approval: the deed waits beside the record, and is done when the approval agrees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mingjing.domain.approvals.approval import AGREED, OPEN_STATES, SUBMIT
from mingjing.domain.ledgers.matters import Deed, Stepped, Who
from mingjing.domain.ledgers.register import Act, FieldType, Register
from mingjing.domain.ledgers.values import is_empty
from mingjing.domain.reasons import Refusal
from mingjing.services.records.applying import apply, entered
from mingjing.services.records.machineries import register_of, step
from mingjing.services.records.making import make
from mingjing.services.records.surroundings import APPROVAL, is_approval, matter_of
from mingjing.services.records.verbs import Work
from mingjing.services.records.versions import value_at, value_of
from mingjing.services.records.words import by_label
from mingjing.services.records.writing import Before, File, before_of, write
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Record, RecordLink

PENDING = "待批"
"""Where ``Record.margin`` keeps the deed that waits for its approval."""
TEXTS = (FieldType.TEXT, FieldType.LONG)


class Waiting(Refusal):
    """The act waits for an approval already."""

    code = "waiting-for-approval"


def pending_act(record: Record) -> str:
    """The label of the act that waits for approval, or nothing."""
    waiting = record.margin.get(PENDING)
    return str(waiting["act"]) if waiting else ""


def ask(
    work: Work, record: Record, value: object, act: Act, deed: Deed, *, files: Sequence[File] = ()
) -> Record:
    """Open the approval an act needs and keep the deed until it is decided. The approval.

    Everything but the approval is checked now, so that nobody approves what cannot be done. What the
    approval's form asks for beside the fields of the same label is entered in ``deed.target["approval"]``.

    Raises
    ------
    Waiting   the act waits for an approval already
    Refusal   the act could not be done even with the approval
    """
    register = register_of(value)
    if pending_act(record):
        raise Waiting(f"{record.number} 正在等“{pending_act(record)}”的审批，批完才能再报。")
    whole = entered(work, record, value, deed, files)
    stepped = step(value, matter_of(record, register), whole)
    approval_value = value_of(work.court, act.approval, work.on)
    form = register_of(approval_value)
    extra = deed.target.get("approval")
    given = _form_values(form, register, record, stepped, act)
    given |= {str(label): held for label, held in extra.items()} if isinstance(extra, dict) else {}
    submission = Deed(SUBMIT, replace(deed.who, anything=True), deed.at, given, {}, deed.why)
    approval = make(work, approval_value, submission)
    RecordLink.objects.create(
        source=record, target=approval, label=APPROVAL, made_by_id=work.person, made_on=work.on
    )
    record.margin = {
        **record.margin,
        PENDING: {
            "act": act.label,
            "values": dict(whole.values),
            "target": dict(deed.target),
            "why": deed.why,
            "actor": deed.who.key,
            "approval": approval.pk,
            "names": {evidence.digest: name for _, evidence, name in files},
        },
    }
    _note(work, record, value, f"报批：{act.label}", deed.who, (f"审批 {approval.number}",))
    if approval.state not in OPEN_STATES:
        decided(work, approval)
    return approval


def _form_values(
    form: Register, register: Register, record: Record, stepped: Stepped, act: Act
) -> dict[str, object]:
    """What the approval's form is filled with: fields of the same label and type, the record itself, and in
    the first text that is left what is asked for."""
    here = {field.label: field for field in register.fields}
    asked = form.act(SUBMIT)
    found: dict[str, object] = {}
    for label in (*asked.fill, *asked.may_fill):
        field = form.field(label)
        same = here.get(label)
        if same is not None and same.type is field.type and not is_empty(stepped.values.get(label)):
            found[label] = stepped.values[label]
        elif field.type is FieldType.RECORD and field.of in ("", register.id):
            found[label] = record.pk
    empty = (label for label in asked.fill if label not in found and form.field(label).type in TEXTS)
    if (first := next(empty, "")) != "":
        found[first] = f"{register.label} {record.number}：{act.label}"
    return found


def decided(work: Work, approval: Record) -> None:
    """An approval has ended: do what waited for it, or let go of it. Anything else is left alone."""
    if not is_approval(approval.register) or approval.state in OPEN_STATES:
        return
    for link in RecordLink.objects.filter(target=approval, label=APPROVAL):
        record = Record.objects.select_for_update().get(pk=link.source_id)
        waiting = record.margin.get(PENDING)
        if waiting and waiting["approval"] == approval.pk:
            record.margin = {key: held for key, held in record.margin.items() if key != PENDING}
            _decide(work, record, approval, waiting)


def _decide(work: Work, record: Record, approval: Record, waiting: dict[str, object]) -> None:
    value, label = value_at(record), str(waiting["act"])
    person = Person.objects.get(pk=int(str(waiting["actor"])))
    who = Who(person.pk, person.name, frozenset(), anything=True)
    if approval.state != AGREED:
        said = f"“{label}”没有获准：{approval.number}{approval.state}"
        decider = work.actor.person if work.actor else None
        by = Who(decider.pk, decider.name, frozenset()) if decider else Who(0, "系统", frozenset())
        _note(work, record, value, f"未获准：{label}", by, (said,), told=((person.pk, said),))
        return
    target, values = waiting["target"], waiting["values"]
    assert isinstance(target, dict)
    assert isinstance(values, dict)
    deed = Deed(label, who, work.at.replace(tzinfo=None), values, target, str(waiting["why"]))
    record.save(update_fields=["margin"])
    apply(work, record, value, deed, flags=(f"经审批 {approval.number}",))


def _note(
    work: Work,
    record: Record,
    value: object,
    label: str,
    who: Who,
    flags: tuple[str, ...],
    told: tuple[tuple[int, str], ...] = (),
) -> None:
    """An act that leaves the record as it is: an approval was asked for, or was not given."""
    register = register_of(value)
    before: Before = before_of(record, register)
    values = by_label(register, record.data)
    deed = Deed(label, who, work.at.replace(tzinfo=None))
    stepped = Stepped(record.state, values, record.inner, told=told)
    write(work, record, value, stepped, deed, before=before, flags=flags)
