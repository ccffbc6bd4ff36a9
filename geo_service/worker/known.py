"""Every package's tasks: a worker knows what is imported here."""

from geo_service.accounts import tasks as accounts
from geo_service.cases import tasks as cases
from geo_service.confidential import tasks as confidential
from geo_service.facilities import tasks as facilities
from geo_service.hiring import tasks as hiring
from geo_service.jobs import tasks as jobs
from geo_service.mail import tasks as mail
from geo_service.meetings import tasks as meetings
from geo_service.neighbourhoods import tasks as neighbourhoods
from geo_service.reports import tasks as reports
from geo_service.shifts import tasks as shifts
from geo_service.spaces import tasks as spaces
from geo_service.trust import tasks as trust
from geo_service.urgent import tasks as urgent
from geo_service.watchers import tasks as watchers

__all__ = [
    "accounts",
    "cases",
    "confidential",
    "facilities",
    "hiring",
    "jobs",
    "mail",
    "meetings",
    "neighbourhoods",
    "reports",
    "shifts",
    "spaces",
    "trust",
    "urgent",
    "watchers",
]
