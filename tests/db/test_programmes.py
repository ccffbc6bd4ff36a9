"""A budget and a person's hours are guarded by the database, whoever writes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlalchemy.orm import Session

from geo_service.clock import now
from geo_service.errors import BadField
from geo_service.programmes.models import Period, Programme
from geo_service.programmes.queries import (
    paying_on,
    programmes_of,
    the_programme,
    used_by,
    workers_of,
)
from geo_service.programmes.schemas.terms import Terms
from geo_service.programmes.workflow.balance import (
    BudgetIsSpent,
    HoursAreUsedUp,
    NotPaidThen,
    balance_of,
    within_bounds,
)
from geo_service.programmes.workflow.setting_up import (
    BudgetIsPromised,
    EndsBeforeItBegins,
    HoursArePromised,
    ProgrammeIsClosed,
    change,
    close,
    set_up,
)
from geo_service.programmes.workflow.wages import PaysTooLittle
from tests.factories import an_office
from tests.people import a_person
from tests.plans import plan_of
from tests.programmes import MONDAY, a_programme, take

TERMS = Terms("시민수당", 12_000, 1_300_000, date(2026, 9, 1), date(2026, 12, 31), 6_000)


@pytest.fixture
def owner(owner_session: Session) -> Iterator[Session]:
    return owner_session


def minutes(session: Session, programme: Programme, person_id: Any, day: date) -> dict[Period, int]:
    return {each.period: each.minutes for each in balance_of(session, programme, person_id, day)}


def test_what_is_planned_is_counted_by_week_month_and_in_all(owner: Session) -> None:
    programme, person = a_programme(owner), a_person(owner)
    for day in (MONDAY, MONDAY + timedelta(days=1), MONDAY + timedelta(days=7)):
        take(owner, programme, person.id, day, 120)
    assert minutes(owner, programme, person.id, MONDAY) == {
        Period.ALL: 360,
        Period.MONTH: 360,
        Period.WEEK: 240,
    }
    assert programme.taken_won == 3 * 24_000
    assert programme.left_won == 1_200_000 - 72_000


def test_what_is_given_back_can_be_planned_again(owner: Session) -> None:
    programme = a_programme(owner, budget_won=24_000, minutes_in_all=120)
    first, second = a_person(owner), a_person(owner)
    take(owner, programme, first.id, MONDAY, 120)
    take(owner, programme, first.id, MONDAY, -120)
    take(owner, programme, second.id, MONDAY, 120)
    assert minutes(owner, programme, first.id, MONDAY)[Period.ALL] == 0
    assert programme.left_won == 0


@pytest.mark.parametrize(
    ("said", "planned", "problem"),
    [
        ({"budget_won": 23_999}, 120, BudgetIsSpent),
        ({"minutes_in_all": 119}, 120, HoursAreUsedUp),
        ({"minutes_a_month": 119}, 120, HoursAreUsedUp),
        ({"minutes_a_week": 119}, 120, HoursAreUsedUp),
        ({"valid_until": MONDAY - timedelta(days=1)}, 60, NotPaidThen),
        ({"closed_at": now()}, 60, NotPaidThen),
    ],
)
def test_the_database_refuses_what_is_over(
    owner: Session, said: dict[str, Any], planned: int, problem: type[Exception]
) -> None:
    programme, person = a_programme(owner, **said), a_person(owner)
    with pytest.raises(problem), within_bounds(owner):
        take(owner, programme, person.id, MONDAY, planned)
    owner.refresh(programme)
    assert programme.taken_won == 0
    assert minutes(owner, programme, person.id, MONDAY)[Period.ALL] == 0


def test_the_caps_of_one_person_are_not_anothers(owner: Session) -> None:
    programme = a_programme(owner, minutes_in_all=120)
    for _ in range(2):
        take(owner, programme, a_person(owner).id, MONDAY, 120)
    assert programme.taken_won == 48_000


def test_a_cap_by_week_begins_anew_on_monday(owner: Session) -> None:
    programme, person = a_programme(owner, minutes_a_week=120), a_person(owner)
    take(owner, programme, person.id, MONDAY + timedelta(days=6), 120)
    take(owner, programme, person.id, MONDAY + timedelta(days=7), 120)
    with pytest.raises(HoursAreUsedUp), within_bounds(owner):
        take(owner, programme, person.id, MONDAY + timedelta(days=13), 1)


def test_the_service_itself_may_not_move_the_balance(session: Session) -> None:
    programme, person = a_programme(session), a_person(session)
    with pytest.raises(ProgrammingError, match="permission denied"), session.begin_nested():
        take(session, programme, person.id, MONDAY, 60)
    with pytest.raises(ProgrammingError, match="permission denied"), session.begin_nested():
        session.execute(text("UPDATE programme SET taken_won = 0"))
    with pytest.raises(ProgrammingError, match="permission denied"), session.begin_nested():
        session.execute(text("DELETE FROM programme_use"))


def test_lower_terms_do_not_break_what_was_promised(owner: Session) -> None:
    programme, person = a_programme(owner), a_person(owner)
    take(owner, programme, person.id, MONDAY, 600)
    with pytest.raises(BudgetIsPromised):
        change(owner, programme, Terms("작은 사업", 12_000, 100_000, MONDAY, MONDAY))
    owner.refresh(programme)
    lower = Terms("짧은 사업", 12_000, 1_200_000, MONDAY, MONDAY, 599)
    with pytest.raises(HoursArePromised):
        change(owner, programme, lower)


def test_other_terms_count_for_what_comes_and_the_version_grows(owner: Session) -> None:
    programme, person = a_programme(owner), a_person(owner)
    take(owner, programme, person.id, MONDAY, 600)
    change(owner, programme, TERMS)
    assert (programme.version, programme.name) == (2, "시민수당")
    with pytest.raises(HoursAreUsedUp), within_bounds(owner):
        take(owner, programme, person.id, MONDAY, 5_401)


def test_a_closed_programme_is_not_changed_and_not_closed_again(session: Session) -> None:
    programme = a_programme(session)
    close(session, programme, at=now())
    with pytest.raises(ProgrammeIsClosed):
        change(session, programme, TERMS)
    with pytest.raises(ProgrammeIsClosed):
        close(session, programme, at=now())


def test_an_office_sees_its_own_programmes_only(session: Session) -> None:
    here, there = an_office(session), an_office(session)
    mine = set_up(session, here.id, TERMS)
    assert session.scalars(programmes_of({here.id})).all() == [mine]
    assert session.scalar(the_programme(mine.id, {there.id})) is None
    assert session.scalars(paying_on(here.id, MONDAY)).all() == [mine]
    assert session.scalars(paying_on(here.id, date(2027, 1, 1))).all() == []


def test_every_question_has_its_index(session: Session) -> None:
    programme, person = a_programme(session), a_person(session)
    office = {programme.office_id}
    assert "programme_office_id_idx" in plan_of(session, programmes_of(office))
    assert "programme_office_id_idx" in plan_of(session, paying_on(programme.office_id, MONDAY))
    assert "programme_use_" in plan_of(session, used_by(person.id, programme.id))
    assert "programme_use_" in plan_of(session, workers_of(programme.id))


@pytest.mark.parametrize(
    ("said", "constraint"),
    [
        ({"name": " "}, "programme_named_check"),
        ({"hourly_won": 0}, "programme_paying_check"),
        ({"budget_won": -1}, "programme_budgeted_check"),
        ({"minutes_a_week": 0}, "programme_capped_check"),
        ({"valid_until": date(2026, 8, 31)}, "programme_lasting_check"),
        ({"version": 0}, "programme_versioned_check"),
    ],
)
def test_a_programme_keeps_its_rules(
    session: Session, said: dict[str, Any], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        a_programme(session, **said)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("minutes = -1", "programme_use_never_negative_check"),
        ("minutes = 61, cap_minutes = 60", "programme_use_within_cap_check"),
        ("period = 'year'", "programme_use_period_check"),
        ("worked_minutes = 61", "programme_use_worked_of_all_check"),
    ],
)
def test_a_balance_keeps_its_rules(owner: Session, change: str, constraint: str) -> None:
    take(owner, a_programme(owner), a_person(owner).id, MONDAY, 60)
    with pytest.raises(IntegrityError, match=constraint):
        owner.execute(text(f"UPDATE programme_use SET {change}"))  # noqa: S608


def test_no_more_is_confirmed_than_was_taken(owner: Session) -> None:
    a_programme(owner)
    with pytest.raises(IntegrityError, match="programme_paid_of_taken_check"):
        owner.execute(text("UPDATE programme SET paid_won = 1"))


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"hourly_won": 10_319}, PaysTooLittle),
        ({"valid_until": date(2026, 8, 31)}, EndsBeforeItBegins),
    ],
)
def test_terms_that_cannot_be_are_refused_beside_their_field(
    session: Session, said: dict[str, Any], problem: type[BadField]
) -> None:
    office = an_office(session)
    programme = set_up(session, office.id, replace(TERMS, hourly_won=10_320))
    with pytest.raises(problem) as first:
        set_up(session, office.id, replace(TERMS, **said))
    with pytest.raises(problem) as second:
        change(session, programme, replace(TERMS, **said))
    assert {first.value.field, second.value.field} == said.keys()
    assert first.value.korean
    assert programme.version == 1


def test_more_is_never_given_back_than_was_taken(owner: Session) -> None:
    with pytest.raises(IntegrityError, match="programme_never_negative_check"):
        take(owner, a_programme(owner), a_person(owner).id, MONDAY, -60)
