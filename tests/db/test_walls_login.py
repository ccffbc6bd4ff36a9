"""Claims: who is believed, where, and for how long; each condition is a wall of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection, Engine, NullPool, create_engine, text
from sqlalchemy.orm import Session, sessionmaker

from geo_service.accounts.workflow.secret import Secret
from geo_service.clock import now
from geo_service.confidential.claims import Claims, Standing, proof
from geo_service.confidential.keys import KeyRing
from geo_service.confidential.session import (
    ClaimsAreNotBelieved,
    NothingIsClaimed,
    Vault,
    VaultIsClosed,
    vault_of,
)
from geo_service.db.embedded import Cluster
from geo_service.db.session import Sessions, open_engine
from geo_service.later import queue
from geo_service.mail import Letter, send
from tests.conftest import SECRET
from tests.db.walls import as_nobody
from tests.reports import CLOCKWORK, a_report, caseworker

STANDING = text("SELECT reports.standing()")
KEY = Secret(SECRET).digest("claims about reports")


def test_what_is_claimed_is_believed(vault: Vault, session: Session) -> None:
    office = uuid4()
    with vault.opened(Claims(Standing.CASEWORKER, uuid4(), frozenset({office}))) as confidential:
        assert confidential.scalar(STANDING) == "caseworker"
        assert confidential.scalar(text("SELECT current_user")) == "geo_reports"
        assert session.scalar(text("SELECT current_user")) == "geo_app"
        assert confidential.scalar(text("SELECT reports.offices_as('caseworker')")) == [office]
        assert confidential.scalar(text("SELECT reports.offices_as('lead')")) == []


class Listener:
    """Says things to PostgreSQL, and learns who it takes one for."""

    def __init__(self, login: Connection) -> None:
        self.login = login
        self.backend, self.transaction, self.at = login.execute(
            text(
                "SELECT pg_backend_pid(), extract(epoch FROM now())::text,"
                " extract(epoch FROM clock_timestamp())::float8"
            )
        ).one()

    def said(self, **other: Any) -> str:
        """Claims that are good here, but for what is other."""
        here = {"backend": self.backend, "transaction": self.transaction, "until": self.at + 60}
        return Claims(Standing.LEAD).said(**here | other)

    def takes_one_for(self, said: str, proven: str) -> str | None:
        """The standing that one has then."""
        told = {"said": said, "proof": proven}
        claim = text(
            "SELECT set_config('reports.claims', :said, true),"
            " set_config('reports.proof', :proof, true)"
        )
        self.login.execute(claim, told)
        standing: str | None = self.login.scalar(STANDING)
        as_nobody(self.login)
        return standing

    def check(self) -> None:
        """Good claims are believed, and no others. Raises: AssertionError."""
        good = self.said()
        assert self.takes_one_for(good, proof(KEY, good)) == "lead"
        for what, said, proven in self.lies():
            assert self.takes_one_for(said, proven) is None, what

    def lies(self) -> Iterator[tuple[str, str, str]]:
        """Shape: what is wrong, what is said, what is to prove it."""
        good = self.said()
        yield "altered", good.replace("lead", "clockwork"), proof(KEY, good)
        yield "forged", good, proof(b"a guess", good)
        yield "not proven", good, ""
        for what, said in (
            ("expired", self.said(until=self.at - 1)),
            ("of another backend", self.said(backend=1)),
            ("of a transaction before", self.said(transaction="1.5")),
        ):
            yield what, said, proof(KEY, said)


@pytest.fixture
def listener(logins: tuple[Connection, ...]) -> Listener:
    return Listener(logins[1])


def test_lies_are_not_believed(listener: Listener) -> None:
    listener.check()


@pytest.mark.parametrize(
    ("condition", "always"),
    [
        ("IS DISTINCT FROM current_setting('reports.proof', true)", "IS NULL"),
        ("= pg_backend_pid()", "IS NOT NULL"),
        ("= extract(epoch FROM now())::text", "IS NOT NULL"),
        ("> extract(epoch FROM clock_timestamp())", "IS NOT NULL"),
    ],
)
def test_each_condition_of_belief_is_a_wall(
    listener: Listener, logins: tuple[Connection, ...], condition: str, always: str
) -> None:
    owner = logins[2]
    defined = owner.scalar(text("SELECT pg_get_functiondef('reports.claims()'::regprocedure)"))
    assert condition in defined
    owner.exec_driver_sql(defined.replace(condition, always))
    with pytest.raises(AssertionError):
        listener.check()


def test_a_database_that_was_taught_no_key_believes_nobody(superuser: Engine) -> None:
    with create_engine(superuser.url, poolclass=NullPool).connect() as fresh:  # nothing proven yet
        fresh.execute(text("DELETE FROM reports.claim_key"))
        fresh.execute(text("SET LOCAL SESSION AUTHORIZATION geo_reports"))
        said = Listener(fresh).said()
        fresh.execute(text("SELECT set_config('reports.claims', :said, true)"), {"said": said})
        assert fresh.scalar(STANDING) is None
        fresh.rollback()


@pytest.fixture
def real(cluster: Cluster, engine: Engine) -> Iterator[Sessions]:
    """Sessions of the login that commit, on one pooled connection after another."""
    assert engine
    login = open_engine(cluster.url("geo_reports"), pool_size=2)
    yield sessionmaker(login, expire_on_commit=False)
    login.dispose()


@contextmanager
def plain(sessions: Sessions) -> Iterator[Session]:
    with Session(sessions.kw["bind"]) as session:
        yield session


def test_pooled_connections_keep_no_claims(real: Sessions, tmp_path: Any) -> None:
    before = plain(real)
    with before as session:
        assert session.scalar(STANDING) is None
    secret = Secret(SECRET)
    bound = sessionmaker(real.kw["bind"], expire_on_commit=False)
    vault = Vault(bound, secret, KeyRing(tmp_path, secret))
    for _ in range(20):
        with vault.opened(caseworker(uuid4())) as session:
            assert session.scalar(STANDING) == "caseworker"
        with plain(real) as session:
            assert session.scalar(STANDING) is None
    with vault.opened(CLOCKWORK) as one, vault.opened(caseworker(uuid4())) as other:
        assert (one.scalar(STANDING), other.scalar(STANDING)) == ("clockwork", "caseworker")
        kept = text("SELECT current_setting('reports.claims'), current_setting('reports.proof')")
        stolen = one.execute(kept).one()
        claim = text(
            "SELECT set_config('reports.claims', :a, true), set_config('reports.proof', :b, true)"
        )
        other.execute(claim, {"a": stolen[0], "b": stolen[1]})
        assert other.scalar(STANDING) is None, "replayed on another backend"


def test_every_transaction_claims_anew_and_an_undone_one_leaves_nothing(vault: Vault) -> None:
    office = uuid4()
    session = vault.session(caseworker(office))
    assert session.scalar(STANDING) == "caseworker"
    session.rollback()
    assert session.scalar(STANDING) == "caseworker"
    vault.claim(session, CLOCKWORK)
    assert session.scalar(STANDING) == "clockwork"
    session.close()


def test_who_claims_nothing_gets_no_transaction(vault: Vault) -> None:
    with pytest.raises(NothingIsClaimed), vault.sessions() as session:
        session.scalar(STANDING)


def test_another_secret_is_not_believed(vault: Vault, real: Sessions, tmp_path: Any) -> None:
    vault.check()
    other = Secret(b"x" * 32)
    with pytest.raises(ClaimsAreNotBelieved):
        Vault(real, other, KeyRing(tmp_path, other)).check()


def test_a_task_without_a_vault_says_so(connection: Connection) -> None:
    with pytest.raises(VaultIsClosed), Session(connection) as session:
        vault_of(session)


def test_one_transaction_tells_queues_and_writes(vault: Vault, session: Session) -> None:
    report = a_report(vault, office := uuid4())
    jobs = text("SELECT count(*) FROM procrastinate.procrastinate_jobs")
    before = session.scalar(jobs) or 0
    with vault.opened(caseworker(office)) as confidential:
        queue(confidential, "tests.something", {"report": str(report.id)}, key="once")
        queue(confidential, "tests.something", {"report": str(report.id)}, key="once")
        send(confidential, "caseworker@example.org", Letter("제목", "내용"))
    assert session.scalar(text("SELECT count(*) FROM task WHERE key = 'once'")) == 1
    letters = text("SELECT count(*) FROM envelope WHERE address = 'caseworker@example.org'")
    assert session.scalar(letters) == 1
    assert session.scalar(jobs) == before + 1
    assert now() >= report.told_at
