"""Every package's tasks: a worker knows what is imported here."""

from geo_service.mail import tasks as mail

__all__ = ["mail"]
