"""Imports take turns, so that none decides on what another is about to write."""

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

_TURN = 0x464143494C495459
"""The advisory lock of imports: FACILITY in ASCII."""

_PATIENCE = "10min"
"""How long one statement of an import may take, or wait for its turn."""

_UNSORTED = "16MB"
"""Three times what the words of a national file need."""


def take_turns(session: Session) -> None:
    """Wait until no other import or undo is under way; hold the others until commit.

    Elsewhere a worker gives way to people after half a second; here nobody waits for it meanwhile.
    """
    before = session.scalar(select(func.current_setting("lock_timeout")))
    session.execute(text(f"SET LOCAL lock_timeout = '{_PATIENCE}'"))
    session.execute(select(func.pg_advisory_xact_lock(_TURN)))
    session.execute(select(func.set_config("lock_timeout", before, True)))  # noqa: FBT003


def expect_many(session: Session) -> None:
    """Give the rest of the transaction the time and the plans that thousands of rows need.

    A statement may run longer than any page's. Joins are by hashing: PostgreSQL plans by
    statistics from the last autovacuum, right after a first import it still takes the tables
    for empty, and a loop over them takes minutes. For the same reason single rows are found by
    their index: the plans of foreign keys and triggers outlive the statement, and one made while
    a table held a handful of rows would read all of it for each of thousands. What the index of
    words learns is left to the next autovacuum to sort in: until then searches read a few
    megabytes more, as after any write.
    """
    session.execute(text("DISCARD PLANS"))
    session.execute(text(f"SET LOCAL statement_timeout = '{_PATIENCE}'"))
    session.execute(text("SET LOCAL enable_nestloop = off"))
    session.execute(text("SET LOCAL enable_seqscan = off"))
    session.execute(text(f"SET LOCAL gin_pending_list_limit = '{_UNSORTED}'"))
