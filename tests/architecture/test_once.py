"""What is sent twice is done once, at every door where that matters."""

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant

from geo_service.accounts.access import Acting
from geo_service.accounts.access.once import once
from geo_service.offices.access.doors import routes
from geo_service.web.idempotency import OnceRoute

SAME = "it writes the same once more"
UNTIED = "a kept answer would tie the vote to its voter; a second vote is refused"
INSIDE = "the key becomes the message's id: no answer about a report is kept outside its walls"

MAY_BE_SENT_AGAIN = {
    "/my/account/profile": SAME,
    "/my/account/home": SAME,
    "/my/account/home/forget": SAME,
    "/my/account/neighbour": SAME,
    "/my/account/neighbour/forget": SAME,
    "/my/bookings/calendar": "a new address replaces the one before, and is kept nowhere",
    "/office/jobs/preview": "it keeps nothing",
    "/my/meetings/{meeting_id:uuid}/ballots/{decision_id:uuid}": UNTIED,
    "/api/v1/meetings/{meeting_id}/decisions/{decision_id}/votes": UNTIED,
    "/my/reports/{report_id:uuid}/messages": INSIDE,
    "/api/v1/reports/{report_id}/messages": INSIDE,
    "/meetings/{meeting_id:uuid}/named": SAME,
    "/meetings/new/check": "it keeps nothing",
    "/my/meetings/{meeting_id:uuid}/edit/check": "it keeps nothing",
    "/my/meetings/{meeting_id:uuid}/move/rooms": "it keeps nothing",
    "/office/meetings/{meeting_id:uuid}/move/rooms": "it keeps nothing",
}
"""POST doors of people we know that need no key, and why."""


def asks(dependant: Dependant) -> set[object]:
    return {dependant.call} | {call for d in dependant.dependencies for call in asks(d)}


def test_whoever_makes_something_makes_it_once(app: FastAPI) -> None:
    acting = Acting.__metadata__[0].dependency
    doors = {
        route.path: route
        for method, route in routes(app.router.routes)
        if method == "POST" and acting in asks(route.dependant)
    }
    assert doors
    careless = {path for path, route in doors.items() if once not in asks(route.dependant)}
    assert careless == set(MAY_BE_SENT_AGAIN)


def test_who_asks_for_once_keeps_answers(app: FastAPI) -> None:
    keyed = [route for _, route in routes(app.router.routes) if once in asks(route.dependant)]
    assert keyed
    assert [route.path for route in keyed if not isinstance(route, OnceRoute)] == []
