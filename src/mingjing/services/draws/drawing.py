"""The draw of a filing day: lists as committed, seed from what was revealed, result published at once."""

from __future__ import annotations

import json

from django.db import transaction

from mingjing.domain.assignment.drawing import Contribution as Share
from mingjing.domain.assignment.drawing import Drawn, draw, seed_input, seed_of
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.acts import act, stamp
from mingjing.services.demands import filled
from mingjing.services.draws.days import RUN, DayOutOfOrder, State, digests_committed, locked_day
from mingjing.services.draws.lists import plain_pool
from mingjing.services.installation import now
from mingjing.storage.assignment.models import Draw, FilingDay
from mingjing.storage.auditlog.models import Act
from mingjing.storage.published.models import PublishedDraw

FORMAT = "mingjing-draw-1"
SILENT = "部门未揭示"


class PoolChanged(Refusal):
    """A stored list is not the one that was committed to the log."""

    code = "pool-changed"


def draw_day(actor: Actor, day_id: int, *, public: str = "") -> FilingDay:
    """Draw every case of the day and publish each result.

    ``public`` is the public value the rule names, needed where it names one.

    Raises
    ------
    DayOutOfOrder         somebody has still to reveal
    PoolChanged           a list was edited after it was locked; what was found stands in the log
    TooFewContributions   fewer than two revealed
    """
    _unchanged(actor, day_id)
    with transaction.atomic():  # the day and the entry that names it: both or neither
        with act(actor, "抽取", needs=RUN, subject_kind="立案日", subject_id=day_id) as record:
            day = locked_day(actor, day_id, State.REVEALING)
            shares = _shares(day)
            day.public = _public(day, public)
            draws = list(day.draws.select_related("case").order_by("pk"))
            digests = [one.digest for one in draws]
            seed = seed_of(digests, shares, day.public)
            published = seed_input(digests, shares, day.public)
            silent = day.contributions.filter(silent=True).exists()
            day.state, day.drawn_at, day.seed = State.DRAWN, now(), seed.hex()
            for one in draws:
                _finish(one, draw(plain_pool(one), seed), silent=silent)
            Draw.objects.bulk_update(draws, ["state", "drawn", "places", "flags"], batch_size=500)
            PublishedDraw.objects.bulk_create(_published(day, one, published) for one in draws)
            record.payload = {"种子": day.seed, "抽中": {one.number: one.drawn for one in draws}}
        day.drawn_entry = record.seq
        day.save()
    return day


def _finish(one: Draw, drawn: Drawn, *, silent: bool) -> None:
    one.drawn, one.places = list(drawn.people), [round(place, 9) for place in drawn.places]
    one.state = Draw.State.DRAWN
    one.flags = list(dict.fromkeys([*one.flags, *drawn.flags, *([SILENT] if silent else [])]))


def _unchanged(actor: Actor, day_id: int) -> None:
    """Hold the stored lists against the log entry that committed to them; a difference is put on record."""
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
    if not wrong:
        return
    with act(actor, "名单与承诺不符", needs=RUN, subject_kind="立案日", subject_id=day_id) as record:
        record.payload = {"不符": wrong, "承诺": {one: committed.get(one, "") for one in wrong}}
    raise PoolChanged(
        f"{len(wrong)} 份名单（{'、'.join(wrong[:3])}）与锁定时承诺的不一样，是锁定以后被改过的，不能抽取。"
        "已经记入日志，请报审计管理员核查；这一天作废，另开一天。"
    )


def _shares(day: FilingDay) -> list[Share]:
    found = []
    for one in day.contributions.filter(round=day.round).select_related("department"):
        if not one.value and not one.silent:
            raise DayOutOfOrder(f"还等{one.department}揭示。过了时限的，先登记逾期未揭示。")
        found.append(Share(one.department.name, one.commitment, bytes.fromhex(one.value)))
    return found


def _public(day: FilingDay, public: str) -> str:
    if not day.public_source:
        return ""
    return filled(public, f"公共随机值（{day.public_source}）", example="3211.35", longest=200)


def _published(day: FilingDay, one: Draw, seed: object) -> PublishedDraw:
    if day.locked_at is None or day.drawn_at is None:
        raise DayOutOfOrder("没有锁定的名单不能公布。")
    file = {
        "format": FORMAT,
        "number": one.number,
        "court": day.court.name,
        "pool": one.pool,
        "seed": seed,
        "drawn": one.drawn,
        "flags": one.flags,
        "locked": {"entry": day.locked_entry, "at": stamp(day.locked_at)},
        "drawn_at": stamp(day.drawn_at),
    }
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
        locked_at=day.locked_at,
        drawn_at=day.drawn_at,
    )
