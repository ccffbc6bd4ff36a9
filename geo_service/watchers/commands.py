"""`geo-service watchers …`: the keys that sign cards."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from geo_service.accounts.workflow import Secret
from geo_service.clock import now
from geo_service.db.opening import Whereabouts
from geo_service.watchers.models import CardKey
from geo_service.watchers.queries.cards import all_keys
from geo_service.watchers.workflow.keys import revoke, rotate

app = typer.Typer(help="시민찾동이. The keys that sign watchers' cards.", no_args_is_help=True)


def _state(key: CardKey) -> str:
    if key.revoked_at:
        return "revoked"
    return "only verifies" if key.retired_at else "signs"


@app.command("keys")
def list_keys(context: typer.Context) -> None:
    """Show every key that ever was: when it was made, and what it still does."""
    database: Whereabouts = context.obj
    table = Table("key", "made", "does", box=None)
    with database.sessions() as sessions, sessions() as session:
        for key in session.scalars(all_keys()):
            table.add_row(str(key.id), f"{key.made_at:%Y-%m-%d %H:%M}", _state(key))
    Console().print(table)


@app.command("rotate-key")
def rotate_key(context: typer.Context) -> None:
    """Sign cards with a new key from now on, and print its number; older cards stay good."""
    database: Whereabouts = context.obj
    secret = Secret(context.meta["secret"]())
    with database.sessions() as sessions, sessions.begin() as session:
        typer.echo(str(rotate(session, secret, at=now()).key_id))


@app.command("revoke-key")
def revoke_key(
    context: typer.Context,
    key: Annotated[int, typer.Argument(help="Its number; `keys` shows all.")],
) -> None:
    """Believe no card any more that was signed with this key.

    Where it was the only one that signs, the next is made. Telephones show a card signed with
    that by themselves; paper cards that this key has signed are printed again.
    """
    database: Whereabouts = context.obj
    secret = Secret(context.meta["secret"]())
    with database.sessions() as sessions, sessions.begin() as session:
        revoke(session, secret, key, at=now())
    typer.echo(f"· Cards signed with key {key} are refused from now on", err=True)
