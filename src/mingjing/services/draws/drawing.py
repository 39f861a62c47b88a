"""The draw of a filing day: lists as committed, seed from what was revealed, result published at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from mingjing.domain.assignment.drawing import Contribution as Share
from mingjing.domain.assignment.drawing import Drawn, draw, seed_input, seed_of
from mingjing.domain.auditlog.entries import canonical_payload
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.acts import act, stamp
from mingjing.services.draws.contributions import NAME_PUBLIC, PROMISE, REVEAL
from mingjing.services.draws.days import RUN, UNLIKE, DayOutOfOrder, State, digests_committed, locked_day
from mingjing.services.draws.lists import plain_pool
from mingjing.services.installation import now
from mingjing.storage.assignment.models import Draw, FilingDay
from mingjing.storage.auditlog.models import Act
from mingjing.storage.published.models import PublishedDraw

FORMAT, COMMITTED = "mingjing-draw-2", "公开文件"
SILENT = "部门未揭示"
CONCERNED = "出随机数的人在名单里"
PUBLIC = "公共随机值"


class PoolChanged(Refusal):
    """A stored list, promise or value is not the one that was committed to the log."""

    code = "pool-changed"


def draw_day(actor: Actor, day_id: int) -> FilingDay:
    """Draw every case of the day and publish each result.

    Raises
    ------
    DayOutOfOrder         somebody has still to reveal, or the public value is missing
    PoolChanged           a list, a promise or a value was edited; what was found stands in the log
    TooFewContributions   fewer than two revealed
    """
    _unchanged(actor, day_id)
    with transaction.atomic():  # the day and the entry that names it: both or neither
        with act(actor, "抽取", needs=RUN, subject_kind="立案日", subject_id=day_id) as record:
            day = locked_day(actor, day_id, State.REVEALING)
            shares = _shares(day)
            if day.public_source and not day.public:
                raise DayOutOfOrder("没有在揭示以前录入公共随机值，这一天只能作废。")
            draws = list(day.draws.select_related("case").order_by("pk"))
            digests = [one.digest for one in draws]
            seed = seed_of(digests, shares, day.public)
            published = seed_input(digests, shares, day.public)
            silent = day.contributions.filter(silent=True).exists()
            givers = set(day.contributions.filter(round=day.round).values_list("person", flat=True))
            day.state, day.drawn_at, day.seed = State.DRAWN, now(), seed.hex()
            for one in draws:
                concerned = any(one.people.get(id) in givers for id, _ in one.pool["candidates"])
                noted = ([SILENT] if silent else []) + ([CONCERNED] if concerned else [])
                _finish(one, draw(plain_pool(one), seed), noted)
            Draw.objects.bulk_update(draws, ["state", "drawn", "places", "flags"], batch_size=500)
            files = {one.number: _file(day, one, published) for one in draws}
            PublishedDraw.objects.bulk_create(_published(day, one, files[one.number]) for one in draws)
            record.payload = {
                "种子": day.seed,
                "抽中": {one.number: one.drawn for one in draws},
                COMMITTED: {number: file["digest"] for number, file in files.items()},
            }
        day.drawn_entry = record.seq
        day.save()
    return day


def _finish(one: Draw, drawn: Drawn, noted: Sequence[str]) -> None:
    one.drawn, one.places = list(drawn.people), [round(place, 9) for place in drawn.places]
    one.state = Draw.State.DRAWN
    one.flags = list(dict.fromkeys([*one.flags, *drawn.flags, *noted]))


def _unchanged(actor: Actor, day_id: int) -> None:
    """Hold what is stored against the entries of the log that committed to it; a difference is put on record.

    Lists must be those that were locked; promises must have been made before the first value was shown, and
    values shown as they are stored: whoever reaches into the database after the reveals steers nothing.
    """
    day = FilingDay.objects.filter(pk=day_id, court=actor.court, state=State.REVEALING).first()
    if day is None or day.locked_entry is None:
        return
    entry = Act.objects.get(seq=day.locked_entry)
    committed = json.loads(entry.payload)["名单"]
    try:
        stored = digests_committed(day)
    except Refusal:
        stored = {}
    wrong = sorted(number for number in {*committed, *stored} if committed.get(number) != stored.get(number))
    given = _given_otherwise(day)
    if not wrong and not given:
        return
    with act(actor, UNLIKE, needs=RUN, subject_kind="立案日", subject_id=day_id) as record:
        record.payload = {"不符": wrong + given, "承诺": {one: committed.get(one, "") for one in wrong}}
    said = [f"{len(wrong)} 份名单（{'、'.join(wrong[:3])}）与锁定时承诺的不一样"] if wrong else []
    said += [f"{'、'.join(given)}的承诺或者随机数与日志里的不一样"] if given else []
    raise PoolChanged(
        f"{'，'.join(said)}，是后来被改过的，不能抽取。已经记入日志，请报审计管理员核查；"
        "这一天作废，另开一天。"
    )


def _given_otherwise(day: FilingDay) -> list[str]:
    """The departments whose promise or value is not what the log says, is missing, or was promised after a
    reveal; and the public value, where it is not the one that was taken down."""
    entries = Act.objects.filter(subject_kind="立案日", subject_id=str(day.pk)).order_by("seq")
    promised: dict[str, tuple[str, int]] = {}
    shown: dict[str, tuple[str, int]] = {}
    public, latest = "", 0
    told = entries.filter(verb__in=(PROMISE, REVEAL, NAME_PUBLIC)).values_list("seq", "verb", "payload")
    for seq, verb, said in ((seq, verb, json.loads(text)) for seq, verb, text in told):
        if verb == NAME_PUBLIC:
            public = public or said[PUBLIC]
        elif verb == PROMISE:
            latest = max(latest, said["第几轮"])
            if said["第几轮"] == day.round:
                promised.setdefault(said["部门"], (said["承诺"], seq))
        elif said["第几轮"] == day.round and said["相符"]:
            shown.setdefault(said["部门"], (said["随机数"], seq))
    first = min((seq for _, seq in shown.values()), default=2**63)
    logged = {name: (one, shown.get(name, ("",))[0]) for name, (one, seq) in promised.items() if seq < first}
    rows = day.contributions.filter(round=day.round).select_related("department")
    stored = {one.department.name: (one.commitment, one.value) for one in rows}
    wrong = [name for name in sorted({*stored, *promised}) if stored.get(name) != logged.get(name)]
    other_round = ["第几轮"] if promised and latest != day.round else []
    return wrong + other_round + ([PUBLIC] if day.public != public else [])


def _shares(day: FilingDay) -> list[Share]:
    found = []
    for one in day.contributions.filter(round=day.round).select_related("department"):
        if not one.value and not one.silent:
            raise DayOutOfOrder(f"还等{one.department}揭示。过了时限的，先登记逾期未揭示。")
        found.append(Share(one.department.name, one.commitment, bytes.fromhex(one.value)))
    return found


def _file(day: FilingDay, one: Draw, seed: object) -> dict[str, object]:
    """What is published of a draw; its digest, taken while there is none in it, binds every part of it."""
    locked_at, drawn_at = _moments(day)
    file: dict[str, object] = {
        "format": FORMAT,
        "number": one.number,
        "court": day.court.name,
        "pool": one.pool,
        "seed": seed,
        "drawn": one.drawn,
        "flags": one.flags,
        "locked": {"entry": day.locked_entry, "at": stamp(locked_at)},
        "drawn_at": stamp(drawn_at),
        "digest": None,
    }
    return {**file, "digest": hashlib.sha256(canonical_payload(file)).hexdigest()}


def _moments(day: FilingDay) -> tuple[datetime, datetime]:
    if day.locked_at is None or day.drawn_at is None:
        raise DayOutOfOrder("没有锁定的名单不能公布。")
    return day.locked_at, day.drawn_at


def _published(day: FilingDay, one: Draw, file: dict[str, object]) -> PublishedDraw:
    locked_at, drawn_at = _moments(day)
    return PublishedDraw(
        number=one.number,
        court=day.court.name,
        on=day.on,
        case=one.case.number,
        label=one.label,
        turn=one.turn,
        digest=one.digest,
        file=json.dumps(file, ensure_ascii=False, indent=1),
        flags=one.flags,
        log_entry=day.locked_entry or 0,
        locked_at=locked_at,
        drawn_at=drawn_at,
    )
