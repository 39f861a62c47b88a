"""Many cases at once: the domain tabulated over columns, with the same answers."""
