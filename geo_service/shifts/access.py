"""The shift that a door is about."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from geo_service.accounts.access import Acting, SignedIn
from geo_service.errors import NotFound
from geo_service.offices.access import ActingDesk
from geo_service.shifts.models import Shift
from geo_service.shifts.queries import my_shift, the_shift
from geo_service.web.session import DbSession, ReadSession


class NoSuchShift(NotFound):
    """There is no such shift."""

    korean = "그런 근무가 없어요."


def _office_shift(shift_id: UUID, desk: ActingDesk, session: DbSession) -> Shift:
    shift = session.scalar(the_shift(shift_id, desk.offices))
    if shift is None:
        raise NoSuchShift
    return shift


OfficeShift = Annotated[Shift, Depends(_office_shift)]
"""One for a job of one's own office, to note something. Raises: NoSuchShift."""


def _my_shift(shift_id: UUID, person: SignedIn, session: ReadSession) -> Shift:
    shift = session.scalar(my_shift(shift_id, person.id))
    if shift is None:
        raise NoSuchShift
    return shift


MyShift = Annotated[Shift, Depends(_my_shift)]
"""One's own, to look at. Raises: NoSuchShift."""


def _my_shift_today(shift_id: UUID, person: Acting, session: DbSession) -> Shift:
    shift = session.scalar(my_shift(shift_id, person.id))
    if shift is None:
        raise NoSuchShift
    return shift


MyShiftToday = Annotated[Shift, Depends(_my_shift_today)]
"""One's own, to say that one is there. Raises: NoSuchShift."""
