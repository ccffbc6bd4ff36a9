"""Meetings as they cross the border."""
