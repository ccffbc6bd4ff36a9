"""Applying and deciding on pages: nothing is lost, and everything is told in place."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.accounts.models import SignIn
from geo_service.accounts.workflow import Secret
from geo_service.clock import KOREA, now
from geo_service.hiring.models import ApplicationState, Consent, Draft, Way
from geo_service.hiring.workflow.choosing import hire, offer
from geo_service.hiring.workflow.deciding import decide
from geo_service.jobs.models import Turn
from geo_service.jobs.workflow import close
from geo_service.shifts.models import Shift, ShiftState
from geo_service.shifts.workflow.codes import code_of
from tests.factories import a_job
from tests.hiring import HTML, QUESTION, Town, an_application
from tests.people import a_person, on_staff
from tests.programmes import a_programme
from tests.shifts import weekly


@pytest.fixture
def town(app: FastAPI, session: Session) -> Iterator[Town]:
    with ExitStack() as stack:
        yield Town(app, session, stack)


def leads_to(answer: Response) -> str:
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_one_applies_in_four_pages_and_gets_a_number(town: Town) -> None:
    job = town.work(questions=[QUESTION])
    me = town.browser(a_person(town.session, phone="+821012345678"))
    start = f"/apply/{job.id}"
    assert "누가 일하나요?" in me.get(start).text
    contact = leads_to(me.post(start, data={"whom": "me"}))
    assert 'value="010-1234-5678"' in me.get(contact).text
    questions = leads_to(me.post(contact, data={"phone": "010-8765-4321"}))
    assert QUESTION in me.get(questions).text
    check = leads_to(me.post(questions, data={"answer_1": "네, 걸어서 가요."}))
    shown = me.get(check).text
    assert "010-8765-4321" in shown
    assert "네, 걸어서 가요." in shown
    done = me.get(leads_to(me.post(check))).text
    (application,) = town.sent()
    assert application.receipt in done
    assert application.answers == [{"question": QUESTION, "answer": "네, 걸어서 가요."}]
    assert town.session.scalars(select(Draft)).all() == []
    assert application.receipt in me.get("/my/applications").text


def test_what_is_missing_is_said_in_place_and_kept(town: Town) -> None:
    job = town.work(questions=[QUESTION])
    me = town.browser(a_person(town.session))
    start = f"/apply/{job.id}"
    assert leads_to(me.get(f"{start}/questions")) == start, "one page after the other"
    me.post(start, data={"whom": "me"})
    answer = me.post(f"{start}/contact", data={"phone": "12"})
    assert answer.status_code == 422
    assert "010-1234-5678처럼 전화번호를 적어 주세요." in answer.text
    assert leads_to(me.get(f"{start}/check")) == f"{start}/contact"
    me.post(f"{start}/contact", data={"phone": "010-1234-5678"})
    assert me.post(f"{start}/questions", data={"answer_1": " "}).status_code == 422
    assert leads_to(me.post(f"{start}/check")) == f"{start}/questions"
    assert town.sent() == []


def test_nothing_is_lost_when_the_session_ends(town: Town) -> None:
    job, person = town.work(questions=[QUESTION]), a_person(town.session)
    me = town.browser(person)
    start = f"/apply/{job.id}"
    me.post(start, data={"whom": "me"})
    me.post(f"{start}/contact", data={"phone": "010-1234-5678"})
    for sign_in in town.session.scalars(select(SignIn)):
        town.session.delete(sign_in)
    town.session.commit()
    answer = me.post(f"{start}/questions", data={"answer_1": "이 말은 남아야 해요."})
    assert leads_to(answer) == f"/login?next={start}/questions"
    back = town.browser(person)
    assert "이 말은 남아야 해요." in back.get(f"{start}/questions").text
    stranger = town.browser(a_person(town.session))
    assert "이 말은" not in stranger.get(f"{start}/check", follow_redirects=True).text


def test_who_is_signed_out_is_led_in_and_back(visit: TestClient, session: Session) -> None:
    start = f"/apply/{a_job(session).id}"
    answer = visit.get(start, headers=HTML, follow_redirects=False)
    assert leads_to(answer) == f"/login?next={start}"
    answer = visit.post(start, data={"whom": "me"}, headers=HTML, follow_redirects=False)
    assert leads_to(answer) == f"/login?next={start}"


def test_a_relative_says_who_and_how_they_agreed(town: Town) -> None:
    job, daughter = town.work(), a_person(town.session)
    me = town.browser(daughter)
    worker = leads_to(me.post(f"/apply/{job.id}", data={"whom": "family"}))
    told = {"name": "김순자", "phone": "010-1111-2222", "consent": "phone"}
    assert me.post(worker, data=told).status_code == 422, "without consent nothing goes on"
    check = leads_to(me.post(worker, data=told | {"agreed": "true"}))
    assert "전화로 동의했어요" in me.get(check).text
    me.post(check)
    (application,) = town.sent()
    assert (application.way, application.consent) == (Way.FAMILY, Consent.PHONE)
    assert (application.by_id, application.person.name) == (daughter.id, "김순자")
    assert application.person.email is None
    assert "일할 분: 김순자" in me.get(f"/apply/{job.id}/done").text
    assert me.get(f"/my/applications/{application.id}").status_code == 200


def test_closed_meanwhile_is_told_with_another_job(town: Town) -> None:
    job, other = town.work(), town.work(title="옆 일자리")
    me = town.browser(a_person(town.session, phone="+821012345678"))
    start = f"/apply/{job.id}"
    me.post(start, data={"whom": "me"})
    me.post(f"{start}/contact", data={"phone": "010-1234-5678"})
    close(town.session, job, at=now())
    town.session.commit()
    answer = me.post(f"{start}/check")
    assert answer.status_code == 409
    assert "이미 모집을 마감한 일자리예요." in answer.text
    assert f"/jobs/{other.id}" in answer.text
    assert me.get(start).status_code == 409


def test_who_has_applied_is_told_and_led_there(town: Town) -> None:
    job, person = town.work(), a_person(town.session, phone="+821012345678")
    application = an_application(town.session, job, person, at=now())
    me = town.browser(person)
    there = f"/my/applications/{application.id}"
    assert there in me.get(f"/apply/{job.id}").text
    me.post(f"/apply/{job.id}", data={"whom": "me"})
    me.post(f"/apply/{job.id}/contact", data={"phone": "010-1234-5678"})
    answer = me.post(f"/apply/{job.id}/check")
    assert answer.status_code == 422
    assert "이미 신청한 일자리예요." in answer.text
    assert there in answer.text


def test_a_filled_job_says_that_there_is_a_waiting_list(town: Town) -> None:
    job = town.work()
    hire(town.session, an_application(town.session, job, at=now()), at=now())
    town.session.commit()
    me = town.browser(a_person(town.session))
    me.post(f"/apply/{job.id}", data={"whom": "me"})
    me.post(f"/apply/{job.id}/contact", data={"phone": "010-1234-5678"})
    me.post(f"/apply/{job.id}/check")
    assert "대기자 명단에 올렸어요" in me.get(f"/apply/{job.id}/done").text


def test_one_reads_why_and_takes_it_back(town: Town) -> None:
    job, person = town.work(turn=Turn.FIRST_COME), a_person(town.session)
    an_application(town.session, job, at=now())
    application = an_application(town.session, job, person, at=now())
    decide(town.session, job, at=now())
    town.session.commit()
    me = town.browser(person)
    here = f"/my/applications/{application.id}"
    shown = me.get(here).text
    assert "먼저 신청한 순서로 정했어요. 순서는 2번째이고 자리는 1개예요." in shown
    assert "앞에 기다리는 신청은 0건" in shown
    assert "The order is that of applying." in me.get(f"/en{here}").text
    assert leads_to(me.post(f"{here}/withdraw")) == here
    assert application.state is ApplicationState.WITHDRAWN or town.sent()[1].state == "withdrawn"
    assert me.post(f"{here}/withdraw").status_code == 422


def test_an_offer_is_accepted_on_its_page(town: Town) -> None:
    job, person = town.work(), a_person(town.session)
    application = an_application(town.session, job, person, at=now())
    offer(town.session, application, at=now())
    town.session.commit()
    me = town.browser(person)
    here = f"/my/applications/{application.id}"
    assert "자리가 났어요" in me.get(here).text
    assert leads_to(me.post(f"{here}/accept")) == here
    assert "자리를 받으셨어요." in me.get(here).text
    assert town.sent()[0].state is ApplicationState.HIRED
    assert me.post(f"{here}/accept").status_code == 422


def test_one_attends_with_the_code_of_the_day(town: Town) -> None:
    today = now().astimezone(KOREA).date()
    job = town.work(
        works_from=today, works_until=today, open_week=weekly({today.weekday(): ["00:00-24:00"]})
    )
    person = a_person(town.session)
    application = an_application(town.session, job, person, at=now())
    hire(town.session, application, at=now())
    town.session.commit()
    me, here = town.browser(person), f"/my/applications/{application.id}"
    assert "오늘 출석하기" in me.get(here).text
    wrong = me.post(f"{here}/attend", data={"code": "abcdef"})
    assert wrong.status_code == 422
    assert "오늘의 출석 번호가 아니에요." in wrong.text
    secret: Secret = town.app.state.secret
    assert leads_to(me.post(f"{here}/attend", data={"code": code_of(secret, job.id, today)}))
    assert town.session.scalars(select(Shift.state)).all() == [ShiftState.ATTENDED]


def test_the_office_sees_who_applied_and_what_it_costs(town: Town) -> None:
    programme = a_programme(
        town.session, valid_until=now().date() + timedelta(days=90), minutes_in_all=1_200
    )
    job = town.work(programme_id=programme.id, office_id=programme.office_id, questions=[QUESTION])
    application = an_application(town.session, job, at=now())
    desk = town.browser(on_staff(town.session, job.office_id))
    shown = desk.get(f"/office/jobs/{job.id}/applications").text
    assert application.person.name in shown
    assert "4번 근무, 12시간, 144,000원" in shown
    assert "광산시민수당 1,200,000원" in shown
    one = desk.get(f"/office/applications/{application.id}").text
    assert "20시간 가운데 0시간 씀" in one
    assert QUESTION in one
    assert "이름과 전화번호가 같은 신청" not in one
    namesake = a_person(town.session, name=application.person.name)
    again = an_application(town.session, job, namesake, at=now())
    one = desk.get(f"/office/applications/{application.id}").text
    assert f'href="/office/applications/{again.id}"' in one, "perhaps the same person"
    listed = desk.get(f"/office/jobs/{job.id}/applications").text
    assert "이름과 전화번호가 같은 신청" not in shown
    assert "이름과 전화번호가 같은 신청" in listed


def test_the_office_decides_by_rule_once(town: Town) -> None:
    job = town.work()
    for _ in range(2):
        an_application(town.session, job, at=now())
    desk = town.browser(on_staff(town.session, job.office_id))
    there = leads_to(desk.post(f"/office/jobs/{job.id}/decide"))
    assert "규칙대로 정하고 모두에게 알렸어요." in desk.get(there).text
    assert [one.state.value for one in town.sent()] == ["hired", "waiting"]
    again = desk.post(f"/office/jobs/{job.id}/decide")
    assert again.status_code == 422
    assert "정할 신청이 없어요." in again.text


def test_over_the_budget_is_refused_by_the_database_and_told(town: Town) -> None:
    programme = a_programme(
        town.session, valid_until=now().date() + timedelta(days=90), budget_won=143_999
    )
    job = town.work(programme_id=programme.id, office_id=programme.office_id)
    application = an_application(town.session, job, at=now())
    desk = town.browser(on_staff(town.session, job.office_id))
    answer = desk.post(f"/office/applications/{application.id}/hire")
    assert answer.status_code == 422
    assert "예산이 모자라요." in answer.text
    assert town.sent()[0].state is ApplicationState.SENT


@pytest.mark.parametrize(
    ("deed", "state"), [("hire", "hired"), ("offer", "offered"), ("decline", "declined")]
)
def test_the_office_decides_one_by_hand(town: Town, deed: str, state: str) -> None:
    job = town.work()
    application = an_application(town.session, job, at=now())
    desk = town.browser(on_staff(town.session, job.office_id))
    here = f"/office/applications/{application.id}"
    assert desk.post(f"{here}/decline", data={"words": ""}).status_code == 422
    assert leads_to(desk.post(f"{here}/{deed}", data={"words": "행사가 취소되었어요."}))
    assert town.sent()[0].state == state
    if deed != "hire":
        return
    assert desk.post(f"{here}/offer").status_code == 422
    assert leads_to(desk.post(f"{here}/decline", data={"words": "행사가 취소되었어요."}))
    assert town.session.scalars(select(Shift.state).distinct()).all() == [ShiftState.CANCELLED]


def test_without_a_seat_none_is_given_and_that_is_told_once(town: Town) -> None:
    job = town.work()
    first, second = (an_application(town.session, job, at=now()) for _ in range(2))
    hire(town.session, first, at=now())
    town.session.commit()
    desk = town.browser(on_staff(town.session, job.office_id))
    here = f"/office/applications/{second.id}"
    page = desk.get(here).text
    assert (f"{here}/hire" in page, f"{here}/offer" in page) == (False, False)
    refused = desk.post(f"{here}/hire").text
    assert refused.count("남은 자리가 없어요") == 1
    assert refused.count('id="faults"') == 1
    empty = desk.post(f"{here}/decline", data={"words": ""}).text
    assert empty.count('id="faults"') == 1
    assert 'href="#f-words"' in empty


def test_an_english_page_says_in_english_who_decided_and_what_is_korean(town: Town) -> None:
    job = town.work()
    application = an_application(town.session, job, at=now())
    hire(town.session, application, at=now())
    town.session.commit()
    desk = town.browser(on_staff(town.session, job.office_id))
    one = desk.get(f"/en/office/applications/{application.id}").text
    assert "The office decided this itself." in one
    assert "담당자가 직접 정했어요." not in one
    assert "담당자가 직접 정했어요." in desk.get(f"/office/applications/{application.id}").text
    listed = desk.get(f"/en/office/jobs/{job.id}/applications").text
    assert f'<span lang="ko">{job.title}</span>' in listed
    assert f'<span lang="ko">{application.person.name}</span>' in listed


def test_an_officer_applies_for_somebody_at_the_counter(town: Town) -> None:
    job = town.work(questions=[QUESTION])
    officer = on_staff(town.session, job.office_id)
    desk = town.browser(officer)
    here = f"/office/jobs/{job.id}/counter"
    told = {"name": "박영수", "phone": "062-123-4567", "consent": "paper", "agreed": "true"}
    missing = desk.post(here, data=told)
    assert missing.status_code == 422
    assert 'value="박영수"' in missing.text
    there = leads_to(desk.post(here, data=told | {"answer_1": "네"}))
    shown = desk.get(there).text
    assert "동의서에 서명했어요" in shown
    assert officer.name in shown
    (application,) = town.sent()
    assert (application.way, application.phone) == (Way.COUNTER, "+82621234567")
    assert desk.post(here, data=told | {"answer_1": "네"}).status_code == 422


def test_a_draw_is_told_without_names(town: Town, visit: TestClient) -> None:
    job = town.work(turn=Turn.LOTTERY)
    names = [an_application(town.session, job, at=now()).person.name for _ in range(3)]
    namesake = a_person(town.session, name=names[0])
    an_application(town.session, job, namesake, at=now())
    before = visit.get(f"/jobs/{job.id}/draw").text
    (waiting,) = visit.get(f"/api/v1/jobs/{job.id}/draws").json()["draws"]
    assert waiting["commitment"] in before
    assert (waiting["seed"], waiting["result"]) == (None, [])
    close(town.session, job, at=now())
    decide(town.session, job, at=now())
    town.session.commit()
    (drawn,) = visit.get(f"/api/v1/jobs/{job.id}/draws").json()["draws"]
    after = visit.get(f"/jobs/{job.id}/draw").text
    assert drawn["commitment"] == waiting["commitment"]
    assert drawn["seed"] in after
    assert re.findall(r"<b>(\d)번</b>", after) == [str(number) for number in drawn["result"]]
    assert not any(name in after for name in names)
    assert 'class="status' not in after, "a draw gives an order; who can take it gets a seat"
    assert "먼저 신청한 번호만" in after
    assert "There is no draw" in visit.get(f"/en/jobs/{town.work().id}/draw").text
