"""People who can sign in to the pilot, one or more for each role."""

from base64 import b32encode
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.accounts.workflow.passwords import hash_of
from geo_service.clock import KOREA, now
from geo_service.offices.models import Office, Staff
from geo_service.pilot.schemas.district import PeopleFile, PersonEntry, WatchEntry
from geo_service.pilot.workflow.loading import DATA
from geo_service.pilot.workflow.reading import PilotIsMisspelt, read
from geo_service.pilot.workflow.rows import id_of
from geo_service.watchers.models import Card, CardKind, Watcher, WatcherState
from geo_service.watchers.workflow.deciding import year_after

NOBODYS_PHONE = "+821000000000"
"""A number that nobody has."""


def password_from(secret: bytes) -> str:
    """The one password of all pilot people on this machine, such as `k7qd-2x5m-p4ta`."""
    letters = b32encode(blake2b(b"pilot", key=secret[:64], digest_size=8).digest()).decode().lower()
    return "-".join((letters[:4], letters[4:8], letters[8:12]))


def welcome(session: Session, password: str, data: Path = DATA) -> Sequence[PersonEntry]:
    """Give the pilot its people; who is there already keeps name, password and roles.

    Raises: PilotIsMisspelt.
    """
    people = read(data / "pilot_people.json", PeopleFile).people
    kept: str | None = None
    for entry in people:
        person_id = id_of("person", entry.key)
        if session.get(Person, person_id) is not None:
            continue
        kept = kept or hash_of(password, email=None)
        session.add(
            Person(
                id=person_id,
                name=entry.name,
                email=entry.email,
                email_confirmed_at=now(),
                password_hash=kept,
            )
        )
        session.flush()
        for post in entry.roles:
            office_id = id_of("office", post.office)
            if session.get(Office, office_id) is None:
                raise PilotIsMisspelt(f"pilot_people.json: {entry.key}: 없는 office: {post.office}")
            session.add(Staff(person_id=person_id, office_id=office_id, role=post.role))
        if entry.watches is not None:
            _enrol(session, person_id, entry.watches)
    session.flush()
    return people


def _enrol(session: Session, person_id: UUID, entry: WatchEntry) -> None:
    """Their membership, and the card of who is confirmed."""
    until = year_after(now().astimezone(KOREA).date())
    watcher = Watcher(
        person_id=person_id,
        office_id=id_of("office", entry.office),
        name=entry.name,
        phone=NOBODYS_PHONE,
        state=WatcherState.CONFIRMED if entry.confirmed else WatcherState.WAITING,
        valid_until=until if entry.confirmed else None,
    )
    session.add(watcher)
    session.flush()
    if entry.confirmed:
        session.add(Card(watcher_id=watcher.id, kind=CardKind.PHONE))
