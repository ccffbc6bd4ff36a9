"""Rows that stay in the database which all tests share, where they surprise a stranger."""

from geo_service.db.embedded import Cluster

TABLES = """
    SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
    WHERE schemaname IN ('public', 'reports', 'procrastinate')
"""


class Leftovers:
    """Compares which tables hold anything with how it was at first."""

    def __init__(self) -> None:
        self._cluster: Cluster | None = None
        self._at_first: set[str] = set()

    def watch(self, cluster: Cluster) -> None:
        """Its database, from now on."""
        self._cluster = cluster
        self._at_first = self._filled()

    def found(self) -> set[str]:
        """Tables that were empty and are not any more; each is told once."""
        found = self._filled() - self._at_first if self._cluster else set[str]()
        self._at_first |= found
        return found

    def _filled(self) -> set[str]:
        assert self._cluster
        with self._cluster.connect("geo") as connection:  # as one whom no policy blinds
            tables = [name for (name,) in connection.execute(TABLES)]
            asked = ", ".join(f"EXISTS (SELECT FROM {name})" for name in tables)
            answers = connection.execute(f"SELECT {asked}".encode()).fetchone() or ()
        return {name for name, holds in zip(tables, answers, strict=True) if holds}
