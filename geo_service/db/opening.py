"""Where the database is, and how a program opens and closes it as a whole."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import sessionmaker

from geo_service.db import embedded
from geo_service.db.inspection import Facts, inspect
from geo_service.db.migrate import migrate
from geo_service.db.session import (
    CONFIDENTIAL_POOL_SIZE,
    Sessions,
    open_engine,
    open_reading_engine,
)
from geo_service.db.url import for_libpq, for_sqlalchemy
from geo_service.errors import Conflict

Answer = TypeVar("Answer")


class SignedInWithTooManyRights(Conflict):
    """The service does not speak to its database as a superuser or as the owner of its tables."""


class SchemaIsBehind(Conflict):
    """The database does not have the tables of this version."""


class NotTheConfidentialLogin(Conflict):
    """GEO_REPORTS_DATABASE_URL does not sign in as geo_reports."""


class OwnerIsNotNamed(Conflict):
    """Tables are changed by their owner: set GEO_OWNER_DATABASE_URL beside GEO_DATABASE_URL."""


@dataclass(frozen=True)
class Database:
    """A database that is open and has the tables of this version."""

    url: str
    """Signed in as `geo_app`."""

    read_url: str
    """The same, or the standby when one is named."""

    sessions: Sessions
    read_sessions: Sessions
    """Every transaction of these is READ ONLY, and on `read_url`."""

    reports_url: str | None = None
    """Signed in as `geo_reports`; none where nobody named it."""

    reports: Sessions | None = None
    """On `reports_url`: to be handed to a vault, in which alone they work."""

    owner_url: str | None = None
    """Signed in as `geo_owner`, where the cluster is our own."""


@dataclass(frozen=True)
class Whereabouts:
    """Where the database is; nothing is started or connected before it is opened."""

    home: Path
    """The folder of the embedded cluster; unused when `url` is given."""

    url: str | None = None
    owner_url: str | None = None
    read_url: str | None = None
    reports_url: str | None = None

    def __post_init__(self) -> None:
        for name in ("url", "owner_url", "read_url", "reports_url"):
            if url := getattr(self, name):
                object.__setattr__(self, name, for_sqlalchemy(url))

    @contextmanager
    def opened(self, *, statement_timeout: str = "5s") -> Iterator[Database]:
        """Start and migrate the embedded cluster, or check the one that was named.

        Raises: SignedInWithTooManyRights, NotTheConfidentialLogin, SchemaIsBehind — only of a
        database that was named.
        """
        with ExitStack() as stack:
            cluster = None if self.url else stack.enter_context(self._own_cluster())
            url = cluster.url() if cluster else self.url or ""
            read_url = self.read_url or url
            reports_url = cluster.url("geo_reports") if cluster else self.reports_url
            engine = open_engine(url, statement_timeout=statement_timeout)
            stack.callback(engine.dispose)
            reader = open_reading_engine(read_url)
            stack.callback(reader.dispose)
            reports = reports_url and open_engine(
                reports_url,
                statement_timeout=statement_timeout,
                pool_size=CONFIDENTIAL_POOL_SIZE,
            )
            if reports:
                stack.callback(reports.dispose)
            if self.url:
                with engine.connect() as connection:
                    check(connection)
            if self.url and reports:
                with reports.connect() as connection:
                    check_confidential(connection)
            if self.read_url:
                with reader.connect() as connection:
                    check(connection, "GEO_READ_DATABASE_URL")
            yield Database(
                url=url,
                read_url=read_url,
                sessions=sessionmaker(engine, expire_on_commit=False),
                read_sessions=sessionmaker(reader, expire_on_commit=False),
                reports_url=reports_url,
                reports=sessionmaker(reports, expire_on_commit=False) if reports else None,
                owner_url=cluster.url("geo_owner") if cluster else None,
            )

    @contextmanager
    def sessions(self) -> Iterator[Sessions]:
        """For a command, which may take as long as it needs."""
        with self.opened(statement_timeout="0") as database:
            yield database.sessions

    @contextmanager
    def as_owner(self) -> Iterator[str]:
        """A URL that signs in as the owner of the tables, for as long as the block lasts.

        Raises: OwnerIsNotNamed.
        """
        if self.owner_url:
            yield self.owner_url
        elif self.url:
            raise OwnerIsNotNamed
        else:
            with embedded.running(self.home) as cluster:
                yield cluster.url("geo_owner")

    def address(self, *, owner: bool = False) -> str:
        """The URL that psql and other programs may use.

        Raises: OwnerIsNotNamed.
        """
        if self.url and owner and not self.owner_url:
            raise OwnerIsNotNamed
        named = self.owner_url if owner else self.url
        role = "geo_owner" if owner else "geo_app"
        return for_libpq(named or embedded.Cluster.at(self.home).url(role))

    def facts(self) -> Facts | None:
        """What it says of itself; none while it does not answer. Starts and changes nothing."""
        return self.answer(inspect)

    def answer(
        self, question: Callable[[Connection], Answer], url: str | None = None
    ) -> Answer | None:
        """The same for any question, and for any login: `url` is one of this database's others."""
        url = url or self.url
        if not url and not embedded.Cluster.at(self.home).is_running:
            return None
        engine = open_engine(url or embedded.Cluster.at(self.home).url())
        try:
            with engine.connect() as connection:
                return question(connection)
        except OperationalError:
            return None
        finally:
            engine.dispose()

    @contextmanager
    def _own_cluster(self) -> Iterator[embedded.Cluster]:
        with embedded.running(self.home) as cluster:
            migrate(cluster.url("geo_owner"))
            yield cluster


def check_confidential(connection: Connection) -> bool:
    """Whether this is the login for reports. Raises: NotTheConfidentialLogin."""
    role = connection.scalar(text("SELECT current_user"))
    if role != "geo_reports":
        raise NotTheConfidentialLogin(
            f"GEO_REPORTS_DATABASE_URL signs in as “{role}”. Sign in as geo_reports, which alone "
            "may enter there."
        )
    return True


def check(connection: Connection, variable: str = "GEO_DATABASE_URL") -> bool:
    """Whether requests may use this login, which `variable` names, and find their tables.

    Raises: SignedInWithTooManyRights, SchemaIsBehind, WrongLogin.
    """
    facts = inspect(connection)
    if facts.has_too_many_rights:
        raise SignedInWithTooManyRights(
            f"{variable} signs in as “{facts.role}”, a superuser or the owner of the tables. "
            "Sign in as geo_app; the owner belongs in GEO_OWNER_DATABASE_URL, for `migrate` only."
        )
    if facts.pending:
        raise SchemaIsBehind(
            "The database does not have the tables of this version. Run `geo-service migrate` "
            "with GEO_OWNER_DATABASE_URL, then start again."
        )
    return True
