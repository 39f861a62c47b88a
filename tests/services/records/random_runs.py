"""How often what is random is tried: few times every day, many times on request, the same dice every time."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

TIMES = int(os.environ.get("RANDOM_TIMES", "1"))
"""How many times more than every day: ``RANDOM_TIMES=20 pytest …`` looks twenty times as long."""


def runs(few: int) -> settings:
    """``few`` examples, times what was asked for. What they are follows from the test alone."""
    return settings(
        max_examples=few * TIMES,
        derandomize=True,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.generate),  # a smaller text is no easier to read here
    )
