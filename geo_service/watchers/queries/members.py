"""Who is a watcher, who waits to be one, and how many they are."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import joinedload

from geo_service.accounts.models import Person
from geo_service.areas.models import Area
from geo_service.offices.models import Office, OfficeKind, Role, Staff
from geo_service.watchers.models import Activity, Enrolment, Terms, Watcher, WatcherState

MOST_SHOWN = 500
"""An office's page names no more watchers than this."""


def is_good(at: datetime) -> ColumnElement[bool]:
    """Whether a membership counts at that moment."""
    return (Watcher.state == WatcherState.CONFIRMED) & (Watcher.valid_until > at)


def is_watcher(person_id: UUID, at: datetime) -> Select[bool]:
    """Whether somebody is a watcher at that moment, of whatever dong."""
    return select(exists().where(Watcher.person_id == person_id, is_good(at)))


def membership_of(person_id: UUID) -> Select[Watcher]:
    """The membership of a person, in whatever state."""
    return select(Watcher).where(Watcher.person_id == person_id)


def held(watcher_id: UUID) -> Select[Watcher]:
    """A membership as it is now, locked; none where they have left meanwhile."""
    return (
        select(Watcher)
        .where(Watcher.id == watcher_id)
        .with_for_update(of=Watcher)
        .execution_options(populate_existing=True)
    )


def draft_of(person_id: UUID) -> Select[Enrolment]:
    """What a person has begun to answer."""
    return select(Enrolment).where(Enrolment.person_id == person_id)


def the_watcher(watcher_id: UUID, offices: Collection[UUID]) -> Select[Watcher]:
    """One membership in these dongs."""
    return (
        select(Watcher)
        .where(Watcher.id == watcher_id, Watcher.office_id.in_(offices))
        .options(joinedload(Watcher.person, innerjoin=True))
    )


def watchers_in(offices: Collection[UUID], *states: WatcherState, at: datetime) -> Select[Watcher]:
    """Memberships in these dongs, without those whose year is over. Order: the latest first."""
    return (
        select(Watcher)
        .where(
            Watcher.office_id.in_(offices),
            Watcher.state.in_(states),
            Watcher.valid_until.is_(None) | (Watcher.valid_until > at),
        )
        .order_by(Watcher.moved_at.desc(), Watcher.id)
        .limit(MOST_SHOWN)
    )


def how_many(office_id: UUID, *, at: datetime) -> Select[int]:
    """The watchers of a dong."""
    return (
        select(func.count()).select_from(Watcher).where(Watcher.office_id == office_id, is_good(at))
    )


def numbers_in(offices: Collection[UUID], *, at: datetime) -> Select[Office, Terms, int, int]:
    """Dong centres with their figures.

    Shape: rows of (centre, terms or None, waiting, watchers). Order: by name.
    """
    return (
        select(
            Office,
            Terms,
            _count(Watcher.state == WatcherState.WAITING),
            _count(is_good(at)),
        )
        .outerjoin(Terms, Terms.office_id == Office.id)
        .where(Office.id.in_(offices), Office.kind == OfficeKind.DONG_CENTRE)
        .order_by(Office.name, Office.id)
    )


def _count(which: ColumnElement[bool]) -> ColumnElement[int]:
    counted = select(func.count()).select_from(Watcher).where(Watcher.office_id == Office.id, which)
    return counted.correlate(Office).scalar_subquery()


def sums_under(leading: Collection[UUID], *, at: datetime) -> Select[str, int, int, int]:
    """The dongs of the districts that these offices lead, with sums.

    Shape: rows of (name of the dong, watchers, activities ahead, activities done). Order: by name.
    """
    districts = select(Office.area_id).where(Office.id.in_(leading))

    def activities(*which: ColumnElement[bool]) -> ColumnElement[int]:
        counted = select(func.count()).select_from(Activity)
        return (
            counted.where(Activity.office_id == Office.id, *which)
            .correlate(Office)
            .scalar_subquery()
        )

    ahead = activities(
        Activity.done_at.is_(None), Activity.called_off_at.is_(None), Activity.ends_at > at
    )
    return (
        select(Area.name, _count(is_good(at)), ahead, activities(Activity.done_at.is_not(None)))
        .select_from(Office)
        .join(Area, Area.id == Office.answers_for_id)
        .where(Area.parent_id.in_(districts))
        .order_by(Area.name, Area.id)
    )


def to_be_reminded(at: datetime, until: datetime) -> Select[Watcher]:
    """Watchers whose year is over before `until`, and who were not told yet; locked. Order: by id.

    Whom somebody else holds just now is left for the next time.
    """
    return (
        select(Watcher)
        .where(is_good(at), Watcher.valid_until <= until, Watcher.renewal_told_at.is_(None))
        .options(joinedload(Watcher.person, innerjoin=True))
        .order_by(Watcher.id)
        .with_for_update(of=Watcher, skip_locked=True)
    )


def run_out(at: datetime) -> Select[Watcher]:
    """Memberships whose year is over; locked. Order: by id.

    One that is renewed or left just now is somebody else's, and is left for the next time.
    """
    return (
        select(Watcher)
        .where(Watcher.state == WatcherState.CONFIRMED, Watcher.valid_until <= at)
        .options(joinedload(Watcher.person, innerjoin=True))
        .order_by(Watcher.id)
        .with_for_update(of=Watcher, skip_locked=True)
    )


def staff_to_tell(office_id: UUID) -> Select[Person]:
    """Officers and caseworkers of a dong centre. Order: by id."""
    works = exists().where(
        Staff.person_id == Person.id,
        Staff.office_id == office_id,
        Staff.role.in_((Role.OFFICER, Role.CASEWORKER)),
    )
    return select(Person).where(works).order_by(Person.id)
