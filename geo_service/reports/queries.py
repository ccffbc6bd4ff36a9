"""Questions about reports and about who answers. Each returns SQL; the caller runs it."""

from datetime import date, datetime
from math import cos, radians
from typing import Any
from uuid import UUID

from geoalchemy2 import Geography
from sqlalchemy import DateTime, Select, String, Uuid, cast, column, func, select, table
from sqlalchemy.dialects.postgresql import BYTEA

from geo_service.accounts.models import Person
from geo_service.areas.models import Area, Level, Register
from geo_service.areas.queries import in_force
from geo_service.confidential.models import SCHEMA
from geo_service.geo.columns import WGS84
from geo_service.geo.place import Place
from geo_service.offices.models import Office, Role, Staff
from geo_service.reports.models import Draft, Message, Report

_METRES_PER_DEGREE = 110_500
"""Of latitude, a little less than anywhere in Korea: a box made with it is a little too large."""

_IN_REPORTS = func.reports

_STAGES = table(
    "stage_of",
    column("report_id", Uuid),
    column("stage", String),
    column("since", DateTime(timezone=True)),
    schema=SCHEMA,
)
"""All that a reporter learns of a report: the view shows only those that the claims name."""


def dongs_within(place: Place, metres: float, register: Register, *, on: date) -> Select[Area]:
    """The dongs of a register that begin within so many metres. Order: nearest first."""
    point = func.ST_SetSRID(func.ST_Point(place.lng, place.lat), WGS84)
    up = metres / _METRES_PER_DEGREE
    right = up / max(0.01, cos(radians(place.lat)))
    around = func.ST_Expand(point, right, up)
    away = func.ST_Distance(cast(Area.outline, Geography), cast(point, Geography))
    return (
        select(Area)
        .where(
            Area.level == Level.DONG,
            Area.register == register,
            Area.outline.op("&&")(around),
            away <= metres,
            in_force(on),
        )
        .order_by(away, Area.id)
    )


def addresses_at(office_id: UUID, role: Role | None = None) -> Select[Any, Any]:
    """Where to write to who works there, and in which language. Order: by address."""
    found = (
        select(Person.email, Person.tongue)
        .join(Staff, Staff.person_id == Person.id)
        .where(Staff.office_id == office_id, Person.email.is_not(None))
        .distinct()
        .order_by(Person.email)
    )
    return found.where(Staff.role == role) if role else found


def the_draft_with(word_hash: bytes) -> Select[UUID | None]:
    """The id of a draft; who knows its word may claim it."""
    return select(_IN_REPORTS.draft_of(cast(word_hash, BYTEA), type_=Uuid))


def the_draft(draft_id: UUID, *, at: datetime) -> Select[Draft]:
    """A draft that was claimed, if its time is not over."""
    return select(Draft).where(Draft.id == draft_id, Draft.expires_at > at)


def the_report_with(receipt_hash: bytes) -> Select[UUID | None]:
    """The id of a report; who knows its code may claim it."""
    return select(_IN_REPORTS.report_of_receipt(cast(receipt_hash, BYTEA), type_=Uuid))


def reports_told_by(reporter_hash: bytes) -> Select[UUID]:
    """The ids of what somebody told by their account. Order: told last first."""
    return select(_IN_REPORTS.reports_of(cast(reporter_hash, BYTEA), type_=Uuid))


def own_reports() -> Select[Report, str, str, datetime]:
    """What the claims name, with the centre that answers and the stage. Order: told last first."""
    return (
        select(Report, Office.name, _STAGES.c.stage, _STAGES.c.since)
        .join(Office, Office.id == Report.centre_id)
        .join(_STAGES, _STAGES.c.report_id == Report.id)
        .order_by(Report.told_at.desc(), Report.id)
    )


def messages_of(report_id: UUID) -> Select[Message]:
    """What both sides said. Order: as they said it."""
    return (
        select(Message).where(Message.report_id == report_id).order_by(Message.said_at, Message.id)
    )
