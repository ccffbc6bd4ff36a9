"""In which state a job may be for what is done to it."""

from datetime import datetime, timedelta

from geo_service.errors import Conflict
from geo_service.jobs.models import Job, JobState

UNDO_FOR = timedelta(seconds=30)
"""So long an officer may take back what they have just done."""


class JobIsDraft(Conflict):
    """This job has not been published yet."""

    korean = "아직 공개하지 않은 일자리예요."


class JobIsNoDraft(Conflict):
    """This job has been published already."""

    korean = "이미 공개한 일자리예요. 내리려면 모집을 마감해 주세요."


class JobIsClosed(Conflict):
    """This job takes no more applications."""

    korean = "이미 모집을 마감한 일자리예요."


class JobIsFilled(Conflict):
    """Every seat of this job is taken."""

    korean = "자리가 다 찼어요. 인원을 늘리면 다시 모집해요."


class JobIsDone(Conflict):
    """This job is done, and nothing about it changes any more."""

    korean = "모두 끝낸 일자리라 더 바꿀 수 없어요."


class UndoIsOver(Conflict):
    """This can no longer be undone."""

    korean = "되돌릴 수 있는 시간이 지났어요."


_REFUSALS = {
    JobState.DRAFT: JobIsDraft,
    JobState.PUBLISHED: JobIsNoDraft,
    JobState.FILLED: JobIsFilled,
    JobState.CLOSED: JobIsClosed,
    JobState.DONE: JobIsDone,
}


def must_be(job: Job, *states: JobState) -> None:
    """Raises: JobIsDraft, JobIsNoDraft, JobIsClosed or JobIsDone, as it is in another state."""
    if job.state not in states:
        raise _REFUSALS[job.state]


def must_be_undoable(since: datetime | None, at: datetime) -> None:
    """Raises: UndoIsOver."""
    if since is None or at - since > UNDO_FOR:
        raise UndoIsOver
