"""`geo-service looks …` and `geo-service keys …`: for whoever answers for the walls."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Annotated
from uuid import UUID

import typer

from geo_service.clock import now
from geo_service.confidential.checkpoints import Checkpoints
from geo_service.confidential.session import Vault
from geo_service.errors import NotFound

looks = typer.Typer(help="열람 기록. Who looked at what is confidential.", no_args_is_help=True)
keys = typer.Typer(help="열쇠. Keys to what is confidential.", no_args_is_help=True)

VAULT = "vault"
"""Under this name, the command line says how the vault is opened."""

WhichOffice = Annotated[UUID | None, typer.Argument(help="Its id; every one when none is given.")]


class OfficeHasNoKey(NotFound):
    """No office with this id has a key; it gets its first one with its first report."""


def _opened(context: typer.Context) -> AbstractContextManager[Vault]:
    how: Callable[[], AbstractContextManager[Vault]] = context.meta[VAULT]
    return how()


@looks.command()
def verify(context: typer.Context) -> None:
    """Compare all looks with what was signed: edited, deleted, cut, rewritten, reordered."""
    with _opened(context) as vault:
        complaints = Checkpoints(vault).verify()
    for complaint in complaints:
        typer.echo(f"wrong: {complaint}", err=True)
    if complaints:
        raise typer.Exit(1)
    typer.echo("· Every sealed look is as it was", err=True)


@looks.command()
def seal(context: typer.Context) -> None:
    """Sign now what the worker would sign within five minutes."""
    with _opened(context) as vault:
        sealed = Checkpoints(vault).seal(at=now())
    typer.echo(f"· Sealed: {sealed} looks", err=True)


@keys.command()
def rotate(context: typer.Context, office: WhichOffice = None) -> None:
    """Give dong centres new keys, and destroy the old ones; what was sealed stays readable."""
    with _opened(context) as vault:
        known = vault.ring.offices()
        if office and office not in known:
            raise OfficeHasNoKey
        for each in [office] if office else known:
            version = vault.ring.rotate(each)
            typer.echo(f"· {each}: key {version}", err=True)
