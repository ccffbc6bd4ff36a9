"""Any table that takes `Located` is found by the same words and indexes as listings."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, Session, mapped_column

from geo_service.db.embedded import Cluster
from geo_service.db.migrate import migrate
from geo_service.geo.located import Located, located_indexes
from geo_service.geo.nearby import Circle, chord2, in_box, in_cells, in_circle, metres, plane_m
from tests.factories import HOME, walk


class OtherBase(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """Tables that the service does not know."""


class Bench(Located, OtherBase):
    """A park bench: nothing to do with listings."""

    __tablename__ = "bench"
    __table_args__ = located_indexes("bench", shown="NOT broken")

    id: Mapped[int] = mapped_column(primary_key=True)
    broken: Mapped[bool] = mapped_column(default=False)


@pytest.fixture
def benches(cluster: Cluster) -> Iterator[Session]:
    """Benches 99 m apart along a line, in a table that is undone in the end."""
    migrate(cluster.url("geo_owner"))
    engine = create_engine(cluster.url("geo_owner"))
    with engine.connect() as connection, connection.begin() as everything:
        OtherBase.metadata.create_all(connection)
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            session.add_all(Bench(id=n, place=walk(99 * n, 60)) for n in range(12))
            session.add_all(Bench(id=n, place=walk(2_000 + 50 * n)) for n in range(100, 900))
            session.flush()
            session.execute(text("ANALYZE bench"))
            yield session
        everything.rollback()
    engine.dispose()


CIRCLE = Circle(HOME, 700)


def test_by_the_plane(benches: Session) -> None:
    found = (
        select(Bench.id, metres(chord2(Bench)))
        .where(~Bench.broken, in_box(Bench), in_circle(chord2(Bench)))
        .order_by(plane_m(Bench))
    )
    rows = benches.execute(found, CIRCLE.binds).all()
    assert [id_ for id_, _ in rows] == [0, 1, 2, 3, 4, 5, 6, 7]
    assert [distance for _, distance in rows] == pytest.approx([99 * n for n in range(8)], abs=1e-5)


def test_by_the_cells(benches: Session) -> None:
    found = select(Bench.id).where(~Bench.broken, in_cells(Bench), in_circle(chord2(Bench)))
    values = {**CIRCLE.binds, "cells": CIRCLE.cells}
    assert sorted(benches.scalars(found, values)) == [0, 1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("index", ["bench_plane_idx", "bench_cell_idx"])
def test_on_its_own_indexes(benches: Session, index: str) -> None:
    benches.execute(text("SET LOCAL enable_seqscan = off"))
    benches.execute(text("SET LOCAL enable_bitmapscan = off"))
    near = in_box(Bench) if "plane" in index else in_cells(Bench)
    statement = select(Bench.id).where(~Bench.broken, near)
    compiled = statement.compile(benches.connection())
    values = {**CIRCLE.binds, "cells": CIRCLE.cells}
    rows = benches.connection().exec_driver_sql("EXPLAIN " + str(compiled), values)
    assert index in "\n".join(row[0] for row in rows)
