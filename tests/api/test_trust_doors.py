"""Reviews and records in the browser and over HTTP."""

from datetime import datetime, timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy.orm import Session

from geo_service.clock import now
from geo_service.hiring.models import Application
from geo_service.offices.models import Office, OfficeKind
from geo_service.shifts.models import Shift
from geo_service.shifts.workflow.attending import mark_absent
from geo_service.trust.models import Answer, Side
from geo_service.trust.workflow.reviewing import ROUND, Words, write
from geo_service.trust.workflow.telling import FEWEST
from tests.factories import an_office
from tests.people import a_person, come_in, on_staff
from tests.trust import confirmed_work, hired_work, shifts_of

HTML = {"Accept": "text/html"}
SAID = {"kept": "yes", "again": "partly", "line": "설명한 그대로였어요"}


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session, name="송정작은도서관", kind=OfficeKind.LIBRARY)


@pytest.fixture
def moment() -> datetime:
    """Just now: the doors read the real clock."""
    return now() - timedelta(minutes=1)


@pytest.fixture
def work(session: Session, office: Office, moment: datetime) -> Application:
    return confirmed_work(session, when=_late(moment), office_id=office.id)


def _late(moment: datetime) -> datetime:
    """After the shifts of the tests, which are of November 2026, and within a week of now."""
    return moment


def missed(session: Session, application: Application) -> Shift:
    shift, *_ = shifts_of(session, application)
    mark_absent(session, shift, at=now())
    session.commit()
    return shift


def test_both_review_and_then_each_reads_and_replies(
    app: FastAPI, session: Session, office: Office, work: Application
) -> None:
    theirs = f"/office/applications/{work.id}/review"
    with come_in(app, session, work.person) as person:
        answer = person.post(f"/my/reviews/{work.id}", data=SAID, headers=HTML)
        assert answer.headers["location"] == "/my/record"
        assert "내가 쓴 후기" in person.get(f"/my/reviews/{work.id}").text
        again = person.post(f"/my/reviews/{work.id}", data=SAID, headers=HTML)
        assert "이미 후기를 쓰셨어요" in again.text
    with come_in(app, session, on_staff(session, office.id)) as officer:
        assert "설명한 그대로였어요" not in officer.get(theirs).text
        officer.post(theirs, data=SAID | {"line": "약속을 잘 지켰어요"})
        assert "설명한 그대로였어요" in officer.get(theirs).text
        officer.post(f"{theirs}/reply", data={"words": "고맙습니다"})
    with come_in(app, session, work.person) as person:
        assert "약속을 잘 지켰어요" in person.get("/my/record").text
        assert "고맙습니다" not in person.get(f"/my/reviews/{work.id}").text
        person.post(f"/my/reviews/{work.id}/reply", data={"words": "또 뵙겠습니다"})
        assert "또 뵙겠습니다" in person.get("/my/record").text


def test_a_question_without_an_answer_is_asked_again(
    app: FastAPI, session: Session, work: Application
) -> None:
    with come_in(app, session, work.person) as person:
        said = {"kept": "yes", "line": "한 줄"}
        answer = person.post(f"/my/reviews/{work.id}", data=said, headers=HTML)
    assert answer.status_code == 422
    assert 'value="한 줄"' in answer.text


def test_what_is_not_done_yet_is_not_reviewed(
    app: FastAPI, session: Session, office: Office
) -> None:
    work = hired_work(session, office_id=office.id)
    with come_in(app, session, work.person) as person:
        answer = person.post(f"/my/reviews/{work.id}", data=SAID, headers=HTML)
    assert "기관이 확인한 뒤에" in answer.text


def test_an_office_lists_whom_to_review(
    app: FastAPI, session: Session, office: Office, work: Application, moment: datetime
) -> None:
    write(
        session,
        work,
        Side.PERSON,
        Words(Answer.YES, Answer.YES),
        by_id=work.person_id,
        at=moment,
    )
    session.commit()
    with come_in(app, session, on_staff(session, office.id)) as officer:
        assert work.person.name in officer.get("/office/reviews").text
    other = an_office(session, name="다른 기관")
    with come_in(app, session, on_staff(session, other.id)) as officer:
        assert work.person.name not in officer.get("/office/reviews").text


def test_a_person_says_what_is_wrong_and_the_office_reads_it(
    app: FastAPI, session: Session, office: Office
) -> None:
    work = hired_work(session, office_id=office.id)
    shift = missed(session, work)
    with come_in(app, session, work.person) as person:
        here = f"/my/record/shifts/{shift.id}"
        assert person.get(here).status_code == 200
        empty = person.post(here, data={"words": " "}, headers=HTML)
        assert empty.status_code == 422
        person.post(here, data={"words": "기관이 쉬는 날이었어요"})
        assert "기관이 쉬는 날이었어요" in person.get("/my/record").text
    with come_in(app, session, on_staff(session, office.id)) as officer:
        record = officer.get(f"/office/applications/{work.id}/record")
        assert "기관이 쉬는 날이었어요" in record.text


def test_programs_review_and_read_records(
    app: FastAPI, session: Session, office: Office, work: Application
) -> None:
    with come_in(app, session, work.person) as person:
        here = f"/api/v1/my/applications/{work.id}/review"
        assert person.post(here, json=SAID).status_code == 201
        again = person.post(here, json=SAID)
        assert (again.status_code, again.json()["type"]) == (409, "/problems/already-reviewed")
        told = person.get("/api/v1/my/record").json()
        assert (told["jobs"], told["minutes"], told["reviews"]) == (1, 720, [])
    with come_in(app, session, on_staff(session, office.id)) as officer:
        here = f"/api/v1/applications/{work.id}"
        assert officer.post(f"{here}/review", json=SAID).status_code == 201
        told = officer.get(f"{here}/record").json()
        assert told["kept"] == {"yes": 1, "partly": 0, "no": 0}
        assert told["worked"] == [{"kind": "library", "jobs": 1, "minutes": 720}]


def test_everybody_reads_about_an_office_once_enough_people_have_spoken(
    app: FastAPI, session: Session, office: Office, moment: datetime
) -> None:
    with come_in(app, session, a_person(session)) as visitor:
        assert visitor.get(f"/api/v1/offices/{office.id}/record").json() is None
        assert "다섯 명이 안 되어" in visitor.get(f"/offices/{office.id}/record").text
        long_ago = moment - ROUND
        for _ in range(FEWEST):
            work = confirmed_work(session, when=long_ago, office_id=office.id)
            words = Words(Answer.YES, Answer.NO)
            write(session, work, Side.PERSON, words, by_id=work.person_id, at=long_ago)
            session.commit()
        told = visitor.get(f"/api/v1/offices/{office.id}/record").json()
        assert told["again"] == {"yes": 0, "partly": 0, "no": 5}
        assert "5명" in visitor.get(f"/offices/{office.id}/record").text
        missing = visitor.get("/offices/00000000-0000-0000-0000-000000000000/record", headers=HTML)
        assert missing.status_code == 404
