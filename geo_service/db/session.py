"""Engines and sessions, and what a broken constraint means."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from geo_service.errors import Problem

Sessions = sessionmaker[Session]

POOL_SIZE = 12
"""Who waits does so before taking a thread and a connection, first come, first served: many more
threads at once only keep each other from the interpreter."""

WRITERS = 3
"""So many requests change something at once: most of all, nobody may keep those from working who
hold what others wait for. Fifty people at three rooms, told before they go in what is taken
(`spaces.workflow.refusing`), wait 1.5 s at most; with 6 writers it was 2.2 s. Whatever
takes long is the worker's."""

CONFIDENTIAL_POOL_SIZE = 10
"""The same for the login that enters the schema `reports`: fewer ask, and not for long."""

_CONNECT = (
    "-c statement_timeout={timeout} -c idle_in_transaction_session_timeout=60s"
    " -c timezone=UTC -c jit=off"
)


def open_engine(url: str, *, statement_timeout: str = "5s", pool_size: int = POOL_SIZE) -> Engine:
    """Connect lazily; give up on a query that runs longer than any page may take."""
    return create_engine(
        url,
        pool_pre_ping=True,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=5,
        hide_parameters=True,  # an error text must not quote what somebody sent
        connect_args={
            "options": _CONNECT.format(timeout=statement_timeout),
            "client_encoding": "utf8",  # whatever the machine or the role would have
        },
    )


def open_reading_engine(url: str) -> Engine:
    """The same, for transactions that only read: PostgreSQL itself refuses the rest."""
    return open_engine(url).execution_options(postgresql_readonly=True)


@contextmanager
def expecting(session: Session, constraint: str, problem: Problem) -> Iterator[None]:
    """Flush what the block adds; a breach of `constraint` becomes `problem`.

    The constraint decides, not a look beforehand: two requests may look at once.
    """
    try:
        with session.begin_nested():
            yield
    except IntegrityError as error:
        cause = error.orig
        if isinstance(cause, psycopg.Error) and cause.diag.constraint_name == constraint:
            raise problem from error
        raise
