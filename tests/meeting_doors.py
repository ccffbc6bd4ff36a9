"""What is sent through the doors of meetings, and the centre at which it arrives."""

from typing import Any

from sqlalchemy.orm import Session

from geo_service.clock import KOREA
from geo_service.offices.models import Office
from tests.accounts import a_dong_here
from tests.areas import inside
from tests.factories import an_office
from tests.meetings import in_days

HERE = inside(0)
AROUND = {"lat": HERE.lat, "lng": HERE.lng}


def a_centre_here(session: Session) -> Office:
    """The dong centre that answers for `HERE`."""
    return an_office(session, answers_for_id=a_dong_here(session).id, place=HERE)


def local(days: int) -> str:
    """As a form writes an evening."""
    begins = in_days(days).lower
    assert begins is not None
    return begins.astimezone(KOREA).strftime("%Y-%m-%dT%H:%M")


def typed(**said: Any) -> dict[str, Any]:
    """The form of a proposal."""
    usual = {
        "form": "meeting",
        "title": "골목 화단을 함께 가꾸어요",
        "venue": "outdoors",
        "venue_words": "느티나무 아래 평상",
        "lat": str(HERE.lat),
        "lng": str(HERE.lng),
        "when_1": local(3),
        "when_2": local(4),
        "minutes": "90",
        "seats": "12",
    }
    return {**usual, **said}
