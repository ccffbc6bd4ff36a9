"""The records of a meeting in the browser and over HTTP; whose name is told, and whose vote."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
import segno
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.clock import KOREA, now
from geo_service.meetings.models import Meeting, MeetingState, Support
from geo_service.meetings.workflow.convening import let_time_pass
from geo_service.meetings.workflow.looking_back import AFTER
from geo_service.offices.models import Office
from tests.factories import an_office
from tests.markup import Found
from tests.meeting_records import (
    a_ballot,
    a_chore,
    a_convened_meeting,
    a_guest,
    an_item,
    seat,
    who_comes,
)
from tests.people import a_person, come_in, on_staff

HTML = {"Accept": "text/html"}
ITEM = {
    "title": "골목 화단",
    "words": "누가 물을 줄까요?",
    "lasts_min": "15",
    "asks_decision": "true",
}
HIDDEN = ("김철수", "박영희", "손님이")
"""Who come and do not agree to be named."""


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session, phone="+82621234567")


@pytest.fixture
def proposer(session: Session) -> Person:
    return a_person(session, name="김철수")


@pytest.fixture
def coming(session: Session, proposer: Person, office: Office) -> Meeting:
    """One in two days."""
    begins_at = now() + timedelta(days=2)
    return a_convened_meeting(session, proposer, begins_at=begins_at, office_id=office.id)


@pytest.fixture
def meeting(session: Session, proposer: Person, office: Office) -> Meeting:
    """One that has begun."""
    return a_convened_meeting(session, proposer, office_id=office.id)


def told(visit: TestClient, meeting: Meeting) -> str:
    """Everything that everybody may read about it, in both languages and as JSON."""
    here = f"/meetings/{meeting.id}"
    paths = [
        here,
        f"{here}/record",
        *(f"{here}/print/{s}" for s in ("poster", "agenda", "sign-in")),
    ]
    pages = [visit.get(prefix + path, headers=HTML) for prefix in ("", "/en") for path in paths]
    paths = [f"/api/v1/meetings/{meeting.id}", f"/api/v1/meetings/{meeting.id}/record"]
    pages += [visit.get(path) for path in paths]
    assert {page.status_code for page in pages} == {200}
    listing = visit.get(f"/api/v1/listings/{meeting.id}").text
    return "".join([listing, *(page.text for page in pages)])


def draft(writer: TestClient, here: str, **said: str) -> None:
    """Write it into the form as it stands now, and save."""
    version = Found(writer.get(here).text).named("version")["value"]
    answer = writer.post(here, data=said | {"version": version}, headers=HTML)
    assert answer.headers["location"] == here


def test_neighbours_and_the_office_write_one_agenda(
    app: FastAPI, session: Session, coming: Meeting, office: Office, proposer: Person
) -> None:
    supporter = a_person(session)
    when = coming.proposed_at
    session.add(Support(meeting_id=coming.id, person_id=supporter.id, supported_at=when))
    session.commit()
    mine, ours = f"/my/meetings/{coming.id}/agenda", f"/office/meetings/{coming.id}/agenda"
    with come_in(app, session, supporter) as neighbour:
        answer = neighbour.post(mine, data=ITEM, headers=HTML)
        assert answer.headers["location"] == mine
        bad = neighbour.post(mine, data=ITEM | {"lasts_min": "열 시간"}, headers=HTML)
        assert (bad.status_code, 'value="골목 화단"' in bad.text) == (422, True)
        assert neighbour.get(f"/my/meetings/{coming.id}/minutes", headers=HTML).status_code == 404
    with come_in(app, session, on_staff(session, office.id)) as officer:
        officer.post(ours, data=ITEM | {"title": "구청에서 알려요"})
        assert "골목 화단" in officer.get(ours).text
    with come_in(app, session, proposer) as leader:
        items = leader.get(f"/api/v1/meetings/{coming.id}/record").json()["agenda"]
        assert [(one["title"], one["by"], one["by_office"]) for one in items] == [
            ("골목 화단", None, False),
            ("구청에서 알려요", None, True),
        ]
        later = items[1]["id"]
        moved = leader.post(f"{mine}/{later}/place", data={"places": "-1"}, headers=HTML)
        assert moved.headers["location"] == f"{mine}#item-{later}"
        items = leader.get(f"/api/v1/meetings/{coming.id}/record").json()["agenda"]
        assert [one["title"] for one in items] == ["구청에서 알려요", "골목 화단"]
        leader.post(f"{mine}/{later}/removal")
        assert "구청에서 알려요" not in leader.get(mine).text
    with come_in(app, session, supporter) as neighbour:
        order = {"items": [items[1]["id"]]}
        refused = neighbour.put(f"/api/v1/meetings/{coming.id}/agenda/order", json=order)
        assert refused.status_code == 404


def test_who_edits_at_once_sees_what_the_other_changed(
    app: FastAPI, session: Session, coming: Meeting, proposer: Person
) -> None:
    neighbour = who_comes(session, coming)
    item = an_item(session, coming, neighbour.id)
    here = f"/my/meetings/{coming.id}/agenda/{item.id}"
    with come_in(app, session, neighbour) as one, come_in(app, session, proposer) as other:
        version = Found(one.get(here).text).named("version")["value"]
        other.post(here, data=ITEM | {"title": "다른 제목", "version": version})
        clash = one.post(here, data=ITEM | {"title": "내 제목", "version": version}, headers=HTML)
        assert clash.status_code == 422
        assert "다른 사람이 고친 곳" in clash.text
        assert "다른 제목" in clash.text
        assert "내 제목" in clash.text
        api = f"/api/v1/meetings/{coming.id}/agenda/{item.id}"
        wish = {"title": "세 번째 제목"}
        assert one.put(api, json=wish).status_code == 428
        late = one.put(api, json=wish, headers={"If-Match": '"1"'})
        assert (late.status_code, late.json()["fields"]) == (412, ["title"])
        assert one.put(api, json=wish, headers={"If-Match": '"2"'}).json()["version"] == 3
        assert one.delete(api).status_code == 204


def test_a_begun_meeting_keeps_its_agenda(
    app: FastAPI, session: Session, meeting: Meeting, proposer: Person
) -> None:
    item = an_item(session, meeting, proposer.id)
    here = f"/my/meetings/{meeting.id}/agenda"
    with come_in(app, session, proposer) as leader:
        for path, data in ((here, ITEM), (f"{here}/{item.id}/removal", {})):
            answer = leader.post(path, data=data, headers=HTML)
            assert answer.status_code == 422
            assert "더 고칠 수 없어요" in answer.text
        api = f"/api/v1/meetings/{meeting.id}/agenda"
        refused = leader.post(api, json={"title": "늦은 안건"})
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/agenda-is-frozen")


def test_the_scribe_drafts_publishes_and_corrects(
    app: FastAPI, session: Session, meeting: Meeting, proposer: Person, visit: TestClient
) -> None:
    scribe = who_comes(session, meeting, named=True, name="이서기")
    here, public = f"/my/meetings/{meeting.id}/minutes", f"/meetings/{meeting.id}/record"
    with come_in(app, session, proposer) as leader:
        leader.post(f"{here}/scribe", data={"scribe_id": str(scribe.id)})
    with come_in(app, session, scribe) as writer:
        early = writer.post(f"{here}/publication", headers=HTML)
        assert "아직 적은 것이 없어요" in early.text
        draft(writer, here, words="화단을 옮기기로 했어요.", came="9")
        assert "화단을 옮기기로" in writer.get(here).text
        assert "화단을 옮기기로" not in visit.get(public).text
        writer.post(f"{here}/publication")
        assert "화단을 옮기기로" in visit.get(public).text
        draft(writer, here, words="화단을 그대로 두기로 했어요.")
        unsaid = writer.post(f"{here}/publication", headers=HTML)
        assert unsaid.status_code == 422
        assert "무엇을 왜 고쳤는지" in unsaid.text
        writer.post(f"{here}/publication", data={"why": "거꾸로 적었어요"})
        page = visit.get(public).text
        for words in ("그대로 두기로", "옮기기로", "거꾸로 적었어요", "이서기"):
            assert words in page
        assert writer.post(f"{here}/scribe", headers=HTML).status_code == 404


def test_a_name_without_consent_appears_nowhere(
    app: FastAPI, session: Session, meeting: Meeting, proposer: Person, visit: TestClient
) -> None:
    silent = who_comes(session, meeting, name="박영희")
    agreed = who_comes(session, meeting, named=True, name="이찬성")
    a_guest(session, meeting, "손님이")
    both = f"김철수, 박 영희, 손님이 그리고 이찬성 ({' · '.join(HIDDEN)})"
    item = an_item(session, meeting, silent.id, title="김철수의 안건", words=both)
    a_chore(session, meeting, agreed.id, words="박영희 님과 신청")
    a_ballot(session, meeting, question="박영희 님이 맡을까요?")
    with come_in(app, session, proposer) as leader:
        here = f"/my/meetings/{meeting.id}"
        draft(leader, f"{here}/minutes", words=both, also="손님이")
        leader.post(f"{here}/minutes/publication")
        draft(leader, f"{here}/minutes", words=f"다시. {both}")
        leader.post(f"{here}/minutes/publication", data={"why": "박영희 님이 물어서"})
        hands = {"question": "손님이의 제안", "agenda_item_id": str(item.id), "words": both}
        counted = {"yes": "7", "no": "2", "abstained": "0"}
        leader.post(f"{here}/decisions/hands", data=hands | counted)
        read = leader.get(f"{here}/sign-in").text
        assert all(name in read for name in HIDDEN)
    begins_at = now() - timedelta(weeks=5)
    old = a_convened_meeting(session, proposer, begins_at=begins_at, office_id=meeting.office_id)
    let_time_pass(session, at=now())
    session.commit()
    with come_in(app, session, proposer) as leader:
        back = leader.post(f"/my/meetings/{old.id}/look-back", data={"words": "김철수가 해냈어요"})
        assert back.status_code == 303
    page = told(visit, meeting) + told(visit, old)
    for words in ("이찬성", "다시.", "○○○가 해냈어요", "○○○ 님이 물어서", "○○○의 제안"):
        assert words in page
    assert [name for name in (*HIDDEN, "박 영희") if name in page] == []


def test_votes_are_secret_even_from_kept_answers(
    app: FastAPI, session: Session, meeting: Meeting, visit: TestClient, later_runs
) -> None:
    ballot, voter, stranger = (
        a_ballot(session, meeting),
        who_comes(session, meeting),
        a_person(session),
    )
    here = f"/my/meetings/{meeting.id}/ballots/{ballot.id}"
    key = {"Idempotency-Key": "the-same-key"}
    with come_in(app, session, stranger) as nobody:
        assert nobody.post(here, data={"choice": "yes"}, headers=HTML).status_code == 404
    with come_in(app, session, voter) as browser:
        empty = browser.post(here, headers=HTML)
        assert (empty.status_code, "골라 주세요" in empty.text) == (422, True)
        done = browser.post(here, data={"choice": "yes"}, headers=HTML | key)
        assert done.headers["cache-control"] == "no-store"
        code = done.text.split('class="receipt">')[1].split("<b>")[1].split("</b>")[0]
        again = browser.post(here, data={"choice": "yes"}, headers=HTML | key)
        assert again.status_code == 422
        assert "이미 투표하셨어요" in again.text
        assert code not in again.text + browser.get(here).text
        api = f"/api/v1/meetings/{meeting.id}/decisions/{ballot.id}/votes"
        refused = browser.post(api, json={"choice": "no"})
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/already-voted")
    kept = session.execute(text("SELECT count(*) FROM once")).scalar()
    assert kept == 0
    public = f"/api/v1/meetings/{meeting.id}/record"
    assert visit.get(public).json()["decisions"][0]["yes"] == 0
    later_runs(now() + timedelta(hours=2))
    (counted,) = visit.get(public).json()["decisions"]
    assert (counted["yes"], counted["voted"], counted["entitled"]) == (1, 1, 2)
    assert counted["slips"] == [{"code": code.replace(" ", ""), "choice": "yes"}]
    assert str(voter.id) not in visit.get(public).text


def test_a_supporter_without_a_seat_reads_why_they_cannot_vote(
    app: FastAPI, session: Session, meeting: Meeting
) -> None:
    supporter, when = a_person(session), meeting.proposed_at
    session.add(Support(meeting_id=meeting.id, person_id=supporter.id, supported_at=when))
    ballot = a_ballot(session, meeting)
    here = f"/my/meetings/{meeting.id}/ballots/{ballot.id}"
    with come_in(app, session, supporter) as neighbour:
        assert "자리를 받은 사람만" in neighbour.get(here).text
        refused = neighbour.post(here, data={"choice": "yes"}, headers=HTML)
        assert (refused.status_code, "자리를 받은 사람만" in refused.text) == (422, True)


def test_the_office_writes_where_nobody_does(
    app: FastAPI, session: Session, meeting: Meeting, office: Office, visit: TestClient
) -> None:
    person = who_comes(session, meeting, name="최한결")
    here = f"/office/meetings/{meeting.id}"
    soon = (now() + timedelta(days=7)).astimezone(KOREA)
    with come_in(app, session, on_staff(session, office.id)) as officer:
        for room in ("agenda", "minutes", "sign-in", "decisions", "tasks", "look-back"):
            assert officer.get(f"{here}/{room}", headers=HTML).status_code == 200
        sheet = officer.get(f"{here}/sign-in").text
        attendee = sheet.split("최한결")[1].split('name="came" value="')[1].split('"')[0]
        officer.post(f"{here}/sign-in", data={"came": attendee, "named": attendee})
        draft(officer, f"{here}/minutes", words="담당자가 적었어요.")
        officer.post(f"{here}/minutes/publication")
        when = {"closes_at": f"{soon:%Y-%m-%dT%H:%M}"}
        officer.post(f"{here}/decisions/ballots", data={"asked": "또 모일까요?"} | when)
        task = {"words": "화분 나르기", "due_on": f"{soon:%Y-%m-%d}", "owner": str(person.id)}
        officer.post(f"{here}/tasks", data=task)
        late = officer.post(f"{here}/tasks", data=task | {"due_on": "2020-01-01"}, headers=HTML)
        assert (late.status_code, "일 년 안의 날" in late.text) == (422, True)
    page = told(visit, meeting)
    for words in ("담당자가 적었어요.", "최한결", "또 모일까요?", "화분 나르기"):
        assert words in page


def test_an_owner_says_how_it_went_or_gives_it_back(
    app: FastAPI, session: Session, meeting: Meeting, visit: TestClient
) -> None:
    owner, other = who_comes(session, meeting, named=True), who_comes(session, meeting, named=True)
    task = a_chore(session, meeting, owner.id)
    here = f"/my/meetings/{meeting.id}/tasks/{task.id}"
    with come_in(app, session, other) as neighbour:
        assert neighbour.get(f"{here}/outcome", headers=HTML).status_code == 404
        assert neighbour.post(f"{here}/done").status_code == 404
    with come_in(app, session, owner) as mine:
        assert f"{here}/outcome" in mine.get(f"/meetings/{meeting.id}/record").text
        assert mine.get(here, headers=HTML).status_code == 404
        mine.post(f"{here}/outcome", data={"went": "partly", "words": "반쯤 했어요"})
        assert "반쯤 했어요" in visit.get(f"/meetings/{meeting.id}/record").text
        mine.post(f"{here}/return")
        assert "맡을 사람을 찾고 있어요" in visit.get(f"/meetings/{meeting.id}/record").text
        assert mine.post(f"{here}/done").status_code == 404


def test_one_looks_back_after_four_weeks_and_not_before(
    app: FastAPI, session: Session, meeting: Meeting, proposer: Person, visit: TestClient
) -> None:
    here = f"/my/meetings/{meeting.id}/look-back"
    with come_in(app, session, proposer) as leader:
        early = leader.post(here, data={"words": "벌써 좋아요"}, headers=HTML)
        assert (early.status_code, "4주가 지나면" in early.text) == (422, True)
        old = a_convened_meeting(session, proposer, begins_at=now() - AFTER - timedelta(hours=3))
        let_time_pass(session, at=now())
        session.commit()
        answer = leader.put(f"/api/v1/meetings/{old.id}/look-back", json={"words": "깨끗해졌어요"})
        assert answer.status_code == 200
    session.expire_all()
    assert session.get_one(Meeting, old.id).state is MeetingState.LOOKED_BACK
    assert "깨끗해졌어요" in told(visit, old)


def test_programs_write_records(
    app: FastAPI, session: Session, meeting: Meeting, proposer: Person
) -> None:
    person = who_comes(session, meeting, named=True)
    api, soon = f"/api/v1/meetings/{meeting.id}", now() + timedelta(days=3)
    with come_in(app, session, proposer) as leader:
        empty = leader.get(f"{api}/minutes/draft")
        assert (empty.headers["etag"], empty.json()["words"]) == ('"1"', "")
        draft = {"words": "모두 모였어요.", "came": 5}
        written = leader.put(f"{api}/minutes/draft", json=draft, headers={"If-Match": '"1"'})
        assert written.headers["etag"] == '"2"'
        stale = leader.put(f"{api}/minutes/draft", json=draft, headers={"If-Match": '"1"'})
        assert stale.json()["type"] == "/problems/changed-meanwhile"
        edition = leader.post(f"{api}/minutes/editions", json={})
        assert (edition.status_code, edition.json()["number"]) == (201, 1)
        counted = {"yes": 4, "no": 1, "abstained": 0}
        hands = leader.post(f"{api}/decisions/hands", json={"question": "할까요?"} | counted)
        decision = UUID(hands.json()["id"])
        wish = {"words": "신청하기", "due_on": f"{soon:%Y-%m-%d}", "decision_id": str(decision)}
        key = {"Idempotency-Key": "one-task-please"}
        first, again = (
            leader.post(f"{api}/tasks", json=wish | {"owner": str(person.id)}, headers=key)
            for _ in range(2)
        )
        assert first.json() == again.json()
        task = f"{api}/tasks/{first.json()['id']}"
        unseen = leader.put(task, json=wish | {"owner": "office"}, headers={"If-Match": '"9"'})
        assert unseen.json()["fields"] == ["owner"]
        changed = leader.put(task, json=wish | {"owner": "office"}, headers={"If-Match": '"1"'})
        assert changed.json()["by_office"]
        assert leader.put(f"{task}/completion").json()["done_at"]
        assert leader.delete(f"{task}/completion").json()["done_at"] is None
        assert leader.put(f"{task}/outcome", json={"went": "done"}).json()["went"] == "done"
        assert leader.put(f"{api}/minutes/scribe", json={"scribe_id": str(person.id)}).is_success
        assert leader.put(f"{api}/sign-in", json={"came": [], "named": []}).is_success
        assert leader.delete(task).status_code == 204
        asked = {"question": "또 모일까요?", "closes_at": soon.isoformat()}
        ballot = leader.post(f"{api}/decisions/ballots", json=asked).json()["id"]
        assert leader.delete(f"{api}/decisions/{ballot}").status_code == 204
        record = leader.get(f"{api}/record").json()
        assert (len(record["decisions"]), record["tasks"], record["people"]) == (1, [], [])


def test_sheets_fit_what_is_known_of_the_meeting(
    session: Session, coming: Meeting, visit: TestClient
) -> None:
    an_item(session, coming, None, title="화단 가꾸기", asks_decision=True)
    hands_up_later = seat(session, coming, a_person(session, name="서명이"))
    assert hands_up_later.named is False
    here = f"/meetings/{coming.id}/print"
    poster, agenda, sheet = (visit.get(f"{here}/{s}").text for s in ("poster", "agenda", "sign-in"))
    assert f"http://testserver/meetings/{coming.id}" in poster
    code = segno.make(f"http://testserver/meetings/{coming.id}", error="m", micro=False)
    drawn = re.search(r' d="[^"]+"', code.svg_inline())
    assert drawn is not None
    assert drawn[0] in poster
    assert "062-123-4567" in poster
    assert "화단 가꾸기" in agenda
    assert sheet.count("<tr>") == 15
    assert "서명이" not in poster + agenda + sheet
    assert visit.get(f"{here}/flyer", headers=HTML).status_code in {404, 422}
    assert f"http://testserver/en/meetings/{coming.id}" in visit.get(f"/en{here}/poster").text
