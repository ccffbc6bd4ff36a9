"""What is over is forgotten by itself."""

from datetime import timedelta

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from geo_service.accounts.tasks import forget_what_is_over
from geo_service.clock import now
from geo_service.mail import Letter, send
from geo_service.mail.models import Envelope
from geo_service.mail.tasks import forget_old_letters
from geo_service.web.idempotency import KeptAnswer
from tests.people import a_person

JOBS = text("SELECT count(*) FROM procrastinate.procrastinate_jobs WHERE args ->> 'letter' = :id")


def test_a_letter_that_found_no_way_is_forgotten_after_two_weeks(session: Session) -> None:
    letter = send(session, "neighbour@example.org", Letter("제목", "내용"))
    envelopes = select(func.count()).where(Envelope.id == letter)
    forget_old_letters(session, {}, now() + timedelta(days=13))
    assert session.scalar(envelopes) == 1
    forget_old_letters(session, {}, now() + timedelta(days=15))
    assert session.scalar(envelopes) == 0
    assert session.scalar(JOBS, {"id": str(letter)}) == 1, "its job finds it gone, and ends"


def test_what_was_refused_is_counted_for_a_month(session: Session) -> None:
    letter = {"id": str(send(session, "neighbour@example.org", Letter("제목", "내용")))}
    session.execute(text("UPDATE procrastinate.procrastinate_jobs SET status = 'doing'"))
    session.execute(text("UPDATE procrastinate.procrastinate_jobs SET status = 'failed'"))
    forget_old_letters(session, {}, now() + timedelta(days=29))
    assert session.scalar(JOBS, letter) == 1
    forget_old_letters(session, {}, now() + timedelta(days=31))
    assert session.scalar(JOBS, letter) == 0


def test_an_answer_is_kept_for_two_days(session: Session) -> None:
    session.add(
        KeptAnswer(
            person_id=a_person(session).id,
            key_hash=bytes(32),
            wish_hash=bytes(32),
            status=201,
            headers=[],
            body=b"",
        )
    )
    session.commit()
    kept = select(func.count()).select_from(KeptAnswer)
    forget_what_is_over(session, {}, now() + timedelta(hours=47))
    assert session.scalar(kept) == 1
    forget_what_is_over(session, {}, now() + timedelta(hours=49))
    assert session.scalar(kept) == 0
