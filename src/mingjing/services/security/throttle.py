"""How often one key may ask: so many requests in any minute, counted in each process of the pages."""

from __future__ import annotations

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from threading import Lock

from mingjing.domain.reasons import Refusal

MINUTE = timedelta(minutes=1)
MANY = 1000
"""So many keys are remembered; the one not heard of for longest is forgotten first."""


class TooOften(Refusal):
    """More requests in a minute than the court allows one key."""

    code = "too-often"


class Throttle:
    """Counts what was asked within the last minute, by name."""

    def __init__(self) -> None:
        self._asked: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._turn = Lock()

    def ask(self, name: str, most: int, now: datetime) -> None:
        """Count one request of ``name``.

        Raises
        ------
        TooOften   ``most`` were counted within the last minute; this one is not counted
        """
        with self._turn:
            asked = self._asked.setdefault(name, deque())
            self._asked.move_to_end(name)
            while len(self._asked) > MANY:
                self._asked.popitem(last=False)
            while asked and now - asked[0] >= MINUTE:
                asked.popleft()
            if len(asked) >= most:
                wait = -int(-(MINUTE - (now - asked[0])).total_seconds() // 1)
                raise TooOften(f"这个密钥一分钟内已请求 {most} 次。请在 {wait} 秒后再试。")
            asked.append(now)
