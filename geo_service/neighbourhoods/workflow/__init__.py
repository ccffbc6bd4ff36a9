"""Deeds: drawing borders, and publishing."""
