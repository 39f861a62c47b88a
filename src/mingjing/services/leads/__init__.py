"""Sealed leads: who receives them, how they are sealed, opened, worked and escalated."""
