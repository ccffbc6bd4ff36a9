"""A meeting from its proposal to the look back."""

from geo_service.meetings.models.agenda import ITEMS_MAX, AgendaItem
from geo_service.meetings.models.attendee import Attendee, Going, Interpreter
from geo_service.meetings.models.deciding import Choice, Decision, Slip, Voter, Way
from geo_service.meetings.models.following import LookBack, Task, Went
from geo_service.meetings.models.meeting import (
    OPEN,
    Form,
    Help,
    Meeting,
    MeetingState,
    Venue,
)
from geo_service.meetings.models.record import MINUTES_MAX, Edition, Minutes
from geo_service.meetings.models.rule import SUPPORTERS, Rule
from geo_service.meetings.models.said import Guest, Offer, Room, Wishes
from geo_service.meetings.models.support import Suit, Support, Time

__all__ = [
    "ITEMS_MAX",
    "MINUTES_MAX",
    "OPEN",
    "SUPPORTERS",
    "AgendaItem",
    "Attendee",
    "Choice",
    "Decision",
    "Edition",
    "Form",
    "Going",
    "Guest",
    "Help",
    "Interpreter",
    "LookBack",
    "Meeting",
    "MeetingState",
    "Minutes",
    "Offer",
    "Room",
    "Rule",
    "Slip",
    "Suit",
    "Support",
    "Task",
    "Time",
    "Venue",
    "Voter",
    "Way",
    "Went",
    "Wishes",
]
