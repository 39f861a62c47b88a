"""A fictional two-level court with three years of cases, made from a seed: same seed and day, same court."""
