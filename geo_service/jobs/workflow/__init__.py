"""What officers do to jobs. Who calls a deed holds the job's row (`queries.held`)."""

from geo_service.jobs.workflow.closing import (
    ApplyTimeIsOver,
    WorkIsAhead,
    close,
    mark_done,
    reopen,
    take_up_again,
)
from geo_service.jobs.workflow.drafts import copy, purge, remove, restore
from geo_service.jobs.workflow.posting import SeatsAreTaken, edit, post
from geo_service.jobs.workflow.publishing import publish, unpublish
from geo_service.jobs.workflow.standing import (
    UNDO_FOR,
    JobIsClosed,
    JobIsDone,
    JobIsDraft,
    JobIsFilled,
    JobIsNoDraft,
    UndoIsOver,
)
from geo_service.jobs.workflow.wages import guard_wage, least_pay
from geo_service.jobs.workflow.wholeness import NotReady
from geo_service.programmes.workflow.wages import PaysTooLittle

__all__ = [
    "UNDO_FOR",
    "ApplyTimeIsOver",
    "JobIsClosed",
    "JobIsDone",
    "JobIsDraft",
    "JobIsFilled",
    "JobIsNoDraft",
    "NotReady",
    "PaysTooLittle",
    "SeatsAreTaken",
    "UndoIsOver",
    "WorkIsAhead",
    "close",
    "copy",
    "edit",
    "guard_wage",
    "least_pay",
    "mark_done",
    "post",
    "publish",
    "purge",
    "remove",
    "reopen",
    "restore",
    "take_up_again",
    "unpublish",
]
