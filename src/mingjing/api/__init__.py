"""The interface for other systems: rows in, clocks and counts out."""
