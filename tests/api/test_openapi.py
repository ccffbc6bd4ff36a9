"""The OpenAPI document keeps its word, whatever is sent."""

import os

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance

from geo_service.listings.schemas import Listings, ListingsNearby

EXAMPLES = int(os.environ.get("TEST_SCHEMA_EXAMPLES", "40"))
"""Per door and mode; the full run asks for thousands."""


@pytest.fixture(scope="module")
def api(public: FastAPI) -> BaseSchema:
    """The document that programs read."""
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", public)


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
