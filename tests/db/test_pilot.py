"""The pilot district as neighbours find it: loaded once, looked at from many sides."""

import re
from collections.abc import Iterator

import pytest
from geographiclib.geodesic import Geodesic
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from geo_service.areas.models import Area
from geo_service.clock import now
from geo_service.geo.place import Place
from geo_service.geo.walking import WALK_RADIUS_M
from geo_service.jobs.models import Job, PayUnit
from geo_service.listings.models import Listing
from geo_service.meetings.models import Meeting
from geo_service.offices.models import Office, OfficeKind
from geo_service.pilot.workflow import DATA, load
from geo_service.programmes.files import wage_of
from geo_service.spaces.models import Space

EMPTY = "삼도동"
"""The dong whose circle shows what an empty circle looks like."""


@pytest.fixture(scope="module")
def pilot(engine: Engine) -> Iterator[Session]:
    """A database with the pilot in it, until the last of these tests has looked at it."""
    with engine.connect() as connection, connection.begin() as everything:
        with Session(connection) as session:
            load(session)
            yield session
        everything.rollback()


def metres(a: Place, b: Place) -> float:
    """Geodesic distance."""
    return float(Geodesic.WGS84.Inverse(a.lat, a.lng, b.lat, b.lng)["s12"])


def test_it_is_a_whole_district(pilot: Session):
    assert pilot.scalar(select(func.count()).select_from(Office)) >= 40
    assert pilot.scalar(select(func.count()).select_from(Job)) >= 30
    assert pilot.scalar(select(func.count()).select_from(Space)) >= 25


def test_every_listing_is_a_demo_in_view_now(pilot: Session):
    for listing in pilot.scalars(select(Listing).where(Listing.published_at.is_not(None))):
        assert listing.is_demo
        assert listing.shown
        assert listing.published_at <= now()
        assert now() in listing.open_during or listing.open_during.upper is None


def test_two_meetings_can_be_joined_and_a_proposal_supported(pilot: Session):
    meetings = pilot.scalars(select(Meeting).order_by(Meeting.during.nulls_last())).all()
    assert [meeting.state for meeting in meetings] == ["convened", "convened", "proposed"]
    assert all(meeting.is_demo and meeting.seats_left for meeting in meetings)
    assert all(meeting.takes_people(now()) for meeting in meetings[:2])


def test_every_listing_lies_in_gwangsan(pilot: Session):
    for listing in pilot.scalars(select(Listing)):
        assert 35.06 < listing.place.lat < 35.26
        assert 126.64 < listing.place.lng < 126.86
        assert listing.address.startswith("광주광역시 광산구 ")
        area = pilot.get(Area, listing.area_id)
        assert area is not None
        assert "광산구" in area.full_name


def test_every_dong_centre_answers_for_its_dong(pilot: Session):
    centres = list(pilot.scalars(select(Office).where(Office.kind == OfficeKind.DONG_CENTRE)))
    assert len(centres) == 21
    for centre in centres:
        dong = pilot.get(Area, centre.answers_for_id)
        assert dong is not None
        assert centre.name == f"{dong.name} 행정복지센터"
        assert centre.area_id == dong.id


def test_every_centre_has_two_listings_within_a_walk_but_one_has_none(pilot: Session):
    listings = list(pilot.scalars(select(Listing)))
    near = {
        centre.name.split()[0]: sum(
            metres(centre.place, listing.place) <= WALK_RADIUS_M for listing in listings
        )
        for centre in pilot.scalars(select(Office).where(Office.kind == OfficeKind.DONG_CENTRE))
    }
    assert near.pop(EMPTY) == 0
    assert min(near.values()) >= 2


def test_no_job_pays_less_than_the_minimum_wage(pilot: Session):
    for job in pilot.scalars(select(Job)):
        hours = job.weekly_hours if job.pay_unit is PayUnit.TASK else 1
        assert job.pay_won >= wage_of(2026).hourly_won * hours, job.title


def test_nobody_can_be_called_and_nobody_is_named(pilot: Session):
    """A number that looks real belongs to somebody."""
    for file in DATA.glob("pilot_*.json"):
        assert not re.search(r"\d{2,4}-\d{3,4}-\d{4}", file.read_text("utf-8"))
    assert set(pilot.scalars(select(Office.phone))) == {None}
    assert set(pilot.scalars(select(Job.apply_phone))) == {None}
    assert set(pilot.scalars(select(Space.phone))) == {None}


def test_every_job_says_when_and_every_space_but_one_kind_when_it_is_open(pilot: Session):
    for job in pilot.scalars(select(Job)):
        assert job.hours_words
        assert job.open_week, job.title
        assert job.how_to_apply
    unknown = [space for space in pilot.scalars(select(Space)) if not space.open_week]
    assert 1 <= len(unknown) <= 3
    assert all(space.hours_words for space in pilot.scalars(select(Space)))


def test_there_is_one_of_everything_to_look_at(pilot: Session):
    jobs, spaces = list(pilot.scalars(select(Job))), list(pilot.scalars(select(Space)))
    assert any(job.urgent_until for job in jobs)
    assert any(job.pay_unit is PayUnit.TASK for job in jobs)
    parts = [space.part_of_id for space in spaces if space.part_of_id]
    assert any(parts.count(whole) >= 2 for whole in parts)
    assert any(space.fee_won == 0 for space in spaces)
    assert any(space.fee_won and space.fee_minutes for space in spaces)
    assert any("한 달" in space.fee_words for space in spaces)
