"""One's own series: the same time every week."""

from fastapi import APIRouter
from sqlalchemy.orm import Session

from geo_service.accounts.access import Acting, Once, SignedIn
from geo_service.clock import now
from geo_service.spaces.access import MySeries, TheSeries
from geo_service.spaces.models import Series
from geo_service.spaces.queries.bookings import all_my_series, bookings_of
from geo_service.spaces.schemas import SeriesIn, SeriesOut
from geo_service.spaces.workflow.repeating import cancel_series, confirm_series, hold_series
from geo_service.web.idempotency import OnceRoute
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(prefix="/api/v1/series", tags=["bookings"], route_class=OnceRoute)


def _told(session: Session, series: Series) -> SeriesOut:
    return SeriesOut.of(series, session.scalars(bookings_of(series.id)))


@router.get("")
def read_all_series(me: SignedIn, session: ReadSession) -> list[SeriesOut]:
    """Every series one has, the latest first."""
    return [_told(session, series) for series in session.scalars(all_my_series(me.id)).all()]


@router.post("", status_code=201)
def repeat(said: SeriesIn, me: Acting, session: DbSession, _once: Once) -> SeriesOut:
    """Hold a time and the same time in the weeks after it for ten minutes: all or none."""
    series = hold_series(session, said.space_id, me, said.wish, said.times, at=now())
    return _told(session, series)


@router.get("/{series_id}")
def read_series(series: TheSeries, session: ReadSession) -> SeriesOut:
    """One series."""
    return _told(session, series)


@router.post("/{series_id}/confirm")
def confirm_all(series: MySeries, session: DbSession, _once: Once) -> SeriesOut:
    """Take all that one holds."""
    confirm_series(session, series, at=now())
    return _told(session, series)


@router.delete("/{series_id}", status_code=204)
def cancel_all(series: MySeries, session: DbSession) -> None:
    """Give up all that can still be cancelled."""
    cancel_series(session, series, at=now())
