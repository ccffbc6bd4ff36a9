"""Who is asking, for doors that must know.

Looking and changing use different transactions, so there are two words for the same person:
`SignedIn` at doors that only look, `Acting` at doors that change something. The second also
asks for the proof that the wish came from one of our own pages (see `web.csrf`).
"""

from typing import Annotated

from fastapi import Depends, Request

from geo_service.accounts.models import Person
from geo_service.accounts.queries import the_person_of
from geo_service.clock import now
from geo_service.errors import NotSignedIn
from geo_service.web.cookies import session_token
from geo_service.web.csrf import proven
from geo_service.web.session import DbSession, ReadSession


def _visitor(request: Request, session: ReadSession) -> Person | None:
    token = session_token(request)
    return (token and session.scalar(the_person_of(token), {"at": now()})) or None


Visitor = Annotated[Person | None, Depends(_visitor)]
"""Whoever is looking; nobody in particular is None."""


def _signed_in(visitor: Visitor) -> Person:
    if visitor is None:
        raise NotSignedIn
    return visitor


SignedIn = Annotated[Person, Depends(_signed_in)]
"""Somebody we know, who is looking. Raises: NotSignedIn."""


def _acting(
    request: Request, session: DbSession, _proof: Annotated[None, Depends(proven)]
) -> Person:
    token = session_token(request)
    person = session.scalar(the_person_of(token), {"at": now()}) if token else None
    if person is None:
        raise NotSignedIn
    return person


Acting = Annotated[Person, Depends(_acting)]
"""Somebody we know, who changes something. Raises: NotSignedIn, NotOurForm."""
