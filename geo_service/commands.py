"""What the command line does with the service as a whole: serve, work, migrate, look at itself."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from sqlalchemy import select, text

from geo_service import doctor as diagnosis
from geo_service.accounts.access.provider import providers_by_id
from geo_service.accounts.files import secret_kept_in
from geo_service.accounts.workflow.secret import Secret
from geo_service.clock import now
from geo_service.confidential.keys import KeyRing
from geo_service.confidential.session import Vault, teach
from geo_service.db.migrate import differences, migrate
from geo_service.db.opening import Database, Whereabouts
from geo_service.db.session import Sessions
from geo_service.errors import Conflict
from geo_service.heap import keeping
from geo_service.hours.closures import tokens_on
from geo_service.later import figures as later
from geo_service.listings.models import DEMO, Listing
from geo_service.mail import figures as mail
from geo_service.mail.carrying import carrier
from geo_service.mail.ways import way_out
from geo_service.pilot import workflow as pilot
from geo_service.settings import Settings
from geo_service.web.server import Server, address, listening, stop_signals
from geo_service.worker.companion import worker_beside
from geo_service.worker.working import is_alone, work

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def say(sentence: str) -> None:
    """One step, for the person who waits."""
    typer.echo(f"· {sentence}", err=True)


class SecretIsNotNamed(Conflict):
    """Set GEO_SECRET_KEY beside GEO_DATABASE_URL: 32 characters or more that nobody can guess."""


class TablesDiffer(Conflict):
    """The migrations do not make the tables that the code describes."""


class ReportsAreNotNamed(Conflict):
    """Set GEO_REPORTS_DATABASE_URL beside GEO_DATABASE_URL: the same, signed in as geo_reports."""


def secret_of(settings: Settings, *, is_ours: bool = False) -> bytes:
    """The secret that was named, or that of the data folder.

    `is_ours` says that a named database is the embedded one of another process.

    Raises: SecretIsNotNamed, where several machines may serve from one database.
    """
    if settings.secret_key:
        return settings.secret_key.get_secret_value().encode()
    if settings.database_url and not is_ours:
        raise SecretIsNotNamed
    return secret_kept_in(settings.data_dir)


def vault_of(settings: Settings, database: Database, secret: bytes) -> Vault:
    """Where confidential work is done. Raises: ReportsAreNotNamed, ClaimsAreNotBelieved."""
    if database.reports is None:
        raise ReportsAreNotNamed
    kept = Secret(secret)
    if database.owner_url:
        teach(database.owner_url, kept)
    vault = Vault(database.reports, kept, KeyRing(settings.keys_folder, kept))
    vault.check()
    return vault


@contextmanager
def opened_vault(settings: Settings, database: Whereabouts) -> Iterator[Vault]:
    """For a command that does confidential work."""
    with database.opened(statement_timeout="0") as opened:
        yield vault_of(settings, opened, secret_of(settings))


def check_settings(settings: Settings) -> None:
    """All that can be told without a database: whoever mistyped learns so before one is started.

    Raises: ProvidersAreUnfit, NotASmtpUrl.
    """
    providers_by_id(settings.oidc_providers)
    way_out(settings.mail_server, settings.data_dir)


def serve(context: typer.Context) -> None:
    """Serve until Ctrl-C; with a private PostgreSQL unless GEO_DATABASE_URL names one."""
    settings: Settings = context.meta["settings"]
    database: Whereabouts = context.obj
    check_settings(settings)
    with (
        stop_signals() as stop,
        listening(settings.host, settings.port) as listener,
        ExitStack() as stack,
    ):
        if not database.url:
            say(f"Starting PostgreSQL in {database.home}")
        opened = stack.enter_context(database.opened())
        secret = secret_of(settings)
        stop.check()
        if not database.url and load_pilot(opened.sessions):
            say("Loaded the pilot district with its demo listings")
        if not database.url:
            welcome_pilot(opened.sessions, secret)
        stop.check()
        vault = vault_of(settings, opened, secret)
        if not database.url:
            worry_pilot(opened.sessions, vault)
        with keeping():
            from geo_service.app import build_app  # noqa: PLC0415 (no other command waits for doors)

            app = build_app(settings, opened, secret=secret, vault=vault)
            tokens_on(now().date())  # the year's holidays, before the first visitor asks
        beside = stack.enter_context(worker_beside(opened.url, opened.reports_url))

        def ready() -> None:
            typer.echo(f"동네이음: {address(listener)} (Ctrl-C)")
            if settings.has_worker_beside:
                beside.start()

        Server(app, stop, ready).run([listener])
        stop.is_ending = True


def welcome_pilot(sessions: Sessions, secret: bytes) -> None:
    """Let the pilot's people in, and say how they sign in; only in a database of our own."""
    password = pilot.password_from(secret)
    with sessions.begin() as session:
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext('pilot'))"))
        if session.scalar(select(Listing.id).where(Listing.source == DEMO).limit(1)) is None:
            return
        people = pilot.welcome(session, password)
    addresses = " · ".join(entry.email for entry in people)
    say(f"Demo sign-ins: {addresses} (password {password})")


