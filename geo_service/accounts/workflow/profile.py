"""What somebody tells about themselves. Where they are and exactly live is not kept."""

from datetime import datetime

from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.accounts.workflow import passwords
from geo_service.areas.models import Area, Level
from geo_service.areas.queries import area_at
from geo_service.errors import BadField, Invalid
from geo_service.geo.place import Place

ROUGH = 3
"""Decimals of a home that are kept: about a hundred metres."""


class NotInADong(Invalid):
    """We know no dong there."""

    korean = "그곳이 어느 동인지 알 수 없어요."


class PasswordIsWrong(BadField):
    """That is not your present password."""

    korean = "지금 쓰는 비밀번호와 달라요."

    def __init__(self) -> None:
        super().__init__("present", self.title())


def live_at(session: Session, person: Person, place: Place | None) -> None:
    """Remember roughly where somebody lives, or forget it. Raises: NotInADong."""
    if place is None:
        person.home, person.home_dong_id = None, None
    else:
        person.home_dong_id = _dong_at(session, place).id
        person.home = place.rounded(ROUGH)


def be_neighbour(session: Session, person: Person, place: Place, *, at: datetime) -> Area:
    """Note in which dong somebody is right now; the place itself is forgotten.

    Raises: NotInADong.
    """
    dong = _dong_at(session, place)
    person.neighbour_of_id, person.neighbour_since = dong.id, at
    return dong


def be_no_neighbour(person: Person) -> None:
    """Give the badge back."""
    person.neighbour_of_id, person.neighbour_since = None, None


def choose_password(person: Person, present: str, new: str) -> None:
    """Sign in with another password from now on; the first needs no present one.

    Raises: PasswordIsWrong, PasswordIsTooPlain.
    """
    if person.password_hash is not None and not passwords.is_right(person, present):
        raise PasswordIsWrong
    person.password_hash = passwords.hash_of(new, email=person.email, field="new")


def _dong_at(session: Session, place: Place) -> Area:
    dong = session.scalar(area_at(place, level=Level.DONG))
    if dong is None:
        raise NotInADong
    return dong
