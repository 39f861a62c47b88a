"""Scoring sheets and three-colour cards: marks, deductions, vetoes, each result with its working."""
