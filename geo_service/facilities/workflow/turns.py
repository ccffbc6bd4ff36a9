"""Imports take turns, so that none decides on what another is about to write."""

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

_TURN = 0x464143494C495459
"""The advisory lock of imports: FACILITY in ASCII."""


def take_turns(session: Session) -> None:
    """Wait until no other import or undo is under way; hold the others until commit."""
    session.execute(select(func.pg_advisory_xact_lock(_TURN)))


def expect_many(session: Session) -> None:
    """Let PostgreSQL join thousands of rows by hashing, for the rest of the transaction.

    It plans by statistics from the last autovacuum: right after a first import it still takes
    the tables for empty, and a loop over them takes minutes.
    """
    session.execute(text("SET LOCAL enable_nestloop = off"))
