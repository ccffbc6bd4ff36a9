"""Each wall stands alone: let one fall, and the check that walks through all of them fails."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, text

from geo_service.confidential.session import Vault
from tests.db.sights import Sights
from tests.db.walls import a_scene


@pytest.fixture
def sights(vault: Vault, logins: tuple[Connection, ...]) -> Sights:
    return Sights(a_scene(vault), logins)


@contextmanager
def fallen(owner: Connection, *statements: str) -> Iterator[None]:
    """The walls without one, until the block ends."""
    with owner.begin_nested() as everything:
        for statement in statements:
            owner.exec_driver_sql(statement)
        yield
        everything.rollback()


def unnoticed(sights: Sights, *statements: str) -> bool:
    """Whether nobody minds that a wall is gone."""
    with fallen(sights.owner, *statements):
        try:
            sights.check()
        except AssertionError:
            return False
    return True


def test_everybody_sees_what_they_may_and_nothing_else(sights: Sights) -> None:
    sights.check()


def test_every_policy_is_a_wall(sights: Sights) -> None:
    policies = sights.owner.execute(
        text("SELECT tablename, policyname, roles[1] FROM pg_policies WHERE schemaname = 'reports'")
    ).all()
    assert len(policies) > 30
    for table, policy, role in policies:
        dropped = f"DROP POLICY {policy} ON reports.{table}"
        command = sights.owner.scalar(
            text("SELECT cmd FROM pg_policies WHERE policyname = :policy AND tablename = :table"),
            {"policy": policy, "table": table},
        )
        opened = "WITH CHECK (true)" if command == "INSERT" else "USING (true)"
        anybody = f"CREATE POLICY {policy} ON reports.{table} FOR {command} TO {role} {opened}"
        assert not unnoticed(sights, dropped), f"without {policy} on {table}"
        assert not unnoticed(sights, dropped, anybody), (
            f"{policy} on {table} lets everybody through"
        )
    sights.check()
