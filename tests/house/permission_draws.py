"""What hangs on the draw in the permission table: a drawn day, a draw, a departure, a published result."""

from __future__ import annotations

import json

from django.utils import timezone

from mingjing.domain.assignment.drawing import Contribution, commit, draw, seed_input, seed_of
from mingjing.domain.assignment.pools import Candidate, Pool
from mingjing.storage.assignment.models import Deviation, Draw, FilingDay
from mingjing.storage.published.models import PublishedDraw
from tests.services.builders import DAY, House, file_case

NUMBER = "001-20240401-1001"
RULE = "assignment.civil_simple @ 2018-01-01 # 00000000"


def of_the_draws(house: House) -> dict[str, object]:
    """A day that was drawn, for which the case-management office had given a value."""
    moment = timezone.now()
    case = file_case(house, serial=77)
    pool = Pool(case.number, RULE, str(DAY), (Candidate("P1", 100), Candidate("P2", 100)))
    names = ("审判管理办公室", "执行局")
    values = {name: bytes([place] * 32) for place, name in enumerate(names, 1)}
    shares = [Contribution(name, commit(name, value), value) for name, value in values.items()]
    drawn = draw(pool, seed_of([pool.digest()], shares))
    day = FilingDay.objects.create(
        court=house.court, on=DAY, turn=1, state=FilingDay.State.DRAWN, opened_by=house.manager,
        opened_at=moment, locked_at=moment, locked_entry=0, contributors=list(names), drawn_at=moment,
    )  # fmt: skip
    made = Draw.objects.create(
        day=day, case=case, number=NUMBER, label="法官", state=Draw.State.DRAWN, definition=RULE,
        pool=dict(pool.plain()), digest=pool.digest(), roles=["承办人"], drawn=list(drawn.people),
        people={"P1": house.judge.pk, "P2": house.head.pk},
    )  # fmt: skip
    asked = Deviation.objects.create(
        court=house.court, case=case, draw=made, kind=Deviation.Kind.REDRAW, definition=RULE,
        ground="随机分案后需要回避", why="亲属关系", person=house.judge, asked_by=house.head, asked_at=moment,
    )  # fmt: skip
    file = {
        "pool": pool.plain(), "seed": seed_input([pool.digest()], shares), "drawn": list(drawn.people),
        "locked": {"entry": 0},
    }  # fmt: skip
    PublishedDraw.objects.create(
        number=NUMBER, court=house.court.name, on=DAY, case=case.number, label="法官", turn=1,
        digest=pool.digest(), file=json.dumps(file, ensure_ascii=False), log_entry=0, locked_at=moment,
        drawn_at=moment,
    )  # fmt: skip
    return {
        "day_id": day.pk,
        "draw_id": made.pk,
        "deviation_id": asked.pk,
        "draw_number": NUMBER,
    }
