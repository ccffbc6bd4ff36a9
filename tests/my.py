"""Somebody about whom every package keeps something, and whose words can be found again."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from geo_service.accounts.models import (
    ApiToken,
    Identity,
    MailCode,
    Person,
    Purpose,
    RecoveryCode,
    SecondFactor,
)
from geo_service.clock import KOREA, now
from geo_service.hiring.models import Application, Consent, Draft, Reason, Way
from geo_service.hours.week import ALL_WEEK
from geo_service.meetings.models import Choice, MeetingState
from geo_service.meetings.workflow.deciding import vote
from geo_service.meetings.workflow.doing import finish
from geo_service.meetings.workflow.minutes import Said, draft, name_scribe, publish
from geo_service.meetings.workflow.proposing import support
from geo_service.offices.models import Invitation, Role
from geo_service.spaces.models import Event, Strike, Wish
from geo_service.spaces.workflow.feeding import open_feed
from geo_service.spaces.workflow.holding import book
from geo_service.trust.models import Answer, Remark, Review, Round, Side
from geo_service.urgent.models import Asked
from geo_service.urgent.workflow.answering import be_free
from geo_service.watchers.models import Enrolment, Part
from geo_service.web.idempotency import KeptAnswer
from tests.factories import a_job
from tests.hiring import an_application
from tests.meeting_records import a_ballot, a_chore, a_convened_meeting, an_item, seat
from tests.meetings import a_proposal, a_seat, convened, times_of
from tests.people import a_person, a_token
from tests.programmes import a_programme
from tests.spaces import a_room, held_weekly, in_line, tomorrow
from tests.trust import confirmed_work, hired_work, shifts_of
from tests.urgent import a_call
from tests.watchers import a_watcher, an_activity

MARK = "버드나무"
"""Stands in everything that is written by this person or about them."""

PHONE, EMAIL = "+821099998888", "willow-7731@example.org"

HASH = bytes(32)


def somebody_busy(session: Session) -> Person:
    """At least one row in every table that names a person, but for those of officers."""
    person = a_person(session, name=MARK, email=EMAIL, phone=PHONE)
    _lock(session, person)
    _work(session, person)
    _book(session, person)
    _meet(session, person)
    _watch(session, person)
    session.commit()
    return person


def _lock(session: Session, person: Person) -> None:
    a_token(session, person)
    soon, office = now() + timedelta(days=1), a_job(session).office_id
    session.add_all(
        (
            ApiToken(
                person_id=person.id, name=MARK, token_hash=HASH, scopes=["read"], expires_at=soon
            ),
            Identity(provider="kakao", subject=MARK, person_id=person.id),
            SecondFactor(person_id=person.id, sealed_secret=b"sealed"),
            RecoveryCode(code_hash=HASH, person_id=person.id),
            MailCode(
                challenge_hash=HASH,
                code_hash=HASH,
                email=EMAIL,
                expires_at=soon,
                purpose=Purpose.MOVE,
                person_id=person.id,
            ),
            KeptAnswer(
                person_id=person.id,
                key_hash=HASH,
                wish_hash=HASH,
                status=201,
                headers=[],
                body=MARK.encode(),
            ),
            Invitation(
                office_id=office,
                email=EMAIL,
                role=Role.OFFICER,
                token_hash=HASH,
                expires_at=soon,
            ),
        )
    )
    session.commit()


def _work(session: Session, person: Person) -> None:
    programme = a_programme(session, valid_until=_in_days(14))
    ours = {"office_id": programme.office_id, "programme_id": programme.id}
    past = confirmed_work(session, person, **ours)
    ahead = hired_work(session, person, works_from=_in_days(1), works_until=_in_days(14), **ours)
    undecided = an_application(session, a_job(session, questions=["왜요?"]), person, at=now())
    for application in (past, ahead, undecided):
        application.phone, application.answers = PHONE, [{"question": "왜요?", "answer": MARK}]
    past.reason, past.reason_words = Reason.OFFICE, MARK
    session.add(Round(application_id=past.id, opened_at=_days_ago(9), closes_at=_days_ago(2)))
    session.flush()
    for side in Side:
        said = {"kept": Answer.YES, "again": Answer.YES, "line": MARK, "reply": MARK}
        by_id = person.id if side is Side.PERSON else None
        session.add(Review(application_id=past.id, side=side, by_id=by_id, **said))
    session.add(Remark(shift_id=shifts_of(session, past)[0].id, words=MARK))
    _for_mother(session, person, undecided)
    session.add(
        Draft(person_id=person.id, job_id=a_job(session).id, token_hash=HASH, said={"who": MARK})
    )
    be_free(session, person, ALL_WEEK)
    call = a_call(session, now())
    session.add(Asked(job_id=call.job_id, person_id=person.id, asked_at=now()))
    session.commit()


def _for_mother(session: Session, person: Person, beside: Application) -> None:
    session.add(
        Application(
            job_id=beside.job_id,
            person_id=a_person(session, name="어머니").id,
            number=2,
            way=Way.FAMILY,
            by_id=person.id,
            consent=Consent.BESIDE,
            consented_at=now(),
        )
    )


def _book(session: Session, person: Person) -> None:
    room = a_room(session, terms={"cancel_minutes": 10_000})
    wish = Wish(tomorrow(13, 15), purpose=MARK, people=3)
    booking = book(session, room.id, person, wish, at=now())
    held_weekly(session, person, a_room(session))
    in_line(session, person, a_room(session))
    open_feed(session, person, at=now())
    session.add(
        Strike(
            booking_id=booking.id,
            person_id=person.id,
            office_id=room.office_id,
            given_at=now(),
            expires_at=now() + timedelta(days=9),
        )
    )
    session.add(
        Event(
            booking_id=booking.id,
            at=now(),
            by_id=person.id,
            deed="move",
            state=booking.state,
            during=booking.during,
            words=MARK,
        )
    )
    session.commit()


def _watch(session: Session, person: Person) -> None:
    watcher = a_watcher(session, person, name=MARK, phone=PHONE)
    activity = an_activity(session, office_id=watcher.office_id)
    session.add(Part(activity_id=activity.id, watcher_id=watcher.id))
    session.add(Enrolment(person_id=person.id, said={"name": {"name": [MARK]}}))
    session.commit()


def _meet(session: Session, person: Person) -> None:
    a_proposal(session, person, title=MARK, summary=MARK)
    meeting, other = convened(session, person, bring="물"), a_proposal(session)
    support(session, other, person, [times_of(session, other)[0].id], at=now())
    a_seat(session, convened(session), person)
    over = convened(session)
    a_seat(session, over, person)
    over.state = MeetingState.HELD
    assert meeting.proposed_by_id == person.id
    _minute(session, person)
    session.commit()


def _minute(session: Session, person: Person) -> None:
    """They are named in all that a meeting leaves behind."""
    met = a_convened_meeting(session)
    seat(session, met, person, named=True)
    an_item(session, met, person.id, title=f"{person.name} 님의 안건")
    name_scribe(session, met, person.id, at=now())
    for words in ("시작해요", "끝났어요"):
        draft(session, met, Said(f"{person.name} 님과 {words}"), at=now())
        publish(session, met, why=f"{person.name} 님이 물어서", by_office=False, at=now())
    vote(session, a_ballot(session, met), person.id, Choice.YES, at=now())
    a_chore(session, met, person.id, words=f"{person.name} 님과 하기")
    done = a_chore(session, met, person.id)
    finish(session, done, done=True, at=now())


def _in_days(days: int) -> date:
    return now().astimezone(KOREA).date() + timedelta(days=days)


def _days_ago(days: int) -> datetime:
    return now() - timedelta(days=days)
