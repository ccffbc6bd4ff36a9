"""An office's own pages and doors: its facts, its staff, its invitations."""

import pytest
from fastapi import FastAPI
from sqlalchemy.orm import Session

from geo_service.offices.models import Office, Role
from geo_service.offices.queries import invitations_of, posts_of
from geo_service.web.cookies import PLAIN_NAME
from tests.factories import HOME, a_job, an_office
from tests.letters import letters_to
from tests.people import a_person, come_in, on_staff

HTML = {"Accept": "text/html"}


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session, name="송정작은도서관", place=HOME)


def facts(office: Office, **said: object) -> dict[str, object]:
    usual = {"name": office.name, "kind": office.kind.value, "version": office.version}
    return usual | said


def test_an_officer_corrects_the_facts_and_every_listing_follows(
    app: FastAPI, session: Session, office: Office
) -> None:
    job = a_job(session, office_id=office.id)
    with come_in(app, session, on_staff(session, office.id)) as officer:
        said = facts(
            office, name="송정큰도서관", phone="062-123-4567", hours_words="평일 09:00–18:00"
        )
        answer = officer.post(f"/office/settings/{office.id}", data=said, headers=HTML)
        assert answer.headers["location"] == f"/office/settings/{office.id}"
        assert "송정큰도서관" in officer.get(f"/jobs/{job.id}").text
    session.refresh(office)
    assert (office.phone, office.version, office.place) == ("+82621234567", 2, HOME)


def test_wrong_facts_stay_on_the_page_with_what_is_wrong(
    app: FastAPI, session: Session, office: Office
) -> None:
    with come_in(app, session, on_staff(session, office.id)) as officer:
        said = facts(office, name="새 이름", phone="119", homepage="javascript:alert(1)")
        answer = officer.post(f"/office/settings/{office.id}", data=said, headers=HTML)
    assert answer.status_code == 422
    assert 'value="새 이름"' in answer.text
    assert "https://로 시작하는" in answer.text
    session.refresh(office)
    assert office.name == "송정작은도서관"


def test_two_who_edit_at_once_learn_of_each_other(
    app: FastAPI, session: Session, office: Office
) -> None:
    with come_in(app, session, on_staff(session, office.id)) as officer:
        first = facts(office, name="먼저 고친 이름")
        second = facts(office, name="나중 이름")
        officer.post(f"/office/settings/{office.id}", data=first, headers=HTML)
        answer = officer.post(f"/office/settings/{office.id}", data=second, headers=HTML)
    assert answer.status_code == 422
    assert "먼저 고친 이름" in answer.text
    assert "나중 이름" in answer.text
    session.refresh(office)
    assert office.name == "먼저 고친 이름"


def test_an_operator_invites_and_the_invited_joins(
    app: FastAPI, session: Session, office: Office
) -> None:
    operator = on_staff(session, office.id, Role.OPERATOR)
    guest = a_person(session, email="guest@example.org")
    here = f"/office/settings/{office.id}/staff"
    with come_in(app, session, operator) as client:
        said = {"email": "Guest@example.org", "role": "caseworker"}
        assert client.post(here, data=said, headers=HTML).status_code == 303
        assert "guest@example.org" in client.get(here).text
    (letter,) = letters_to(session, "guest@example.org")
    link = next(line for line in letter.text.splitlines() if "/join?word=" in line)
    word = link.partition("word=")[2]
    with come_in(app, session, guest) as client:
        shown = client.get(f"/join?word={word}", headers=HTML)
        assert "송정작은도서관" in shown.text
        before = client.cookies[PLAIN_NAME]
        answer = client.post("/join", data={"word": word})
        assert answer.status_code == 303
        assert answer.cookies[PLAIN_NAME] != before, "who may do more begins anew"
    with come_in(app, session, guest) as client:
        assert client.post("/join", data={"word": word}, headers=HTML).status_code == 404
    assert [post.role for post in session.scalars(posts_of(guest.id))] == [Role.CASEWORKER]


