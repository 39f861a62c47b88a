"""Days to come as a file for the calendar of a phone: a reminder that needs no message from the court."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.http import HttpResponse

_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_OCTETS = 73


def calendar(days: Iterable[tuple[str, date]], about: str, made: date) -> HttpResponse:
    """An iCalendar file (RFC 5545): each day an event of a whole day, with an alarm the day before."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Mingjing//ZH"]
    for place, (what, day) in enumerate(days):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{day:%Y%m%d}-{place}@mingjing.invalid",
            f"DTSTAMP:{made:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_plain(f'{what} · {about}')}",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{_plain(what)}",
            "TRIGGER:-P1D",
            "END:VALARM",
            "END:VEVENT",
        ]
    text = "".join(f"{folded}\r\n" for line in (*lines, "END:VCALENDAR") for folded in _folded(line))
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="days.ics"'
    return response


def _plain(text: str) -> str:
    return " ".join(text.split()).translate(_ESCAPED)


def _folded(line: str) -> list[str]:
    """A line cut where it is longer than the format allows, never inside a letter."""
    found, rest = [], line
    while len(rest.encode()) > _OCTETS:
        cut = _OCTETS
        while len(rest[:cut].encode()) > _OCTETS:
            cut -= 1
        found.append(rest[:cut])
        rest = f" {rest[cut:]}"
    return [*found, rest]
