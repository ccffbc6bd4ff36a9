"""Set on what terms a space may be booked."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.spaces.models import Terms
from geo_service.spaces.workflow.house import lock_house


def set_terms(session: Session, space_id: UUID, said: Mapping[str, Any]) -> Terms:
    """Let it be booked on these terms from now on. What was booked before stays as it was."""
    lock_house(session, space_id)
    terms = session.get(Terms, space_id, populate_existing=True)
    if terms is None:
        terms = Terms(space_id=space_id, **said)
        session.add(terms)
    for name, value in said.items():
        setattr(terms, name, value)
    session.flush()
    return terms
