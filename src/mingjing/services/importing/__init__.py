"""From a checked file to stored facts: compare, show, confirm, write, count (G1)."""
