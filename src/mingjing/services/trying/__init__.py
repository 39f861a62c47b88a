"""A draft tried over the cases there are: what would change if it were in force. Nothing is written."""

from __future__ import annotations

from mingjing.services.trying.running import NotTriable, try_file, try_text
from mingjing.services.trying.trial import Trial

__all__ = ["NotTriable", "Trial", "try_file", "try_text"]
