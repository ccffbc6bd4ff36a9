"""A vault whose transactions really commit, for databases of a test's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.orm import sessionmaker

from geo_service.accounts.workflow.secret import Secret
from geo_service.confidential.keys import KeyRing
from geo_service.confidential.session import Vault, teach
from geo_service.db.embedded import Cluster
from geo_service.db.session import open_engine
from tests.conftest import SECRET


@contextmanager
def a_vault(cluster: Cluster, database: str) -> Iterator[Vault]:
    """One on that database, which has its tables; its keys go with the block."""
    secret = Secret(SECRET)
    teach(cluster.url("geo_owner", database), secret)
    engine = open_engine(cluster.url("geo_reports", database))
    with TemporaryDirectory(prefix="geo-keys-") as folder:
        sessions = sessionmaker(engine, expire_on_commit=False)
        yield Vault(sessions, secret, KeyRing(Path(folder), secret))
    engine.dispose()
