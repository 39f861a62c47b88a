"""Figures: which rows count, what a figure is made of, what is missing; engines must equal this."""
