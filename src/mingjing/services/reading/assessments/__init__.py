"""Scoring and cards as people look at them: one sheet, a ranking, a department's cards."""
