"""Reading texts: figures in reports, what they say about each other."""
