"""Who hears that something happened, by letters that say nothing of it."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from geo_service.accounts.models import Tongue
from geo_service.confidential.keys import KeyRing
from geo_service.confidential.sealing import seal_of
from geo_service.mail import Letter, send
from geo_service.offices.models import Role
from geo_service.reports import letters
from geo_service.reports.files.told import Way
from geo_service.reports.models import Report, Stage
from geo_service.reports.queries import addresses_at
from geo_service.reports.workflow.opening import Contact, contact_of


def tell_centres(
    session: Session, report: Report, letter: Callable[[Tongue], Letter] = letters.something_came
) -> None:
    """Write to the caseworkers of every centre that was told; where one has none, to its staff."""
    for centre_id in filter(None, (report.centre_id, report.second_centre_id)):
        found = session.execute(addresses_at(centre_id, Role.CASEWORKER)).all()
        for email, tongue in found or session.execute(addresses_at(centre_id)).all():
            send(session, email, letter(Tongue(tongue)))


def tell_stage(session: Session, ring: KeyRing, report: Report, stage: Stage) -> None:
    """Let who told it know how far it is, by the way they chose."""
    contact = _contact(ring, report)
    if contact.email:
        has_account, tongue = contact.way is Way.ACCOUNT, Tongue(contact.tongue)
        letter = letters.stage_told(report.number, stage, has_account=has_account, tongue=tongue)
        send(session, contact.email, letter)


def tell_answer(session: Session, ring: KeyRing, report: Report) -> None:
    """Let who told it know that the centre wrote to them."""
    contact = _contact(ring, report)
    if contact.email:
        has_account, tongue = contact.way is Way.ACCOUNT, Tongue(contact.tongue)
        letter = letters.answer_came(report.number, has_account=has_account, tongue=tongue)
        send(session, contact.email, letter)


def _contact(ring: KeyRing, report: Report) -> Contact:
    if report.contact_sealed is None:
        return Contact()
    return contact_of(seal_of(ring, report.id), report)
