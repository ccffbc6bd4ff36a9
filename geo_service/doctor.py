"""What this machine needs before the service can run here, and how to mend what it lacks."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from geo_service.accounts.access.provider import providers_by_id
from geo_service.accounts.workflow.secret import Secret
from geo_service.clock import now
from geo_service.confidential.keys import KeyRing
from geo_service.confidential.session import Vault
from geo_service.db import binaries, folders
from geo_service.db.cluster import Cluster
from geo_service.db.opening import Whereabouts, check, check_confidential
from geo_service.errors import Problem
from geo_service.later import figures as later
from geo_service.mail import figures as mail
from geo_service.mail.ways import Folder, way_out
from geo_service.settings import Settings
from geo_service.web.assets import STATIC

OLDEST_PYTHON = (3, 11)
"""What Debian 12 ships."""

LEAST_FREE_GB = 2
"""A district's database takes 0.1 GB; the national one with its indexes 20."""

LATE_S = 600
"""Whatever is due for so long, nobody works at it."""


@dataclass(frozen=True)
class Finding:
    """One thing looked at."""

    name: str
    found: str
    remedy: str | None = None
    """What to do; none when all is well."""

    @property
    def well(self) -> bool:
        """Whether nothing needs to be done."""
        return self.remedy is None


def findings(settings: Settings, database: Whereabouts) -> Iterator[Finding]:
    """Everything looked at, nothing changed. Order: what must be mended first, first."""
    yield _python()
    yield _assets(STATIC / "vendor")
    if not settings.database_url:
        yield _programs()
        yield _folder(settings.data_dir)
        yield _disk(settings.data_dir)
    yield _secret(settings)
    yield _providers(settings)
    yield _mail(settings)
    yield _keys(settings.keys_folder)
    yield _reports(settings, database)
    if database.read_url:
        yield _standby(database)
    yield from _database(database)


def as_facts(found: list[Finding]) -> dict[str, object]:
    """For programs."""
    return {
        "well": all(finding.well for finding in found),
        "findings": [asdict(finding) | {"well": finding.well} for finding in found],
    }


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        return Finding("python", version, "Install Python 3.11 or newer, then run ./scripts/setup")
    return Finding("python", version)


def _assets(vendor: Path) -> Finding:
    count = sum(path.is_file() for path in vendor.rglob("*"))
    said = f"{count} files in {vendor}"
    return Finding("assets", said, None if count else "Run ./scripts/setup")


def _programs() -> Finding:
    try:
        chosen = binaries.choose()
    except Problem as problem:
        return Finding("postgresql", "not installed", str(problem))
    return Finding("postgresql", f"{chosen.major} with PostGIS in {chosen.folder}")


def _folder(home: Path) -> Finding:
    try:
        folders.server_user(home)
    except Problem as problem:
        return Finding("data folder", problem.title(), str(problem))
    nearest = folders.nearest(home)
    another = "Name another folder: GEO_DATA_DIR=…"
    if not nearest.is_dir():
        return Finding("data folder", f"{nearest} is a file", another)
    if not os.access(nearest, os.W_OK | os.X_OK):
        return Finding(
            "data folder",
            f"{nearest} belongs to “{folders.owner_of(nearest)}”",
            "Run this as that user, or name a folder of your own: GEO_DATA_DIR=…",
        )
    try:
        tempfile.TemporaryFile(dir=nearest).close()  # nameless: it leaves nothing behind
    except OSError as error:
        return Finding("data folder", f"{nearest}: {error.strerror}", another)
    return Finding("data folder", f"{home.resolve()} can be written")


def _disk(home: Path) -> Finding:
    free_gb = shutil.disk_usage(folders.nearest(home)).free / 1e9
    said = f"{free_gb:.1f} GB free"
    if free_gb < LEAST_FREE_GB:
        return Finding("disk", said, f"Make room: {LEAST_FREE_GB} GB, or name another GEO_DATA_DIR")
    return Finding("disk", said)


def _secret(settings: Settings) -> Finding:
    if settings.secret_key:
        return Finding("secret", "GEO_SECRET_KEY names it")
    if settings.database_url:
        remedy = "Set GEO_SECRET_KEY: 32 characters or more, the same on every machine"
        return Finding("secret", "it is not named", remedy)
    return Finding("secret", f"kept in {settings.data_dir}")


def _providers(settings: Settings) -> Finding:
    try:
        names = [each.name for each in providers_by_id(settings.oidc_providers).values()]
    except Problem as problem:
        return Finding("sign-in", "its providers are unfit", str(problem))
    return Finding("sign-in", ", ".join(["by mail", *names]))


def _mail(settings: Settings) -> Finding:
    try:
        way = way_out(settings.mail_server, settings.data_dir / "outbox")
    except Problem as problem:
        return Finding("mail", "its server cannot be used", str(problem))
    return Finding("mail", f"laid into {way.path}" if isinstance(way, Folder) else "by a server")


