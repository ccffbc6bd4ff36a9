"""A door that is asked more often than all others together.

FastAPI takes a query apart field by field, in Python, before pydantic sees it: that costs as
much as the rest of the answer. A hot door gives pydantic the whole query at once. Documents,
complaints and answers are the same as ever.
"""

from collections.abc import Awaitable, Callable, Coroutine
from functools import cache
from typing import Any, TypeVar, get_origin, get_type_hints
from urllib.parse import parse_qsl

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError

Model = TypeVar("Model", bound=BaseModel)


class HotRoute(APIRoute):
    """Answers with `async def door(request, query: Annotated[Model, Query()]) -> Response`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's hook: what a request is given to."""
        door: Callable[..., Awaitable[Response]] = self.endpoint
        model: type[BaseModel] = get_type_hints(door)["query"]

        async def answer(request: Request) -> Response:
            return await door(request, question(model, request.scope["query_string"]))

        return answer


def question(model: type[Model], query: bytes) -> Model:
    """What was asked; of a name given twice, the last counts, unless it may have many values.

    Raises: RequestValidationError.
    """
    lists = _lists(model)
    given: dict[str, Any] = {}
    for name, value in parse_qsl(query.decode("latin-1"), keep_blank_values=True):
        if name in lists:
            given.setdefault(name, []).append(value)
        else:
            given[name] = value
    try:
        return model.model_validate(given)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        raise RequestValidationError([e | {"loc": ("query", *e["loc"])} for e in errors]) from None


@cache
def _lists(model: type[BaseModel]) -> frozenset[str]:
    fields = model.model_fields.items()
    return frozenset(name for name, field in fields if get_origin(field.annotation) is list)
