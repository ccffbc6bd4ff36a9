"""Agenda, minutes, decisions and tasks as they cross the border."""
