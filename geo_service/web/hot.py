"""A door that is asked more often than all others together.

FastAPI looks through all its doors for the right one, opens contexts that a hot door does not
use, and takes a query apart field by field, in Python, before pydantic sees it: together that
costs as much as the answer. `HotDoors` knows hot doors by their path, and gives pydantic the
whole query at once. Documents, complaints and answers are the same as ever.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from functools import cache
from typing import Any, TypeVar, get_origin, get_type_hints
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from geo_service.web.caching import packed
from geo_service.web.doorkeeper import TIME_LIMIT_S

Model = TypeVar("Model", bound=BaseModel)
Answer = Callable[[Request], Coroutine[Any, Any, Response]]


class HotRoute(APIRoute):
    """Answers with `async def door(request, query: Annotated[Model, Query()]) -> Response`."""

    def get_route_handler(self) -> Answer:
        """FastAPI's hook: what a request is given to."""
        door: Callable[..., Awaitable[Response]] = self.endpoint
        model: type[BaseModel] = get_type_hints(door)["query"]

        async def answer(request: Request) -> Response:
            return await door(request, question(model, request.scope["query_string"]))

        return answer


class HotDoors:
    """Leads straight to a hot door, and whoever wants another further in."""

    def __init__(
        self, app: ASGIApp, routers: Iterable[APIRouter], problems: Mapping[Any, Any]
    ) -> None:
        self.app = app
        routes = [route for router in routers for route in router.routes]
        self.doors: dict[str, tuple[HotRoute, Answer]] = {
            route.path: (route, route.get_route_handler())
            for route in routes
            if isinstance(route, HotRoute)
        }
        self.hot = ExceptionMiddleware(self._answer, handlers=problems)
        self.packed = packed(self.hot)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request in."""
        if scope.get("method") != "GET" or scope["path"] not in self.doors:
            await self.app(scope, receive, send)
        elif b"accept-encoding" in dict(scope["headers"]):
            await self.packed(scope, receive, send)
        else:
            await self.hot(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["route"], answer = self.doors[scope["path"]]
        async with asyncio.timeout(TIME_LIMIT_S):  # no hot door works in a thread
            response = await answer(Request(scope, receive))
            await response(scope, receive, send)


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