def worry_pilot(sessions: Sessions, vault: Vault) -> None:
    """Let the pilot's neighbours tell what they invented, once; in a database of our own."""
    with sessions.begin() as session:
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext('pilot'))"))
        if session.scalar(select(Listing.id).where(Listing.source == DEMO).limit(1)) is None:
            return
        told = pilot.worry(session, vault)
    with sessions.begin() as session:
        pilot.put_on_map(session, vault)
    if told:
        say(f"Told {told} demo reports of invented neighbours")


def worker(
    context: typer.Context,
    *,
    retry: Annotated[
        bool, typer.Option("--retry", help="First queue again what was given up.")
    ] = False,
    beside: Annotated[int | None, typer.Option(hidden=True)] = None,
) -> None:
    """Do what happens later, and send letters, until Ctrl-C; as many as you like run at once."""
    settings: Settings = context.meta["settings"]
    database: Whereabouts = context.obj
    way = way_out(settings.mail_server, settings.data_dir / "outbox")
    with stop_signals() as stop, database.opened(statement_timeout="30s") as opened:
        secret = secret_of(settings, is_ours=beside is not None)
        opened.sessions.configure(info={"vault": vault_of(settings, opened, secret)})
        if retry:
            with opened.sessions.begin() as session:
                tasks, letters = later.try_again(session), mail.try_again(session)
            say(f"Queued again: {tasks} tasks, {letters} letters")
        if beside is None:
            say("Working until Ctrl-C")
        work(
            opened.url,
            opened.sessions,
            lambda: carrier(opened.url, opened.sessions, way, settings.mail_from),
            is_over=lambda: stop.is_noticed() or is_alone(beside),
        )
        stop.is_ending = True


def load_pilot(sessions: Sessions, *, always: bool = False) -> bool:
    """Fill a database that has no listing; two who look at once take turns."""
    with sessions.begin() as session:
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext('pilot'))"))
        if not always and session.scalar(select(Listing.id).limit(1)) is not None:
            return False
        pilot.load(session)
        return True


def migrate_(
    context: typer.Context,
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Afterwards, say where tables and code differ.")
    ] = False,
) -> None:
    """Give the database the tables of this version; done already, it changes nothing."""
    settings: Settings = context.meta["settings"]
    database: Whereabouts = context.obj
    with database.as_owner() as url:
        migrate(url)
        found = differences(url) if check else []
        if is_secret := bool(settings.secret_key or not (database.url or database.owner_url)):
            teach(url, Secret(secret_of(settings)))
    for difference in found:
        typer.echo(f"differs: {difference}", err=True)
    if found:
        raise TablesDiffer
    say("The database has the tables of this version")
    if not is_secret:
        say("Reports stay closed until this is run with GEO_SECRET_KEY")


def demo(context: typer.Context) -> None:
    """Load the pilot district, Gwangsan-gu, and its demo listings."""
    database: Whereabouts = context.obj
    with database.sessions() as sessions:
        load_pilot(sessions, always=True)
    say("Loaded the pilot district with its demo listings")


def database_url(
    context: typer.Context,
    *,
    owner: Annotated[bool, typer.Option("--owner", help="Signed in as the owner.")] = False,
) -> None:
    """Print where the database is, for psql and other programs."""
    database: Whereabouts = context.obj
    typer.echo(database.address(owner=owner))
    if database.facts() is None:
        say("It is not running now; `geo-service serve` starts it.")


def doctor(context: typer.Context, *, as_json: AsJson = False) -> None:
    """Look whether all that the service needs is here, and say how to mend what is not."""
    found = list(diagnosis.findings(context.meta["settings"], context.obj))
    facts = diagnosis.as_facts(found)
    if as_json:
        typer.echo(json.dumps(facts, ensure_ascii=False))
    else:
        table = Table("", "", "found", "what to do", box=None)
        for finding in found:
            mark = "[green]✓" if finding.well else "[red]✗"
            table.add_row(mark, finding.name, escape(finding.found), escape(finding.remedy or ""))
        Console().print(table)
    if not facts["well"]:
        raise typer.Exit(1)
