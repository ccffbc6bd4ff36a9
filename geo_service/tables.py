"""Every table, so that the schema is whole wherever it is asked for."""

from sqlalchemy import MetaData
from sqlalchemy.orm import configure_mappers

from geo_service.accounts import models as accounts
from geo_service.areas import models as areas
from geo_service.cases import models as cases
from geo_service.confidential import models as confidential
from geo_service.db.base import Base
from geo_service.facilities import models as facilities
from geo_service.hiring import models as hiring
from geo_service.jobs import models as jobs
from geo_service.later import models as later
from geo_service.listings import models as listings
from geo_service.mail import models as mail
from geo_service.meetings import models as meetings
from geo_service.neighbourhoods import models as neighbourhoods
from geo_service.offices import models as offices
from geo_service.programmes import models as programmes
from geo_service.reports import models as reports
from geo_service.shifts import models as shifts
from geo_service.spaces import models as spaces
from geo_service.trust import models as trust
from geo_service.urgent import models as urgent
from geo_service.watchers import models as watchers
from geo_service.web import idempotency as once

__all__ = [
    "accounts",
    "areas",
    "cases",
    "complete",
    "confidential",
    "facilities",
    "hiring",
    "jobs",
    "later",
    "listings",
    "mail",
    "meetings",
    "neighbourhoods",
    "offices",
    "once",
    "programmes",
    "reports",
    "shifts",
    "spaces",
    "trust",
    "urgent",
    "watchers",
]


def complete() -> MetaData:
    """Map every class now, so that mistakes show at start, and return the whole schema."""
    configure_mappers()
    return Base.metadata
