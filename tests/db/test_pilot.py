"""The pilot district: what the files tell is what neighbours find, today and next month."""

import json
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from geographiclib.geodesic import Geodesic
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from geo_service.areas.models import Area
from geo_service.clock import KOREA, now
from geo_service.geo.place import Place
from geo_service.geo.walking import WALK_RADIUS_M
from geo_service.jobs.models import Job, PayUnit
from geo_service.listings.models import Listing
from geo_service.offices.models import Office, OfficeKind
from geo_service.pilot.workflow import DATA, PilotIsMisspelt, load
from geo_service.spaces.models import Space

MINIMUM_WAGE_WON = 10_320
EMPTY = "삼도동"
"""The dong whose circle shows what an empty circle looks like."""

NOON = datetime(2026, 11, 23, 12, 20, tzinfo=KOREA)
FILES = "offices/pilot_listings.json"


@pytest.fixture
def pilot(session: Session) -> Session:
    """A database with the pilot in it."""
    load(session)
    return session


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    """The two files, to be edited."""
    for name in FILES:
        shutil.copy(DATA / name, tmp_path)
    return tmp_path


def edit(folder: Path, entry: str, **fields: Any) -> None:
    """Change one entry as an officer would; None removes a field."""
    name, key = entry.split("/")
    file = folder / f"pilot_{name}.json"
    told = json.loads(file.read_text())
    (edited,) = (entry for entry in told[name] if entry["key"] == key)
    edited |= fields
    for field in [field for field, value in fields.items() if value is None]:
        del edited[field]
    file.write_text(json.dumps(told, ensure_ascii=False))


def metres(a: Place, b: Place) -> float:
    """Geodesic distance."""
    return float(Geodesic.WGS84.Inverse(a.lat, a.lng, b.lat, b.lng)["s12"])


def test_it_loads_every_office_and_listing_of_the_files(session: Session):
    loaded = load(session)
    assert loaded.offices == session.scalar(select(func.count()).select_from(Office)) > 40
    assert loaded.listings == session.scalar(select(func.count()).select_from(Listing)) >= 60
    assert session.scalar(select(func.count()).select_from(Job)) >= 30
    assert session.scalar(select(func.count()).select_from(Space)) >= 25


def test_loading_twice_changes_nothing(session: Session):
    def everything() -> list[Any]:
        session.expire_all()
        listings = session.execute(select(Listing.id, Listing.updated_at, Listing.feature))
        offices = session.execute(select(Office.id, Office.name, Office.area_id))
        return sorted(map(tuple, listings)) + sorted(map(tuple, offices))

    first = load(session, at=NOON)
    before = everything()
    assert load(session, at=NOON + timedelta(minutes=30)) == first
    assert not session.dirty
    assert everything() == before


def test_a_month_later_the_same_demo_is_fresh_again(session: Session):
    load(session, at=NOON)
    ids = set(session.scalars(select(Listing.id)))
    starts = dict(session.execute(select(Job.id, Job.works_from)).tuples())
    load(session, at=NOON + timedelta(days=30))
    assert set(session.scalars(select(Listing.id))) == ids
    for job in session.scalars(select(Job)):
        assert job.works_from == starts[job.id] + timedelta(days=30)
        assert NOON + timedelta(days=30) in job.open_during


def test_dates_are_told_from_the_day_in_korea(session: Session):
    load(session, at=datetime(2026, 11, 23, 15, 30, tzinfo=UTC))
    job = session.scalars(select(Job).where(Job.works_from == Job.works_until)).first()
    assert job is not None
    assert job.works_from >= datetime(2026, 11, 25, tzinfo=KOREA).date()


def test_every_listing_is_a_demo_in_view_now(pilot: Session):
    for listing in pilot.scalars(select(Listing)):
        assert listing.is_demo
        assert listing.shown
        assert listing.published_at <= now()
        assert now() in listing.open_during or listing.open_during.upper is None


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
        assert job.pay_won >= MINIMUM_WAGE_WON * hours, job.title


