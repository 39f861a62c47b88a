"""Case numbers: read, normalise, explain, refuse."""
