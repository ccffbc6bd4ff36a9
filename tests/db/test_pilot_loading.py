"""Loading the pilot: again, a month later, after an edit, and with a mistake."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event, func, select
from sqlalchemy.orm import Session

from geo_service.clock import KOREA
from geo_service.jobs.models import Job
from geo_service.listings.models import Listing
from geo_service.meetings.models import Meeting
from geo_service.offices.models import Office
from geo_service.pilot.workflow import DATA, PilotIsMisspelt, load
from geo_service.programmes.models import Programme

NOON = datetime(2026, 11, 23, 12, 20, tzinfo=KOREA)
"""A Monday."""

KEPT = {
    "offices": {"songjeong1", "songjeong1-seniors", "songjeong2", "dosan-welfare"}
    | {"eoryong-kitchen", "cheomdan1-workshop"},
    "listings": {"songjeong1-lunch", "songjeong1-kiosk", "songjeong2-sidedish", "dosan-hall"}
    | {"dosan-hall-east", "eoryong-kitchen", "cheomdan1-market"},
    "meetings": {"songjeong1-flowerbed", "songjeong1-crossing"},
}
"""A few entries are enough to see what an edit does."""


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    """The files, short, to be edited."""
    for name, keys in KEPT.items():
        told = json.loads((DATA / f"pilot_{name}.json").read_text("utf-8"))
        told[name] = [entry for entry in told[name] if entry["key"] in keys]
        (tmp_path / f"pilot_{name}.json").write_text(json.dumps(told), "utf-8")
    return tmp_path


def edit(folder: Path, entry: str, **fields: Any) -> None:
    """Change one entry as an officer would; None removes a field."""
    name, key = entry.split("/")
    file = folder / f"pilot_{'offices' if name == 'programmes' else name}.json"
    told = json.loads(file.read_text("utf-8"))
    (edited,) = (entry for entry in told[name] if entry["key"] == key)
    edited |= fields
    for field in [field for field, value in fields.items() if value is None]:
        del edited[field]
    file.write_text(json.dumps(told), "utf-8")


def test_loading_twice_changes_nothing(session: Session, connection: Connection):
    first = load(session, at=NOON)
    written: list[str] = []

    @event.listens_for(connection, "before_cursor_execute")
    def note(_connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("SELECT"):
            written.append(statement)

    session.expire_all()
    assert load(session, at=NOON + timedelta(minutes=30)) == first
    assert not [statement for statement in written if "SAVEPOINT" not in statement]


def test_a_month_later_the_same_demo_is_fresh_again(session: Session, copies: Path):
    load(session, copies, at=NOON)
    ids = set(session.scalars(select(Listing.id)))
    starts = {job.id: job.works_from for job in session.scalars(select(Job))}
    load(session, copies, at=NOON + timedelta(days=30))
    assert set(session.scalars(select(Listing.id))) == ids
    for job in session.scalars(select(Job)):
        assert job.works_from == starts[job.id] + timedelta(days=30)
        assert NOON + timedelta(days=30) in job.open_during


def test_dates_are_told_from_the_day_in_korea(session: Session, copies: Path):
    load(session, copies, at=datetime(2026, 11, 23, 15, 30, tzinfo=UTC))
    job = session.scalars(select(Job).where(Job.urgent_until.is_not(None))).one()
    assert job.works_from == date(2026, 11, 25)


def test_a_job_of_one_day_is_open_on_its_own_weekday(session: Session, copies: Path):
    load(session, copies, at=NOON)
    job = session.scalars(select(Job).where(Job.title.startswith("나눔장터"))).one()
    wednesday_at_8 = 2 * 1440 + 480
    assert job.works_from == date(2026, 12, 2)
    assert [(span.lower, span.upper) for span in job.open_week] == [
        (wednesday_at_8, wednesday_at_8 + 240)
    ]


def test_what_leaves_the_files_is_closed_and_what_returns_is_open(session: Session, copies: Path):
    file = copies / "pilot_listings.json"
    whole = file.read_text("utf-8")
    told = json.loads(whole)
    left = told["listings"].pop(0)
    load(session, copies)
    file.write_text(json.dumps(told), "utf-8")
    load(session, copies)
    job = session.scalars(select(Listing).where(Listing.title == left["title"])).one()
    assert job.closed_at is not None
    file.write_text(whole, "utf-8")
    load(session, copies)
    assert job.closed_at is None


def test_an_edited_title_keeps_its_listing(session: Session, copies: Path):
    load(session, copies)
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
        ("listings/songjeong1-lunch", {"works_until": "2026-02-30"}, "works_until"),
        ("listings/songjeong1-lunch", {"published": "2026-02-30"}, "published"),
        ("listings/songjeong1-lunch", {"works_until": "+1d"}, "works_until"),
        ("listings/songjeong1-lunch", {"open": {}}, "open"),
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


def test_demo_jobs_are_paid_by_a_programme_that_stays_the_offices_own(
    session: Session, copies: Path
):
    load(session, copies, at=NOON)
    job = session.scalars(select(Job).where(Job.programme_id.is_not(None))).first()
    assert job is not None
    programme = session.get_one(Programme, job.programme_id)
    assert (programme.name, programme.office_id) == (job.allowance_programme, job.office_id)
    programme.name, programme.version, job.taken, job.version = "우리 수당", 2, 1, 3
    session.commit()
    load(session, copies, at=NOON + timedelta(days=1))
    session.expire_all()
    assert (programme.name, programme.version, job.taken, job.version) == ("우리 수당", 2, 1, 3)


@pytest.mark.parametrize("other", ["nobody", "songjeong1-seniors-allowance"])
def test_a_job_is_paid_by_no_other_offices_programme(session: Session, copies: Path, other: str):
    edit(copies, "listings/songjeong1-kiosk", programme=other)
    with pytest.raises(
        PilotIsMisspelt, match=f"songjeong1-kiosk: 이 기관에 없는 programme: {other}"
    ):
        load(session, copies, at=NOON)


def test_a_programme_belongs_to_an_office_that_is_there(session: Session, copies: Path):
    edit(copies, "programmes/songjeong1-allowance", office="nowhere")
    with pytest.raises(PilotIsMisspelt, match="songjeong1-allowance: 없는 office: nowhere"):
        load(session, copies, at=NOON)


def test_a_meeting_stays_until_it_is_over_and_is_called_anew_then(
    session: Session, copies: Path
) -> None:
    load(session, copies, at=NOON)
    meeting = session.scalars(select(Meeting).where(Meeting.during.is_not(None))).one()
    meeting.taken, meeting.title = 3, "이웃이 고친 제목"
    load(session, copies, at=NOON + timedelta(days=3))
    assert (meeting.taken, meeting.title) == (3, "이웃이 고친 제목")
    before = meeting.begins_at
    load(session, copies, at=NOON + timedelta(days=30))
    again = session.scalars(select(Meeting).where(Meeting.during.is_not(None))).one()
    assert again.id == meeting.id
    assert (again.taken, again.title) == (0, "골목 화단을 함께 가꾸어요")
    assert before is not None
    assert again.begins_at == before + timedelta(days=30)
