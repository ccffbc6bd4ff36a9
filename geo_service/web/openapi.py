"""The OpenAPI document, which must say what problems look like."""

from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel, Field

from geo_service.web.problems import MEDIA_TYPE


class FieldProblem(BaseModel):
    """One field that cannot be used, and what to send instead."""

    field: str = Field(examples=["lat"])
    detail: str = Field(examples=["Input should be less than or equal to 90"])


class ProblemDocument(BaseModel):
    """What went wrong. Source: RFC 9457."""

    type: str = Field(examples=["/problems/malformed"])
    title: str = Field(examples=["Some fields of the request cannot be used."])
    status: int = Field(examples=[422])
    detail: str | None = None
    errors: list[FieldProblem] = []


_PROBLEM: dict[str, Any] = {
    "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}}
}

PROBLEMS: dict[int | str, dict[str, Any]] = {
    "4XX": {"description": "The request cannot be answered as it is.", **_PROBLEM},
    "503": {"description": "Busy; try again after `Retry-After` seconds.", **_PROBLEM},
}
"""For `FastAPI(responses=…)`."""


def describe_problems(app: FastAPI) -> None:
    """Add the schema that `PROBLEMS` points at to the document of `app`."""
    describe = app.openapi

    def whole() -> dict[str, Any]:
        document = describe()
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        made = ProblemDocument.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(made.pop("$defs"))
        schemas["ProblemDocument"] = made
        return document

    app.openapi = whole  # type: ignore[method-assign]
