"""What must always hold of records, the database holds; and every question has its index."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_service.clock import now
from geo_service.meetings.models import (
    LookBack,
    Meeting,
)
from geo_service.meetings.queries.records import (
    agenda_of,
    called_of_all,
    decisions_of,
    editions_of,
    entitled_to,
    has_voted,
    meeting_of_part_taker,
    meeting_of_scribe,
    seat_of,
    slips_of,
    tasks_of,
)
from geo_service.meetings.workflow.minutes import (
    Said,
    draft,
    publish,
)
from tests.meeting_records import (
    a_ballot,
    a_chore,
    a_convened_meeting,
    an_item,
    hands_up,
    who_comes,
)
from tests.people import a_person
from tests.plans import plan_of


@pytest.fixture
def meeting(session: Session) -> Meeting:
    return a_convened_meeting(session)


def published(session: Session, meeting: Meeting, words: str = "모두 찬성했어요.") -> None:
    draft(session, meeting, Said(words), at=now())
    publish(session, meeting, by_office=False, at=now())


@pytest.mark.parametrize(
    ("table", "change", "constraint"),
    [
        ("agenda_item", "title = ' '", "meeting_agenda_item_in_words_check"),
        ("agenda_item", "lasts_min = 0", "meeting_agenda_item_lasting_check"),
        ("agenda_item", "position = -1", "meeting_agenda_item_placed_check"),
        ("agenda_item", "version = 0", "meeting_agenda_item_versioned_check"),
        ("minutes", "came = -1", "meeting_minutes_counted_check"),
        ("minutes", "version = 0", "meeting_minutes_versioned_check"),
        ("minutes", "words = repeat('가', 10001)", "meeting_minutes_not_endless_check"),
        ("decision", "question = ' '", "meeting_decision_in_words_check"),
        ("decision", "way = 'dice'", "meeting_decision_way_check"),
        ("decision", "closes_at = now() + interval '1 day'", "meeting_decision_closing_check"),
        (
            "decision",
            "closed_at = NULL, yes = 0, no = 0, abstained = 0, voted = 0",
            "meeting_decision_hands_at_once_check",
        ),
        (
            "decision",
            "way = 'ballot', closes_at = opened_at",
            "meeting_decision_open_some_time_check",
        ),
        (
            "decision",
            "closed_at = opened_at - interval '1 day'",
            "meeting_decision_closed_after_opened_check",
        ),
        ("decision", "voted = 11", "meeting_decision_counted_check"),
        (
            "decision",
            "way = 'ballot', closes_at = opened_at + interval '1 day', closed_at = NULL",
            "meeting_decision_secret_while_open_check",
        ),
        ("decision", "entitled = 9", "meeting_decision_no_more_votes_than_people_check"),
        ("task", "words = ' '", "meeting_task_in_words_check"),
        ("task", "by_office = true", "meeting_task_one_owner_check"),
        ("task", "went = 'badly', went_at = now()", "meeting_task_went_check"),
        ("task", "went_words = '반쯤'", "meeting_task_told_in_whole_check"),
        ("task", "went = 'done'", "meeting_task_told_some_time_check"),
        ("task", "version = 0", "meeting_task_versioned_check"),
        ("look_back", "words = '좋아요'", "meeting_look_back_answered_check"),
    ],
)
def test_nonsense_is_refused(
    session: Session, meeting: Meeting, table: str, change: str, constraint: str
) -> None:
    an_item(session, meeting, None)
    published(session, meeting)
    hands_up(session, meeting)
    a_chore(session, meeting, who_comes(session, meeting, named=True).id)
    session.add(LookBack(meeting_id=meeting.id, asked_at=now()))
    session.flush()
    with pytest.raises(IntegrityError, match=constraint):
        session.execute(text(f"UPDATE meeting_{table} SET {change}"))  # noqa: S608


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ("0, '글', '까닭', NULL", "meeting_edition_numbered_check"),
        ("1, ' ', '', NULL", "meeting_edition_in_words_check"),
        ("1, repeat('가', 10001), '', NULL", "meeting_edition_not_endless_check"),
        ("1, '글', '까닭', NULL", "meeting_edition_explained_check"),
        ("1, '글', '', -1", "meeting_edition_counted_check"),
    ],
)
def test_no_edition_is_nonsense(
    session: Session, meeting: Meeting, values: str, constraint: str
) -> None:
    draft(session, meeting, Said("글"), at=now())
    with pytest.raises(IntegrityError, match=constraint):
        session.execute(
            text(
                "INSERT INTO meeting_edition (meeting_id, number, words, why, came, published_at)"  # noqa: S608
                f" VALUES ('{meeting.id}', {values}, now())"
            )
        )


@pytest.mark.parametrize(
    ("code", "choice", "constraint"),
    [
        ("ABCDEFGH", "perhaps", "meeting_slip_choice_check"),
        ("abcdefgh", "yes", "meeting_slip_coded_check"),
        ("ABCDEFGH", "yes", "meeting_slip_each_has_a_voter"),
    ],
)
def test_no_slip_is_stuffed_into_the_box(
    session: Session, meeting: Meeting, code: str, choice: str, constraint: str
) -> None:
    ballot = a_ballot(session, meeting)
    with pytest.raises(IntegrityError) as error:
        session.execute(
            text("INSERT INTO meeting_slip VALUES (:ballot, :code, :choice)"),
            {"ballot": ballot.id, "code": code, "choice": choice},
        )
    cause = error.value.orig
    assert getattr(cause, "diag").constraint_name == constraint  # noqa: B009


def test_every_question_finds_its_rows_by_an_index(session: Session, meeting: Meeting) -> None:
    decision = hands_up(session, meeting)
    person = a_person(session)
    for question in (
        agenda_of(meeting.id),
        editions_of(meeting.id),
        decisions_of(meeting.id),
        slips_of(decision.id),
        has_voted(decision.id, person.id),
        seat_of(meeting.id, person.id),
        entitled_to(decision),
        called_of_all(meeting.id),
        tasks_of(meeting.id),
        meeting_of_part_taker(meeting.id, person.id),
        meeting_of_scribe(meeting.id, person.id),
    ):
        plan = plan_of(session, question)
        assert "Index" in plan
        assert "Seq Scan" not in plan
