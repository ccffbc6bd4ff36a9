"""What is kept about somebody beside work and rooms: roles, and letters that have not left."""

from uuid import UUID

from sqlalchemy import Select, select

from geo_service.mail.models import Envelope
from geo_service.offices.models import Invitation, Office, Staff


def posts(person_id: UUID) -> Select[*tuple[object, ...]]:
    """Their roles. Order: by since when."""
    return (
        select(Office.name.label("office"), Staff.role, Staff.since)
        .join(Office, Office.id == Staff.office_id)
        .where(Staff.person_id == person_id)
        .order_by(Staff.since)
    )


def invitations_to(email: str | None) -> Select[*tuple[object, ...]]:
    """Roles that were offered to their address. Order: latest first."""
    return (
        select(
            Office.name.label("office"),
            Invitation.role,
            Invitation.invited_at,
            Invitation.expires_at,
        )
        .join(Office, Office.id == Invitation.office_id)
        .where(Invitation.email == email)
        .order_by(Invitation.invited_at.desc())
    )


def letters_to(email: str | None) -> Select[*tuple[object, ...]]:
    """Letters on their way; what has left is kept no longer. Order: oldest first."""
    return (
        select(Envelope.subject, Envelope.text, Envelope.written_at)
        .where(Envelope.address == email)
        .order_by(Envelope.written_at)
    )
