"""What hot doors do for themselves, because others do it at more cost."""

import asyncio
from typing import Annotated

import pytest
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel
from starlette.types import Message, Receive, Scope, Send

from geo_service.web import hot


class Nothing(BaseModel):
    """No question."""


async def slow(request: Request, query: Annotated[Nothing, Query()]) -> Response:
    """Never answers."""
    del request, query
    await asyncio.get_running_loop().create_future()
    return Response()


async def _further_in(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise AssertionError


async def _silent() -> Message:
    raise AssertionError


async def _unsent(_message: Message) -> None:
    raise AssertionError


def test_nobody_waits_for_ever_at_a_hot_door(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hot, "TIME_LIMIT_S", 0.01)
    router = APIRouter()
    router.add_api_route("/slow", slow, route_class_override=hot.HotRoute)
    doors = hot.HotDoors(_further_in, [router], problems={})
    scope = {"type": "http", "method": "GET", "path": "/slow", "headers": [], "query_string": b""}
    with pytest.raises(TimeoutError):
        asyncio.run(doors(scope, _silent, _unsent))
