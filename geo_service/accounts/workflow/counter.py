"""People without an account, whom an office serves at its counter."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person


def without_account(name: str, phone: str) -> Select[Person]:
    """Who goes by this name and telephone and cannot sign in. Order: known longest first.

    Names and telephones of accounts are what their owners typed: a stranger could have typed them.
    """
    return (
        select(Person)
        .where(
            Person.name == name,
            Person.phone == phone,
            Person.email.is_(None),
            Person.left_at.is_(None),
        )
        .order_by(Person.joined_at, Person.id)
    )


def known_again(session: Session, found: Select[Person], name: str, phone: str) -> Person:
    """The first who was found; else somebody new, as whom nobody can sign in."""
    person = session.scalars(found).first()
    if person is None:
        session.add(person := Person(name=name, phone=phone))
        session.flush()
    return person


def person_at_the_counter(session: Session, name: str, phone: str) -> Person:
    """Somebody whom a counter has served before, or serves for the first time."""
    return known_again(session, without_account(name, phone), name, phone)
