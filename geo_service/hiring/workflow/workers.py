"""Whom somebody means who applies for another person: by name and telephone."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.hiring.models import Application


def worker_at_the_counter(session: Session, name: str, phone: str) -> Person:
    """Somebody for whom a counter has applied before; nobody's account.

    Names and telephones of accounts are what their owners typed: a stranger could have typed them.
    """
    known = select(Person).where(Person.name == name, Person.phone == phone, Person.email.is_(None))
    return _first(session, known.where(Person.left_at.is_(None))) or _new(session, name, phone)


def worker_in_the_family(session: Session, name: str, phone: str, by_id: UUID) -> Person:
    """Somebody for whom the same relative has applied before; nobody else's account."""
    before = select(Application.person_id).where(Application.by_id == by_id)
    known = select(Person).where(
        Person.name == name, Person.phone == phone, Person.email.is_(None), Person.id.in_(before)
    )
    return _first(session, known) or _new(session, name, phone)


def _first(session: Session, known: Select[Person]) -> Person | None:
    return session.scalars(known.order_by(Person.joined_at, Person.id)).first()


def _new(session: Session, name: str, phone: str) -> Person:
    """Without an address: nobody can sign in as them until they say who they are."""
    session.add(person := Person(name=name, phone=phone))
    session.flush()
    return person
