"""A meeting from its proposal to the look back."""

from geo_service.meetings.models.agenda import AgendaItem
from geo_service.meetings.models.attendee import Attendee, Going, Interpreter
from geo_service.meetings.models.following import LookBack, Task
from geo_service.meetings.models.meeting import (
    OPEN,
    Form,
    Help,
    Meeting,
    MeetingState,
    Venue,
)
from geo_service.meetings.models.record import Choice, Decision, Minutes, Vote, Way
from geo_service.meetings.models.rule import SUPPORTERS, Rule
from geo_service.meetings.models.support import Suit, Support, Time

__all__ = [
    "OPEN",
    "SUPPORTERS",
    "AgendaItem",
    "Attendee",
    "Choice",
    "Decision",
    "Form",
    "Going",
    "Help",
    "Interpreter",
    "LookBack",
    "Meeting",
    "MeetingState",
    "Minutes",
    "Rule",
    "Suit",
    "Support",
    "Task",
    "Time",
    "Venue",
    "Vote",
    "Way",
]
