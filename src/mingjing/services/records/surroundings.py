"""What surrounds a record, as conditions count it: what stands below it, what is linked, what is waiting."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, cast

from django.db.models import QuerySet

from mingjing.definitions.registry import Registry
from mingjing.domain.approvals.approval import OPEN_STATES
from mingjing.domain.ledgers.matters import Matter, Stepped
from mingjing.domain.ledgers.register import Register
from mingjing.domain.reasons import Refusal
from mingjing.services.installation import registry
from mingjing.services.records.words import by_label
from mingjing.storage.kept import Given, ask, ask_count
from mingjing.storage.records.models import Attachment, Record, RecordLink

APPROVAL = "审批"
"""The relation of a record to the approval an act of it waits for."""
OPENED = "由此开立"
"""The relation of a record to one an act of it opened, where the definition gives no other word."""

THE_RECORD = cast(Record, Given("record"))


class OpenApproval(Refusal):
    """A record would be over while an approval linked to it is open."""

    code = "open-approval"


Linked = list[tuple[int, bool, str, str]]


def linked_to(record: Record) -> Linked:
    """(key, over, register, state) of every record linked to this one, either way, each once."""
    rows = ask("linked to a record", _links, {"record": record.pk})
    return [(key, over, register, state) for key, over, register, state in rows]


def _links() -> QuerySet[Any, Any]:
    """What is linked to a given record, either way."""
    rows = RecordLink.objects.order_by()
    out: QuerySet[Any, Any] = rows.filter(source=THE_RECORD).values_list(
        "target", "target__over", "target__register", "target__state"
    )
    return out.union(
        rows.filter(target=THE_RECORD).values_list(
            "source", "source__over", "source__register", "source__state"
        )
    )


def _files() -> QuerySet[Attachment, Any]:
    """Record, key and digest of every file attached to a given record."""
    rows = Attachment.objects.filter(record=THE_RECORD).order_by()
    return rows.values_list("record_id", "evidence_id", "evidence__digest")


def is_approval(register_id: str) -> bool:
    """Whether records of a register are approvals."""
    return register_id.startswith("approval.")


def require_none_open(record: Record, register: Register, matter: Matter, stepped: Stepped) -> None:
    """Refuse to end a record whose approvals are not decided: what waits for approval is not finished.

    Raises
    ------
    OpenApproval   the act would end it
    """
    ends = register.is_final(stepped.state) and not record.over
    waiting = matter.counts.get("未结审批", 0)
    if ends and waiting and not is_approval(register.id):
        raise OpenApproval(
            f"还有 {waiting} 件审批没有办结，不能到“{stepped.state}”。请等审批办结，或者由申请人撤回审批。"
        )


def _open_below(record: Record) -> int:
    """How many records below are not over; no statement where no register stands under this one."""
    if record.register not in _uppers(registry(record.court)):
        return 0
    return ask_count("open records below", _running_below, {"record": record.pk})


def _running_below() -> QuerySet[Record]:
    return Record.objects.filter(above=THE_RECORD, over=False).order_by()


@lru_cache(maxsize=16)
def _uppers(definitions: Registry) -> frozenset[str]:
    """The registers that another one stands under, in any version."""
    found = (definitions.newest_register(one) for one in definitions.register_ids())
    return frozenset(register.under for register in found if register is not None and register.under)


def matter_of(record: Record, register: Register) -> Matter:
    """The record as its machinery sees it, in four statements; more where it has links."""
    linked = linked_to(record)
    pending = sum(1 for _, _, of, state in linked if is_approval(of) and state in OPEN_STATES)
    open_ = sum(1 for _, over, of, _ in linked if not is_approval(of) and not over)
    near = [key for key, _, of, _ in linked if not is_approval(of)]
    rows = ask("files of a record", _files, {"record": record.pk})
    if near:
        files = Attachment.objects.filter(record__in=near)
        rows = [*rows, *files.values_list("record_id", "evidence_id", "evidence__digest")]
    own = {evidence for holder, evidence, _ in rows if holder == record.pk}
    return Matter(
        state=record.state,
        values=by_label(register, record.data),
        inner=record.inner,
        counts={
            "未结下级": _open_below(record),
            "未结关联": open_,
            "未结审批": pending,
            "附件数": len(own),
            "佐证数": len({evidence for _, evidence, _ in rows}),
        },
        opened=record.opened_on,
        evidence=frozenset(digest for holder, _, digest in rows if holder != record.pk),
    )
