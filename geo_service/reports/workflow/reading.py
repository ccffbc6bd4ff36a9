"""What whoever told a report may see of it: the stage, what both sides said, and nothing more."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.confidential.sealing import Seal
from geo_service.errors import NotFound
from geo_service.reports.models import Report, Stage
from geo_service.reports.queries import messages_of, own_reports
from geo_service.reports.schemas.progress import Progress
from geo_service.reports.workflow.opening import said_of


class NoSuchReport(NotFound):
    """There is no such report of yours."""

    korean = "그런 알림이 없어요."


def progress_of(session: Session) -> list[Progress]:
    """How far each report is that the claims name. Order: told last first."""
    return [
        Progress(
            id=report.id,
            number=report.number,
            told_at=report.told_at,
            centre_id=report.centre_id,
            centre=centre,
            stage=Stage(stage),
            since=since,
        )
        for report, centre, stage, since in session.execute(own_reports())
    ]


def own_report(session: Session, report_id: UUID) -> Report:
    """One of those that the claims name. Raises: NoSuchReport."""
    found: Report | None = session.scalar(own_reports().where(Report.id == report_id))
    if found is None or found.shredded_at is not None:
        raise NoSuchReport
    return found


def conversation_of(session: Session, seal: Seal, report: Report) -> Progress:
    """How far one is, with what both sides said. Raises: SealIsBroken."""
    (found,) = [one for one in progress_of(session) if one.id == report.id]
    messages = session.scalars(messages_of(report.id)).all()
    return replace(found, messages=[said_of(seal, message) for message in messages])
