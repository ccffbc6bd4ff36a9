"""Decisions: by show of hands, which somebody counts, or by a secret ballot in the page."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import choice as any_of
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from geo_service import later
from geo_service.db.session import expecting
from geo_service.errors import BadField, Conflict, NotFound
from geo_service.mail import send
from geo_service.meetings.letters.records import ballot_opened
from geo_service.meetings.models import (
    AgendaItem,
    Choice,
    Decision,
    Edition,
    Meeting,
    Slip,
    Voter,
    Way,
)
from geo_service.meetings.queries.records import (
    coming_to,
    decisions_of,
    editions_of,
    entitled_to,
    seat_of,
    slips_of,
)
from geo_service.meetings.workflow.minutes import begun
from geo_service.meetings.workflow.names import names_of
from geo_service.meetings.workflow.standing import hold_row

SHORTEST, LONGEST = timedelta(minutes=5), timedelta(days=14)
"""How long a ballot is open."""

DECISIONS_MAX = 30

CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without those that look like another."""


class NotOnTheAgenda(BadField):
    """Choose an item of this meeting's agenda."""

    korean = "이 모임의 안건 가운데에서 골라 주세요."


class BallotTooShortOrLong(BadField):
    """A ballot is open for five minutes to fourteen days."""

    korean = "지금부터 5분 뒤와 14일 뒤 사이로 골라 주세요."


class TooManyDecisions(Conflict):
    """There are thirty decisions already."""

    korean = "결정이 벌써 서른 가지예요."


class BallotIsClosed(Conflict):
    """This ballot is closed."""

    korean = "투표가 끝났어요."


class OnlyWhoComesVotes(Conflict):
    """Only those vote who have said, with an account, that they come."""

    korean = "계정으로 ‘갈게요’를 누르고 자리를 받은 사람만 투표할 수 있어요."


class AlreadyVoted(Conflict):
    """You have voted already. What you voted nobody can look up, so it cannot be changed."""

    korean = "이미 투표하셨어요. 무엇을 골랐는지는 아무도 찾아볼 수 없어서 바꿀 수도 없어요."


class DecisionIsGone(NotFound):
    """This question was taken back meanwhile."""

    korean = "그 사이에 지운 질문이에요."


