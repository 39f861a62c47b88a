"""Wiring: settings, URLs, the WSGI entry. No logic."""
