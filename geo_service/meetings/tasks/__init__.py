"""What happens to meetings by itself."""

from geo_service.meetings.tasks import records

__all__ = ["records"]
