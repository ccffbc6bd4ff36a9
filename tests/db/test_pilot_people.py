"""The pilot has somebody for each role, who can sign in where it runs."""

from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from geo_service import commands
from geo_service.accounts.models import Person
from geo_service.accounts.workflow.passwords import is_right
from geo_service.commands import ReportsAreNotNamed
from geo_service.db.opening import Whereabouts
from geo_service.offices.models import Role, Staff
from geo_service.pilot import workflow as pilot
from geo_service.settings import Settings

SECRET = b"only for tests, and long enough."


def test_every_role_has_somebody_who_can_sign_in(session: Session) -> None:
    pilot.load(session)
    password = pilot.password_from(SECRET)
    people = pilot.welcome(session, password)
    found = session.scalars(select(Person).where(Person.email.in_([p.email for p in people])))
    assert all(is_right(person, password) for person in found)
    posts = session.scalars(select(Staff).join(Person).where(Person.email.like("%@pilot.example")))
    assert {post.role for post in posts} == set(Role)
    assert [entry for entry in people if not entry.roles]


def test_who_is_there_keeps_what_they_changed(session: Session) -> None:
    pilot.load(session)
    entry, *_ = pilot.welcome(session, "first-word-here")
    person = session.scalars(select(Person).where(Person.email == entry.email)).one()
    person.name = "새 이름"
    pilot.welcome(session, "second-word-here")
    assert person.name == "새 이름"
    assert is_right(person, "first-word-here")


def test_every_machine_has_a_password_of_its_own() -> None:
    assert pilot.password_from(SECRET) == pilot.password_from(SECRET)
    assert pilot.password_from(SECRET) != pilot.password_from(SECRET[::-1])


def test_nobody_is_let_into_a_database_that_somebody_named(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def welcome(*_: object) -> None:
        pytest.fail("demo people must not get in here")

    monkeypatch.setattr(commands, "welcome_pilot", welcome)
    monkeypatch.setattr(commands, "listening", lambda *_: nullcontext())
    url = engine.url.render_as_string(hide_password=False)
    settings = Settings(data_dir=tmp_path, secret_key=SecretStr(SECRET.decode() * 2))
    context: Any = SimpleNamespace(meta={"settings": settings}, obj=Whereabouts(tmp_path, url=url))
    with pytest.raises(ReportsAreNotNamed):
        commands.serve(context)
