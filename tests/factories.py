"""Valid things, made from as little as a test wants to say."""

from datetime import timedelta
from typing import Any

from geographiclib.geodesic import Geodesic
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.clock import now
from geo_service.geo.place import Place
from geo_service.jobs.models import Job, PayUnit
from geo_service.offices.models import Office, OfficeKind
from geo_service.spaces.models import Space

HOME = Place(lat=35.1407, lng=126.7988)
"""송정1동 행정복지센터."""


def walk(metres: float, bearing: float = 0.0, start: Place = HOME) -> Place:
    """Where a straight walk ends, on the ellipsoid."""
    end = Geodesic.WGS84.Direct(start.lat, start.lng, bearing, metres)
    return Place(end["lat2"], end["lon2"])


def metres_north(metres: float) -> Place:
    """A place that far up the meridian of HOME."""
    return walk(metres)


def days(start: float, end: float) -> Range[Any]:
    """From `start` to `end` days from now."""
    return Range(now() + timedelta(days=start), now() + timedelta(days=end))


def an_office(session: Session, **said: Any) -> Office:
    """An office."""
    usual = {"kind": OfficeKind.DONG_CENTRE, "name": "송정1동 행정복지센터"}
    session.add(office := Office(**usual | said))
    session.commit()
    return office


def a_job(session: Session, **said: Any) -> Job:
    """A published job at HOME, unless said otherwise."""
    usual = {
        "title": "경로당 점심 준비 돕기",
        "place": HOME,
        "address": "광주광역시 광산구 광산로 70",
        "pay_won": 11_500,
        "pay_unit": PayUnit.HOUR,
        "hours_words": "월·수·금 오전 10시~오후 1시",
        "published_at": now() - timedelta(days=1),
    }
    office_id = said.pop("office_id", None) or an_office(session).id
    session.add(job := Job(**usual | {"office_id": office_id} | said))
    session.commit()
    return job


def a_space(session: Session, **said: Any) -> Space:
    """A published room at HOME, unless said otherwise."""
    usual = {
        "title": "작은도서관 2층 모임방",
        "place": HOME,
        "address": "광주광역시 광산구 광산로 70",
        "capacity": 12,
        "fee_won": 0,
        "published_at": now() - timedelta(days=1),
    }
    office_id = said.pop("office_id", None) or an_office(session).id
    session.add(space := Space(**usual | {"office_id": office_id} | said))
    session.commit()
    return space
