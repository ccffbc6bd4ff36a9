"""What isolation, encryption and audit cost whoever reads a report, wall by wall.

One connection, one transaction per question, the same reports and the same statement; each way
adds one wall to the one before. Ways take turns, so that a neighbour's noise hits all of them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.orm import sessionmaker

from geo_service.accounts.workflow.secret import Secret
from geo_service.confidential.claims import Claims, Standing
from geo_service.confidential.keys import KeyRing
from geo_service.confidential.looks import look
from geo_service.confidential.sealing import seal_for, seal_of
from geo_service.confidential.session import Vault, teach
from geo_service.db.cluster import SUPERUSER, Cluster
from geo_service.db.migrate import migrate
from geo_service.db.session import open_engine
from geo_service.reports.models import Report
from scripts.benchmarks.measures import Times

NAME = "bench_walls"
CENTRES, EACH = 20, 500
ASKED = 100
"""Reports that are asked for; the others are a crowd around them."""

ROUNDS = 5
FIELDS = ("place", "where_words", "story", "signs", "subject", "consent", "contact")
STORY = "며칠째 우유가 문 앞에 쌓여 있고, 밤에도 불이 켜지지 않아요. " * 5
CELL = 0x8A30E0D6B99FFFF
"""One of the hexagons of 송정1동; the crowd lies in those that follow."""

CROWD = """
    INSERT INTO reports.report
        (id, number, told_at, centre_id, routing, categories, cell, {columns})
    SELECT gen_random_uuid(), 'R-' || (100000 + n), now() - n * interval '1 min',
        (CAST(:centres AS uuid[]))[1 + n % {centres}], 'sure', '{{alone}}', :cell + n % 2000,
        {sealed} FROM generate_series(1, {many}) AS n
""".format(
    columns=", ".join(f"{name}_sealed" for name in FIELDS),
    sealed=", ".join([":sealed"] * len(FIELDS)),
    centres=CENTRES,
    many=CENTRES * EACH,
)


class Walls:
    """A database of reports, and the ways to read one of them."""

    def __init__(self, vault: Vault, reports: Engine, superuser: Engine) -> None:
        self.vault, self._reports, self._superuser = vault, reports, superuser
        self.centre = uuid4()
        self.claims = Claims(
            Standing.CASEWORKER, uuid4(), frozenset({self.centre}), purpose="bench"
        )
        self.ids = [uuid4() for _ in range(ASKED)]
        self._around = select(Report.id).where(Report.cell.in_([CELL + n for n in range(30)]))

    def fill(self) -> None:
        """A crowd, and among it the reports that are asked for, with keys of their own."""
        centres = [self.centre, *(uuid4() for _ in range(CENTRES - 1))]
        sealed = seal_for(self.vault.ring, self.centre, uuid4()).close("story", STORY)
        with self._superuser.begin() as everybody:
            crowd = {"centres": centres, "cell": CELL, "sealed": sealed}
            everybody.execute(text(CROWD), crowd)
            everybody.execute(text("ANALYZE reports.report"))
        for number, each in enumerate(self.ids):
            self.tell(each, f"A-{number:06}")

    def tell(self, report_id: UUID, number: str) -> None:
        """As a reporter does: with a new key, seven seals and row level security."""
        seal = seal_for(self.vault.ring, self.centre, report_id)
        sealed: dict[str, Any] = {f"{name}_sealed": seal.close(name, STORY) for name in FIELDS}
        with self.vault.opened(
            Claims(Standing.REPORTER, reports=frozenset({report_id}), purpose="bench")
        ) as session:
            session.add(
                Report(
                    id=report_id,
                    number=number,
                    centre_id=self.centre,
                    routing="sure",  # type: ignore[arg-type]
                    categories=["alone"],
                    cell=CELL,
                    **sealed,
                )
            )

    def ways(self) -> dict[str, Callable[[UUID], object]]:
        """Each with one wall more than the one before."""
        return {
            "no wall": self._bare,
            "+ isolation": self._isolated,
            "+ encryption": self._sealed,
            "+ audit": self._audited,
        }

    def areas(self) -> dict[str, Callable[[UUID], object]]:
        """Reports in thirty hexagons."""
        return {"no wall": self._near_bare, "+ isolation": self._near_isolated}

    def _bare(self, report_id: UUID) -> object:
        with self._superuser.begin() as connection:
            return _read(connection, report_id)

    def _isolated(self, report_id: UUID) -> object:
        with self._behind() as connection:
            return _read(connection, report_id)

    def _sealed(self, report_id: UUID) -> object:
        with self._behind() as connection:
            return self._opened(_read(connection, report_id))

    def _audited(self, report_id: UUID) -> object:
        with self.vault.opened(self.claims) as session:
            look(session, self.claims, "report", report_id, self.centre)
            return self._opened(_read(session.connection(), report_id))

    def _near_bare(self, _: UUID) -> object:
        with self._superuser.begin() as connection:
            return connection.scalars(self._around).all()

    def _near_isolated(self, _: UUID) -> object:
        with self._behind() as connection:
            return connection.scalars(self._around).all()

    def _opened(self, row: Any) -> list[str | None]:
        seal = seal_of(self.vault.ring, row.id)
        return [seal.text(name, getattr(row, f"{name}_sealed")) for name in FIELDS]

    @contextmanager
    def _behind(self) -> Iterator[Connection]:
        with self._reports.begin() as connection:
            self.vault.say(connection, self.claims)
            yield connection


def _read(connection: Connection, report_id: UUID) -> Any:
    return connection.execute(select(Report.__table__).where(Report.id == report_id)).one()


def measure(cluster: Cluster, say: Callable[[str], None]) -> dict[str, dict[str, Times]]:
    """By question, by way."""
    say("What the walls around reports cost")
    with _walls(cluster) as walls:
        walls.fill()
        return {
            "read one report": _timed(walls.ways(), walls.ids),
            "reports in 30 hexagons": _timed(walls.areas(), walls.ids),
        }


def _timed(ways: dict[str, Callable[[UUID], object]], ids: list[UUID]) -> dict[str, Times]:
    taken: dict[str, list[float]] = {name: [] for name in ways}
    order = Random(7)  # noqa: S311 (the same in every run)
    for turn in range(ROUNDS + 1):
        for name, way in ways.items():
            for each in order.sample(ids, len(ids)):
                began = perf_counter()
                way(each)
                if turn:  # the first one prepares statements
                    taken[name].append(perf_counter() - began)
    return {name: Times.of(seconds) for name, seconds in taken.items()}


@contextmanager
def _walls(cluster: Cluster) -> Iterator[Walls]:
    cluster.drop_database(NAME)
    cluster.create_database(NAME)
    migrate(cluster.url("geo_owner", NAME))
    secret = Secret(b"a secret that only measures things")
    teach(cluster.url("geo_owner", NAME), secret)
    reports = open_engine(cluster.url("geo_reports", NAME), pool_size=1)
    superuser = open_engine(cluster.url(SUPERUSER, NAME), pool_size=1)
    with TemporaryDirectory(prefix="geo-keys-") as folder:
        sessions = sessionmaker(reports, expire_on_commit=False)
        yield Walls(Vault(sessions, secret, KeyRing(Path(folder), secret)), reports, superuser)
    reports.dispose()
    superuser.dispose()
    cluster.drop_database(NAME)