def _reports(settings: Settings, database: Whereabouts) -> Finding:
    if settings.database_url and not settings.reports_database_url:
        remedy = "Set GEO_REPORTS_DATABASE_URL: the same database, signed in as geo_reports"
        return Finding("reports", "their login is not named", remedy)
    own = None if database.url else Cluster.at(database.home)
    if own and not own.is_running:
        return Finding("reports", "not asked, as the database is not running")
    url = own.url("geo_reports") if own else database.reports_url

    def look(connection: Connection) -> bool:
        check_confidential(connection)
        connection.rollback()
        if settings.secret_key and not own:  # our own is told the secret at every start
            kept = Secret(settings.secret_key.get_secret_value().encode())
            ring = KeyRing(settings.keys_folder, kept)
            Vault(sessionmaker(connection), kept, ring).check()
        return True

    return _login("reports", "GEO_REPORTS_DATABASE_URL", lambda: database.answer(look, url))


def _standby(database: Whereabouts) -> Finding:
    name = "GEO_READ_DATABASE_URL"
    return _login(
        "standby", name, lambda: database.answer(lambda c: check(c, name), database.read_url)
    )


def _login(name: str, variable: str, look: Callable[[], bool | None]) -> Finding:
    """Whether a login does what `serve` asks of it."""
    try:
        answers = look()
    except Problem as problem:
        return Finding(name, problem.title(), str(problem))
    except DBAPIError:  # no such table or function, or no right to it
        return Finding(name, "what it needs is not there", "Run geo-service migrate")
    if answers is None:
        return Finding(name, "does not answer", f"Start it, or correct {variable}")
    return Finding(name, "signed in, and may do what it must")


def _keys(folder: Path) -> Finding:
    if not folder.exists():
        return Finding("keys", f"{folder} is made with the first report")
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        remedy = "Run this as that user, or name a folder of your own: GEO_KEYS_DIR=…"
        return Finding("keys", f"{folder} belongs to “{folders.owner_of(folder)}”", remedy)
    if folder.stat().st_mode & 0o077:
        return Finding("keys", f"others may look into {folder}", f"chmod 700 {folder}")
    return Finding("keys", f"{folder} is closed to others")


def _database(database: Whereabouts) -> Iterator[Finding]:
    try:
        facts = database.facts()
    except Problem as problem:
        yield Finding("tables", problem.title(), str(problem))
        return
    if facts is None:
        if database.url:
            yield Finding("database", "does not answer", "Start it, or correct GEO_DATABASE_URL")
        else:
            yield Finding("database", "not running; `geo-service serve` starts it")
        return
    rights = "Sign in as geo_app" if facts.has_too_many_rights else None
    yield Finding("database", f"PostgreSQL {facts.server}, signed in as {facts.role}", rights)
    for name, version in facts.extensions.items():
        remedy = None if version else "As superuser, run geo_service/db/bootstrap.sql in it"
        yield Finding(name, version or "not installed", remedy)
    if facts.knows_hangul:
        yield Finding("korean search", "Hangul counts as letters")
    else:
        remedy = "Make the database anew: CREATE DATABASE geo TEMPLATE template0 LOCALE 'C.UTF-8'"
        yield Finding("korean search", "its locale does not know Hangul", remedy)
    if facts.pending:
        yield Finding("tables", f"{facts.pending} steps behind", "Run geo-service migrate")
    else:
        yield Finding("tables", "up to date")
        yield from _what_waits(database)


def _what_waits(database: Whereabouts) -> Iterator[Finding]:
    try:
        stand = database.answer(_stand)
    except DBAPIError:
        yield Finding("tasks", "this login may not look at them", "Sign in as geo_app")
        return
    if stand is None:
        return
    tasks, given_up, letters = stand
    mend = "Mend what the log says of it, then run geo-service worker --retry"
    late = f"Run geo-service worker; one is due for {tasks.late_s / 60:.0f} minutes"
    said = f"{tasks.waiting} waiting"
    if given_up:
        yield Finding("tasks", f"{said}; given up: {', '.join(given_up)}", mend)
    else:
        yield Finding("tasks", said, late if tasks.late_s > LATE_S else None)
    slow = "Look whether geo-service worker runs, and GEO_SMTP_URL names a server that takes mail"
    said = f"{letters.waiting} waiting, {letters.undelivered} undelivered"
    yield Finding("letters", said, slow if letters.oldest_s > LATE_S else None)


def _stand(connection: Connection) -> tuple[later.Figures, list[str], mail.Figures]:
    session, at = Session(connection), now()
    given_up = [
        f"{count} × {name} ({error})" for name, error, count in session.execute(later.put_aside())
    ]
    return later.figures(session, at), given_up, mail.figures(session, at)
