"""What follows from a listing follows in the database, whoever writes it."""

from geoalchemy2 import WKTElement
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.areas.models import Area, AreaCode, Level, Register
from tests.factories import HOME, a_job

AROUND_HOME = (
    "MULTIPOLYGON(((126.79 35.13, 126.81 35.13, 126.81 35.15, 126.79 35.15, 126.79 35.13)))"
)


def an_area(session: Session, register: Register, code: str, parent: Area | None) -> Area:
    """A dong around HOME, or a province when it has no parent."""
    outline = WKTElement(AROUND_HOME, srid=4326)
    area = Area(
        level=Level.DONG if parent else Level.SIDO,
        register=register,
        name="시험",
        full_name=f"시험 {code}",
        parent_id=parent and parent.id,
        outline=outline if parent else None,
        sketch=outline if parent else None,
    )
    area.codes.append(AreaCode(code=code, valid_during=Range(None, None)))
    session.add(area)
    session.flush()
    return area


def test_a_newly_drawn_dong_takes_in_its_listings(session: Session) -> None:
    job = a_job(session, place=HOME)
    province = an_area(session, Register.BOTH, "98", None)
    for register, code in ((Register.LEGAL, "9800010100"), (Register.ADMINISTRATIVE, "9800051000")):
        dong = an_area(session, register, code, province)
        session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        session.execute(text("SET CONSTRAINTS ALL DEFERRED"))
        session.refresh(job)
        assert job.area_id == dong.id


def test_a_listing_follows_its_place(session: Session) -> None:
    job = a_job(session, place=HOME)
    there = type(HOME)(35.2, 126.9)
    cell = job.cell
    job.place = there
    session.commit()
    session.refresh(job, ["place", "cell", "plane"])
    assert (job.place, job.cell != cell) == (there, True)
    assert job.plane is not None
