"""The court of the tests of services, with an office that receives leads."""

from __future__ import annotations

from tests.services.conftest import house, moment
from tests.services.leads.conftest import office, reported

__all__ = ["house", "moment", "office", "reported"]
