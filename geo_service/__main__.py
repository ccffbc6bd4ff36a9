"""The command line: `geo-service`, or `python -m geo_service`.

Each command is loaded when it is asked for: most need a small part of the service, and all of it
loads longer than an import of thousands of rows takes.
"""

try:
    import errno
    import os
    import signal
    import sys
    from collections.abc import Iterator
    from contextlib import contextmanager
    from importlib import import_module
    from typing import Any, Never

    import psycopg
    import typer
    from pydantic import ValidationError
    from sqlalchemy.exc import DBAPIError, SQLAlchemyError
    from typer.core import TyperGroup
    from typer.main import get_command
    from typing_extensions import override

    from geo_service.db.opening import Whereabouts
    from geo_service.errors import Problem
    from geo_service.heap import keeping
    from geo_service.settings import Settings, variable
    from geo_service.web.logs import start_logging
except KeyboardInterrupt:  # nothing was begun
    raise SystemExit(130) from None

_HERE = "geo_service.commands"

COMMANDS = {
    "serve": (_HERE, "serve"),
    "worker": (_HERE, "worker"),
    "migrate": (_HERE, "migrate_"),
    "demo": (_HERE, "demo"),
    "database-url": (_HERE, "database_url"),
    "doctor": (_HERE, "doctor"),
    "areas": ("geo_service.areas.commands", "app"),
    "facilities": ("geo_service.facilities.commands", "app"),
    "office": ("geo_service.offices.commands", "office"),
    "person": ("geo_service.offices.commands", "person"),
    "looks": ("geo_service.confidential.commands", "looks"),
    "keys": ("geo_service.confidential.commands", "keys"),
    "watchers": ("geo_service.watchers.commands", "app"),
    "households": ("geo_service.neighbourhoods.commands", "app"),
}
"""What each word means: where it stands, and as what."""


class Lazily(TyperGroup):
    """Knows every command by its name."""

    @override
    def list_commands(self, ctx: Any) -> list[str]:
        """In the order of the help."""
        return list(COMMANDS)

    @override
    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Load what is meant. For a word that means nothing, all: the likeliest is suggested."""
        if cmd_name not in COMMANDS:
            self.commands.update((name, load(name)) for name in COMMANDS)
            return None
        return load(cmd_name)


@contextmanager
def leaving_at_once() -> Iterator[None]:
    """Ctrl-C ends the program meanwhile: nothing was begun.

    What is half loaded (shapely, numpy) would take an exception for a fault of its own.
    """
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:  # not where a shell said to hear nothing
        signal.signal(signal.SIGINT, lambda _number, _frame: os._exit(130))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def load(name: str) -> Any:
    """A command, or a group of commands."""
    module, attribute = COMMANDS[name]
    with keeping(), leaving_at_once():
        found = getattr(import_module(module), attribute)
    if not isinstance(found, typer.Typer):
        alone = typer.Typer(add_completion=False)
        alone.command(name)(found)
        return get_command(alone)
    group = typer.Typer()
    group.add_typer(found, name=name)
    return get_command(group).commands[name]  # type: ignore[attr-defined]


cli = typer.Typer(
    cls=Lazily,
    help="동네이음: everything within a ten-minute walk of home.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def fail(sentence: str) -> Never:
    """What went wrong, in one sentence; no traceback helps who cannot change the code."""
    typer.echo(f"error: {sentence}", err=True)
    raise SystemExit(1)


def whereabouts(settings: Settings) -> Whereabouts:
    """The database that the settings name."""
    return Whereabouts(
        home=settings.data_dir,
        url=settings.database_url,
        owner_url=settings.owner_database_url,
        read_url=settings.read_database_url,
        reports_url=settings.reports_database_url,
    )


@cli.callback()
def settle(context: typer.Context) -> None:
    """Read the settings once, and hand them down."""
    settings = Settings()
    start_logging(settings.log_format)
    context.meta["settings"] = settings
    context.obj = whereabouts(settings)
    context.meta["secret"] = lambda: import_module(_HERE).secret_of(settings)
    context.meta["vault"] = lambda: import_module(_HERE).opened_vault(settings, context.obj)


def main() -> None:
    """Run one command; what goes wrong on purpose is said in one sentence."""
    for number in (signal.SIGTERM, signal.SIGHUP):  # as an exit, it also stops PostgreSQL
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, lambda number, _frame: sys.exit(128 + number))
    try:
        cli()
    except Problem as problem:
        fail(problem.detail or problem.title())
    except ValidationError as unfit:
        fail("; ".join(f"{variable(str(e['loc'][0]))}: {e['msg']}" for e in unfit.errors()))
    except (SQLAlchemyError, psycopg.Error) as error:
        fail(refusal(error))
    except OSError as error:  # a full disk, a file where a folder should be
        if error.errno == errno.ENOSPC:
            fail("The disk is full. Make room, or name another folder: GEO_DATA_DIR=…")
        if not error.filename:
            raise
        fail(f"{error.filename}: {error.strerror}")
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def refusal(error: Exception) -> str:
    """What the database said, without the rows and values that it quotes."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    state = cause.sqlstate if isinstance(cause, psycopg.Error) else None
    if isinstance(cause, psycopg.OperationalError) and state is None:
        return f"The database does not answer: {str(cause).strip().splitlines()[0]}"
    if not isinstance(cause, psycopg.Error) or state is None:
        return f"The database could not be asked ({type(cause).__name__})."
    if state.startswith("22"):  # these quote the value
        return f"The database does not take a value ({type(cause).__name__}, {state})."
    return f"The database refuses this: {cause.diag.message_primary} ({state})"


if __name__ == "__main__":
    main()
