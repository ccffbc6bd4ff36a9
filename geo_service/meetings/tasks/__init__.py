"""What happens to meetings by itself."""

from geo_service.meetings.tasks import meetings, records

__all__ = ["meetings", "records"]
