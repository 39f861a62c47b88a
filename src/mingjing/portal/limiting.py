"""A simple brake: so many requests a minute from one address, counted in this process."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

MOST, SECONDS = 120, 60.0
MOST_ADDRESSES = 10_000
_asked: dict[str, deque[float]] = defaultdict(deque)
View = Callable[..., HttpResponse]


def too_many(address: str, moment: float) -> bool:
    """Whether ``address`` has asked MOST times within the last minute; the present one is counted."""
    if len(_asked) > MOST_ADDRESSES:
        _forget(moment)
    times = _asked[address]
    while times and times[0] <= moment - SECONDS:
        times.popleft()
    if len(times) >= MOST:
        return True
    times.append(moment)
    return False


def _forget(moment: float) -> None:
    """Forget who has not asked for a minute; in a flood of addresses, first who is not refused yet."""
    for address in [one for one, times in _asked.items() if not times or times[-1] <= moment - SECONDS]:
        del _asked[address]
    while len(_asked) > MOST_ADDRESSES:
        patient = next((one for one, times in _asked.items() if len(times) < MOST), next(iter(_asked)))
        del _asked[patient]


def limited(view: View) -> View:
    """The view, answering 429 to an address that asks too often."""

    @wraps(view)
    def serve(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if too_many(str(request.META.get("REMOTE_ADDR", "")), time.monotonic()):
            return HttpResponse(
                "请求太频繁，请过一分钟再来。", status=429, content_type="text/plain; charset=utf-8"
            )
        return view(request, *args, **kwargs)

    return serve
