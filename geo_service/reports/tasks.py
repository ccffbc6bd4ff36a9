"""Drafts that nobody sent, and reporters who left."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.confidential.claims import Claims, Standing
from geo_service.confidential.session import vault_of
from geo_service.later import Payload, task
from geo_service.reports.workflow import drafts
from geo_service.reports.workflow.leaving import FORGET_REPORTER, forget_reporter


@task("reports.forget_drafts", every=timedelta(hours=1))
def forget_drafts(session: Session, _payload: Payload, at: datetime) -> None:
    """Destroy drafts whose day is over."""
    claims = Claims(Standing.CLOCKWORK, purpose="reports.forget_drafts")
    vault = vault_of(session)
    with vault.opened(claims) as confidential:
        drafts.forget_old(confidential, vault.ring, at=at)


@task(FORGET_REPORTER)
def forget(session: Session, payload: Payload, _at: datetime) -> None:
    """Let somebody who left not be known as a reporter any more."""
    forget_reporter(vault_of(session), UUID(payload["person"]))
