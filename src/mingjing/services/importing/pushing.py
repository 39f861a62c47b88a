"""Rows sent by another system: the same check, the same comparison, the same counts as a file."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from django.db.utils import IntegrityError
from django.utils import timezone

from mingjing.domain.reasons import Refusal
from mingjing.imports.mapping import mapping_from, plain_mapping
from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.importing.sources import PUSHED, words_of
from mingjing.services.importing.uploading import discard, keep
from mingjing.services.importing.working import work
from mingjing.services.installation import now
from mingjing.services.permissions import NotVisible, require
from mingjing.storage.batches.models import Batch
from mingjing.storage.people.models import Court

Record = Mapping[str, object]
EVENT_ITEMS = {
    "kind": "事项",
    "happened": "发生日期",
    "recorded": "录入时间",
    "until": "结束日期",
    "due": "登记期限",
    "finished": "登记完成",
}
NUMBER, TAGS = "案号", "标签"


class KeyTaken(Refusal):
    """The same batch key was used before with other content."""

    code = "batch-key-taken"


class FieldUnknown(Refusal):
    """A data item the court does not know."""

    code = "field-unknown"


def court_for(actor: Actor, code: str) -> Court:
    """The court of this code, if the sender belongs to it or to the court above it.

    Raises
    ------
    NotVisible   unknown, or another's
    """
    found = None if "\x00" in code else Court.objects.filter(code=code).select_related("parent").first()
    if found is None or actor.court.pk not in (found.pk, found.parent_id):
        raise NotVisible
    return found


def events_mapping(court: Court) -> dict[str, object]:
    """The mapping of pushed events."""
    free = court.number_grammar != "案号"
    return {
        "name": "接口推送事项",
        "shape": "events",
        "number": NUMBER,
        "number_grammar": "自由" if free else "案号",
        "kinds": "自由" if free else "词表",
        "event": dict(EVENT_ITEMS),
    }


def cases_mapping(
    court: Court, fields: Iterable[str], roles: Iterable[str], exclusions: Iterable[str]
) -> dict[str, object]:
    """The mapping of pushed cases: every data item is a column of its own name.

    Raises
    ------
    FieldUnknown   a data item or an exclusion the court does not know
    """
    words = words_of(court)
    for asked, known, what in (
        (fields, words.fields.keys(), "案件数据项"),
        (exclusions, words.exclusion_kinds, "扣除事由"),
    ):
        for name in asked:
            if name not in known:
                near = get_close_matches(name, list(known), n=5, cutoff=0.3) or sorted(known)[:5]
                raise FieldUnknown(f"没有叫“{name}”的{what}。", allowed=near, example=near[0])
    return {
        "name": "接口推送案件",
        "number": NUMBER,
        "number_grammar": "自由" if court.number_grammar != "案号" else "案号",
        "columns": {name: name for name in fields},
        "parties": [{"role": role, "column": f"当事人/{role}"} for role in roles],
        "exclusions": [{"kind": kind, "span": f"扣除/{kind}"} for kind in exclusions],
        "tags": [TAGS],
    }


def push(
    actor: Actor, court: Court, *, key: str, mapping: Mapping[str, object], records: Sequence[Record]
) -> Batch:
    """Check and write ``records``; the same key with the same content again gives the same batch.

    Refused records are not written and are listed with the batch; all others are.

    Raises
    ------
    KeyTaken     the key was used with other content
    NotKept      the disk is full
    NotAllowed   no role of the sender lists 推送数据
    """
    require(actor, "推送数据")
    plain = plain_mapping(mapping_from(dict(mapping)))
    name = f"{secrets.token_hex(12)}.json"
    sent = json.dumps(records, ensure_ascii=False).encode()
    digest, _ = keep([sent], name)
    try:
        batch, fresh = _entered(actor, court, key, digest, name, plain)
    except BaseException:
        discard(name)
        raise
    if not fresh:
        discard(name)
    if batch.sha256 != digest or batch.mapping != plain:
        raise KeyTaken(f"批号“{key}”已经用过，内容与这次不同。", example=f"{key[:70]}-2")
    return _carried_out(batch)


def _entered(
    actor: Actor, court: Court, key: str, digest: str, name: str, plain: Mapping[str, object]
) -> tuple[Batch, bool]:
    """The batch of this key, and whether it is new."""
    there = Batch.objects.select_related("court", "uploaded_by").filter(court=court, push_key=key).first()
    if there is not None:
        return there, False
    batch = Batch(
        court=court,
        uploaded_by=actor.person,
        uploaded_at=now(),
        filename=f"推送 {key}",
        sha256=digest,
        stored=f"imports/{name}",
        mapping=plain,
        mapping_name=str(plain["name"]),
        origin=PUSHED,
        push_key=key,
        state=Batch.State.CHECKING,
        moved_at=timezone.now(),
    )
    try:
        with act(
            actor, "推送数据", needs="推送数据", subject_kind="导入", subject_id="", court=court
        ) as record:
            batch.save()
            record.subject_id = str(batch.pk)
            record.payload = {"批号": key, "摘要": digest}
    except IntegrityError:  # the same push arrived twice at once
        return Batch.objects.select_related("court", "uploaded_by").get(court=court, push_key=key), False
    return batch, True


def _carried_out(batch: Batch) -> Batch:
    """Take the batch to its end from wherever an earlier attempt left it."""
    states = Batch.State
    if batch.state == states.FAILED:
        Batch.objects.filter(pk=batch.pk, state=states.FAILED).update(state=states.CHECKING, error="")
        batch.refresh_from_db()
    if batch.state == states.CHECKING:
        work(batch)
    if batch.state == states.CHECKED:
        Batch.objects.filter(pk=batch.pk, state=states.CHECKED).update(
            state=states.WRITING, confirmed_at=now()
        )
        batch.refresh_from_db()
    if batch.state == states.WRITING:
        work(batch)
    return batch


def pushed_batch(actor: Actor, batch_id: int) -> Batch:
    """A batch of a court the sender may push to.

    Raises
    ------
    NotVisible   it does not exist, or not for this sender
    """
    require(actor, "推送数据")
    found = Batch.objects.select_related("court").filter(pk=batch_id).first()
    if found is None or actor.court.pk not in (found.court.pk, found.court.parent_id):
        raise NotVisible
    return found
