"""Who may do what on behalf of an office."""

from geo_service.offices.access.desk import ActingDesk, Desk, NotOnStaff, Work
from geo_service.offices.access.doors import Anybody, Door, Doors, Whose
from geo_service.offices.access.offices import NotYourOffice, OurOffice, TheOffice

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
    "Whose",
    "Work",
]
