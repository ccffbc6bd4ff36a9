"""A meeting as iCalendar (RFC 5545), for everybody's own calendar."""

from datetime import datetime, timedelta

from icalendar import STATUS, Alarm, Calendar, Event

from geo_service.clock import KOREA
from geo_service.meetings.models import Meeting, MeetingState, Venue

REMINDED_BEFORE = timedelta(hours=2)


def calendar_of(meeting: Meeting, *, at: datetime) -> bytes:
    """One event, which follows when it is fetched again: moved and cancelled are told by number.

    The link of an online meeting is for those who come, and is not in it.
    """
    assert meeting.begins_at is not None, "meeting_timed_check"  # noqa: S101
    assert meeting.ends_at is not None, "meeting_timed_check"  # noqa: S101
    calendar = Calendar.new(prodid="-//dongne-ieum//meetings//", name=meeting.title)
    is_off = meeting.state is MeetingState.CANCELLED
    event = Event.new(
        uid=f"{meeting.id}@dongne-ieum",
        stamp=at,
        sequence=meeting.version - 1,
        summary=meeting.title,
        location=None if meeting.venue is Venue.ONLINE else _where(meeting),
        description=meeting.summary or None,
        status=STATUS.CANCELLED if is_off else STATUS.CONFIRMED,
        start=meeting.begins_at.astimezone(KOREA),
        end=meeting.ends_at.astimezone(KOREA),
    )
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", meeting.title)
    alarm.add("trigger", -REMINDED_BEFORE)
    event.add_component(alarm)
    calendar.add_component(event)
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def _where(meeting: Meeting) -> str | None:
    return ", ".join(filter(None, (meeting.venue_words, meeting.address))) or None
