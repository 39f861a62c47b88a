"""Imported files, their mappings and their refused rows."""
