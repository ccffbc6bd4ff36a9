"""One PostgreSQL cluster in one folder, whether it runs or not."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import URL

from geo_service.db import folders, processes

SUPERUSER = "postgres"
"""Makes databases and roles, and does nothing else."""

BOOTSTRAP = Path(__file__).with_name("bootstrap.sql").read_text()


@dataclass(frozen=True)
class Cluster:
    """Where it is, who is in it, and the databases it holds."""

    home: Path

    @classmethod
    def at(cls, home: Path) -> "Cluster":
        """The one that `embedded.running(home)` would run."""
        return cls(folders.within_reach(home))

    @property
    def data(self) -> Path:
        """PostgreSQL's data folder."""
        return self.home / "cluster"

    @property
    def socket(self) -> Path:
        """The folder of its socket: what PostgreSQL's programs call the host."""
        return folders.socket_folder(self.home)

    @property
    def log(self) -> Path:
        """What the server has to say."""
        return self.home / "server.log"

    @property
    def name(self) -> str:
        """Its processes carry this name; a moved folder keeps it, a copied one gets another."""
        found = self.data.stat()
        return f"geo-service-{found.st_dev:016x}-{found.st_ino:016x}"

    @property
    def processes(self) -> list[int]:
        """Its server and all that the server forked, orphans included."""
        return processes.processes_of(self.name) if self.data.exists() else []

    @property
    def is_running(self) -> bool:
        """Whether it can be asked, or soon."""
        return bool(self.processes)

    @property
    def server(self) -> int | None:
        """The server's process, if it lives."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
            return pid if processes.belongs(pid, self.name) else None
        except (FileNotFoundError, ValueError, IndexError):
            return None

    @property
    def is_open(self) -> bool:
        """Whether the server answers."""
        try:
            self.connect("postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    @property
    def is_lost(self) -> bool:
        """Whether the server believes that it can be reached, but its socket is gone."""
        try:
            says = (self.data / "postmaster.pid").read_text()
        except FileNotFoundError:
            return False
        socket = self.socket / f".s.PGSQL.{folders.PORT}"
        return says.rstrip().endswith("\nready") and not socket.exists()

    def url(self, role: str = "geo_app", database: str = "geo") -> str:
        """A SQLAlchemy URL that signs in as that role."""
        query = {"host": str(self.socket), "port": str(folders.PORT)}
        url = URL.create("postgresql+psycopg", username=role, database=database, query=query)
        return url.render_as_string()

    def connect(self, database: str) -> psycopg.Connection:
        """As the superuser, each statement for itself."""
        return psycopg.connect(
            host=str(self.socket),
            port=folders.PORT,
            user=SUPERUSER,
            dbname=database,
            connect_timeout=5,
            client_encoding="utf8",
            autocommit=True,
        )

    def create_database(self, name: str) -> None:
        """Make a database with our roles and extensions, unless it is there already."""
        create = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
        with self.alone():
            with self.connect("postgres") as connection:
                # A maker who was killed half-way may still be at work inside the server.
                connection.execute("SELECT pg_advisory_lock(hashtext('create database'))")
                known = connection.execute("SELECT datname FROM pg_database").fetchall()
                if (name,) not in known:
                    connection.execute(create)
            with self.connect(name) as connection:
                connection.execute(BOOTSTRAP)

    def drop_database(self, name: str) -> None:
        """Remove a database, whoever is connected to it."""
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        with self.alone(), self.connect("postgres") as connection:
            connection.execute(drop)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else makes, starts or stops anything here during the block."""
        lock = self.open_lock(".lock")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def open_lock(self, name: str) -> int:
        """A file whose only use is `flock`; the kernel lets go for whoever dies.

        Raises: FolderIsNotYours.
        """
        try:
            return os.open(self.home / name, os.O_RDWR | os.O_CREAT, 0o600)
        except PermissionError:
            raise folders.not_yours(self.home) from None
