"""Guests at the doors: one form of one browser may be sent for several people."""

from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.meetings.models import Attendee
from tests.meetings import convened


def test_a_form_sent_again_for_somebody_else_is_another_seat(
    session: Session, visit: TestClient
) -> None:
    meeting = convened(session)
    form = {"name": "박이웃", "phone": "010-2345-6789", "agreed": "true", "once": "k" * 20}
    other = form | {"name": "최이웃", "phone": "010-9876-5432"}
    seats = [
        visit.post(f"/meetings/{meeting.id}/join", data=said, follow_redirects=False)
        for said in (form, other, form)
    ]
    assert [seat.status_code for seat in seats] == [303, 303, 303]
    places = [seat.headers["location"] for seat in seats]
    assert places[0] == places[2] != places[1]
    guests = select(Attendee.name).where(Attendee.phone.is_not(None))
    assert set(session.scalars(guests)) == {"박이웃", "최이웃"}
