"""One act on an activity: the ledger's step; what has not happened yet cannot be recorded."""

from __future__ import annotations

from datetime import date

from mingjing.domain.activities.rules import COUNTED, EXCUSE, EXCUSED, HELD, HELD_ON, Activity
from mingjing.domain.ledgers import stepping as ledger
from mingjing.domain.ledgers.matters import Deed, Matter, NotReady, Permitted, Stepped, Who


def permitted(activity: Activity, matter: Matter, who: Who, on: date) -> tuple[Permitted, ...]:
    """What somebody may do now."""
    return ledger.permitted(activity.register, matter, who, on)


def step(activity: Activity, matter: Matter, deed: Deed) -> Stepped:
    """The activity after an act. Names entered twice in the attendance are kept once.

    Raises
    ------
    NotReady   it is recorded before its day; and whatever the ledger's step raises
    """
    stepped = ledger.step(activity.register, matter, deed)
    values = dict(stepped.values)
    held = values.get(HELD_ON)
    if stepped.state in (HELD, *COUNTED) and held and date.fromisoformat(str(held)[:10]) > deed.on:
        raise NotReady(f"“{HELD_ON}”{held} 还没有到，不能“{deed.act}”。先“安排”，举行以后再记录。")
    attended = values.get(activity.attended)
    if isinstance(attended, (list, tuple)):
        values[activity.attended] = list(dict.fromkeys(attended))
    inner = dict(stepped.inner)
    if stepped.state == EXCUSED:
        inner["excused"] = str(values.get(EXCUSE) or EXCUSED)
    return Stepped(stepped.state, values, inner, stepped.opens, stepped.told, stepped.says, stepped.flags)
