"""Claims: who is believed, and for how long."""

from uuid import uuid4

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo_service.confidential.claims import Claims, Standing
from geo_service.confidential.session import Vault


def test_what_is_claimed_is_believed(vault: Vault, session: Session) -> None:
    office = uuid4()
    with vault.opened(Claims(Standing.CASEWORKER, uuid4(), frozenset({office}))) as confidential:
        assert confidential.scalar(text("SELECT reports.standing()")) == "caseworker"
        assert confidential.scalar(text("SELECT current_user")) == "geo_reports"
        assert session.scalar(text("SELECT current_user")) == "geo_app"
        assert confidential.scalar(text("SELECT reports.offices_as('caseworker')")) == [office]
        assert confidential.scalar(text("SELECT reports.offices_as('lead')")) == []
