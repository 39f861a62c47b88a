"""Pages of scoring and cards."""
