"""The tables are what the models say."""

from sqlalchemy import Engine

from geo_service.db.embedded import Cluster
from geo_service.db.migrate import differences


def test_migrations_make_what_the_models_describe(cluster: Cluster, engine: Engine) -> None:
    assert engine.dialect.name == "postgresql"
    assert differences(cluster.url("geo_owner")) == []
