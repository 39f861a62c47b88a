"""台账: every definition-driven record, its registers, its lists, its page."""
