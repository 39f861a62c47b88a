"""From where an act comes: the address and the device of the request that is being answered.

The web layer says it for the time of one request; whatever runs outside a request runs on the machine itself.
Acts of nobody in particular (the clock, an anonymous report) are never given a place.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

HERE = "本机"
LONGEST = 160
_place: ContextVar[str] = ContextVar("whence", default=HERE)


def whence() -> str:
    """Address and device, as an entry of the log keeps it."""
    return _place.get()


@contextmanager
def coming_from(address: str, device: str) -> Iterator[None]:
    """Within it, acts come from this address and this device (a few words, as ``device_of`` gives them)."""
    place = " · ".join(part for part in (address, device) if part)
    token = _place.set(place[:LONGEST] or HERE)
    try:
        yield
    finally:
        _place.reset(token)


SYSTEMS = (
    ("HarmonyOS", "鸿蒙"),
    ("Android", "安卓"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("UOS", "统信"),
    ("Kylin", "麒麟"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)
BROWSERS = ("Edg", "Firefox", "Chrome", "Safari")


def device_of(agent: str) -> str:
    """System and browser of a User-Agent in a few words: enough to tell two machines apart, no more."""
    system = next((word for mark, word in SYSTEMS if mark in agent), "")
    browser = next((name for name in BROWSERS if name in agent), "")
    return " ".join(part for part in (system, browser.replace("Edg", "Edge")) if part)