class DecisionStands(Conflict):
    """This stands: somebody has voted, or the minutes that tell it are published."""

    korean = "벌써 투표한 사람이 있거나 회의록을 올린 뒤라서 지울 수 없어요."


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be decided."""

    question: str
    agenda_item_id: UUID | None = None
    """None is what came up beside the agenda."""
    words: str = ""
    """What follows from it."""


@dataclass(frozen=True, slots=True)
class Hands:
    """How many of them were up."""

    yes: int
    no: int
    abstained: int


def _asked(
    session: Session, meeting: Meeting, question: Question, way: Way, at: datetime
) -> Decision:
    """Raises: MeetingHasNotBegun, TooManyDecisions, NotOnTheAgenda."""
    meeting = begun(session, meeting, at)
    if len(session.scalars(decisions_of(meeting.id)).all()) >= DECISIONS_MAX:
        raise TooManyDecisions
    if question.agenda_item_id is not None:
        item = session.get(AgendaItem, question.agenda_item_id)
        if item is None or item.meeting_id != meeting.id:
            raise NotOnTheAgenda("agenda_item_id", NotOnTheAgenda.title())
    return Decision(
        meeting_id=meeting.id,
        agenda_item_id=question.agenda_item_id,
        question=question.question,
        words=question.words,
        way=way,
        opened_at=at,
    )


def note_hands(
    session: Session, meeting: Meeting, question: Question, hands: Hands, *, at: datetime
) -> Decision:
    """Write down how many hands were up. Raises: as `_asked`."""
    decision = _asked(session, meeting, question, Way.HANDS, at)
    decision.yes, decision.no, decision.abstained = hands.yes, hands.no, hands.abstained
    decision.voted, decision.closed_at = hands.yes + hands.no + hands.abstained, at
    session.add(decision)
    session.flush()
    return decision


def open_ballot(
    session: Session,
    meeting: Meeting,
    question: Question,
    *,
    closes_at: datetime,
    at: datetime,
) -> Decision:
    """Put a question to those who come, and tell them. It closes by itself.

    Raises: as `_asked`; BallotTooShortOrLong.
    """
    if not at + SHORTEST <= closes_at <= at + LONGEST:
        raise BallotTooShortOrLong("closes_at", BallotTooShortOrLong.title())
    decision = _asked(session, meeting, question, Way.BALLOT, at)
    decision.closes_at = closes_at
    session.add(decision)
    session.flush()
    later.queue(
        session,
        "meetings.close_ballot",
        {"decision": str(decision.id)},
        due_at=closes_at,
        key=f"meetings.close_ballot:{decision.id}",
    )
    asked = names_of(session, meeting.id).veil(decision.question)
    for attendee, _ in session.execute(coming_to(decision.meeting_id)).all():
        if (person := attendee.person) is not None:
            letter = ballot_opened(meeting.title, asked, closes_at, person.tongue)
            send(session, person.email, letter)
    return decision


def vote(
    session: Session, decision: Decision, person_id: UUID, choice: Choice, *, at: datetime
) -> str:
    """Vote once; the code of the slip, which is told to nobody else and never again.

    Raises: DecisionIsGone, BallotIsClosed, OnlyWhoComesVotes, AlreadyVoted.
    """
    # Shared: voters do not wait for each other, and counting waits for all of them.
    hold_row(session, decision, DecisionIsGone(), shared=True)
    if not decision.is_open(at):
        raise BallotIsClosed
    if session.scalar(seat_of(decision.meeting_id, person_id)) is None:
        raise OnlyWhoComesVotes
    with expecting(session, "meeting_voter_pkey", AlreadyVoted()):
        session.add(Voter(decision_id=decision.id, person_id=person_id))
    code = "".join(any_of(CODE_LETTERS) for _ in range(8))
    session.add(Slip(decision_id=decision.id, code=code, choice=choice))
    session.flush()
    return code


def count(session: Session, decision: Decision, *, at: datetime) -> None:
    """Close a ballot whose time is over, once: write down the sums, and shuffle the slips."""
    hold_row(session, decision, DecisionIsGone())
    if decision.closed_at is not None or decision.closes_at is None or at < decision.closes_at:
        return
    slips = [(slip.code, slip.choice) for slip in session.scalars(slips_of(decision.id))]
    entitled, counted = session.scalars(entitled_to(decision)).one(), Counter(dict(slips).values())
    decision.yes, decision.no = counted[Choice.YES], counted[Choice.NO]
    decision.abstained = counted[Choice.ABSTAIN]
    decision.voted, decision.entitled = len(slips), entitled
    decision.closed_at = at
    session.flush()
    if slips:
        session.execute(delete(Slip).where(Slip.decision_id == decision.id))
        rows = [
            {"decision_id": decision.id, "code": code, "choice": choice} for code, choice in slips
        ]
        session.execute(insert(Slip), rows)
        session.expire_all()


def withdraw(session: Session, meeting: Meeting, decision: Decision, *, at: datetime) -> None:
    """Take back what was written down or asked by mistake.

    Raises: DecisionIsGone, DecisionStands.
    """
    begun(session, meeting, at)
    hold_row(session, decision, DecisionIsGone())
    published: Edition | None = session.scalars(editions_of(decision.meeting_id)).first()
    begun_to_vote = session.scalars(slips_of(decision.id)).first() is not None
    if begun_to_vote or (decision.closed_at is not None and published is not None):
        raise DecisionStands
    later.drop(session, f"meetings.close_ballot:{decision.id}")
    session.delete(decision)
    session.flush()
