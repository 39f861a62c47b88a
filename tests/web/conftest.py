"""The fictional court, its fixed moment and its log, for page tests too."""

from __future__ import annotations

from tests.services.conftest import house, moment, one_entry, refused

__all__ = ["house", "moment", "one_entry", "refused"]
