"""Detectors over the rows of a court: what looks worked on, put to a person; a draft tried on the past."""
