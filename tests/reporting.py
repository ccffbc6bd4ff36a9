"""Somebody who tells, page by page."""

import re
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy.orm import Session

from geo_service.areas.models import Area
from geo_service.geo.place import Place
from geo_service.offices.models import Office
from tests.areas import a_district, a_dong, inside, plot
from tests.factories import an_office

STORY = "우유가 문 앞에 일주일째 쌓여 있고 불러도 대답이 없어요"
WORDS = "시험구 서동 우체국 뒤 파란 대문"
SUBJECT = "혼자 사는 칠십대 할아버지"


def two_dongs(session: Session) -> tuple[Office, Office]:
    """A western and an eastern dong, each a square with a centre; their border is in the middle."""
    district = a_district(session)
    west = a_dong(session, district, "서동", "51000", shape=plot(0))
    east = a_dong(session, district, "동동", "52000", shape=plot(1))
    return _centre(session, west, inside(0)), _centre(session, east, inside(1))


def _centre(session: Session, dong: Area, place: Place) -> Office:
    name = f"{dong.name} 행정복지센터"
    return an_office(session, name=name, place=place, answers_for_id=dong.id)


def at(place: Place) -> dict[str, str]:
    """The pin of a page, as the device's own place sets it."""
    return {"lat": str(place.lat), "lng": str(place.lng)}


def said(**other: Any) -> dict[str, dict[str, Any]]:
    """What is typed on each page, but for the place."""
    usual: dict[str, dict[str, Any]] = {
        "whom": {"whom": "neighbour", "subject": SUBJECT},
        "what": {"kinds": ["unseen", "alone"]},
        "signs": {"story": STORY, "since": "days"},
        "photo": {},
        "knows": {"knows": "unaware"},
        "contact": {"way": "receipt"},
    }
    return usual | other


def fill(browser: TestClient, place: Place | None, **other: Any) -> Response:
    """Every page up to the last look; the page of that."""
    pages = said(**other)
    send(browser, "whom", pages.pop("whom"))
    if place is not None:
        send(browser, "where", at(place))
        send(browser, "where", {"words": WORDS})
    else:
        send(browser, "where", pages.pop("where", {"unknown": "1"}))
        if "dong" in pages:
            send(browser, "dong", pages.pop("dong"))
    for page, typed in pages.items():
        send(browser, page, typed)
    return browser.get("/report/check")


def send(browser: TestClient, page: str, typed: dict[str, Any]) -> Response:
    """One page, sent; what follows is not."""
    return browser.post(f"/report/{page}", data=typed, follow_redirects=False)


def tell(browser: TestClient, place: Place | None, **other: Any) -> Response:
    """All of it; the page with the number."""
    fill(browser, place, **other)
    return browser.post("/report/check", follow_redirects=True)


def code_on(page: Response) -> str:
    """The receipt code that a page shows."""
    found = re.search(r'id="code">([0-9A-Z-]+)<', page.text)
    assert found, page.text
    return found[1]
