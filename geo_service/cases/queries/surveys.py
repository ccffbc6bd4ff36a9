"""Surveys of the seasons, their households, and how far they are."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select

from geo_service.accounts.models import Person
from geo_service.cases.models import SurveyList
from geo_service.cases.queries import Rows
from geo_service.offices.models import Office
from geo_service.reports.models import Household, Result, SurveyRound, SurveyVisit

DONE = (Result.WELL, Result.NEEDS_HELP, Result.MOVED)
"""Results after which nobody need come again in this round."""


def rounds_of(offices: Collection[UUID]) -> Rows:
    """The surveys of these centres. Order: the latest first.

    Shape: rows of id, title, season, starts_on, ends_on, centre, households, done.
    """
    return (
        select(
            SurveyRound.id,
            SurveyRound.title,
            SurveyRound.season,
            SurveyRound.starts_on,
            SurveyRound.ends_on,
            Office.name.label("centre"),
            func.count(SurveyVisit.id).label("households"),
            func.count(SurveyVisit.id).filter(SurveyVisit.result.in_(DONE)).label("done"),
        )
        .join(Office, Office.id == SurveyRound.centre_id)
        .outerjoin(SurveyVisit, SurveyVisit.round_id == SurveyRound.id)
        .where(SurveyRound.centre_id.in_(offices))
        .group_by(SurveyRound.id, Office.name)
        .order_by(SurveyRound.starts_on.desc(), SurveyRound.id)
    )


def the_round(round_id: UUID, offices: Collection[UUID]) -> Select[SurveyRound]:
    """A survey of these centres."""
    return select(SurveyRound).where(SurveyRound.id == round_id, SurveyRound.centre_id.in_(offices))


def households_of(round_id: UUID) -> Rows:
    """Its households with how each is. Order: who was not met first, then as they were listed.

    Shape: rows of Household, SurveyVisit.
    """
    is_done = SurveyVisit.result.in_(DONE)
    return (
        select(Household, SurveyVisit)
        .join(SurveyVisit, SurveyVisit.household_id == Household.id)
        .where(SurveyVisit.round_id == round_id)
        .order_by(func.coalesce(is_done, False), Household.listed_at, Household.id)
    )


def the_household(round_id: UUID, household_id: UUID) -> Rows:
    """One of them, in the same shape."""
    return households_of(round_id).where(Household.id == household_id)


def households_in(centre_id: UUID) -> Select[Household]:
    """Every household that a centre ever listed."""
    return select(Household).where(Household.centre_id == centre_id)


def listed_in(round_id: UUID) -> Rows:
    """The ids of the households of a survey."""
    return select(SurveyVisit.household_id).where(SurveyVisit.round_id == round_id)


def the_list(round_id: UUID, list_id: UUID, *, at: datetime) -> Select[SurveyList]:
    """A list that was sent for a survey, while it waits to be taken in."""
    return select(SurveyList).where(
        SurveyList.id == list_id, SurveyList.round_id == round_id, SurveyList.expires_at > at
    )


def name_of(person_id: UUID | None) -> Rows:
    """How somebody is called."""
    return select(Person.name).where(Person.id == person_id)
