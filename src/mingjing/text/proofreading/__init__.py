"""文书校对: what a judgment says against itself, against its case, and against the court's lists of words."""
