"""What must always hold about applications, the database holds, whoever writes."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_service.accounts.queries import hashed
from geo_service.clock import now
from geo_service.hiring.models import Application, Draft, Draw
from geo_service.hiring.models.draw import commitment_of
from geo_service.hiring.workflow.choosing import offer
from tests.hiring import SOON, a_job_of, an_application
from tests.people import a_person

SEED = "5e" * 32


@pytest.mark.parametrize(
    ("constraint", "said"),
    [
        ("application_state_check", {"state": "dreaming"}),
        ("application_way_check", {"way": "pigeon", "consent": "phone", "consented_at": now()}),
        ("application_consent_check", {"way": "family", "consent": "?", "consented_at": now()}),
        ("application_consented_check", {"way": "family"}),
        ("application_consented_check", {"consent": "phone", "consented_at": now()}),
        ("application_reason_check", {"reason": "weather"}),
        ("application_explained_check", {"state": "declined"}),
        ("application_in_words_check", {"state": "declined", "reason": "office"}),
        ("application_offered_check", {"state": "offered"}),
        ("application_offered_check", {"offered_until": now()}),
        ("application_ranked_check", {"state": "waiting"}),
        ("application_counted_check", {"number": 0}),
        ("application_counted_check", {"minutes_before": -1}),
        ("application_callable_check", {"phone": "010-1234-5678"}),
    ],
)
def test_an_application_makes_sense(
    session: Session, constraint: str, said: dict[str, Any]
) -> None:
    an_application(session, a_job_of(session))
    change = ", ".join(f"{name} = :{name}" for name in said)
    with pytest.raises(IntegrityError, match=constraint):
        session.execute(text(f"UPDATE application SET {change}"), said)  # noqa: S608


@pytest.mark.parametrize(
    "answers",
    [
        '"yes"',
        "{}",
        '["yes"]',
        '[{"question": "?"}]',
        '[{"question": "?", "answer": 1}]',
        '[{"question": "?", "answer": ""}]',
        "[" + ",".join(['{"question": "?", "answer": "."}'] * 6) + "]",
    ],
)
def test_answers_belong_to_questions(session: Session, answers: str) -> None:
    an_application(session, a_job_of(session))
    with pytest.raises(IntegrityError, match="application_answered_check"):
        session.execute(
            text("UPDATE application SET answers = CAST(:answers AS jsonb)"), {"answers": answers}
        )


@pytest.mark.parametrize(
    ("constraint", "same"),
    [
        ("application_once_key", {"number": 9}),
        ("application_number_key", {"person_id": None}),
        ("application_rank_key", {"person_id": None, "number": 9}),
    ],
)
def test_what_is_once_is_once(session: Session, constraint: str, same: dict[str, Any]) -> None:
    first = an_application(session, a_job_of(session))
    first.rank = 1
    session.flush()
    said = {"job_id": first.job_id, "person_id": first.person_id, "number": 1, "rank": 1} | same
    said["person_id"] = said["person_id"] or a_person(session).id
    session.add(Application(**said))
    with pytest.raises(IntegrityError, match=constraint):
        session.flush()


def test_seats_are_counted_whoever_writes_and_one_too_many_is_refused(session: Session) -> None:
    job = a_job_of(session)
    first, second = an_application(session, job), an_application(session, job)
    taken = text("SELECT taken FROM job WHERE id = :id")

    def seated() -> int:
        return int(session.scalar(taken, {"id": job.id}) or 0)

    offer(session, first, at=SOON)
    assert seated() == 1
    session.execute(
        text("UPDATE application SET state = 'hired', offered_until = NULL WHERE id = :id"),
        {"id": first.id},
    )
    assert seated() == 1
    with pytest.raises(IntegrityError, match="job_never_overfilled"), session.begin_nested():
        session.execute(
            text("UPDATE application SET state = 'hired' WHERE id = :id"), {"id": second.id}
        )
    session.execute(text("DELETE FROM application WHERE id = :id"), {"id": first.id})
    assert seated() == 0


@pytest.mark.parametrize(
    ("constraint", "said"),
    [
        ("draw_seeded_check", {"seed": "short", "commitment": commitment_of("short")}),
        ("draw_committed_check", {"commitment": commitment_of("another")}),
        ("draw_drawn_check", {"drawn_at": now()}),
        ("draw_drawn_check", {"drawn_at": now(), "numbers": [1, 2], "result": [1]}),
    ],
)
def test_a_draw_can_be_checked(session: Session, constraint: str, said: dict[str, Any]) -> None:
    usual = {"job_id": a_job_of(session).id, "seed": SEED, "commitment": commitment_of(SEED)}
    session.add(Draw(**usual | said))
    with pytest.raises(IntegrityError, match=constraint):
        session.flush()


def test_only_one_seed_waits_for_its_draw(session: Session) -> None:
    job = a_job_of(session)
    for seed in (SEED, "ab" * 32):
        session.add(Draw(job_id=job.id, seed=seed, commitment=commitment_of(seed)))
    with pytest.raises(IntegrityError, match="draw_pending_key"):
        session.flush()


@pytest.mark.parametrize(
    ("constraint", "said"),
    [
        ("application_draft_hashed_check", {"token_hash": b"short"}),
        ("application_draft_said_check", {"said": ["yes"]}),
        ("application_draft_short_check", {"said": {"whom": "x" * 20_000}}),
    ],
)
def test_a_draft_is_short_and_safe(session: Session, constraint: str, said: dict[str, Any]) -> None:
    usual = {
        "person_id": a_person(session).id,
        "job_id": a_job_of(session).id,
        "token_hash": hashed("token"),
    }
    session.add(Draft(**usual | said))
    with pytest.raises(IntegrityError, match=constraint):
        session.flush()
