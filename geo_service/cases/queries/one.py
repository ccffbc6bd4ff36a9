"""One case or report, and what belongs to it."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ARRAY, Select, Uuid, cast, column, func, or_, select

from geo_service.accounts.models import Person
from geo_service.cases.queries import Rows
from geo_service.reports.models import CaseFile, Handover, Message, Photo, Report, Step


def the_case(case_id: UUID, offices: Collection[UUID]) -> Select[CaseFile]:
    """A case of these centres, or one that they are asked to take."""
    return select(CaseFile).where(
        CaseFile.id == case_id,
        or_(CaseFile.centre_id.in_(offices), CaseFile.id.in_(_asked(offices))),
    )


def the_report(report_id: UUID, offices: Collection[UUID]) -> Select[Report]:
    """A report told to one of these centres, or of a case that they are asked to take."""
    return select(Report).where(
        Report.id == report_id,
        or_(
            Report.centre_id.in_(offices),
            Report.second_centre_id.in_(offices),
            Report.case_id.in_(_asked(offices)),
        ),
    )


def _asked(offices: Collection[UUID]) -> Select[UUID]:
    return select(Handover.case_id).where(
        Handover.to_centre_id.in_(offices), Handover.answered_at.is_(None)
    )


def offer_of(case_id: UUID) -> Select[UUID]:
    """The centre that is asked to take a case and has not answered."""
    return select(Handover.to_centre_id).where(
        Handover.case_id == case_id, Handover.answered_at.is_(None)
    )


def reports_of(case_id: UUID) -> Select[Report]:
    """What was told of a case. Order: as it was told."""
    return select(Report).where(Report.case_id == case_id).order_by(Report.told_at, Report.id)


def steps_of(case_id: UUID) -> Rows:
    """Its steps, but those that were dropped. Order: done ones as they were done, then by due day.

    Shape: rows of Step, name of who did it.
    """
    return (
        select(Step, Person.name)
        .outerjoin(Person, Person.id == Step.by_id)
        .where(Step.case_id == case_id, or_(Step.done_at.is_(None), Step.outcome.is_not(None)))
        .order_by(Step.done_at.nulls_last(), Step.due_on, Step.id)
    )


def messages_of(report_id: UUID) -> Select[Message]:
    """What both sides said. Order: as it was said."""
    return (
        select(Message).where(Message.report_id == report_id).order_by(Message.said_at, Message.id)
    )


def photos_of(report_id: UUID) -> Rows:
    """The ids of its photos, in their order."""
    return select(Photo.id).where(Photo.report_id == report_id).order_by(Photo.position)


def the_photo(report_id: UUID, photo_id: UUID) -> Select[Photo]:
    """One of them."""
    return select(Photo).where(Photo.id == photo_id, Photo.report_id == report_id)


def the_step(case_id: UUID, step_id: UUID) -> Select[Step]:
    """A step of a case."""
    return select(Step).where(Step.id == step_id, Step.case_id == case_id)


def looks_of_staff_at(things: Collection[UUID]) -> Rows:
    """Which staff looked at things that are ours, of whatever centre. Order: as it happened.

    Shape: rows of at, thing, purpose, who. Cases that became one of these count with it. Who told
    something looks at it, too; whether they did is nobody's business.
    """
    looks = func.reports.looks_at(cast(list(things), ARRAY(Uuid)))
    told = looks.table_valued("at", "thing", "purpose", column("person_id", Uuid)).alias("told")
    return (
        select(told.c.at, told.c.thing, told.c.purpose, Person.name.label("who"))
        .outerjoin(Person, Person.id == told.c.person_id)
        .order_by(told.c.at)
    )
