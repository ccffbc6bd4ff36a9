"""What a dong centre sets about its watchers, and the plan that opens when enough have joined."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from geo_service.mail import send
from geo_service.offices.models import Office
from geo_service.watchers.letters import plan_opened
from geo_service.watchers.models import Terms
from geo_service.watchers.queries.members import how_many, staff_to_tell


def terms_of(session: Session, office_id: UUID) -> Terms:
    """As they are set, or as they are where nobody set them; to look at."""
    return session.get(Terms, office_id) or Terms(office_id=office_id)


def held_terms(session: Session, office_id: UUID) -> Terms:
    """The same, kept and locked, to change."""
    fresh = insert(Terms).values(office_id=office_id, at_once=False, enough=10, version=1)
    session.execute(fresh.on_conflict_do_nothing())
    found = select(Terms).where(Terms.office_id == office_id).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).one()


def set_terms(session: Session, terms: Terms, *, at_once: bool, enough: int, at: datetime) -> None:
    """Set them; `terms` are held. A plan that is open stays so."""
    terms.at_once, terms.enough = at_once, enough
    terms.version += 1
    session.flush()
    _open_plan(session, terms, at=at)


def open_plan_when_enough(session: Session, office_id: UUID, *, at: datetime) -> None:
    """Somebody joined; perhaps they were the last that was needed."""
    _open_plan(session, held_terms(session, office_id), at=at)


def _open_plan(session: Session, terms: Terms, *, at: datetime) -> None:
    if terms.plan_opened_at is not None:
        return
    watchers = session.scalar(how_many(terms.office_id, at=at)) or 0
    if watchers < terms.enough:
        return
    terms.plan_opened_at = at
    session.flush()
    name = session.get_one(Office, terms.office_id).name
    for person in session.scalars(staff_to_tell(terms.office_id)).all():
        send(session, person.email, plan_opened(name, watchers, person.tongue))
