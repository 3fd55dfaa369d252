"""Zeroline: a terminal explorer for testimony."""

__version__ = "0.1.0"
