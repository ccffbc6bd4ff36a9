"""The command line of the keys: shown, rotated, revoked, and never printed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import typer
from sqlalchemy import select
from sqlalchemy.orm import Session
from typer.testing import CliRunner, Result

from geo_service.clock import now
from geo_service.db.session import Sessions
from geo_service.watchers.commands import app
from geo_service.watchers.models import CardKey
from geo_service.watchers.workflow.keys import NoSuchKey
from geo_service.watchers.workflow.verifying import CardKeyIsRevoked, read_card
from tests.watchers import MASTER, SECRET, a_card_shown, a_watcher


@dataclass
class Borrowed:
    """A database that is already open."""

    lent: Sessions

    @contextmanager
    def sessions(self) -> Iterator[Sessions]:
        """The test's own."""
        yield self.lent


@pytest.fixture
def cli(sessions: Sessions) -> Any:
    """The commands, with the secret that the main program hands down."""
    whole = typer.Typer()

    @whole.callback()
    def settle(context: typer.Context) -> None:
        context.meta["secret"] = lambda: MASTER
        context.obj = Borrowed(sessions)

    whole.add_typer(app, name="watchers")

    def run(*words: str) -> Result:
        return CliRunner().invoke(whole, ["watchers", *words])

    return run


def test_an_operator_rotates_and_revokes(session: Session, cli: Any) -> None:
    watcher = a_watcher(session)
    old = a_card_shown(session, watcher)
    first = session.scalars(select(CardKey.id)).one()
    second = cli("rotate-key").stdout.strip()
    session.expire_all()
    assert int(second) > first
    fresh = a_card_shown(session, watcher, secret=SECRET)
    assert cli("revoke-key", str(first)).exit_code == 0
    session.expire_all()
    with pytest.raises(CardKeyIsRevoked):
        read_card(session, old, at=now())
    assert read_card(session, fresh, at=now()).id == watcher.id
    listed = cli("keys").stdout
    assert ("revoked" in listed, "signs" in listed) == (True, True)
    assert session.get_one(CardKey, first).sealed is None


def test_the_only_key_is_revoked_and_the_next_signs(session: Session, cli: Any) -> None:
    a_card_shown(session, a_watcher(session))
    (only,) = session.scalars(select(CardKey.id))
    assert cli("revoke-key", str(only)).exit_code == 0
    listed = cli("keys").stdout
    assert ("revoked" in listed, "signs" in listed) == (True, True)


def test_a_key_that_never_was_is_not_revoked(cli: Any) -> None:
    assert isinstance(cli("revoke-key", "60000").exception, NoSuchKey)
