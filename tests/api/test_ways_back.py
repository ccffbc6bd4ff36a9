"""Who meets a problem finds back to where they work, and to the page from which they sent."""

import pytest
from fastapi import FastAPI
from sqlalchemy.orm import Session

from geo_service.offices.models import Role
from tests.factories import an_office
from tests.markup import Found
from tests.people import a_person, come_in, on_staff

HTML = {"accept": "text/html"}
MISSING = "/office/jobs/00000000-0000-4000-8000-000000000000"
FROM = "http://testserver"


def ways(html: str) -> list[str]:
    """Where the page's buttons lead, the first one first."""
    found = Found(html).elements
    return [a["href"] for tag, a in found if tag == "a" and "krds-btn" in a.get("class", "")]


def test_staff_are_led_back_to_the_office(app: FastAPI, session: Session) -> None:
    officer = on_staff(session, an_office(session).id, Role.OFFICER)
    with come_in(app, session, officer) as visit:
        for prefix in ("", "/en"):
            for path, status in ((MISSING, 404), ("/office/cases", 403), ("/office/nothing", 404)):
                answer = visit.get(prefix + path, headers=HTML)
                assert answer.status_code == status, path
                assert ways(answer.text)[:2] == [f"{prefix}/office", f"{prefix}/"]


def test_residents_are_led_home(app: FastAPI, session: Session) -> None:
    with come_in(app, session, a_person(session)) as visit:
        for path in ("/office/cases", "/jobs/nothing", "/officers"):
            assert ways(visit.get(path, headers=HTML).text)[:1] == ["/"]


@pytest.mark.parametrize(
    ("referer", "first"),
    [
        (f"{FROM}/office/jobs?state=draft", "/office/jobs?state=draft"),
        (f"{FROM}/office/jobs?lat=35.1234567", "/office/jobs?lat=35.1235"),
        (f"{FROM}{MISSING}/publish", "/office"),
        (f"{FROM}//elsewhere.example/", "/"),
        ("http://elsewhere.example/office/jobs", "/office"),
        ("", "/office"),
    ],
)
def test_a_form_that_failed_leads_back_to_its_page(
    app: FastAPI, session: Session, referer: str, first: str
) -> None:
    officer = on_staff(session, an_office(session).id, Role.OFFICER)
    with come_in(app, session, officer) as visit:
        answer = visit.post(f"{MISSING}/publish", headers=HTML | {"referer": referer})
        assert answer.status_code == (404 if referer.startswith(FROM) else 403)
        assert ways(answer.text)[0] == first
