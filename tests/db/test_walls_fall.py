"""Each wall stands alone: let one fall, and the check that walks through all of them fails."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, text

from geo_service.confidential.session import Vault
from tests.db.sights import Sights
from tests.db.walls import a_scene


@pytest.fixture
def sights(vault: Vault, logins: tuple[Connection, ...]) -> Sights:
    return Sights(a_scene(vault, logins[0]), logins)


@contextmanager
def fallen(owner: Connection, *statements: str) -> Iterator[None]:
    """The walls without one, until the block ends."""
    with owner.begin_nested() as everything:
        for statement in statements:
            owner.exec_driver_sql(statement.replace("%", "%%"))
        yield
        everything.rollback()


def is_noticed(sights: Sights, *statements: str, about: str = "") -> bool:
    """Whether somebody minds that a wall is gone."""
    with fallen(sights.owner, *statements):
        try:
            sights.check(about)
        except AssertionError:
            return True
    return False


def test_everybody_sees_what_they_may_and_nothing_else(sights: Sights) -> None:
    sights.check()


def test_every_policy_is_a_wall(sights: Sights) -> None:
    policies = sights.owner.execute(
        text(
            "SELECT tablename, policyname, cmd, roles[1] FROM pg_policies"
            " WHERE schemaname = 'reports'"
        )
    ).all()
    assert len(policies) > 30
    for table, policy, command, role in policies:
        about = f"reports.{table}"
        dropped = f"DROP POLICY {policy} ON {about}"
        lets = "WITH CHECK (true)" if command == "INSERT" else "USING (true)"
        anybody = f"CREATE POLICY {policy} ON {about} FOR {command} TO {role} {lets}"
        assert is_noticed(sights, dropped, about=about), f"without {policy} on {table}"
        assert is_noticed(sights, dropped, anybody, about=about), f"{policy} on {table}, for all"


def test_what_an_update_leaves_behind_is_a_wall(sights: Sights) -> None:
    checked = sights.owner.execute(
        text(
            "SELECT tablename, policyname, roles[1], qual FROM pg_policies WHERE with_check"
            " IS NOT NULL AND cmd = 'UPDATE' AND schemaname = 'reports'"
        )
    ).all()
    assert len(checked) == 3
    for table, policy, role, qual in checked:
        dropped = f"DROP POLICY {policy} ON reports.{table}"
        anywhere = f"CREATE POLICY {policy} ON reports.{table} FOR UPDATE TO {role}"
        unchecked = f"{anywhere} USING ({qual}) WITH CHECK (true)"
        assert is_noticed(sights, dropped, unchecked, about=f"reports.{table}"), table


def test_row_level_security_holds_in_every_table_and_for_its_owner(sights: Sights) -> None:
    tables = sights.owner.scalars(
        text(
            "SELECT oid::regclass FROM pg_class WHERE relnamespace = 'reports'::regnamespace"
            " AND relkind = 'r' AND relname <> 'claim_key'"
        )
    ).all()
    assert len(tables) >= 13
    for table in tables:
        for gone in ("DISABLE", "NO FORCE"):
            assert is_noticed(sights, f"ALTER TABLE {table} {gone} ROW LEVEL SECURITY"), table


@pytest.mark.parametrize(
    "granted",
    [
        "GRANT USAGE ON SCHEMA reports TO geo_app; GRANT SELECT ON reports.report TO geo_app",
        "GRANT DELETE ON reports.look TO geo_reports",
        "GRANT UPDATE ON reports.sealing TO geo_reports",
        "GRANT UPDATE ON reports.handover TO geo_reports",
        "GRANT SELECT ON reports.claim_key TO geo_reports",
    ],
)
def test_every_right_that_is_missing_is_a_wall(sights: Sights, granted: str) -> None:
    assert is_noticed(sights, granted)


def test_every_function_asks_for_a_standing(sights: Sights) -> None:
    """But for triggers: nobody calls one, and a policy holds who may write the row."""
    functions = sights.owner.execute(
        text(
            "SELECT oid::regprocedure::text, pg_get_functiondef(oid) FROM pg_proc"
            " WHERE pronamespace = 'reports'::regnamespace AND prosecdef"
            " AND prorettype <> 'trigger'::regtype AND oid <> 'reports.claims()'::regprocedure"
        )
    ).all()
    assert len(functions) > 15
    everywhere = f"ARRAY['{sights.scene.a}', '{sights.scene.b}', '{sights.scene.c}']::uuid[]"
    for name, definition in functions:
        credulous = re.sub(r"reports\.standing\(\) = '\w+'", "true", definition)
        credulous = re.sub(r"reports\.standing\(\) IS DISTINCT FROM '\w+'", "false", credulous)
        credulous = re.sub(r"reports\.offices_as\('\w+'\)", everywhere, credulous)
        assert credulous != definition, f"{name} asks for nothing"
        about = name.split("(")[0]
        assert is_noticed(sights, credulous, about=about), name


def test_a_reporter_learns_the_stage_of_their_own_report_only(sights: Sights) -> None:
    view = sights.owner.scalar(text("SELECT pg_get_viewdef('reports.stage_of')")) or ""
    everybodys = re.sub(r"WHERE .*", "", view, flags=re.DOTALL)
    assert everybodys != view
    assert is_noticed(sights, f"CREATE OR REPLACE VIEW reports.stage_of AS {everybodys}")


def test_nobody_but_the_login_may_call_anything(sights: Sights) -> None:
    open_to_all = text(
        "SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'reports'::regnamespace"
        " AND (proacl IS NULL OR proacl::text ~ '[{,]=X')"
    )
    assert sights.owner.scalars(open_to_all).all() == []
    with fallen(sights.owner, "GRANT EXECUTE ON FUNCTION reports.claims() TO PUBLIC"):
        assert len(sights.owner.scalars(open_to_all).all()) == 1