def test_nobody_can_be_called_and_nobody_is_named(pilot: Session):
    """A number that looks real belongs to somebody."""
    for name in FILES:
        assert not re.search(r"\d{2,4}-\d{3,4}-\d{4}", (DATA / name).read_text())
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


def test_a_day_only_job_is_open_on_its_own_weekday(session: Session):
    load(session, at=NOON)  # a Monday
    job = session.scalars(select(Job).where(Job.title.startswith("나눔장터"))).one()
    assert job.works_from == NOON.date() + timedelta(days=9)
    assert [(span.lower, span.upper) for span in job.open_week] == [
        (2 * 1440 + 480, 2 * 1440 + 720)
    ]


def test_what_leaves_the_files_is_closed_and_what_returns_is_open(session: Session, copies: Path):
    file = copies / "pilot_listings.json"
    told = json.loads(file.read_text())
    left = told["listings"].pop(0)
    load(session)
    file.write_text(json.dumps(told, ensure_ascii=False))
    load(session, copies)
    job = session.scalars(select(Listing).where(Listing.title == left["title"])).one()
    assert job.closed_at is not None
    load(session)
    session.refresh(job)
    assert job.closed_at is None


def test_an_edited_title_keeps_its_listing(session: Session, copies: Path):
    load(session)
    ids = set(session.scalars(select(Listing.id)))
    edit(copies, "listings/songjeong1-lunch", title="경로당 저녁 배식 도우미")
    load(session, copies)
    assert set(session.scalars(select(Listing.id))) == ids
    assert session.scalars(select(Job).where(Job.title == "경로당 저녁 배식 도우미")).one()


@pytest.mark.parametrize(
    ("entry", "fields", "said"),
    [
        ("listings/songjeong1-lunch", {"titel": "오타"}, "titel"),
        ("listings/songjeong1-lunch", {"title": None}, "title"),
        ("listings/songjeong1-lunch", {"office": "nowhere"}, "nowhere"),
        ("listings/songjeong1-lunch", {"pay_won": 10_000}, "최저임금"),
        ("listings/songjeong1-lunch", {"key": "songjeong1-kiosk"}, "두 번"),
        ("listings/songjeong1-lunch", {"works_from": "내일"}, "works_from"),
        ("listings/songjeong1-lunch", {"open": {"월요": "09:00-10:00"}}, "월요"),
        ("listings/songjeong1-lunch", {"open": {"월": "9시-10시"}}, "9시"),
        ("listings/songjeong1-lunch", {"closed": "기분 나쁜 날"}, "기분"),
        ("listings/songjeong1-lunch", {"lat": 35.1}, "address"),
        ("listings/eoryong-kitchen", {"pay_won": 20_000}, "최저임금"),
        ("listings/eoryong-kitchen", {"task_hours": None}, "task_hours"),
        ("listings/dosan-hall-east", {"part_of": "nowhere"}, "nowhere"),
        ("offices/songjeong1", {"codes": ["29"]}, "codes"),
        ("offices/songjeong1", {"dong": None}, "dong_centre"),
        ("offices/songjeong1", {"phone": "062-123-4567"}, "phone"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_entry(
    session: Session, copies: Path, entry: str, fields: dict[str, Any], said: str
):
    edit(copies, entry, **fields)
    with pytest.raises(PilotIsMisspelt) as refused:
        load(session, copies)
    name, key = entry.split("/")
    told = str(refused.value)
    assert f"pilot_{name}.json" in told
    assert fields.get("key", key) in told
    assert said in told
    assert session.scalar(select(func.count()).select_from(Office)) == 0


def test_a_file_that_is_no_json_is_named(session: Session, copies: Path):
    (copies / "pilot_offices.json").write_text("{")
    with pytest.raises(PilotIsMisspelt, match=r"pilot_offices\.json"):
        load(session, copies)
