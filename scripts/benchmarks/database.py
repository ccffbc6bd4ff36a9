"""The made-up country in PostgreSQL: loaded once, kept, loaded anew when it would differ."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from time import perf_counter

import psycopg

from geo_service.db import embedded
from geo_service.db.cluster import Cluster
from geo_service.db.migrate import migrate
from geo_service.db.url import for_libpq
from scripts.benchmarks import synthetic

ROOT = Path(__file__).parents[2]

_MADE_FROM = (
    *sorted((ROOT / "migrations/versions").glob("*.py")),
    ROOT / "geo_service/db/bootstrap.sql",
    Path(synthetic.__file__),
    Path(__file__),
)

_KINDS = tuple(synthetic.KINDS)

PREPARE = (
    "ALTER TABLE listing DROP CONSTRAINT listing_kind_check",
    f"ALTER TABLE listing ADD CONSTRAINT listing_kind_check CHECK (kind IN {_KINDS})",
    "ALTER TABLE listing SET (autovacuum_enabled = off)",
)
"""More kinds than the service knows yet, and nobody who cleans up while we measure."""

OFFICE = "INSERT INTO office (id, kind, name) VALUES (%s, 'dong_centre', '행정복지센터')"

PEERS = (
    "CREATE INDEX listing_geography_idx ON listing USING gist (place) WHERE shown",
    "CREATE SCHEMA peers",
    """CREATE TABLE peers.listing AS SELECT id, kind, title, address,
        place::geometry(Point, 4326) AS geom FROM listing WHERE shown""",
    "ALTER TABLE peers.listing ADD PRIMARY KEY (id)",
    "CREATE INDEX ON peers.listing USING gist (geom)",
    "GRANT USAGE ON SCHEMA peers TO geo_app",
    "GRANT SELECT ON peers.listing TO geo_app",
)
"""What others would have: a geography index, and for tipg a table that suits it best."""

SETTLE = ("VACUUM (ANALYZE) listing", "VACUUM (ANALYZE) peers.listing", "ANALYZE", "CHECKPOINT")
"""As autovacuum leaves it: fresh statistics, and a visibility map for index-only scans."""


@dataclass(frozen=True)
class Country:
    """One database of `regions` × 100,000 listings."""

    name: str
    regions: int
    url: str
    """SQLAlchemy's, signed in as the service."""

    rows_per_s: tuple[float, ...]
    """How fast each region was copied into the table with its indexes and trigger."""

    @property
    def listings(self) -> int:
        """How many there are, closed ones included."""
        return self.regions * synthetic.REGION

    def connect(self, options: str = "") -> psycopg.Connection:
        """Signed in as the service, every statement prepared at its second use."""
        return psycopg.connect(
            for_libpq(self.url), autocommit=True, prepare_threshold=1, options=options
        )


@contextmanager
def running(home: Path) -> Iterator[Cluster]:
    """The cluster of the benchmark, which nobody will miss."""
    with embedded.running(home, durable=False) as cluster:
        yield cluster


def country(cluster: Cluster, regions: int, say: Callable[[str], None]) -> Country:
    """A database of that many regions, made unless it is there."""
    name = f"bench_{regions}"
    made = cluster.home / f"{name}.json"
    print_ = blake2b(b"".join(path.read_bytes() for path in _MADE_FROM)).hexdigest()
    known = json.loads(made.read_text()) if made.exists() else {}
    if known.get("made_from") != print_:
        made.unlink(missing_ok=True)
        known = {"made_from": print_, "rows_per_s": _make(cluster, name, regions, say)}
        made.write_text(json.dumps(known))
    return Country(name, regions, cluster.url(database=name), tuple(known["rows_per_s"]))


def _make(cluster: Cluster, name: str, regions: int, say: Callable[[str], None]) -> list[float]:
    cluster.drop_database(name)
    cluster.create_database(name)
    migrate(cluster.url("geo_owner", name))
    owner = for_libpq(cluster.url("geo_owner", name))
    with psycopg.connect(owner, autocommit=True) as connection:
        for statement in PREPARE:
            connection.execute(statement)
        rates = []
        for region in range(regions):
            connection.execute(OFFICE, [synthetic.office(region)])
            rates.append(_copy(cluster.url(database=name), region))
            say(f"{name}: {(region + 1) * synthetic.REGION:,} listings, {rates[-1]:,.0f} rows/s")
        for statement in PEERS:
            connection.execute(statement)
    with cluster.connect(name) as connection:
        for statement in SETTLE:
            connection.execute(statement)
    return rates


def _copy(url: str, region: int) -> float:
    """Rows per second, from the first byte to the commit; writing the lines is not counted."""
    lines = list(synthetic.copy_lines(region))
    with psycopg.connect(for_libpq(url)) as connection:
        began = perf_counter()
        with connection.cursor().copy(f"COPY listing ({synthetic.COLUMNS}) FROM STDIN") as copy:
            for some in lines:
                copy.write(some)
        connection.commit()
        return synthetic.REGION / (perf_counter() - began)
