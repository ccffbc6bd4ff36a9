"""Taking one's things along, and leaving."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from geo_service.accounts.models import ApiToken, Identity, Person
from geo_service.accounts.queries import browsers_of, identities_of, in_full, tokens_of
from geo_service.accounts.workflow.browsers import close_all
from geo_service.accounts.workflow.codes import forget_codes
from geo_service.accounts.workflow.second_factor import is_asked_of, turn_off

GONE = "탈퇴한 이웃"
"""What is left of a name."""


def leave(session: Session, person: Person, at: datetime) -> None:
    """Wipe what accounts know: the row stays, without anything that says who it was."""
    close_all(session, person)
    forget_codes(session, person)
    turn_off(session, person)
    for table in (ApiToken, Identity):
        session.execute(delete(table).where(table.person_id == person.id))
    person.name, person.left_at = GONE, at
    person.email = person.email_confirmed_at = person.phone = person.password_hash = None
    person.home = person.home_dong_id = person.neighbour_of_id = person.neighbour_since = None
    session.flush()


def export_of(session: Session, person: Person, at: datetime) -> dict[str, Any]:
    """All that accounts know about somebody, for themselves alone; no secrets, which are hashes."""
    told = session.scalars(in_full(person.id)).one()
    return {
        "name": told.name,
        "email": told.email,
        "email_confirmed_at": told.email_confirmed_at,
        "phone": told.phone,
        "has_password": told.password_hash is not None,
        "has_second_factor": is_asked_of(session, told),
        "language": told.tongue,
        "pace": told.pace,
        "home_rounded": told.home and {"lat": told.home.lat, "lng": told.home.lng},
        "home_dong": told.home_dong and told.home_dong.full_name,
        "neighbour_of": told.neighbour_of and told.neighbour_of.full_name,
        "neighbour_since": told.neighbour_since,
        "joined_at": told.joined_at,
        "signed_in": [
            {"device": one.device, "since": one.signed_in_at, "seen_at": one.seen_at}
            for one in session.scalars(browsers_of(told.id), {"at": at})
        ],
        "tokens": [
            {
                "name": one.name,
                "scopes": one.scopes,
                "made_at": one.made_at,
                "last_used_at": one.last_used_at,
                "expires_at": one.expires_at,
            }
            for one in session.scalars(tokens_of(told.id))
        ],
        "accounts_elsewhere": [
            {"provider": one.provider, "subject": one.subject, "linked_at": one.linked_at}
            for one in session.scalars(identities_of(told.id))
        ],
    }
