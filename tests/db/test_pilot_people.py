"""The pilot has somebody for each role, who can sign in where it runs."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.accounts.workflow.passwords import is_right
from geo_service.offices.models import Role, Staff
from geo_service.pilot import workflow as pilot

SECRET = b"only for tests, and long enough."


def test_every_role_has_somebody_who_can_sign_in(session: Session) -> None:
    pilot.load(session)
    password = pilot.password_from(SECRET)
    people = pilot.welcome(session, password)
    found = session.scalars(select(Person).where(Person.email.in_([p.email for p in people])))
    assert all(is_right(person, password) for person in found)
    posts = session.scalars(select(Staff).join(Person).where(Person.email.like("%@pilot.example")))
    assert {post.role for post in posts} == set(Role)
    assert [entry for entry in people if not entry.roles]


def test_who_is_there_keeps_what_they_changed(session: Session) -> None:
    pilot.load(session)
    entry, *_ = pilot.welcome(session, "first-word-here")
    person = session.scalars(select(Person).where(Person.email == entry.email)).one()
    person.name = "새 이름"
    pilot.welcome(session, "second-word-here")
    assert person.name == "새 이름"
    assert is_right(person, "first-word-here")


def test_every_machine_has_a_password_of_its_own() -> None:
    assert pilot.password_from(SECRET) == pilot.password_from(SECRET)
    assert pilot.password_from(SECRET) != pilot.password_from(SECRET[::-1])
