"""Who may do what on behalf of an office."""

from geo_service.offices.access.desk import ActingDesk, Desk, NotOnStaff, Work, at_work
from geo_service.offices.access.doors import Anybody, Door, Doors, Whose
from geo_service.offices.access.offices import (
    NotYourOffice,
    OurOffice,
    TheOffice,
    WhichOffice,
    the_office,
)

__all__ = [
    "ActingDesk",
    "Anybody",
    "Desk",
    "Door",
    "Doors",
    "NotOnStaff",
    "NotYourOffice",
    "OurOffice",
    "TheOffice",
    "WhichOffice",
    "Whose",
    "Work",
    "at_work",
    "the_office",
]
