"""The OpenAPI document keeps its word, whatever is sent."""

import os
from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance
from sqlalchemy.orm import sessionmaker

from geo_service.app import build_app
from geo_service.db.embedded import Cluster
from geo_service.db.migrate import migrate
from geo_service.db.opening import Database
from geo_service.db.session import open_engine, open_reading_engine
from geo_service.listings.schemas import Listings, ListingsNearby
from geo_service.settings import Settings
from tests.factories import a_job, a_space, an_office, walk

NAME = "open_to_all"

EXAMPLES = int(os.environ.get("GEO_SCHEMA_EXAMPLES", "40"))
"""Per door and mode; the full run asks for thousands."""


@pytest.fixture(scope="module")
def api(cluster: Cluster) -> Iterator[BaseSchema]:
    """The service on a database of its own, with real pools and a few committed rows."""
    cluster.create_database(NAME)
    migrate(cluster.url("geo_owner", NAME))
    url = cluster.url(database=NAME)
    engine, reader = open_engine(url), open_reading_engine(url)
    database = Database(
        url=url,
        read_url=url,
        sessions=sessionmaker(engine, expire_on_commit=False),
        read_sessions=sessionmaker(reader, expire_on_commit=False),
    )
    with database.sessions() as session:
        office = an_office(session)
        for n in range(5):
            a_job(session, office_id=office.id, place=walk(100 * n))
            a_space(session, office_id=office.id, place=walk(100 * n, 90))
    app = build_app(Settings(), database)
    yield schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    engine.dispose()
    reader.dispose()


def operations(api: BaseSchema) -> list[APIOperation]:
    """Every door of the document."""
    return [result.ok() for result in api.get_all_operations()]


# Cursors, codes and boxes mean more than a schema can say: well-formed ones may be refused.
@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_answer_is_as_described(api: BaseSchema, mode: GenerationMode) -> None:
    for operation in operations(api):

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        def keeps_its_word(case: Case) -> None:
            case.call_and_validate(excluded_checks=[positive_data_acceptance])

        keeps_its_word()


def test_examples_are_true_to_their_schemas() -> None:
    for model in (Listings, ListingsNearby):
        (example,) = model.model_json_schema()["examples"]
        assert model.model_validate(example).numberReturned == len(example["features"])


def test_the_document_holds_every_door(api: BaseSchema) -> None:
    assert {operation.path for operation in operations(api)} == {
        "/api/v1/areas",
        "/api/v1/areas/at",
        "/api/v1/listings",
        "/api/v1/listings/cells",
        "/api/v1/listings/nearby",
        "/api/v1/listings/{id}",
    }
