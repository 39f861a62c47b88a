"""Draws: pools, contributions, results; and what a court registers about who may be drawn."""
