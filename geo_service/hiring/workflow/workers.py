"""Whom somebody means who applies for a relative: by name and telephone."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.accounts.workflow.counter import known_again, without_account
from geo_service.hiring.models import Application


def worker_in_the_family(session: Session, name: str, phone: str, by_id: UUID) -> Person:
    """Somebody for whom the same relative has applied before; nobody else's account."""
    before = select(Application.person_id).where(Application.by_id == by_id)
    found = without_account(name, phone).where(Person.id.in_(before))
    return known_again(session, found, name, phone)
