"""Draws: pools, contributions, results; and what a court registers about who may be drawn."""

from __future__ import annotations
