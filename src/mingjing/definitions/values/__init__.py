"""Typed values of the kinds the domain has no shape for."""
