"""One embedded PostgreSQL per run, one rolled-back transaction per test."""

import gc
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import structlog
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.orm import Session, sessionmaker

from geo_service.accounts.workflow.secret import Secret
from geo_service.app import build_app
from geo_service.confidential.keys import KeyRing
from geo_service.confidential.session import Vault, teach
from geo_service.db import embedded
from geo_service.db.cluster import SUPERUSER
from geo_service.db.embedded import Cluster
from geo_service.db.migrate import migrate
from geo_service.db.opening import Database
from geo_service.db.session import Sessions, open_engine
from geo_service.later.running import next_due, run
from geo_service.listings.queries.census import Census
from geo_service.settings import Settings
from geo_service.web.logs import Event, frames_only
from geo_service.worker import known
from tests.cases import Gu, a_gu
from tests.leftovers import Leftovers
from tests.logins import shared

SECRET = b"the secret of all the tests ----"
"""What the service is given; the database knows by it whose claims are good."""


def only_what_went_wrong(_logger: object, method: str, event: Event) -> Event:
    """Drop the line that every request leaves."""
    if method == "info":
        raise structlog.DropEvent
    return event


# Briefly: structlog's own tracebacks print every variable, which takes seconds.
structlog.configure(
    processors=[only_what_went_wrong, frames_only, structlog.processors.KeyValueRenderer()]
)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: to look through it for garbage takes a thirtieth of a run."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A cluster of this run's own, in a folder that goes with it."""
    with (
        TemporaryDirectory(prefix="geo-", ignore_cleanup_errors=True) as home,
        embedded.running(Path(home), durable=False) as cluster,
    ):
        # What it finds in nearly empty tables would now and then change a plan that tests read.
        with cluster.connect("postgres") as connection:
            connection.execute("ALTER SYSTEM SET autovacuum = off")
            connection.execute("SELECT pg_reload_conf()")
        yield cluster


@pytest.fixture(scope="session")
def leftovers() -> Leftovers:
    """What stays in the shared database; nothing, while there is none."""
    return Leftovers()


@pytest.fixture(autouse=True, scope="module")
def _leaves_nothing(leftovers: Leftovers) -> Iterator[None]:
    """Fails the file that leaves rows, not the one that stumbles over them."""
    yield
    assert not leftovers.found()


@pytest.fixture(scope="session")
def engine(cluster: Cluster, leftovers: Leftovers) -> Iterator[Engine]:
    """A database made by the migrations, never by `create_all`; signed in as `geo_app`."""
    migrate(cluster.url("geo_owner"))
    teach(cluster.url("geo_owner"), Secret(SECRET))
    leftovers.watch(cluster)
    engine = open_engine(cluster.url())
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def superuser(cluster: Cluster, engine: Engine) -> Iterator[Engine]:
    """Who may become anybody."""
    assert engine.url.username == "geo_app", "the tables are there"
    engine = open_engine(cluster.url(SUPERUSER))
    yield engine
    engine.dispose()


@pytest.fixture
def logins(superuser: Engine) -> Iterator[tuple[Connection, ...]]:
    """On one connection: `geo_app`, `geo_reports`, `geo_owner`, `postgres`; all is undone."""
    with shared(superuser, "geo_app", "geo_reports", "geo_owner", SUPERUSER) as each:
        yield each


@pytest.fixture
def connection(logins: tuple[Connection, ...]) -> Connection:
    """The service's own."""
    return logins[0]


@pytest.fixture
def vault(logins: tuple[Connection, ...], tmp_path: Path) -> Vault:
    """Confidential transactions, on the test's connection, with keys in a folder of the test's."""
    secret = Secret(SECRET)
    sessions = sessionmaker(
        logins[1], join_transaction_mode="create_savepoint", expire_on_commit=False
    )
    return Vault(sessions, secret, KeyRing(tmp_path / "keys", secret))


@pytest.fixture
def sessions(connection: Connection) -> Sessions:
    """Sessions that may commit as they like; the test leaves no trace."""
    return sessionmaker(
        connection, join_transaction_mode="create_savepoint", expire_on_commit=False
    )


