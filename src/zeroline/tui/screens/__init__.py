"""Screens of the explorer: wiring, not logic."""
