"""What a meeting decides, who does what follows from it, and what became of it."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from geo_service.clock import KOREA, now
from geo_service.meetings.models import (
    Choice,
    Going,
    LookBack,
    Meeting,
    MeetingState,
    Slip,
    Voter,
    Went,
)
from geo_service.meetings.queries.records import (
    decisions_of,
    seat_of,
)
from geo_service.meetings.tasks.records import look_back as asks_back
from geo_service.meetings.workflow.convening import let_time_pass
from geo_service.meetings.workflow.deciding import (
    DECISIONS_MAX,
    AlreadyVoted,
    BallotIsClosed,
    BallotTooShortOrLong,
    DecisionStands,
    NotOnTheAgenda,
    OnlyWhoComesVotes,
    Question,
    TooManyDecisions,
    count,
    open_ballot,
    vote,
    withdraw,
)
from geo_service.meetings.workflow.doing import (
    OFFICE,
    Chore,
    NotDecidedHere,
    NotInTime,
    Outcome,
    OwnerMustAgree,
    TaskIsNobodysOfYours,
    change,
    give_up,
    take_on,
    tell_outcome,
)
from geo_service.meetings.workflow.looking_back import AFTER, TooEarlyToLookBack, look_back
from geo_service.meetings.workflow.minutes import (
    Said,
    draft,
    publish,
)
from geo_service.meetings.workflow.recording import record_of
from tests.letters import letters_to
from tests.meeting_records import (
    a_ballot,
    a_chore,
    a_convened_meeting,
    an_item,
    hands_up,
    seat,
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


def published(session: Session, meeting: Meeting, words: str = "모두 찬성했어요.") -> None:
    draft(session, meeting, Said(words), at=now())
    publish(session, meeting, by_office=False, at=now())


def test_a_ballot_counts_each_vote_once_and_keeps_it_secret(
    session: Session, meeting: Meeting
) -> None:
    voters = [who_comes(session, meeting) for _ in range(4)]
    ballot = a_ballot(session, meeting)
    assert len(letters_to(session, str(voters[0].email))) == 1
    chosen = [Choice.YES, Choice.YES, Choice.NO, Choice.ABSTAIN]
    codes = {
        vote(session, ballot, voter.id, choice, at=now()): choice
        for voter, choice in zip(voters, chosen, strict=True)
    }
    with pytest.raises(AlreadyVoted):
        vote(session, ballot, voters[0].id, Choice.NO, at=now())
    told = record_of(session, meeting, at=now()).decisions[0]
    assert (told.voted, told.yes, told.slips) == (0, 0, [])
    count(session, ballot, at=now())
    assert ballot.closed_at is None
    assert ballot.closes_at is not None
    count(session, ballot, at=ballot.closes_at)
    count(session, ballot, at=ballot.closes_at + SOON)
    (told,) = record_of(session, meeting, at=ballot.closes_at).decisions
    assert (told.yes, told.no, told.abstained, told.voted, told.entitled) == (2, 1, 1, 4, 5)
    assert told.is_carried
    assert {slip.code: slip.choice for slip in told.slips} == codes
    assert [slip.code for slip in told.slips] == sorted(codes)
    for late in (voters[0], a_person(session)):
        with pytest.raises(BallotIsClosed):
            vote(session, ballot, late.id, Choice.YES, at=ballot.closes_at)


def test_rows_of_a_counted_ballot_tell_nobody_who_voted_what(
    session: Session, meeting: Meeting
) -> None:
    ballot = a_ballot(session, meeting)
    for _ in range(9):
        person = who_comes(session, meeting)
        vote(session, ballot, person.id, Choice.YES, at=now())
    assert ballot.closes_at is not None
    count(session, ballot, at=ballot.closes_at)
    stored = session.execute(text("SELECT code, xmin::text FROM meeting_slip ORDER BY ctid"))
    codes, writers = zip(*stored, strict=True)
    assert len(set(writers)) == 1
    assert list(codes) == sorted(codes)
    columns = {name for table in (Slip, Voter) for name in table.__table__.columns.keys()}  # noqa: SIM118
    assert columns == {"decision_id", "code", "choice", "person_id"}


def test_only_who_has_a_seat_votes(session: Session, meeting: Meeting) -> None:
    ballot, waits = a_ballot(session, meeting), a_person(session)
    seat(session, meeting, waits, going=Going.WAITING)
    for person in (waits, a_person(session)):
        with pytest.raises(OnlyWhoComesVotes):
            vote(session, ballot, person.id, Choice.YES, at=now())
    assert session.scalar(select(func.count()).select_from(Slip)) == 0


def test_a_voter_who_leaves_the_meeting_still_counts(session: Session, meeting: Meeting) -> None:
    ballot, person = a_ballot(session, meeting), who_comes(session, meeting)
    vote(session, ballot, person.id, Choice.NO, at=now())
    session.delete(session.scalars(seat_of(meeting.id, person.id)).one())
    session.flush()
    assert ballot.closes_at is not None
    count(session, ballot, at=ballot.closes_at)
    assert (ballot.voted, ballot.entitled, ballot.is_carried) == (1, 2, False)


def test_a_ballot_without_votes_decides_nothing(session: Session, meeting: Meeting) -> None:
    ballot = a_ballot(session, meeting)
    assert ballot.closes_at is not None
    count(session, ballot, at=ballot.closes_at)
    assert (ballot.voted, ballot.entitled, ballot.is_carried) == (0, 1, False)


def test_a_ballot_closes_by_itself(session: Session, meeting: Meeting, later_runs) -> None:
    ballot = a_ballot(session, meeting)
    assert ballot.closes_at is not None
    later_runs(ballot.closes_at - timedelta(seconds=1))
    assert ballot.closed_at is None
    later_runs(ballot.closes_at)
    assert ballot.closed_at == ballot.closes_at


@pytest.mark.parametrize("minutes", [4, 14 * 24 * 60 + 1])
def test_a_ballot_is_neither_hasty_nor_endless(
    session: Session, meeting: Meeting, minutes: int
) -> None:
    at = now()
    closes_at = at + timedelta(minutes=minutes)
    with pytest.raises(BallotTooShortOrLong):
        open_ballot(session, meeting, Question("옮길까요?"), closes_at=closes_at, at=at)


def test_a_decision_belongs_to_the_agenda_of_its_meeting(
    session: Session, meeting: Meeting
) -> None:
    item = an_item(session, meeting, None)
    assert hands_up(session, meeting, agenda_item_id=item.id).agenda_item_id == item.id
    other = an_item(session, a_convened_meeting(session), None)
    for wrong in (other.id, uuid4()):
        with pytest.raises(NotOnTheAgenda):
            hands_up(session, meeting, agenda_item_id=wrong)


def test_a_meeting_does_not_decide_without_end(session: Session, meeting: Meeting) -> None:
    for _ in range(DECISIONS_MAX):
        hands_up(session, meeting)
    with pytest.raises(TooManyDecisions):
        hands_up(session, meeting)


def test_a_decision_is_taken_back_while_nobody_relies_on_it(
    session: Session, meeting: Meeting, later_runs
) -> None:
    mistaken, ballot, voted = (
        hands_up(session, meeting),
        a_ballot(session, meeting),
        a_ballot(session, meeting),
    )
    person = who_comes(session, meeting)
    vote(session, voted, person.id, Choice.YES, at=now())
    for decision in (mistaken, ballot):
        withdraw(session, meeting, decision, at=now())
    with pytest.raises(DecisionStands):
        withdraw(session, meeting, voted, at=now())
    assert later_runs(now() + timedelta(hours=2)) == 1
    stands = hands_up(session, meeting)
    published(session, meeting)
    with pytest.raises(DecisionStands):
        withdraw(session, meeting, stands, at=now())
    assert len(session.scalars(decisions_of(meeting.id)).all()) == 2


def test_a_task_is_taken_on_by_who_agreed_or_by_the_office(
    session: Session, meeting: Meeting
) -> None:
    agreed, silent = who_comes(session, meeting, named=True), who_comes(session, meeting)
    task = a_chore(session, meeting, agreed.id)
    assert len(letters_to(session, str(agreed.email))) == 1
    for wrong in (silent.id, uuid4()):
        with pytest.raises(OwnerMustAgree):
            a_chore(session, meeting, wrong)
    with pytest.raises(TaskIsNobodysOfYours):
        give_up(session, task, silent.id)
    give_up(session, task, agreed.id)
    assert record_of(session, meeting, at=now()).tasks[0].is_taken is False
    change(session, meeting, task, Chore("다시", task.due_on, OFFICE), at=now())
    assert (task.by_office, task.owner_id) == (True, None)


@pytest.mark.parametrize("days", [-1, 400])
def test_a_task_is_due_within_a_year(session: Session, meeting: Meeting, days: int) -> None:
    at: datetime = now()
    due_on: date = at.astimezone(KOREA).date() + timedelta(days=days)
    with pytest.raises(NotInTime):
        take_on(session, meeting, Chore("신청하기", due_on), at=at)


def test_a_task_follows_from_a_decision_of_its_meeting(session: Session, meeting: Meeting) -> None:
    elsewhere = hands_up(session, a_convened_meeting(session))
    with pytest.raises(NotDecidedHere):
        a_chore(session, meeting, decision_id=elsewhere.id)


def test_after_four_weeks_owners_and_the_proposer_are_asked_once(
    session: Session, meeting: Meeting
) -> None:
    proposer = session.get_one(type(a_person(session)), meeting.proposed_by_id)
    owner = who_comes(session, meeting, named=True)
    task = a_chore(session, meeting, owner.id)
    assert meeting.ends_at is not None
    over = meeting.ends_at + AFTER
    let_time_pass(session, at=meeting.ends_at)
    for at in (over - timedelta(seconds=1), over, over + SOON):
        asks_back(session, {}, at)
    session.flush()
    assert [one.subject for one in letters_to(session, str(proposer.email))] == [
        "동네이음: 그 뒤로 어떻게 되었나요?"
    ]
    assert len(letters_to(session, str(owner.email))) == 2
    with pytest.raises(TooEarlyToLookBack):
        look_back(session, meeting, "잘 되었어요", by_office=False, at=over - timedelta(seconds=1))
    tell_outcome(session, task, Outcome(Went.DONE, "옮겼어요"), at=over)
    look_back(session, meeting, "골목이 깨끗해졌어요", by_office=False, at=over)
    look_back(session, meeting, "골목이 아주 깨끗해졌어요", by_office=True, at=over)
    told = record_of(session, meeting, at=over)
    assert meeting.state is MeetingState.LOOKED_BACK
    assert (told.looked_back, told.tasks[0].went_words) == ("골목이 아주 깨끗해졌어요", "옮겼어요")
    assert told.tasks[0].done_at == over


def test_nobody_is_asked_about_a_meeting_that_never_was(session: Session, coming: Meeting) -> None:
    coming.state = MeetingState.CANCELLED
    session.flush()
    asks_back(session, {}, now() + timedelta(days=90))
    assert session.get(LookBack, coming.id) is None
