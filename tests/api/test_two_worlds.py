"""Two worlds that differ in a report and its case give equal answers at every public door.

Whatever would tell them apart, in a page, a feed, a tile, a count or a header, is a leak.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.clock import now
from geo_service.confidential.session import Vault
from geo_service.listings.queries.census import Census
from geo_service.offices.access import Anybody, Door
from geo_service.offices.models import Office, Role
from geo_service.permissions import DOORS
from geo_service.reports.models import Report
from tests.areas import inside
from tests.clocks import stopped_clock
from tests.factories import a_job, a_space
from tests.people import on_staff
from tests.reporting import STORY, tell, two_dongs
from tests.reports import a_case, a_message, caseworker
from tests.visitors import Case, a_town

__all__ = ["stopped_clock"]

HERE = inside(0)
POINT = {"lat": HERE.lat, "lng": HERE.lng}
BOX = f"{HERE.lng - 0.02},{HERE.lat - 0.02},{HERE.lng + 0.02},{HERE.lat + 0.02}"

ASKED = {
    "/": POINT,
    "/now": POINT,
    "/api/v1/now": POINT,
    "/api/v1/listings": {"bbox": BOX},
    "/api/v1/listings/nearby": POINT,
    "/api/v1/listings/cells": {"bbox": BOX},
    "/api/v1/areas": {"q": "서동"},
    "/api/v1/areas/at": POINT,
}
"""What is asked at doors that need a question: of the very place that the report is about."""

ANSWERS = {"/", "/api/v1/listings/nearby", "/api/v1/listings", "/api/v1/areas/at", "/report"}
"""Some that must answer, or the walk would compare refusals."""

OF_EACH_ANSWER = re.compile(rb'name="once" value="[^"]*"|UID:[0-9a-f-]{36}\r\n')
"""Keys of forms and names of calendar entries: they differ between any two answers."""

OWN_HEADERS = {"x-request-id", "date", "content-length", "set-cookie", "etag", "last-modified"}
"""They follow from the body, which is compared, or are of each answer."""

Answers = dict[str, tuple[int, bytes, list[tuple[str, str]]]]


def public_doors() -> Iterator[Door]:
    for door in DOORS:
        if door.method == "GET" and Anybody.ANYONE in door.may:
            yield door


def answers(app: FastAPI, visit: TestClient, paths: dict[str, str]) -> Answers:
    """What every door says, but for what is of that answer alone."""
    app.state.census = Census()
    said: Answers = {}
    for name, path in paths.items():
        visit.cookies.clear()
        for accepted in ("text/html", "application/json"):
            answer = visit.get(path, headers={"Accept": accepted}, follow_redirects=False)
            body = OF_EACH_ANSWER.sub(b"", answer.content)
            if name == "/metrics":  # the walk itself is counted
                body = re.sub(rb"[\d.e+-]+\n", b"\n", body)
            headers = [(k, v) for k, v in answer.headers.items() if k not in OWN_HEADERS]
            said[f"{name} {accepted}"] = (answer.status_code, body, sorted(headers))
    return said


@pytest.fixture
def west(session: Session) -> Office:
    """A dong with listings, so that there is something to be told apart."""
    west, _ = two_dongs(session)
    a_job(session, office_id=west.id, place=HERE)
    a_space(session, office_id=west.id, place=HERE)
    on_staff(session, west.id, Role.CASEWORKER)
    return west


def paths_of(session: Session) -> dict[str, str]:
    town = a_town(session)
    found = {}
    for door in public_doors():
        query = urlencode(ASKED.get(door.path, {}))
        found[door.path] = town.settle(door, "resident", Case.ANOTHERS) + (query and f"?{query}")
    return found


def differing(one: Answers, other: Answers) -> set[str]:
    return {name.partition(" ")[0] for name in one if one[name] != other[name]}


@pytest.mark.usefixtures("stopped_clock")
def test_a_report_and_its_case_are_seen_at_no_public_door(
    app: FastAPI, visit: TestClient, session: Session, vault: Vault, west: Office
) -> None:
    paths = paths_of(session)
    assert len(paths) > 20
    answers(app, visit, paths)  # what is made at the first visit is made
    without = answers(app, visit, paths)
    assert {n for n in ANSWERS if without[f"{n} text/html"][0] != 200} == set()
    assert differing(without, answers(app, visit, paths)) == set(), "the walk is repeatable"
    with TestClient(app) as somebody:
        assert tell(somebody, HERE).status_code == 200
    with vault.opened(caseworker(west.id)) as confidential:
        report = confidential.scalars(select(Report)).one()
    a_message(vault, report)
    a_case(vault, west.id, report)
    with_it = answers(app, visit, paths)
    assert differing(without, with_it) == set()
    assert not [name for name, (_, body, _) in with_it.items() if STORY.encode() in body]
    a_job(session, office_id=west.id, place=HERE, title="새 일자리", published_at=now())
    assert "/api/v1/listings/nearby" in differing(without, answers(app, visit, paths))
