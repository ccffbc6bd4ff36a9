"""A case moves from stage to stage; whoever told of it hears the stage and nothing more."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.cases.workflow.offers import end_offers
from geo_service.cases.workflow.problems import (
    CaseWasMerged,
    SayHowItEnded,
    SayWhereConnected,
    StageDoesNotFollow,
)
from geo_service.cases.workflow.stages import MOVES
from geo_service.cases.workflow.steps import drop_pending, plan
from geo_service.cases.workflow.working_days import working_day
from geo_service.clock import KOREA
from geo_service.confidential.keys import KeyRing
from geo_service.confidential.sealing import Seal
from geo_service.reports.models import CaseFile, Report, Rung, Stage
from geo_service.reports.workflow.noticing import tell_stage

FOLLOW_UP = timedelta(weeks=4)
"""After so long somebody asks whether the help is still there."""


def move(  # noqa: PLR0913 (which case, where to, and what that stage asks for)
    session: Session,
    ring: KeyRing,
    seal: Seal,
    case: CaseFile,
    to: Stage,
    *,
    connected_to: str = "",
    words: str = "",
    at: datetime,
) -> None:
    """Put a case into another stage.

    Raises: CaseWasMerged, StageDoesNotFollow, SayWhereConnected, SayHowItEnded.
    """
    if case.merged_into_id is not None:
        raise CaseWasMerged
    if to not in MOVES[case.stage]:
        raise StageDoesNotFollow
    if to is Stage.CONNECTED:
        _connect(case, seal, connected_to, at)
        drop_pending(session, case, at=at)
    if to is Stage.CLOSED:
        if not words:
            raise SayHowItEnded("words", SayHowItEnded.title())
        add_to_summary(case, seal, words)
        drop_pending(session, case, at=at)
    was_closed = case.stage is Stage.CLOSED
    enter(session, ring, case, to, at=at)
    if was_closed:
        plan(session, case, Rung.CALL, None, at=at)


def enter(session: Session, ring: KeyRing, case: CaseFile, to: Stage, *, at: datetime) -> None:
    """Be in a stage from now on, and tell whoever told; what is closed is offered to nobody."""
    if to is Stage.CLOSED:
        end_offers(session, case, at=at)
    case.stage, case.stage_since = to, at
    case.closed_at = at if to is Stage.CLOSED else None
    case.version += 1
    session.flush()
    tell_all(session, ring, case)


def tell_all(session: Session, ring: KeyRing, case: CaseFile) -> None:
    """Let everybody who told of a case know its stage."""
    for report in session.scalars(select(Report).where(Report.case_id == case.id)):
        tell_stage(session, ring, report, case.stage)


def add_to_summary(case: CaseFile, seal: Seal, words: str) -> None:
    """Write a line below what the summary says."""
    before = seal.text("summary", case.summary_sealed)
    case.summary_sealed = seal.close("summary", "\n".join(filter(None, (before, words))))


def _connect(case: CaseFile, seal: Seal, service: str, at: datetime) -> None:
    if not service:
        raise SayWhereConnected("connected_to", SayWhereConnected.title())
    case.connected_to_sealed = seal.close("connected_to", service)
    case.reminded_at = None
    case.follow_up_on = working_day((at + FOLLOW_UP).astimezone(KOREA).date(), 0)


def follow_up(case: CaseFile) -> None:
    """Somebody has looked again."""
    case.follow_up_on = case.reminded_at = None
    case.version += 1
