"""What must always hold, the database holds: each constraint refuses what it is for."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import CheckConstraint, MetaData, text
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from geo_service import tables
from geo_service.clock import now
from tests.factories import a_job, a_space, an_office
from tests.people import on_staff

Make = Callable[..., Any]

REFUSED: dict[str, tuple[Make, dict[str, Any]]] = {
    "listing_titled_check": (a_job, {"title": "  "}),
    "listing_open_some_time_check": (a_job, {"open_during": Range(empty=True)}),
    "listing_closed_after_published_check": (a_job, {"closed_at": now() - timedelta(days=9)}),
    "listing_filled_is_closed_check": (a_space, {"filled": True}),
    "listing_done_after_closed_check": (a_space, {"done_at": now()}),
    "listing_removed_draft_check": (a_job, {"removed_at": now()}),
    "listing_one_week_check": (a_space, {"open_week": [Range(10_000, 10_081)]}),
    "listing_visibility_check": (a_job, {"visibility": "everyone"}),
    "job_paid_check": (a_job, {"pay_won": 0}),
    "job_pay_unit_check": (a_job, {"pay_unit": "year"}),
    "job_seated_check": (a_job, {"seats": 0}),
    "job_timed_task_check": (a_job, {"task_hours": Decimal(2)}),
    "job_never_overfilled_check": (a_job, {"seats": 1, "taken": 2}),
    "job_turn_check": (a_job, {"turn": "loudest_first"}),
    "job_few_questions_check": (a_job, {"questions": ["?"] * 6}),
    "job_short_breaks_check": (a_job, {"breaks_min": -1}),
    "job_versioned_check": (a_job, {"version": 0}),
    "job_works_forward_check": (
        a_job,
        {"works_from": date(2026, 12, 2), "works_until": date(2026, 12, 1)},
    ),
    "job_lawful_week_check": (a_job, {"weekly_hours": Decimal("52.5")}),
    "job_callable_check": (a_job, {"apply_phone": "062-123-4567"}),
    "space_roomy_check": (a_space, {"capacity": 0}),
    "space_wide_check": (a_space, {"area_m2": Decimal(0)}),
    "space_priced_check": (a_space, {"fee_won": -1}),
    "space_priced_per_time_check": (a_space, {"fee_minutes": 0}),
    "space_callable_check": (a_space, {"phone": "119"}),
    "office_named_check": (an_office, {"name": ""}),
    "office_kind_check": (an_office, {"kind": "castle"}),
    "office_callable_check": (an_office, {"phone": "119"}),
}

IN_RAW_SQL = {
    "listing_kind_check": "UPDATE listing SET kind = 'castle'",
    "listing_essentials_object_check": "UPDATE listing SET essentials = '[]'",
    "space_part_of_another_check": "UPDATE space SET part_of_id = id",
    "office_answering_check": "UPDATE office SET kind = 'library', answers_for_id = 1",
}
"""What the models cannot even say."""


def broken(error: pytest.ExceptionInfo[IntegrityError]) -> str | None:
    cause = error.value.orig
    assert isinstance(cause, psycopg.Error)
    return cause.diag.constraint_name


@pytest.mark.parametrize("constraint", REFUSED)
def test_nonsense_is_refused(session: Session, constraint: str) -> None:
    make, said = REFUSED[constraint]
    with pytest.raises((IntegrityError, LookupError, StatementError)) as error:
        make(session, **said)
    if isinstance(error.value, IntegrityError):
        assert broken(error) == constraint


@pytest.mark.parametrize("constraint", IN_RAW_SQL)
def test_nonsense_is_refused_past_the_models(session: Session, constraint: str) -> None:
    a_space(session)
    with pytest.raises(IntegrityError) as error:
        session.execute(text(IN_RAW_SQL[constraint]))
    assert broken(error) == constraint


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("person SET tongue = 'la'", "person_tongue_check"),
        ("person SET pace = 'running'", "person_pace_check"),
        ("staff SET role = 'king'", "staff_role_check"),
    ],
)
def test_people_keep_to_what_is_known(session: Session, change: str, constraint: str) -> None:
    on_staff(session, an_office(session).id)
    with pytest.raises(IntegrityError, match=constraint):
        session.execute(text(f"UPDATE {change}"))


def test_every_constraint_has_its_test() -> None:
    """Here, or beside the tests of its own package, by its name."""
    metadata: MetaData = tables.complete()
    named = {
        str(constraint.name)
        for table in metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    told = "".join(path.read_text() for path in Path(__file__).parents[1].rglob("*.py"))
    assert {name for name in named if name not in told} == set()
    assert {*REFUSED, *IN_RAW_SQL} - named == set()
