"""Conditions over named fields, in a small part of Python's syntax, evaluated without running any code."""
