"""Figures of the court: facts they are counted from, figures kept, questions asked about them."""

from __future__ import annotations
