"""Logs for conformance_pm4py.py, as lines of case, activity and moment."""

from __future__ import annotations

import gzip
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks.synthetic import read_page

Line = tuple[str, str, str]


def of_docket(path: Path) -> Iterator[Line]:
    """A page of the synthetic docket; every event at eight in the morning."""
    _, events = read_page(path)
    for case, kind, day in zip(events.case.tolist(), events.kind.tolist(), events.day.tolist(), strict=True):
        yield str(case), events.kinds[kind], f"{date.fromordinal(day)}T08:00:00+08:00"


def of_xes(path: Path) -> Iterator[Line]:
    """A log on this machine, known to be well-formed."""
    with gzip.open(path) as file:
        number = 0
        for _, element in ElementTree.iterparse(file):
            if not element.tag.endswith("trace"):
                continue
            number += 1
            for event in element:
                if event.tag.endswith("event"):
                    held = {one.get("key"): one.get("value") for one in event}
                    yield str(number), str(held["concept:name"]), str(held["time:timestamp"])
            element.clear()
