"""Clocks, alerts, notices, requests, findings, proposals, notes."""
