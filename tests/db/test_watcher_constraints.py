"""What must always hold of watchers, the database holds; and every question has its index."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_service.clock import now
from geo_service.watchers.models import (
    BenefitCount,
    BenefitMark,
    CardKind,
    Enrolment,
    Part,
    Refusal,
    WatcherState,
)
from geo_service.watchers.queries import is_watcher
from geo_service.watchers.queries.activities import ahead_of, my_activity, plan_of
from geo_service.watchers.queries.benefits import benefits_of, uses_of
from geo_service.watchers.queries.cards import card_of, the_card
from geo_service.watchers.queries.members import (
    how_many,
    membership_of,
    run_out,
    to_be_reminded,
    watchers_in,
)
from geo_service.watchers.workflow.keys import ready_signer
from geo_service.watchers.workflow.terms import held_terms
from tests.plans import plan_of as planned
from tests.watchers import SECRET, a_benefit, a_card_shown, a_watcher, an_activity

AT = now()


@pytest.fixture
def everything(session: Session) -> None:
    """A row in every table."""
    watcher = a_watcher(session)
    a_card_shown(session, watcher)
    held_terms(session, watcher.office_id)
    ready_signer(session, SECRET, at=AT)
    activity = an_activity(session, office_id=watcher.office_id)
    session.add(Part(activity_id=activity.id, watcher_id=watcher.id))
    benefit = a_benefit(session, office_id=watcher.office_id)
    session.add(BenefitCount(benefit_id=benefit.id, month=AT.date().replace(day=1), uses=1))
    session.add(BenefitMark(mark=bytes(32), until=AT))
    session.add(Refusal(mark=bytes(32), until=AT))
    session.add(Enrolment(person_id=watcher.person_id, said={}))
    session.commit()


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("watcher SET state = 'queen', phone = NULL, valid_until = NULL", "watcher_state_check"),
        ("watcher SET name = ' '", "watcher_named_check"),
        ("watcher SET phone = '119'", "watcher_callable_check"),
        ("watcher SET phone = NULL", "watcher_reachable_check"),
        ("watcher SET valid_until = NULL", "watcher_valid_check"),
        ("watcher SET reason = '그냥'", "watcher_explained_check"),
        ("watch_terms SET enough = 0", "watch_terms_enough_check"),
        ("watcher_draft SET said = '[]'", "watcher_draft_said_check"),
        (
            "watcher_draft SET said = jsonb_build_object('a', repeat('x', 6000))",
            "watcher_draft_short_check",
        ),
        ("watch_card SET kind = 'ring'", "watch_card_kind_check"),
        ("watch_key SET id = 65536", "watch_key_two_bytes_check"),
        ("watch_key SET public_key = ''", "watch_key_public_check"),
        ("watch_key SET sealed = NULL", "watch_key_sealed_check"),
        ("watch_key SET revoked_at = now()", "watch_key_retired_first_check"),
        ("benefit SET partner = ''", "benefit_titled_check"),
        ("benefit SET good_until = good_from - 1", "benefit_forward_check"),
        ("benefit SET version = 0", "benefit_versioned_check"),
        ("benefit_count SET uses = 0", "benefit_count_used_check"),
        ("benefit_count SET month = month + 1", "benefit_count_monthly_check"),
        ("benefit_mark SET mark = ''", "benefit_mark_hashed_check"),
        ("watch_refusal SET mark = ''", "watch_refusal_hashed_check"),
        ("watch_activity SET what = ' '", "watch_activity_told_check"),
        ("watch_activity SET ends_at = starts_at", "watch_activity_forward_check"),
        ("watch_activity SET seats = 0", "watch_activity_seated_check"),
        ("watch_activity SET done_at = now()", "watch_activity_done_check"),
        (
            "watch_activity SET done_at = now(), came = 1, called_off_at = now()",
            "watch_activity_one_end_check",
        ),
        ("watch_activity SET version = 0", "watch_activity_versioned_check"),
    ],
)
def test_the_database_keeps_the_rules(session: Session, change: str, constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        session.execute(text(f"UPDATE {change}"))


def test_one_person_has_one_membership_and_one_card_of_a_kind(session: Session) -> None:
    watcher = a_watcher(session)
    copied = "INSERT INTO watch_card SELECT gen_random_uuid(), watcher_id, kind, made_at"
    with pytest.raises(IntegrityError, match="watch_card_once_key"), session.begin_nested():
        session.execute(text(f"{copied} FROM watch_card"))
    with pytest.raises(IntegrityError, match="watcher_once_key"):
        a_watcher(session, watcher.person)


def test_the_calendar_leaves_alone_whom_somebody_holds(session: Session) -> None:
    a_watcher(session, valid_until=AT + timedelta(days=10))
    for question in (run_out(AT + timedelta(days=11)), to_be_reminded(AT, AT + timedelta(days=30))):
        assert "LockRows" in planned(session, question)
        assert str(question.compile(dialect=postgresql.dialect())).endswith("SKIP LOCKED")


def test_every_question_has_its_index(session: Session) -> None:
    watcher = a_watcher(session)
    person, office, soon = watcher.person_id, watcher.office_id, AT + timedelta(days=30)
    activity = an_activity(session, office_id=office)
    benefit = a_benefit(session, office_id=office)
    waiting = watchers_in({office}, WatcherState.WAITING, at=AT)
    for question, index in (
        (membership_of(person), "watcher_once_key"),
        (is_watcher(person, AT), "Index Scan using watcher_"),
        (waiting, "watcher_office_id_idx"),
        (how_many(office, at=AT), "Index Scan using watcher_"),
        (to_be_reminded(AT, soon), "watcher_valid_until_idx"),
        (run_out(AT), "watcher_valid_until_idx"),
        (card_of(watcher.id, CardKind.PHONE), "watch_card_once_key"),
        (the_card(watcher.id), "watch_card_pkey"),
        (ahead_of(office, at=AT), "watch_activity_office_id_idx"),
        (plan_of(office), "watch_activity_office_id_idx"),
        (my_activity(activity.id, person, at=AT), "Index Scan using watch_activity_"),
        (benefits_of({office}), "benefit_office_id_idx"),
        (uses_of(benefit.id), "benefit_count_pkey"),
    ):
        assert index in planned(session, question), index
