"""Definitions being drafted in the browser, until they are approved and become files."""
