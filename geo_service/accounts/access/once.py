"""Sent twice, done once: the wish of somebody we know (see `web.idempotency`)."""

from typing import Annotated

from fastapi import Depends, Request

from geo_service.accounts.access.caller import Acting
from geo_service.web.idempotency import TheWish, take_turn
from geo_service.web.session import DbSession


def once(request: Request, session: DbSession, person: Acting, wish: TheWish) -> None:
    """Go on, or answer as before. Raises: KeyUsedBefore."""
    take_turn(request, session, person.id, wish)


Once = Annotated[None, Depends(once)]
"""This wish is new, or its answer has been given again before the route ran.

Raises: KeyUsedBefore, and as `Acting`.
"""
