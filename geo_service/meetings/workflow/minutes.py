"""The minutes: drafted by the scribe, published, corrected without hiding what was said before."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.errors import BadField, Conflict
from geo_service.mail import send
from geo_service.meetings.letters.records import minutes_published, named_scribe
from geo_service.meetings.models import Edition, Meeting, MeetingState, Minutes
from geo_service.meetings.queries.records import (
    coming_to,
    editions_of,
    seat_of,
)
from geo_service.meetings.workflow.consenting import note_consent
from geo_service.meetings.workflow.standing import hold_meeting


class MeetingHasNotBegun(Conflict):
    """The meeting has not begun yet."""

    korean = "모임이 시작한 뒤에 할 수 있어요."


class ScribeMustCome(BadField):
    """Name somebody with an account who comes."""

    korean = "계정이 있고 모임에 오는 사람 가운데에서 골라 주세요."


class NothingToPublish(Conflict):
    """There is nothing written yet."""

    korean = "아직 적은 것이 없어요. 회의록을 적은 뒤에 올려 주세요."


class NothingCorrected(Conflict):
    """This is what is published already."""

    korean = "이미 올린 회의록과 똑같아요. 고친 뒤에 다시 올려 주세요."


class SayWhatWasWrong(BadField):
    """Say what was wrong, in a few words."""

    korean = "무엇을 왜 고쳤는지 짧게 적어 주세요."


@dataclass(frozen=True, slots=True)
class Said:
    """What the minutes say."""

    words: str
    also: str = ""
    came: int | None = None


def is_proposer(meeting: Meeting, person_id: UUID) -> bool:
    """Whether somebody proposed it for themselves, and not for their office."""
    return meeting.proposed_by_id == person_id and not meeting.by_office


def has_begun(meeting: Meeting, at: datetime) -> bool:
    """Whether it takes place or took place; a meeting that was called off never does."""
    states = {MeetingState.CONVENED, MeetingState.HELD, MeetingState.LOOKED_BACK}
    return meeting.state in states and meeting.begins_at is not None and meeting.begins_at <= at


def begun(session: Session, meeting: Meeting, at: datetime) -> Meeting:
    """The meeting, locked, in or after its time. Raises: MeetingHasNotBegun."""
    found = hold_meeting(session, meeting.id)
    if not has_begun(found, at):
        raise MeetingHasNotBegun
    return found


def _minutes_of(session: Session, meeting: Meeting, at: datetime) -> Minutes:
    """Its minutes, begun now if nobody has; the meeting is locked."""
    found = session.get(Minutes, meeting.id, with_for_update=True, populate_existing=True)
    if found is None:
        found = Minutes(meeting_id=meeting.id, drafted_at=at)
        session.add(found)
        session.flush()
    return found


def minutes_to_edit(session: Session, meeting: Meeting, *, at: datetime) -> Minutes:
    """Its minutes, locked until this transaction ends, to be compared with what was sent."""
    hold_meeting(session, meeting.id)
    return _minutes_of(session, meeting, at)


def name_scribe(
    session: Session, meeting: Meeting, person_id: UUID | None, *, at: datetime
) -> Minutes:
    """Have somebody who comes write the minutes; nobody in particular is who proposed it.

    Raises: ScribeMustCome.
    """
    meeting = hold_meeting(session, meeting.id)
    if person_id is not None and is_proposer(meeting, person_id):
        person_id = None
    if person_id is not None and session.scalar(seat_of(meeting.id, person_id)) is None:
        raise ScribeMustCome("scribe_id", ScribeMustCome.title())
    minutes = _minutes_of(session, meeting, at)
    if person_id is not None and person_id != minutes.scribe_id:
        scribe = session.get_one(Person, person_id)
        send(session, scribe.email, named_scribe(meeting.title, scribe.tongue))
    minutes.scribe_id = person_id
    session.flush()
    return minutes


def draft(session: Session, meeting: Meeting, said: Said, *, at: datetime) -> Minutes:
    """Keep what is written so far; nobody else reads it yet. Raises: MeetingHasNotBegun."""
    meeting = begun(session, meeting, at)
    minutes = _minutes_of(session, meeting, at)
    minutes.words, minutes.also = said.words, said.also
    minutes.came, minutes.drafted_at = said.came, at
    minutes.version += 1
    session.flush()
    return minutes


def publish(
    session: Session, meeting: Meeting, *, why: str = "", by_office: bool, at: datetime
) -> Edition:
    """Let everybody read the draft. Whoever comes is told the first time.

    Raises: MeetingHasNotBegun, NothingToPublish, NothingCorrected, SayWhatWasWrong.
    """
    meeting = begun(session, meeting, at)
    minutes = _minutes_of(session, meeting, at)
    words, also = minutes.words, minutes.also
    if not words.strip():
        raise NothingToPublish
    before = session.scalars(editions_of(meeting.id)).first()
    if before is not None:
        if (before.words, before.also, before.came) == (words, also, minutes.came):
            raise NothingCorrected
        if not why.strip():
            raise SayWhatWasWrong("why", SayWhatWasWrong.title())
    edition = Edition(
        meeting_id=meeting.id,
        number=before.number + 1 if before else 1,
        words=words,
        also=also,
        came=minutes.came,
        why=why if before else "",
        by_office=by_office,
        published_at=at,
    )
    session.add(edition)
    session.flush()
    if before is None:
        _tell(session, meeting)
    return edition


def _tell(session: Session, meeting: Meeting) -> None:
    for attendee, _ in session.execute(coming_to(meeting.id)).all():
        person = attendee.person
        if person is not None:
            send(session, person.email, minutes_published(meeting.title, person.tongue))


def sign_in(
    session: Session,
    meeting: Meeting,
    *,
    came: Collection[UUID],
    named: Collection[UUID],
    at: datetime,
) -> None:
    """Write down what the sign-in sheet says of everybody who was to come.

    Who signed there that they may be named, or may not, has said so last. Shape: ids of attendees.
    Raises: MeetingHasNotBegun.
    """
    meeting = begun(session, meeting, at)
    for attendee, _ in session.execute(coming_to(meeting.id)).all():
        attendee.came = attendee.id in came
        note_consent(meeting, attendee, named=attendee.id in named)
    session.flush()
