"""Every page can be come upon: following links from the first page leads everywhere one may go."""

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from geo_service.offices.access import Anybody
from geo_service.permissions import DOORS
from tests.visitors import NOBODY, VISITORS, a_town

LINK = re.compile(r'(?:href|action)="(/[^"?#]*)')
PAGE = {"Accept": "text/html"}


FIRST = {"/", "/?kind=meeting"}
"""The first page, as it opens and when asked for meetings."""

SELDOM = {
    "/my/account/second-factor": "offered to staff",
    "/office/attendance/list": "there is work that day",
    "/office/attendance/code": "the same",
}
"""Pages to which there is a way only when something is the case."""


def addresses(*may: str) -> set[str]:
    """Those in the table that name nothing in particular, and may be opened by one of these."""
    doors = (door for door in DOORS if door.method == "GET" and {*may} & {*door.may})
    return {door.path for door in doors if "{" not in door.path}


def found_from_the_first(visit: TestClient) -> set[str]:
    """Where links lead, from the first page and from all that are found."""
    known, found, ahead = {door.path for door in DOORS}, set[str](), {*FIRST}
    while ahead:
        page = visit.get(ahead.pop(), headers=PAGE)
        links = {page.url.path, *map(unescape, LINK.findall(page.text))} & known - found
        found |= links
        ahead |= links
    return found


def is_a_page(visit: TestClient, path: str) -> bool:
    """Whether it shows something there, to a person."""
    page = visit.get(path, headers=PAGE, follow_redirects=False)
    return page.status_code == 200 and page.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("visitor", VISITORS)
def test_links_lead_everywhere(visit: TestClient, session: Session, visitor: str) -> None:
    town = a_town(session)
    session.commit()
    visit.headers.update(town.credentials(visitor))
    may = {Anybody.ANYONE} if visitor == NOBODY else {Anybody.ANYONE, Anybody.PERSON, visitor}
    lost = addresses(*may) - found_from_the_first(visit) - SELDOM.keys()
    assert {path for path in lost if is_a_page(visit, path)} == set()
