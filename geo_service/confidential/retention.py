"""The end of what was told: a year after its case was closed, and 30 days after it was said.

    closed ──11 months──▶ the centre is warned ──30 days──▶ key destroyed ──▶ rows emptied

The warning stands on the centre's board and on its lead's page; letters point there. From then on
time runs, whoever reads it: an end that waits for a reader might never come. What is left of a row
is what sums need: a day, a centre, a category. A household that was visited goes without a word,
and wholly, a year after its last round.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Row, Select, select, text
from sqlalchemy.orm import Session, aliased

from geo_service.accounts.models import Person, Tongue
from geo_service.areas.models import Area
from geo_service.clock import KOREA
from geo_service.confidential.claims import Claims, Standing
from geo_service.confidential.letters import about_to_end
from geo_service.confidential.session import Vault
from geo_service.mail import send
from geo_service.offices.models import Office, Role, Staff

WARNED = timedelta(days=30)
"""Between the word to the centre and the end."""

_ABOUT_TO_GO = text("SELECT centre_id, things FROM reports.about_to_go(:until)")
_NOTE = text("SELECT reports.note_warning(:told, :at)")
_OVER = text("SELECT thing, id FROM reports.over(:today, :before)")
_IS_STILL_OVER = text("SELECT reports.is_still_over(:thing, :id, :today, :before)")
_BURY = text("SELECT reports.bury(:thing, :id, :at)")


def warn(vault: Vault, *, at: datetime) -> int:
    """Tell each centre that something ends soon, never what; how many centres.

    Where nobody works who can be written to, the district's leads are.
    """
    count = 0
    with vault.opened(Claims(Standing.CLOCKWORK, purpose="retention")) as session:
        due = session.execute(_ABOUT_TO_GO, {"until": (at + WARNED).astimezone(KOREA).date()}).all()
        for centre_id, things in due:
            for address, tongue in _to_be_told(session, centre_id):
                send(session, address, about_to_end(tongue))
            session.execute(_NOTE, {"told": things, "at": at})
            count += 1
    return count


def end(vault: Vault, *, at: datetime) -> int:
    """Destroy what was warned of and is over; how many things.

    Each is asked for once more and held, as somebody may have opened its case again. The key
    first: killed in between, nothing can be read, and the next time goes on.
    """
    claims = Claims(Standing.CLOCKWORK, purpose="retention")
    asked = {"today": at.astimezone(KOREA).date(), "before": at - WARNED}
    count = 0
    with vault.opened(claims) as session:
        over = session.execute(_OVER, asked).all()
    for thing, thing_id in over:
        one = {"thing": thing, "id": thing_id}
        with vault.opened(claims) as session:
            if session.scalar(_IS_STILL_OVER, one | asked):
                vault.ring.shred(thing_id)
                session.execute(_BURY, one | {"at": at})
                count += 1
    return count


def _to_be_told(session: Session, centre_id: UUID) -> Sequence[Row[str | None, Tongue]]:
    """The caseworkers of a centre; where none can be written to, all its staff; else its leads."""
    staff = _staff_at([centre_id])
    return (
        session.execute(staff.where(Staff.role == Role.CASEWORKER)).all()
        or session.execute(staff).all()
        or session.execute(_leads_of(centre_id)).all()
    )


def _staff_at(offices: Sequence[UUID] | Select[UUID]) -> Select[str | None, Tongue]:
    return (
        select(Person.email, Person.tongue)
        .join(Staff, Staff.person_id == Person.id)
        .where(Staff.office_id.in_(offices), Person.email.is_not(None))
        .distinct()
    )


def _leads_of(centre_id: UUID) -> Select[str | None, Tongue]:
    centre, district = aliased(Office), aliased(Office)
    offices = (
        select(district.id)
        .join(Area, Area.parent_id == district.area_id)
        .join(centre, centre.answers_for_id == Area.id)
        .where(centre.id == centre_id)
    )
    return _staff_at(offices).where(Staff.role == Role.DISTRICT_LEAD)
