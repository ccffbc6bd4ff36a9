"""The office's front page: what waits, for whom, and where each number leads."""

from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy.orm import Session

from geo_service.clock import now
from geo_service.desk.queries.waiting import calls, numbers
from geo_service.hiring.workflow.choosing import offer
from geo_service.meetings.models import Help
from geo_service.offices.models import Office, Role
from geo_service.offices.workflow.staffing import invite
from geo_service.spaces.models import Wish
from geo_service.spaces.queries.opening import korean_day
from geo_service.spaces.workflow.holding import book
from geo_service.trust.workflow.reviewing import round_of
from geo_service.urgent.models import CallState
from geo_service.watchers.models import WatcherState
from tests.factories import a_job, an_office
from tests.hiring import an_application
from tests.jobs import OFFICE, a_draft
from tests.markup import Found
from tests.meetings import convened
from tests.people import a_person, come_in, on_staff
from tests.programmes import a_programme
from tests.shifts import a_shift_now
from tests.spaces import a_room, tomorrow
from tests.trust import confirmed_work, hired_work
from tests.urgent import a_call
from tests.watchers import a_watcher

EMPTY = "기다리는 일이 없어요."


@pytest.fixture
def busy(session: Session) -> Office:
    """An office in which one of everything waits, and two applications."""
    office = an_office(session, **OFFICE)
    ours = {"office_id": office.id}
    offer(session, an_application(session, a_job(session, **ours), at=now()), at=now())
    job = a_job(session, title="책 정리", **ours)
    for _ in range(2):
        an_application(session, job, at=now())
    hired_work(session, **ours)  # of three weeks ago, and never confirmed
    room = a_room(session, terms={"needs_approval": True}, **ours)
    book(session, room.id, a_person(session), Wish(tomorrow(10, 12)), at=now())
    round_of(session, confirmed_work(session, when=now(), **ours), at=now())
    a_draft(session, office=office)
    lasts = {"valid_until": korean_day(now())}
    programme = a_programme(session, budget_won=40_000, **lasts, **ours)
    a_shift_now(session, a_person(session).id, programme)
    return office


def test_each_number_is_right_and_of_this_office_alone(session: Session, busy: Office) -> None:
    a_watcher(session, office_id=busy.id, state=WatcherState.WAITING)
    convened(session, office=busy)
    convened(session, office=busy).help = Help.COMING
    session.flush()
    told = session.execute(numbers([busy.id], at=now())).mappings().one()
    first = told["unconfirmed_since"]
    assert first is not None
    assert first < korean_day(now())
    assert {**told, "unconfirmed_since": 0, "unconfirmed": 0} == {
        "applications": 2,
        "offers": 1,
        "shifts": 1,
        "unconfirmed": 0,
        "unconfirmed_since": 0,
        "requests": 1,
        "bookings": 0,
        "reviews": 1,
        "drafts": 1,
        "budgets": 1,
        "watchers": 1,
        "meetings": 1,
    }
    assert told["unconfirmed"] == 4
    elsewhere = session.execute(numbers([an_office(session).id], at=now())).one()
    assert not any(elsewhere)


def test_bookings_of_today_are_those_that_begin_today(session: Session) -> None:
    room = a_room(session)
    booking = book(session, room.id, a_person(session), Wish(tomorrow(10, 12)), at=now())
    for at, count in ((now(), 0), (booking.begins_at, 1), (now() + timedelta(days=2), 0)):
        told = session.execute(numbers([room.office_id], at=at)).mappings().one()
        assert told["bookings"] == count


def test_calls_that_ring_or_rang_in_vain_wait(session: Session) -> None:
    call = a_call(session, now())
    offices = [call.job.office_id]
    for state, waits in ((CallState.EXHAUSTED, True), (CallState.STOPPED, False)):
        call.state = state
        session.flush()
        assert bool(session.scalars(calls(offices, at=now())).all()) is waits
    call.state = CallState.RINGING
    assert session.scalars(calls(offices, at=call.needed_at)).all() == []


def test_every_number_leads_to_a_page_that_opens(
    app: FastAPI, session: Session, busy: Office
) -> None:
    a_call(session, now(), office_id=busy.id, title="급식 돕기")
    with come_in(app, session, on_staff(session, busy.id)) as browser:
        found, english = browser.get("/office"), browser.get("/en/office")
        ways = [
            attrs["href"]
            for tag, attrs in Found(found.text).elements
            if tag == "a" and attrs.get("href", "").startswith("/office/")
        ]
        assert len(ways) > 12
        assert {browser.get(way).status_code for way in ways} == {200}
        listed = browser.get("/office/applications").text
    assert EMPTY not in found.text
    assert "급식 돕기" in found.text
    assert "Applications to decide" in english.text
    assert listed.index("책 정리") < listed.index("경로당")


def test_an_empty_office_says_so_and_leads_on(app: FastAPI, session: Session) -> None:
    with come_in(app, session, on_staff(session, an_office(session).id)) as browser:
        assert EMPTY in browser.get("/office").text
        assert "기다리는 신청이 없어요." in browser.get("/office/applications").text


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.DISTRICT_LEAD, Role.OPERATOR])
def test_others_than_officers_see_what_is_theirs(
    app: FastAPI, session: Session, busy: Office, role: Role
) -> None:
    soon = "https://example.org/join"
    invite(session, busy, "new@example.org", Role.OFFICER, door=soon, at=now())
    with come_in(app, session, on_staff(session, busy.id, role)) as browser:
        found = browser.get("/office")
    links = {attrs.get("href") for _, attrs in Found(found.text).elements}
    assert "정하지 않은 신청" not in found.text
    assert ("/office/jobs" in links, "/office/attendance" in links) == (False, False)
    assert ("/office/settings" in links) is (role is Role.OPERATOR)
    assert ("아직 받지 않은 초대" in found.text) is (role is Role.OPERATOR)
    assert (EMPTY in found.text) is (role is not Role.OPERATOR)
