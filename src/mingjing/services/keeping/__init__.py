"""Backup and restore: everything of an installation in one encrypted file, and back, on either database."""
