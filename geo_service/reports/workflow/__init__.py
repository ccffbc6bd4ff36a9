"""Telling, talking, and what happens to what was told."""
