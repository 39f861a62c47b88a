"""The court of the record tests, with its registers."""

from __future__ import annotations

from tests.services.records.conftest import bench, own_institutions

__all__ = ["bench", "own_institutions"]
