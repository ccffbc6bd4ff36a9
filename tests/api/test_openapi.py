"""The OpenAPI document keeps its word, whatever is sent."""

import os
from contextlib import suppress

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from jsonschema_rs import validator_for
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance
from sqlalchemy import select

from geo_service.db.opening import Database
from geo_service.listings.schemas import Cells, ListingDetail, Listings, ListingsNearby
from geo_service.offices.access import Anybody
from geo_service.offices.models import Office, Role
from geo_service.permissions import DOORS
from tests.people import a_program, on_staff

EXAMPLES = int(os.environ.get("TEST_SCHEMA_EXAMPLES", "2"))
"""Per door, mode and caller; the full run asks for hundreds."""

FOR_ANYBODY = 4
"""So many times more for what anybody may ask."""


@pytest.fixture(scope="module")
def api(public: FastAPI) -> BaseSchema:
    """The document that programs read."""
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", public)


@pytest.fixture(scope="module")
def token(open_database: Database) -> str:
    """What a program shows that may do all that anybody on staff may."""
    with open_database.sessions() as session:
        office_id = session.scalars(select(Office.id).limit(1)).one()
        person = on_staff(session, office_id, *Role)
        token = a_program(session, person)
        session.commit()
        return token


def operations(api: BaseSchema) -> list[APIOperation]:
    """Every door of the document."""
    return [result.ok() for result in api.get_all_operations()]


def check(operation: APIOperation, mode: GenerationMode, examples: int, token: str | None) -> None:
    """Send so many well-formed, or malformed, requests: each answer is as described."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def keeps_its_word(case: Case) -> None:
        case.call_and_validate(headers=headers, excluded_checks=UNFIT)

    with suppress(Unsatisfiable):  # a door without input cannot be asked wrongly
        keeps_its_word()


UNFIT = [
    positive_data_acceptance,  # cursors, codes and boxes mean more than a schema can say
    ignored_auth,  # whom a door lets in is walked through, door by door, in test_permissions
]


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_answer_to_anybody_is_as_described(api: BaseSchema, mode: GenerationMode) -> None:
    for operation in operations(api):
        door = by_key[operation.method.upper(), operation.path]
        times = FOR_ANYBODY if Anybody.ANYONE in door.may else 1
        check(operation, mode, EXAMPLES * times, None)


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_answer_to_staff_is_as_described(
    api: BaseSchema, mode: GenerationMode, token: str
) -> None:
    for operation in operations(api):
        check(operation, mode, EXAMPLES, token)


def test_examples_are_true_to_their_schemas() -> None:
    for model in (Listings, ListingsNearby, Cells):
        (example,) = model.model_json_schema()["examples"]
        assert model.model_validate(example).numberReturned == len(example["features"])
    (example,) = ListingDetail.model_json_schema()["examples"]
    assert len(ListingDetail.model_validate(example).properties.week or ()) == 7


def test_examples_are_true_as_they_stand_in_the_document(api: BaseSchema) -> None:
    told, seen = api.raw_schema["components"], 0
    for name, schema in told["schemas"].items():
        validator = validator_for({**schema, "components": told})
        for example in schema.get("examples", ()):
            assert [error.message for error in validator.iter_errors(example)] == [], name
            seen += 1
    assert seen >= 4


def test_whoever_looks_for_listings_and_areas_finds_examples(api: BaseSchema) -> None:
    assert api.raw_schema["openapi"].startswith("3.1.")
    told = api.raw_schema["components"]["schemas"]
    for path in ("listings/nearby", "listings", "listings/{id}", "listings/cells", "areas"):
        door = api.raw_schema["paths"][f"/api/v1/{path}"]["get"]
        (answer,) = door["responses"]["200"]["content"].values()
        name = answer["schema"]["$ref"].rpartition("/")[2]
        assert "examples" in str(told[name if path != "areas" else "AreaOut"]), path
        # Their kind or their default says enough.
        plain = {"id", "cursor", "limit", "level", "pace", "resolution", "within_m"}
        for asked in door["parameters"]:
            assert asked["name"] in plain or "examples" in str(asked), (path, asked["name"])


by_key = {(door.method, door.path): door for door in DOORS if door.path.startswith("/api/")}


def test_the_document_holds_every_door(api: BaseSchema) -> None:
    told = {(operation.method.upper(), operation.path) for operation in operations(api)}
    assert told == set(by_key)
