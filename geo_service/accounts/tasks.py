"""What is tidied up in passing."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from geo_service.accounts.models import Attempts, MailCode, SignIn
from geo_service.later import Payload, task
from geo_service.web import idempotency


@task("accounts.forget_what_is_over", every=timedelta(hours=1))
def forget_what_is_over(session: Session, _payload: Payload, at: datetime) -> None:
    """Delete counts, codes, sign-ins and kept answers that mean nothing any more."""
    session.execute(delete(Attempts).where(Attempts.until <= at))
    session.execute(delete(MailCode).where(MailCode.expires_at <= at))
    session.execute(delete(SignIn).where(SignIn.expires_at <= at))
    idempotency.forget_old(session, at)
