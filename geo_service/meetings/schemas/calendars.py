"""A meeting in everybody's own calendar."""

from datetime import datetime, timedelta

from geo_service.clock import KOREA
from geo_service.meetings.models import Meeting, MeetingState, Venue
from geo_service.web import calendars
from geo_service.web.calendars import Appointment

REMINDED_BEFORE = timedelta(hours=2)


def calendar_of(meeting: Meeting, *, at: datetime) -> bytes:
    """It alone, which follows when it is fetched again: moved and cancelled are told by number.

    The link of an online meeting is for those who come, and is not in it.
    """
    assert meeting.begins_at is not None, "meeting_timed_check"  # noqa: S101
    assert meeting.ends_at is not None, "meeting_timed_check"  # noqa: S101
    appointment = Appointment(
        id=meeting.id,
        title=meeting.title,
        begins=meeting.begins_at.astimezone(KOREA),
        ends=meeting.ends_at.astimezone(KOREA),
        where="" if meeting.venue is Venue.ONLINE else _where(meeting),
        words=meeting.summary,
        status="CANCELLED" if meeting.state is MeetingState.CANCELLED else "CONFIRMED",
        edition=meeting.version - 1,
        reminder=meeting.title,
        reminded_before=REMINDED_BEFORE,
    )
    return calendars.calendar_of([appointment], name=meeting.title, about="meetings", at=at)


def _where(meeting: Meeting) -> str:
    return ", ".join(filter(None, (meeting.venue_words, meeting.address)))
