"""Migrations: taken in turn, known to the service, and equal to the models."""

from collections.abc import Iterator

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import (
    CheckConstraint,
    Column,
    Computed,
    Connection,
    Index,
    Integer,
    MetaData,
    NullPool,
    Table,
    create_engine,
    text,
)

from geo_service.db import shape
from geo_service.db.embedded import Cluster
from geo_service.db.migrate import SchemaIsNewer, _config, migrate, pending, steps_in_order
from tests.db.people import together


@pytest.fixture(scope="module")
def blank(any_cluster: Cluster) -> Iterator[Cluster]:
    """A cluster with a database `blank` that no migration has seen."""
    any_cluster.create_database("blank")
    yield any_cluster
    any_cluster.drop_database("blank")


def connected(cluster: Cluster, role: str, database: str = "blank") -> Connection:
    return create_engine(cluster.url(role, database), poolclass=NullPool).connect()


def test_programs_that_migrate_at_once_take_turns(any_cluster: Cluster) -> None:
    any_cluster.create_database("new")
    try:
        with connected(any_cluster, "geo_app", "new") as app:
            assert pending(app)
        assert together(migrate, any_cluster.url("geo_owner", "new")) == [0, 0]
        with connected(any_cluster, "geo_app", "new") as app:
            assert pending(app) == ()
    finally:
        any_cluster.drop_database("new")


def test_a_database_of_a_newer_version_is_recognised(blank: Cluster) -> None:
    with connected(blank, "geo_owner") as owner:
        owner.execute(text("CREATE TABLE alembic_version (version_num text)"))
        owner.execute(text("INSERT INTO alembic_version VALUES ('from_the_future')"))
        with pytest.raises(SchemaIsNewer, match="from_the_future"):
            pending(owner)


def test_steps_are_known_as_alembic_runs_them() -> None:
    walk = ScriptDirectory.from_config(_config()).walk_revisions()
    assert steps_in_order() == tuple(step.revision for step in walk)[::-1]


def models(*, at_least: int = 1, times: int = 2, unique: bool = True) -> MetaData:
    described = MetaData()
    Table(
        "hall",
        described,
        Column("seats", Integer, nullable=False),
        Column("feet", Integer, Computed(f"seats * {times}", persisted=True)),
        CheckConstraint(f"seats >= {at_least}", name="hall_seated"),
        Index("hall_feet_idx", "feet", unique=unique),
    )
    return described


@pytest.mark.parametrize(
    ("described", "differing"),
    [
        (models(), []),
        (models(at_least=2), ["constraint", "constraint"]),
        (models(times=4), ["column", "column"]),
        (models(unique=False), ["index", "index"]),
        (MetaData(), ["column", "column", "constraint", "index"]),
    ],
)
def test_any_difference_from_the_models_is_seen(
    blank: Cluster, described: MetaData, differing: list[str]
) -> None:
    with connected(blank, "geo_owner") as owner:
        models().create_all(owner)
        found = shape.differences(owner, described)
        assert sorted(line.split()[1] for line in found) == differing
        assert shape.differences(owner, models()) == [], "and nothing was left behind"
