"""What was written is kept as it was written; a name that is forgotten leaves it as a word only."""

from datetime import timedelta

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from geo_service.clock import now
from geo_service.listings.models import Listing
from geo_service.meetings.models import MINUTES_MAX, AgendaItem, Decision, Edition, Meeting
from geo_service.meetings.models.meeting import MeetingState
from geo_service.meetings.queries.meetings import my_seat
from geo_service.meetings.workflow.agenda import ItemIsDecided, drop
from geo_service.meetings.workflow.convening import WIPED_AFTER, forget_guests
from geo_service.meetings.workflow.joining import leave
from geo_service.meetings.workflow.minutes import Said, draft, publish
from geo_service.meetings.workflow.names import VEIL
from geo_service.meetings.workflow.parting import part_from_records
from geo_service.meetings.workflow.recording import record_of
from tests.meeting_records import a_convened_meeting, a_guest, an_item, hands_up, who_comes


def published(session: Session, meeting: Meeting, words: str) -> Edition:
    draft(session, meeting, Said(words), at=now())
    edition = publish(session, meeting, by_office=False, at=now())
    session.commit()
    return edition


def test_a_word_that_only_looks_like_a_name_comes_back(session: Session) -> None:
    meeting = a_convened_meeting(session)
    person = who_comes(session, meeting, name="주차장")
    edition = published(session, meeting, "주차장을 넓혀요.")
    assert "주차장" not in str(record_of(session, meeting, at=now()))
    assert edition.words == "주차장을 넓혀요."
    session.scalars(my_seat(meeting.id, person.id)).one().named = True
    session.flush()
    assert "주차장을 넓혀요." in str(record_of(session, meeting, at=now()))


def test_a_forgotten_name_leaves_as_a_word_with_or_without_particles(session: Session) -> None:
    meeting = a_convened_meeting(session)
    a_guest(session, meeting, "이하늘")
    words = "이하늘, 이 하늘님께서는, 이하늘이라고 했어요. 놀이하늘마당과 이하늘바라기는 그대로."
    edition = published(session, meeting, words)
    meeting.state, meeting.closed_at = MeetingState.HELD, now()
    session.commit()
    forget_guests(session, at=now() + WIPED_AFTER)
    session.refresh(edition)
    assert edition.words == (
        f"{VEIL}, {VEIL}님께서는, {VEIL}이라고 했어요. 놀이하늘마당과 이하늘바라기는 그대로."
    )


def test_a_veil_never_outgrows_its_column(session: Session) -> None:
    meeting = a_convened_meeting(session)
    person = who_comes(session, meeting, name="솔")
    item = an_item(session, meeting, None, title="솔 " * 50)
    edition = published(session, meeting, ("솔 " * (MINUTES_MAX // 2)).strip())
    part_from_records(session, person)
    session.refresh(edition)
    session.refresh(item)
    assert (len(item.title), len(edition.words)) == (100, MINUTES_MAX)
    assert "솔" not in item.title + edition.words


def test_who_gives_up_the_seat_is_not_unveiled_by_it(session: Session) -> None:
    meeting = a_convened_meeting(session)
    person = who_comes(session, meeting, name="홍길동")
    published(session, meeting, "홍길동 님이 맡아요.")
    leave(session, session.scalars(my_seat(meeting.id, person.id)).one(), at=now())
    assert "홍길동" not in str(record_of(session, meeting, at=now()))


def test_what_was_decided_about_keeps_its_item(session: Session) -> None:
    meeting = a_convened_meeting(session)
    item = an_item(session, meeting, None)
    hands_up(session, meeting, agenda_item_id=item.id)
    with pytest.raises(ItemIsDecided):
        drop(session, meeting, item, at=now() - timedelta(days=1))
    session.execute(delete(Listing).where(Listing.id == meeting.id))
    assert session.query(AgendaItem).count() == session.query(Decision).count() == 0
