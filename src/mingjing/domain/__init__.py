"""Arithmetic of institutions: same facts, same definition, same answer; standard library only."""
