"""Taking an application back."""

from datetime import datetime

from sqlalchemy.orm import Session

from geo_service.errors import Conflict
from geo_service.hiring.models import Application, ApplicationState, Reason, Stage
from geo_service.hiring.workflow.choosing import free, move_up
from geo_service.hiring.workflow.standing import hold, move, withdraw_until


class TooLateToWithdraw(Conflict):
    """The time to take this back is over. Please call the office."""

    korean = "취소할 수 있는 시간이 지났어요. 기관에 전화해 주세요."


def withdraw(session: Session, application: Application, *, at: datetime) -> None:
    """Say "I would rather not"; a seat that was theirs goes to the next on the waiting list.

    Raises: DecidedMeanwhile; TooLateToWithdraw, for who is hired.
    """
    state = ApplicationState
    job = hold(session, application, state.SENT, state.WAITING, state.OFFERED, state.HIRED)
    if application.state is state.HIRED:
        until = withdraw_until(job)
        if application.stage is not Stage.HIRED or (until is not None and until <= at):
            raise TooLateToWithdraw
    free(session, application, at=at)
    move(application, state.WITHDRAWN, at=at, reason=Reason.OWN)
    session.flush()
    session.refresh(job)
    move_up(session, job, at=at)
