"""Agenda and minutes of a meeting, and whose name is told."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from geo_service.clock import now
from geo_service.meetings.models import (
    ITEMS_MAX,
    Meeting,
    MeetingState,
    Support,
    Went,
)
from geo_service.meetings.queries.records import (
    agenda_of,
    meeting_of_part_taker,
    meeting_of_scribe,
    seat_of,
)
from geo_service.meetings.workflow.agenda import (
    AgendaHasChanged,
    AgendaIsFrozen,
    AgendaIsFull,
    Point,
    add,
    drop,
    edit,
    order,
    shift,
)
from geo_service.meetings.workflow.convening import let_time_pass
from geo_service.meetings.workflow.doing import (
    Outcome,
    tell_outcome,
)
from geo_service.meetings.workflow.minutes import (
    MeetingHasNotBegun,
    NothingCorrected,
    NothingToPublish,
    Said,
    SayWhatWasWrong,
    ScribeMustCome,
    draft,
    name_scribe,
    publish,
    sign_in,
)
from geo_service.meetings.workflow.names import VEIL, names_of
from geo_service.meetings.workflow.recording import record_of
from tests.letters import letters_to
from tests.meeting_records import (
    a_ballot,
    a_chore,
    a_convened_meeting,
    a_guest,
    an_item,
    hands_up,
    who_comes,
)
from tests.people import a_person

SOON = timedelta(days=2)


@pytest.fixture
def meeting(session: Session) -> Meeting:
    return a_convened_meeting(session)


@pytest.fixture
def coming(session: Session) -> Meeting:
    """One that has not begun yet."""
    return a_convened_meeting(session, begins_at=now() + SOON)


def titles(session: Session, meeting: Meeting) -> list[str]:
    return [item.title for item in session.scalars(agenda_of(meeting.id))]


def published(session: Session, meeting: Meeting, words: str = "모두 찬성했어요.") -> None:
    draft(session, meeting, Said(words), at=now())
    publish(session, meeting, by_office=False, at=now())


def test_an_agenda_is_put_in_order_until_the_meeting_begins(
    session: Session, coming: Meeting
) -> None:
    items = [an_item(session, coming, None, title=title) for title in ("하나", "두울", "세엣")]
    shift(session, coming, items[2], places=-1, at=now())
    assert titles(session, coming) == ["하나", "세엣", "두울"]
    shift(session, coming, items[0], places=-1, at=now())
    order(session, coming, [item.id for item in reversed(items)], at=now())
    assert titles(session, coming) == ["세엣", "두울", "하나"]
    drop(session, coming, items[1], at=now())
    with pytest.raises(AgendaHasChanged):
        order(session, coming, [item.id for item in items], at=now())
    begun = now() + SOON
    for deed in (
        lambda: add(session, coming, Point("넷째"), by_id=None, at=begun),
        lambda: edit(session, coming, items[0], Point("넷째"), at=begun),
        lambda: drop(session, coming, items[0], at=begun),
        lambda: shift(session, coming, items[0], places=1, at=begun),
    ):
        with pytest.raises(AgendaIsFrozen):
            deed()
    assert titles(session, coming) == ["세엣", "하나"]


def test_an_agenda_holds_what_one_evening_holds(session: Session, coming: Meeting) -> None:
    for number in range(ITEMS_MAX):
        add(session, coming, Point(f"{number}째 안건"), by_id=None, at=now())
    with pytest.raises(AgendaIsFull):
        add(session, coming, Point("하나 더"), by_id=None, at=now())


def test_a_meeting_that_was_called_off_keeps_its_agenda(session: Session, coming: Meeting) -> None:
    coming.state = MeetingState.CANCELLED
    with pytest.raises(AgendaIsFrozen):
        add(session, coming, Point("그래도"), by_id=None, at=now())


def test_who_takes_part_is_found_and_nobody_else(session: Session, coming: Meeting) -> None:
    supporter, stranger = a_person(session), a_person(session)
    when = coming.proposed_at
    session.add(Support(meeting_id=coming.id, person_id=supporter.id, supported_at=when))
    comes, scribe = who_comes(session, coming), who_comes(session, coming)
    name_scribe(session, coming, scribe.id, at=now())
    assert coming.proposed_by_id is not None
    for person_id in (supporter.id, comes.id, coming.proposed_by_id):
        assert session.scalar(meeting_of_part_taker(coming.id, person_id)) is coming
    for person_id in (scribe.id, coming.proposed_by_id):
        assert session.scalar(meeting_of_scribe(coming.id, person_id)) is coming
    assert session.scalar(meeting_of_scribe(coming.id, comes.id)) is None
    assert session.scalar(meeting_of_part_taker(coming.id, stranger.id)) is None
    coming.by_office, officer_id = True, coming.proposed_by_id
    session.flush()
    assert session.scalar(meeting_of_scribe(coming.id, officer_id)) is None


def test_a_scribe_comes_and_learns_of_it(session: Session, coming: Meeting) -> None:
    scribe, waits = who_comes(session, coming), a_person(session)
    with pytest.raises(ScribeMustCome):
        name_scribe(session, coming, waits.id, at=now())
    assert name_scribe(session, coming, scribe.id, at=now()).scribe_id == scribe.id
    assert [one.tongue for one in letters_to(session, str(scribe.email))] == ["ko"]
    assert name_scribe(session, coming, coming.proposed_by_id, at=now()).scribe_id is None


def test_minutes_are_drafted_published_and_corrected_in_sight(
    session: Session, meeting: Meeting
) -> None:
    neighbour = who_comes(session, meeting)
    with pytest.raises(NothingToPublish):
        publish(session, meeting, by_office=False, at=now())
    draft(session, meeting, Said("쓰레기통을 옮겨요.", came=9), at=now())
    assert record_of(session, meeting, at=now()).minutes is None
    publish(session, meeting, by_office=False, at=now())
    assert len(letters_to(session, str(neighbour.email))) == 1
    with pytest.raises(NothingCorrected):
        publish(session, meeting, why="그냥", by_office=False, at=now())
    draft(session, meeting, Said("쓰레기통을 옮기지 않아요.", came=9), at=now())
    with pytest.raises(SayWhatWasWrong):
        publish(session, meeting, by_office=True, at=now())
    publish(session, meeting, why="거꾸로 적었어요", by_office=True, at=now())
    told = record_of(session, meeting, at=now()).editions
    assert [one.words for one in told] == ["쓰레기통을 옮기지 않아요.", "쓰레기통을 옮겨요."]
    assert [(one.why, one.by_office) for one in told] == [("거꾸로 적었어요", True), ("", False)]
    assert len(letters_to(session, str(neighbour.email))) == 1


@pytest.mark.parametrize(
    "change", ["UPDATE meeting_edition SET words = '…'", "DELETE FROM meeting_edition"]
)
def test_nobody_can_change_what_was_published(
    session: Session, meeting: Meeting, change: str
) -> None:
    published(session, meeting)
    with pytest.raises(ProgrammingError, match="permission denied"):
        session.execute(text(change))


def test_nothing_is_written_down_before_it_begins(session: Session, coming: Meeting) -> None:
    for deed in (
        lambda: draft(session, coming, Said("미리"), at=now()),
        lambda: publish(session, coming, by_office=False, at=now()),
        lambda: sign_in(session, coming, came=[], named=[], at=now()),
        lambda: hands_up(session, coming),
        lambda: a_ballot(session, coming),
        lambda: a_chore(session, coming),
    ):
        with pytest.raises(MeetingHasNotBegun):
            deed()


def test_the_sign_in_sheet_has_the_last_word_on_names(session: Session, meeting: Meeting) -> None:
    agreed = who_comes(session, meeting, named=True, name="김찬성")
    silent = who_comes(session, meeting, name="이조용")
    away = who_comes(session, meeting, named=True, name="박결석")
    assert record_of(session, meeting, at=now()).people == ["김찬성", "박결석"]
    seats = {
        person: session.scalars(seat_of(meeting.id, person.id)).one().id
        for person in (agreed, silent, away)
    }
    sign_in(
        session,
        meeting,
        came=[seats[agreed], seats[silent]],
        named=[seats[silent], seats[away]],
        at=now(),
    )
    assert record_of(session, meeting, at=now()).people == ["이조용"]


def test_names_are_veiled_however_they_are_spaced_and_only_where_they_are_names(
    session: Session, meeting: Meeting
) -> None:
    who_comes(session, meeting, name="홍길동")
    who_comes(session, meeting, name="하늘")
    who_comes(session, meeting, name="Anna Lee")
    who_comes(session, meeting, name="솔")
    who_comes(session, meeting, named=True, name="김같은")
    a_guest(session, meeting, "김같은")
    a_guest(session, meeting, "손님일")
    names = names_of(session, meeting.id)
    assert names.veil("홍 길동님과 홍길동씨") == f"{VEIL}님과 {VEIL}씨"
    assert names.veil("하늘이는 푸른하늘을 봐요") == f"{VEIL}이는 푸른하늘을 봐요"
    assert names.veil("anna lee, ANNALEE") == f"{VEIL}, {VEIL}"
    assert names.veil("솔 님, 솔직히") == f"{VEIL} 님, 솔직히"
    assert names.veil("김같은 님과 손님일 님") == f"김같은 님과 {VEIL} 님"
    assert names.told == ["김같은"]


def test_a_name_stays_veiled_when_its_guest_is_forgotten(
    session: Session, meeting: Meeting
) -> None:
    a_guest(session, meeting, "손님일")
    published(session, meeting, "손님일 님이 이야기했어요.")
    let_time_pass(session, at=now() + timedelta(days=60))
    session.expire_all()
    assert names_of(session, meeting.id).hidden.isdisjoint({"손님일"})
    assert "손님일" not in str(record_of(session, meeting, at=now()))
    assert VEIL in str(record_of(session, meeting, at=now()).minutes)


def test_who_takes_back_consent_is_veiled_at_once_everywhere(
    session: Session, meeting: Meeting
) -> None:
    person = who_comes(session, meeting, named=True, name="김찬성")
    an_item(session, meeting, person.id, title="김찬성의 제안")
    published(session, meeting, "김찬성 님이 맡아요.")
    decision = hands_up(
        session, meeting, question="김찬성 님에게 맡길까요?", words="김찬성 님이 해요"
    )
    task = a_chore(session, meeting, person.id, words="김찬성 님과 신청", decision_id=decision.id)
    tell_outcome(session, task, Outcome(Went.PARTLY, "김찬성이 반쯤"), at=now())
    assert str(record_of(session, meeting, at=now())).count("김찬성") == 9
    session.scalars(seat_of(meeting.id, person.id)).one().named = False
    session.flush()
    assert "김찬성" not in str(record_of(session, meeting, at=now()))
