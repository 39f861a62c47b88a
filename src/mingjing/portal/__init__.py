"""Public pages: they read what was published, and nothing else."""