@pytest.fixture
def session(sessions: Sessions, vault: Vault) -> Iterator[Session]:
    """One of them; it knows the vault, as that of a worker does."""
    with sessions() as session:
        session.info["vault"] = vault
        yield session


@pytest.fixture
def gu(session: Session) -> Gu:
    """Two dong centres, and who works there."""
    return a_gu(session)


@pytest.fixture
def later_runs(session: Session, sessions: Sessions, vault: Vault) -> Callable[[datetime], int]:
    """Runs all that is due at a moment, and says how many tasks took effect; errors are raised."""
    assert known.__all__, "every package's tasks are imported"

    def runs(at: datetime) -> int:
        session.commit()
        count = 0
        while True:
            with sessions.begin() as worker:
                worker.info["vault"] = vault
                if (claimed := worker.scalar(next_due(at))) is None:
                    break
                run(worker, claimed, at)
                count += 1
        session.expire_all()
        return count

    return runs


@pytest.fixture
def read_sessions(connection: Connection) -> Sessions:
    """The same, but PostgreSQL refuses to write, as it does for every GET."""
    reading = sessionmaker(
        connection, join_transaction_mode="create_savepoint", expire_on_commit=False
    )

    @event.listens_for(reading, "after_begin")
    def only_read(_session: object, _transaction: object, connection: Connection) -> None:
        connection.execute(text("SET LOCAL transaction_read_only = on"))

    return reading


@pytest.fixture
def owner_session(cluster: Cluster, engine: Engine) -> Iterator[Session]:
    """Signed in as the owner, who may gather statistics; the test leaves no trace."""
    assert engine
    owner = create_engine(cluster.url("geo_owner"))
    with owner.connect() as connection, connection.begin() as everything:
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            yield session
        everything.rollback()
    owner.dispose()


class SameConnection:
    """The fast path's statements on the test's own connection, which sees what it wrote."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def rows(self, statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """The rows."""
        return [tuple(row) for row in self.connection.exec_driver_sql(statement, dict(values))]


class Lent:
    """Stands for what each test lends anew."""

    lent: Any = None

    def __call__(self) -> Any:
        """As the lent one answers."""
        return self.lent()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.lent, name)


@dataclass(frozen=True)
class House:
    """The service, built once: its hundreds of doors take half a second."""

    app: FastAPI
    sessions: Lent
    read_sessions: Lent
    reader: Lent


def build(engine: Engine, sessions: Any, read_sessions: Any, reader: Any) -> FastAPI:
    """The whole service on whatever is given."""
    url = engine.url.render_as_string(hide_password=False)
    database = Database(url=url, read_url=url, sessions=sessions, read_sessions=read_sessions)
    return build_app(Settings(), database, reader=reader, secret=SECRET)


@pytest.fixture(scope="session")
def house(engine: Engine) -> House:
    """The one that all tests visit."""
    sessions, read_sessions, reader = Lent(), Lent(), Lent()
    return House(build(engine, sessions, read_sessions, reader), sessions, read_sessions, reader)


@pytest.fixture
def app(
    house: House,
    connection: Connection,
    sessions: Sessions,
    read_sessions: Sessions,
    vault: Vault,
) -> FastAPI:
    """The whole service on the test's connection; to be visited, not to be changed."""
    house.sessions.lent, house.read_sessions.lent = sessions, read_sessions
    house.reader.lent = SameConnection(connection)
    house.app.state.census = Census()
    house.app.state.vault = vault
    return house.app


@pytest.fixture
def own_app(
    engine: Engine, connection: Connection, sessions: Sessions, read_sessions: Sessions
) -> FastAPI:
    """One of the test's own, to which it may add doors."""
    return build(engine, sessions, read_sessions, SameConnection(connection))


@pytest.fixture
def visit(app: FastAPI) -> Iterator[TestClient]:
    """Someone at the door, not signed in."""
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
