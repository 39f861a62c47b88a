"""Scoring sheets filled in, cards given, what was answered to them."""
