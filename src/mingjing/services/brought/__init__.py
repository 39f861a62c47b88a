"""Figures over a file somebody brings: no database, nothing written, the same counts as everywhere else."""
