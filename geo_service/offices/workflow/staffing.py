"""Who works where: invite, accept, appoint, dismiss.

invited by mail ──follows the link, signed in──▶ on staff ──dismissed──▶ (gone)
      │ withdrawn, or a week has passed
      ▼
    (gone)
"""

from datetime import datetime, timedelta
from secrets import token_urlsafe
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.accounts.queries import hashed
from geo_service.errors import Conflict, NotFound
from geo_service.mail import send
from geo_service.offices.letters import invitation
from geo_service.offices.models import Invitation, Office, Role, Staff

INVITED_FOR = timedelta(days=7)
"""How long a link in a letter of invitation is good for."""


class InvitationIsOver(NotFound):
    """This invitation is no longer valid. Ask the office for another one."""

    korean = "이 초대는 더 이상 쓸 수 없어요. 기관에 다시 초대해 달라고 말씀해 주세요."


class AlreadyOnStaff(Conflict):
    """They have this role in this office already."""

    korean = "이미 이 역할을 맡고 있어요."


class NobodyWouldBeLeft(Conflict):
    """An office keeps at least one person who may invite others."""

    korean = "초대할 수 있는 사람이 한 명은 남아 있어야 해요."


class NotOnThisStaff(NotFound):
    """Nobody has this role in this office."""

    korean = "이 기관에 그런 담당자가 없어요."


def invite(  # noqa: PLR0913 — all of them are needed
    session: Session, office: Office, email: str, role: Role, *, door: str, at: datetime
) -> str:
    """Offer a role by a letter with a link: the address of the `door`, and a word told once.

    A new letter ends the one before. Raises: AlreadyOnStaff.
    """
    email = email.strip().lower()
    taken = (
        select(Staff)
        .join(Person)
        .where(Person.email == email, Staff.office_id == office.id, Staff.role == role)
    )
    if session.scalar(taken):
        raise AlreadyOnStaff
    session.execute(
        delete(Invitation).where(
            Invitation.office_id == office.id, Invitation.email == email, Invitation.role == role
        )
    )
    word = token_urlsafe(24)
    session.add(
        Invitation(
            office_id=office.id,
            email=email,
            role=role,
            token_hash=hashed(word),
            invited_at=at,
            expires_at=at + INVITED_FOR,
        )
    )
    session.flush()
    send(session, email, invitation(office.name, role, f"{door}?word={word}"))
    return word


def the_invitation(session: Session, word: str, *, at: datetime) -> Invitation:
    """What a link offers. Raises: InvitationIsOver."""
    found = session.scalar(
        select(Invitation).where(Invitation.token_hash == hashed(word), Invitation.expires_at > at)
    )
    if found is None:
        raise InvitationIsOver
    return found


def accept(session: Session, word: str, person: Person, *, at: datetime) -> Staff:
    """Take the role that was offered; the link is used up. Raises: InvitationIsOver."""
    offered = the_invitation(session, word, at=at)
    session.delete(offered)
    return appoint(session, offered.office_id, person, offered.role, at=at)


def withdraw_invitation(session: Session, office_id: UUID, invitation_id: UUID) -> None:
    """Take an offer back. Raises: InvitationIsOver."""
    found = session.get(Invitation, invitation_id)
    if found is None or found.office_id != office_id:
        raise InvitationIsOver
    session.delete(found)


def appoint(
    session: Session, office_id: UUID, person: Person, role: Role, *, at: datetime
) -> Staff:
    """Give a role to somebody; who has it keeps it."""
    held = session.get(Staff, (person.id, office_id, role))
    if held is None:
        held = Staff(person_id=person.id, office_id=office_id, role=role, since=at)
        session.add(held)
    return held


def dismiss(session: Session, office_id: UUID, person_id: UUID, role: Role) -> None:
    """Take a role away. Raises: NotOnThisStaff, NobodyWouldBeLeft."""
    session.execute(select(Office.id).where(Office.id == office_id).with_for_update())
    held = session.get(Staff, (person_id, office_id, role))
    if held is None:
        raise NotOnThisStaff
    others = select(Staff.person_id).where(
        Staff.office_id == office_id, Staff.role == role, Staff.person_id != person_id
    )
    if role is Role.OPERATOR and session.scalar(others.limit(1)) is None:
        raise NobodyWouldBeLeft
    session.delete(held)
