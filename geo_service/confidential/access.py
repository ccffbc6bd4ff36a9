"""Dependencies of confidential doors: who stands before them, and what they may be shown.

A door gets a `Confidential`: a transaction of its own, beside that of `DbSession`. Whatever was
sealed is opened by `look_into`, which first writes down who looks.
"""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy import select
from sqlalchemy.orm import Session, aliased
from starlette.concurrency import run_in_threadpool

from geo_service.areas.models import Area
from geo_service.confidential import looks
from geo_service.confidential.claims import Claims, Standing
from geo_service.confidential.keys import KeyRing
from geo_service.confidential.sealing import Seal, seal_for, seal_of
from geo_service.confidential.session import Vault, VaultIsClosed
from geo_service.offices.access import ActingDesk, Desk, NotOnStaff, Work
from geo_service.offices.models import Office, Role
from geo_service.web.session import ReadSession, Turns

Seen = Iterable[tuple[UUID | None, UUID | None]]
"""Pairs of a thing and the centre whose it is."""


@dataclass
class Confidential:
    """One confidential request: it commits when the route returns, and not when it raises."""

    session: Session
    claims: Claims
    vault: Vault
    address_hash: bytes | None = None

    @property
    def ring(self) -> KeyRing:
        """The keys."""
        return self.vault.ring

    def claim(self, **changes: Any) -> None:
        """Claim more, once it is known: a reporter's reports, by receipt, draft or account."""
        self.claims = replace(self.claims, **changes)
        self.vault.claim(self.session, self.claims)

    def seal_for(self, centre_id: UUID, thing_id: UUID) -> Seal:
        """To seal what is new."""
        return seal_for(self.ring, centre_id, thing_id)

    def look_into(
        self, thing: str, thing_id: UUID, centre_id: UUID | None, purpose: str = ""
    ) -> Seal:
        """To open what was said: first it is written down who looks, and why.

        Raises: Shredded.
        """
        self.look(thing, thing_id, centre_id, purpose)
        return seal_of(self.ring, thing_id)

    def look(
        self, thing: str, thing_id: UUID | None, centre_id: UUID | None, purpose: str = ""
    ) -> None:
        """Write down that one thing is about to be seen; its seal is not opened."""
        self.look_at_each(thing, [(thing_id, centre_id)], purpose)

    def look_at_each(self, thing: str, seen: Seen, purpose: str = "") -> None:
        """The same for a list."""
        looks.look_at_each(
            self.session,
            self.claims,
            thing,
            seen,
            purpose=purpose,
            address_hash=self.address_hash,
        )


@asynccontextmanager
async def _confiding(request: Request, claims: Claims) -> AsyncIterator[Confidential]:
    vault: Vault | None = request.app.state.vault
    if vault is None:
        raise VaultIsClosed
    turns: Turns = request.app.state.confiding
    address = looks.address_hash(vault.secret, request.client and request.client.host)
    async with turns.take(request) as session:
        session.info["claims"] = claims
        yield Confidential(session, claims, vault, address)
        await run_in_threadpool(session.commit)


def _purpose(request: Request) -> str:
    """The door, as the table of doors names it."""
    return f"{request.method} {request.scope['route'].path}"[:120]


async def _as_reporter(request: Request) -> AsyncIterator[Confidential]:
    claims = Claims(Standing.REPORTER, purpose=_purpose(request))
    async with _confiding(request, claims) as confidential:
        yield confidential


def claims_of_caseworker(request: Request, work: Work) -> Claims:
    """Of those offices only where they are caseworkers, whatever else a door lets in."""
    offices = frozenset(post.office_id for post in work.posts if post.role == Role.CASEWORKER)
    if not offices:
        raise NotOnStaff
    return Claims(Standing.CASEWORKER, work.person.id, offices, purpose=_purpose(request))


def claims_of_lead(request: Request, work: Work, session: Session) -> Claims:
    """Of the dong centres in the districts that they lead."""
    led = [post.office_id for post in work.posts if post.role == Role.DISTRICT_LEAD]
    if not led:
        raise NotOnStaff
    district = aliased(Office)
    centres = (
        select(Office.id)
        .join(Area, Area.id == Office.answers_for_id)
        .join(district, district.area_id == Area.parent_id)
        .where(district.id.in_(led))
    )
    offices = frozenset(session.scalars(centres))
    return Claims(Standing.LEAD, work.person.id, offices, purpose=_purpose(request))


async def _as_caseworker(request: Request, desk: Desk) -> AsyncIterator[Confidential]:
    async with _confiding(request, claims_of_caseworker(request, desk)) as confidential:
        yield confidential


async def _acting_caseworker(request: Request, desk: ActingDesk) -> AsyncIterator[Confidential]:
    async with _confiding(request, claims_of_caseworker(request, desk)) as confidential:
        yield confidential


def _lead_looking(request: Request, desk: Desk, session: ReadSession) -> Claims:
    return claims_of_lead(request, desk, session)


async def _as_lead(
    request: Request, claims: Annotated[Claims, Depends(_lead_looking)]
) -> AsyncIterator[Confidential]:
    async with _confiding(request, claims) as confidential:
        yield confidential


# Scope "function" commits before the answer leaves: nobody sees what was not written down.
AsReporter = Annotated[Confidential, Depends(_as_reporter, scope="function")]
"""Anyone; they see nothing until `claim(reports=…)` says what is theirs. Proves no form."""

AsCaseworker = Annotated[Confidential, Depends(_as_caseworker, scope="function")]
"""A caseworker who looks. Raises: NotSignedIn, NotOnStaff."""

ActingCaseworker = Annotated[Confidential, Depends(_acting_caseworker, scope="function")]
"""A caseworker who changes something. Raises: NotSignedIn, NotOurForm, NotOnStaff."""

AsLead = Annotated[Confidential, Depends(_as_lead, scope="function")]
"""A district's lead who looks at figures or looks. Raises: NotSignedIn, NotOnStaff."""
