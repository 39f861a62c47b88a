"""Pages of the figures: the list, one indicator, what lies behind a number, the cockpit, the bulletins."""
