"""Mingjing 明镜: a court's institutions of integrity and supervision as files that run."""

__version__ = "0.1.0"
