"""What an office tells of its spaces: what they are, when they open, what they are in."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.areas.queries import area_at
from geo_service.errors import BadField
from geo_service.geo.place import Place
from geo_service.hours.korean import closed_words, week_words
from geo_service.hours.week import Spans
from geo_service.offices.models import Office
from geo_service.spaces.models import LIVE, Booking, Space
from geo_service.spaces.queries.bookings import bookings_on
from geo_service.spaces.queries.tree import HOUSEHOLD, LINEAGE
from geo_service.spaces.workflow.deciding import call_off
from geo_service.spaces.workflow.house import lock_house, races_lost

HOLIDAY = "holiday"


class SpaceHasNoPlace(BadField):
    """Nobody knows where this space is."""

    korean = "어디에 있는지 정해 주세요. 기관의 위치도 아직 없어요."


class PartOfItself(BadField):
    """A space cannot be a part of itself, or of one of its parts."""

    korean = "자기 자신이나 자기의 일부에 속할 수는 없어요."


class PartsAreBooked(BadField):
    """While something in it is booked, it cannot become a part of another space."""

    korean = "예약이 남아 있는 동안에는 속한 곳을 바꿀 수 없어요."


class DayHasBookings(BadField):
    """There are bookings on that day. Say that they are to be cancelled."""

    korean = "그날 예약이 있어요. 모두 취소하고 알리려면 아래에 표시해 주세요."


@dataclass(frozen=True, slots=True)
class SpaceFacts:
    """What an officer says of a space."""

    title: str
    summary: str = ""
    facility: str = ""
    space_type: str = ""
    capacity: int | None = None
    equipment: tuple[str, ...] = ()
    address: str = ""
    place: Place | None = None
    phone: str | None = None
    how_to_book: str = ""
    part_of_id: UUID | None = None
    is_shown: bool = True


def add_space(session: Session, office: Office, facts: SpaceFacts, *, at: datetime) -> Space:
    """A new space of an office. Raises: SpaceHasNoPlace."""
    whole = session.get(Space, facts.part_of_id) if facts.part_of_id else None
    place = facts.place or (whole.place if whole else office.place)
    if place is None:
        raise SpaceHasNoPlace("place", SpaceHasNoPlace.title())
    space = Space(title=facts.title, place=place, office_id=office.id, open_week=[])
    space.part_of_id = facts.part_of_id
    space.area_id = _area_id(session, place)
    _tell(space, facts, office, at)
    session.add(space)
    session.flush()
    return space


def correct_space(session: Session, space: Space, facts: SpaceFacts, *, at: datetime) -> None:
    """Tell something else of it. Raises: PartOfItself, PartsAreBooked."""
    if facts.part_of_id != space.part_of_id:
        _move_into(session, space, facts.part_of_id, at)
    if facts.place is not None and facts.place != space.place:
        space.place, space.area_id = facts.place, _area_id(session, facts.place)
    _tell(space, facts, space.office, at)
    session.flush()


def set_hours(session: Session, space: Space, week: Spans, *, holidays: bool) -> None:
    """When its door is open in a week, and whether it stays shut on public holidays."""
    _alone(session, space)
    space.open_week = [Range(opens, closes) for opens, closes in week]
    space.hours_words = week_words(week) if week else ""
    others = [day for day in space.closed_days if day != HOLIDAY]
    _close_days(space, [HOLIDAY, *others] if holidays else others)
    session.flush()


def close_day(  # noqa: PLR0913 (who closes it, why, and for whom)
    session: Session,
    space: Space,
    day: date,
    *,
    at: datetime,
    by: Person,
    words: str = "",
    cancels: bool = False,
) -> None:
    """Keep it shut on one day; what is booked then is called off. Raises: DayHasBookings."""
    _alone(session, space)
    booked = session.scalars(bookings_on(space.id, day)).all()
    if booked and not cancels:
        raise DayHasBookings("cancels", DayHasBookings.title())
    for booking in booked:
        call_off(session, booking, at=at, by=by, words=words)
    session.refresh(space)
    _close_days(space, sorted({*space.closed_days, day.isoformat()}))
    session.flush()


def open_again(session: Session, space: Space, closed: str) -> None:
    """Closed no longer on such days. Again, it changes nothing."""
    _alone(session, space)
    _close_days(space, [day for day in space.closed_days if day != closed])
    session.flush()


def _alone(session: Session, space: Space) -> None:
    """Nobody books in its house, or closes another day, until the transaction ends."""
    with races_lost():
        lock_house(session, space.id)
    session.refresh(space)


def _close_days(space: Space, days: list[str]) -> None:
    space.closed_days = days
    space.closed_words = closed_words(days) if days else ""


def _tell(space: Space, facts: SpaceFacts, office: Office, at: datetime) -> None:
    space.title, space.summary = facts.title, facts.summary
    space.facility, space.space_type = facts.facility, facts.space_type
    space.capacity, space.equipment = facts.capacity, list(facts.equipment)
    space.address = facts.address or office.address or ""
    space.phone, space.how_to_book = facts.phone, facts.how_to_book
    if not facts.is_shown:
        space.closed_at = space.closed_at or (at if space.published_at else None)
    else:
        space.closed_at = None
        space.published_at = space.published_at or at


def _move_into(session: Session, space: Space, whole_id: UUID | None, at: datetime) -> None:
    """Claims know what surrounds a space, so nothing may be booked while that changes."""
    moved = [space.id] if whole_id is None else [space.id, whole_id]
    houses = {session.scalars(LINEAGE, {"space_id": one}).all()[-1] for one in moved}
    with races_lost():
        for house in sorted(houses):
            lock_house(session, house)
    if whole_id is not None and space.id in session.scalars(LINEAGE, {"space_id": whole_id}).all():
        raise PartOfItself("part_of_id", PartOfItself.title())
    ahead = exists().where(
        Booking.space_id.in_(HOUSEHOLD),
        Booking.state.in_(LIVE),
        Booking.during.overlaps(Range(at, None)),
    )
    if session.scalar(select(ahead), {"house_id": space.id}):
        raise PartsAreBooked("part_of_id", PartsAreBooked.title())
    space.part_of_id = whole_id


def _area_id(session: Session, place: Place) -> int | None:
    area = session.scalar(area_at(place))
    return None if area is None else area.id
