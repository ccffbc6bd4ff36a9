"""Shifts as they cross the border: asked for, told, and put into calendars."""