def test_nobody_is_invited_twice_to_the_same(
    app: FastAPI, session: Session, office: Office
) -> None:
    operator = on_staff(session, office.id, Role.OPERATOR)
    colleague = on_staff(session, office.id)
    with come_in(app, session, operator) as client:
        said = {"email": colleague.email, "role": "officer"}
        answer = client.post(f"/office/settings/{office.id}/staff", data=said, headers=HTML)
    assert answer.status_code == 422
    assert "이미 이 역할을 맡고 있어요" in answer.text


def test_an_operator_dismisses_and_withdraws(
    app: FastAPI, session: Session, office: Office
) -> None:
    operator = on_staff(session, office.id, Role.OPERATOR)
    colleague = on_staff(session, office.id)
    here = f"/office/settings/{office.id}"
    with come_in(app, session, operator) as client:
        client.post(f"{here}/staff", data={"email": "x@example.org", "role": "officer"})
        (offered,) = session.scalars(invitations_of(office.id))
        client.post(f"{here}/invitations/{offered.id}/withdrawal")
        client.post(f"{here}/staff/{colleague.id}/officer/dismissal")
        last = client.post(f"{here}/staff/{operator.id}/operator/dismissal", headers=HTML)
    assert session.scalars(invitations_of(office.id)).all() == []
    assert session.scalars(posts_of(colleague.id)).all() == []
    assert last.text.count("한 명은 남아 있어야") == 1
    assert last.text.count('id="faults"') == 1
    assert last.text.index('id="faults"') < last.text.index("<table")


def test_what_is_wrong_with_an_invitation_is_told_once_and_kept(
    app: FastAPI, session: Session, office: Office
) -> None:
    here = f"/office/settings/{office.id}/staff"
    with come_in(app, session, on_staff(session, office.id, Role.OPERATOR)) as client:
        answer = client.post(here, data={"email": "nobody", "role": "officer"}, headers=HTML)
        assert "<h1>Staff</h1>" in client.get(f"/en{here}").text
    assert answer.status_code == 422
    assert answer.text.count('id="faults"') == 1
    assert 'value="nobody"' in answer.text


def test_programs_do_the_same(app: FastAPI, session: Session, office: Office) -> None:
    operator = on_staff(session, office.id, Role.OPERATOR)
    here = f"/api/v1/offices/{office.id}"
    with come_in(app, session, operator) as client:
        assert [each["id"] for each in client.get("/api/v1/offices").json()] == [str(office.id)]
        told = {"name": "새 이름", "kind": "library", "lat": HOME.lat, "lng": HOME.lng}
        assert client.put(here, json=told).status_code == 428
        seen = {"If-Match": client.get(here).headers["etag"]}
        assert client.put(here, json=told, headers=seen).json()["name"] == "새 이름"
        late = client.put(here, json=told | {"name": "또 다른 이름"}, headers=seen)
        assert (late.status_code, late.json()["fields"]) == (412, ["name"])
        assert client.get(here).json()["place"] == {"lat": HOME.lat, "lng": HOME.lng}
        half = client.put(here, json=told | {"lng": None}, headers=seen)
        assert half.status_code == 422
        offer = {"email": "x@example.org", "role": "officer"}
        assert client.post(f"{here}/invitations", json=offer).status_code == 201
        (offered,) = client.get(f"{here}/invitations").json()
        assert client.delete(f"{here}/invitations/{offered['id']}").status_code == 204
        assert [post["role"] for post in client.get(f"{here}/staff").json()] == ["operator"]
        gone = client.delete(f"{here}/staff/{operator.id}/officer")
    assert gone.json()["type"] == "/problems/not-on-this-staff"


def test_a_link_that_is_over_says_so(app: FastAPI, session: Session) -> None:
    with come_in(app, session, a_person(session)) as client:
        answer = client.get("/join?word=unknown", headers=HTML)
    assert answer.status_code == 404
    assert "다시 초대해 달라고" in answer.text
