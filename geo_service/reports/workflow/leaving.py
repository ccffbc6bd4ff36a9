"""Somebody leaves: what they told stays, for whom it is about; who told it is forgotten."""

from uuid import UUID

from sqlalchemy import cast, func, select
from sqlalchemy.dialects.postgresql import BYTEA
from sqlalchemy.orm import Session

from geo_service import later
from geo_service.confidential.claims import Claims, Standing
from geo_service.confidential.session import Vault
from geo_service.reports.workflow.telling import reporter_hash

FORGET_REPORTER = "reports.forget_reporter"


def leave_reports(session: Session, person_id: UUID) -> None:
    """Have it done once the account is closed, in whichever transaction closes it."""
    later.queue(session, FORGET_REPORTER, {"person": str(person_id)})


def forget_reporter(vault: Vault, person_id: UUID) -> None:
    """Take their contact off everything that they told by their account."""
    hashed = cast(reporter_hash(vault.secret, person_id), BYTEA)
    claims = Claims(Standing.CLOCKWORK, purpose=FORGET_REPORTER)
    with vault.opened(claims) as confidential:
        confidential.execute(select(func.reports.forget_reporter(hashed)))
