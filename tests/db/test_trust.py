"""Reviews are written once, unseen by the other side, and a record tells facts alone."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_service.hiring.models import Application
from geo_service.offices.models import OfficeKind
from geo_service.shifts.workflow.attending import mark_absent
from geo_service.trust.models import Answer, Review, Side
from geo_service.trust.queries import (
    missed_by,
    newly_confirmed,
    reviews_of_office,
    reviews_of_person,
    rounds_waiting_at,
    rounds_waiting_for,
    worked_for,
)
from geo_service.trust.tasks import open_rounds
from geo_service.trust.workflow.reviewing import (
    ROUND,
    AlreadyReviewed,
    NothingToReply,
    RoundIsOver,
    Words,
    WorkIsNotConfirmed,
    reply,
    write,
)
from geo_service.trust.workflow.telling import FEWEST, office_record, record_of, remark
from tests.factories import an_office
from tests.letters import letters_to
from tests.people import a_person
from tests.plans import plan_of
from tests.trust import DONE, confirmed_work, hired_work, shifts_of

GOOD = Words(Answer.YES, Answer.YES, "친절했어요")


def say(session: Session, application: Application, side: Side, words: Words = GOOD) -> Review:
    return write(session, application, side, words, by_id=application.person_id, at=DONE)


def test_nobody_reviews_work_that_is_not_confirmed(session: Session) -> None:
    with pytest.raises(WorkIsNotConfirmed):
        say(session, hired_work(session), Side.PERSON)


def test_a_review_is_not_shown_before_both_have_written(session: Session) -> None:
    application = confirmed_work(session)
    say(session, application, Side.OFFICE)
    person = application.person_id
    assert session.scalars(reviews_of_person(person, at=DONE)).all() == []
    theirs = say(session, application, Side.PERSON)
    assert len(session.scalars(reviews_of_person(person, at=DONE)).all()) == 1
    office = application.job.office_id
    assert session.scalars(reviews_of_office(office, at=DONE)).all() == [theirs]


def test_after_seven_days_it_is_shown_and_nobody_writes_any_more(session: Session) -> None:
    application = confirmed_work(session)
    say(session, application, Side.OFFICE)
    person = application.person_id
    moment = DONE + ROUND
    before = moment - timedelta(seconds=1)
    assert session.scalars(reviews_of_person(person, at=before)).all() == []
    assert len(session.scalars(reviews_of_person(person, at=moment)).all()) == 1
    with pytest.raises(RoundIsOver):
        write(session, application, Side.PERSON, GOOD, by_id=person, at=moment)


def test_work_confirmed_long_ago_is_not_reviewed(session: Session) -> None:
    application = confirmed_work(session)
    with pytest.raises(RoundIsOver):
        write(session, application, Side.PERSON, GOOD, by_id=application.person_id, at=DONE + ROUND)


def test_each_side_writes_once(session: Session) -> None:
    application = confirmed_work(session)
    say(session, application, Side.PERSON)
    with pytest.raises(AlreadyReviewed):
        say(session, application, Side.PERSON)


def test_one_replies_to_what_is_shown_only(session: Session) -> None:
    application = confirmed_work(session)
    said = say(session, application, Side.OFFICE)
    with pytest.raises(NothingToReply):
        reply(session, application.id, Side.PERSON, "고맙습니다", at=DONE)
    say(session, application, Side.PERSON)
    reply(session, application.id, Side.PERSON, "고맙습니다", at=DONE)
    assert said.reply == "고맙습니다"


def test_rounds_open_once_by_themselves_and_tell_who_worked(session: Session) -> None:
    application = confirmed_work(session)
    hired_work(session)
    for _ in range(2):
        open_rounds(session, {}, DONE + timedelta(minutes=5))
    session.flush()
    assert len(letters_to(session, str(application.person.email))) == 1
    (mine,) = session.scalars(rounds_waiting_for(application.person_id, at=DONE))
    assert mine.closes_at == DONE + ROUND
    offices = {application.job.office_id}
    assert session.scalars(rounds_waiting_at(offices, at=DONE)).all() == [mine]
    assert session.scalars(rounds_waiting_at({an_office(session).id}, at=DONE)).all() == []
    say(session, application, Side.PERSON)
    assert session.scalars(rounds_waiting_for(application.person_id, at=DONE)).all() == []


def test_a_record_counts_what_happened(session: Session) -> None:
    library = an_office(session, kind=OfficeKind.LIBRARY)
    person = a_person(session)
    confirmed_work(session, person, office_id=library.id)
    record = record_of(session, person.id, at=DONE)
    assert (record.jobs, record.minutes) == (1, 720)
    assert [(each.kind, each.jobs) for each in record.worked] == [(OfficeKind.LIBRARY, 1)]
    assert record.kept.asked == 0


def test_silence_counts_neither_as_good_nor_as_bad(session: Session) -> None:
    person = a_person(session)
    application = confirmed_work(session, person)
    say(session, application, Side.OFFICE, Words(Answer.PARTLY, Answer.NO))
    record = record_of(session, person.id, at=DONE + ROUND)
    assert (record.kept.partly, record.kept.asked) == (1, 1)
    assert (record.again.no, record.again.asked) == (1, 1)


def test_a_missed_day_has_the_persons_own_words_beside_it(session: Session) -> None:
    application = hired_work(session)
    shift, *_ = shifts_of(session, application)
    mark_absent(session, shift, at=DONE)
    remark(session, shift, "그날은 기관이 쉬었어요", at=DONE)
    remark(session, shift, "기관이 쉬는 날이었어요", at=DONE)
    ((missed, said),) = record_of(session, application.person_id, at=DONE).missed
    assert (missed, said and said.words) == (shift, "기관이 쉬는 날이었어요")


def test_of_few_people_nothing_is_told_about_an_office(session: Session) -> None:
    office = an_office(session)
    for number in range(FEWEST):
        application = confirmed_work(session, office_id=office.id)
        say(session, application, Side.PERSON)
        told = office_record(session, office.id, at=DONE + ROUND)
        assert (told is None) == (number < FEWEST - 1)
    assert told is not None
    assert (told.again.yes, told.again.asked) == (FEWEST, FEWEST)


def test_every_question_has_its_index(session: Session) -> None:
    application = confirmed_work(session)
    person = application.person_id
    assert "application_person_id_idx" in plan_of(session, reviews_of_person(person, at=DONE))
    assert "application_person_id_idx" in plan_of(session, rounds_waiting_for(person, at=DONE))
    assert "shift_person_id_idx" in plan_of(session, worked_for(person))
    assert "shift_person_id_idx" in plan_of(session, missed_by(person))
    assert "shift_confirmed_at_idx" in plan_of(session, newly_confirmed(DONE))


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("review SET side = 'nobody'", "review_side_check"),
        ("review SET kept = 'five stars'", "review_answered_check"),
        ("review SET side = 'person'", "review_once_key"),
        ("review_round SET closes_at = opened_at", "review_round_lasting_check"),
        ("remark SET words = ' '", "remark_in_words_check"),
    ],
)
def test_the_database_keeps_the_rules(session: Session, change: str, constraint: str) -> None:
    application = confirmed_work(session)
    say(session, application, Side.OFFICE)
    say(session, application, Side.PERSON)
    remark(session, shifts_of(session, application)[0], "말", at=DONE)
    with pytest.raises(IntegrityError, match=constraint):
        session.execute(text(f"UPDATE {change}"))
