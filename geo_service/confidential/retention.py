"""The end of what was told: a year after its case was closed, and 30 days after it was said.

    closed ──11 months──▶ the centre is warned ──30 days──▶ key destroyed ──▶ rows emptied

What is left of a row is what sums need: a day, a centre, a category.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, select, text

from geo_service.accounts.models import Person, Tongue
from geo_service.clock import KOREA
from geo_service.confidential.claims import Claims, Standing
from geo_service.confidential.letters import about_to_end
from geo_service.confidential.session import Vault
from geo_service.mail import send
from geo_service.offices.models import Role, Staff

WARNED = timedelta(days=30)
"""Between the word to the centre and the end."""

_ABOUT_TO_GO = text("SELECT centre_id, reports FROM reports.about_to_go(:until)")
_NOTE = text("SELECT reports.note_warning(:told, :at)")
_OVER = text("SELECT thing, id FROM reports.over(:today, :before)")
_BURY = text("SELECT reports.bury(:thing, :id, :at)")


def warn(vault: Vault, *, at: datetime) -> int:
    """Tell each centre that something ends soon, never what; how many centres."""
    with vault.opened(Claims(Standing.CLOCKWORK, purpose="retention")) as session:
        due = session.execute(_ABOUT_TO_GO, {"until": (at + WARNED).astimezone(KOREA).date()}).all()
        for centre_id, reports in due:
            for address, tongue in session.execute(_caseworkers(centre_id)):
                send(session, address, about_to_end(tongue))
            session.execute(_NOTE, {"told": reports, "at": at})
        return len(due)


def end(vault: Vault, *, at: datetime) -> int:
    """Destroy what was warned of and is over; how many things.

    The key first: killed in between, nothing can be read, and the next time goes on.
    """
    claims = Claims(Standing.CLOCKWORK, purpose="retention")
    asked = {"today": at.astimezone(KOREA).date(), "before": at - WARNED}
    with vault.opened(claims) as session:
        over = session.execute(_OVER, asked).all()
    for thing, thing_id in over:
        vault.ring.shred(thing_id)
        with vault.opened(claims) as session:
            session.execute(_BURY, {"thing": thing, "id": thing_id, "at": at})
    return len(over)


def _caseworkers(centre_id: UUID) -> Select[str | None, Tongue]:
    return (
        select(Person.email, Person.tongue)
        .join(Staff, Staff.person_id == Person.id)
        .where(Staff.office_id == centre_id, Staff.role == Role.CASEWORKER)
    )
