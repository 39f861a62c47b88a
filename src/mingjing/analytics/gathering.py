"""Facts as the domain reads them → columns."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from datetime import date, datetime

import numpy as np

from mingjing.analytics.columns import Cases, Days, Places, Words
from mingjing.domain.deadlines.rules import Fact, Facts


def gather(facts: Sequence[Facts], asked_on: Sequence[Days], names: Container[str]) -> Cases:
    """The cases with their facts in columns, each fact where it belongs; those not in ``names`` are left out.

    ``asked_on`` is as in ``Cases``.
    """
    count = len(facts)
    codes: dict[str, Places] = {}
    values: dict[str, dict[tuple[type, Fact], int]] = {}
    days: dict[str, Days] = {}
    odd: dict[int, Mapping[str, Fact]] = {}
    for case, known in enumerate(facts):
        left: dict[str, Fact] = {}
        for name, fact in known.items():
            if name not in names:
                continue
            if isinstance(fact, str | bool):
                column = codes.get(name)
                if column is None:
                    column = codes[name] = np.full(count, -1, np.int64)
                    values[name] = {}
                seen = values[name]
                column[case] = seen.setdefault((type(fact), fact), len(seen))
            elif isinstance(fact, date) and not isinstance(fact, datetime):
                line = days.get(name)
                if line is None:
                    line = days[name] = np.zeros(count, np.int32)
                line[case] = fact.toordinal()
            else:
                left[name] = fact
        if left:
            odd[case] = left
    words = {name: Words(codes[name], tuple(value for _, value in seen)) for name, seen in values.items()}
    return Cases(count, words, days, tuple(asked_on), odd)
