"""Leads: sealed content, the keys of those who may open it, and what runs without opening."""

from __future__ import annotations
