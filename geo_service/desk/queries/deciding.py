"""Jobs about whose applications something is still to be decided."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select

from geo_service.hiring.models import Application, ApplicationState
from geo_service.jobs.models import Job

OPEN = tuple(state for state in ApplicationState if state.is_open)


def jobs_to_decide(offices: Collection[UUID]) -> Select[Job, int, int, int]:
    """Jobs with open applications, and how many were sent, were offered a seat, and wait.

    Order: those with undecided ones first, then by the end of the time to apply.
    """
    sent = _in(ApplicationState.SENT)
    numbers = (
        select(
            Application.job_id,
            sent.label("sent"),
            _in(ApplicationState.OFFERED).label("offered"),
            _in(ApplicationState.WAITING).label("waiting"),
        )
        .where(Application.state.in_(OPEN))
        .group_by(Application.job_id)
        .subquery()
    )
    return (
        select(Job, numbers.c.sent, numbers.c.offered, numbers.c.waiting)
        .join(numbers, numbers.c.job_id == Job.id)
        .where(Job.office_id.in_(offices))
        .order_by(numbers.c.sent == 0, Job.apply_until.nulls_last(), Job.id)
    )


def _in(state: ApplicationState) -> ColumnElement[Any]:
    return func.count().filter(Application.state == state)
