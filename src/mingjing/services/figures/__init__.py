"""Figures of the court, counted as things happen: no click reads a million cases again."""
