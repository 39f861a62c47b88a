"""Meetings that follow their own rules: first item, preparation, quorum, order of speaking, votes."""
