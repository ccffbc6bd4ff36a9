"""A wish that is sent twice is done once.

People press twice; a phone loses the answer and sends again. Both times the wish carries the
same key: the header `Idempotency-Key`, or the hidden field `once` that is made when a form is
shown. The first answer is kept, in the transaction of what it tells, and given again.

    the key is new                        done, and the answer kept if it is 2xx or 3xx
    the key is known, the wish the same   the kept answer; nothing is done
    the key is known, the wish another    422 KeyUsedBefore
    two at once                           the second waits for the first
    no key                                done

A door takes it by asking for `accounts.access.Once`, in a router whose `route_class` is
`OnceRoute`. A key is its person's own: nobody else's reaches the answer.
"""

import re
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Annotated, Any, cast
from uuid import UUID

from fastapi import Depends, Header, Request, Response
from fastapi.routing import APIRoute
from sqlalchemy import (
    CheckConstraint,
    CursorResult,
    ForeignKey,
    Index,
    LargeBinary,
    delete,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, Session, mapped_column
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from typing_extensions import override

from geo_service.clock import now
from geo_service.db.base import Base
from geo_service.errors import BadField, Invalid
from geo_service.web import csrf, notes

FIELD, HEADER = "once", "Idempotency-Key"
AGAIN = "Idempotency-Replayed"
"""Says of an answer that it is the kept one."""

KEPT_FOR = timedelta(hours=48)

_KEY = re.compile(r"[\x21-\x7e]{8,200}")
_HEADERS = {b"content-type", b"content-language", b"location", b"etag", b"cache-control", b"vary"}
_NOTE = f"{notes.COOKIE}=".encode()


class KeyUsedBefore(Invalid):
    """This key has been used before, for something else. Choose a new one."""

    korean = "이 화면에서는 이미 한 번 보냈어요. 화면을 새로 열고 다시 적어 주세요."


class KeptAnswer(Base):
    """What somebody was told, to be told again."""

    __tablename__ = "once"
    __table_args__ = (
        CheckConstraint("length(key_hash) = 32 AND length(wish_hash) = 32", name="hashed"),
        CheckConstraint("status BETWEEN 200 AND 399", name="went_well"),
        Index("once_answered_at_idx", "answered_at"),
    )

    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    key_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    wish_hash: Mapped[bytes] = mapped_column(LargeBinary)
    """Of the door and of all that was sent."""
    status: Mapped[int]
    headers: Mapped[list[tuple[str, str]]] = mapped_column(JSONB)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    answered_at: Mapped[datetime] = mapped_column(default_factory=now)


@dataclass(frozen=True)
class Wish:
    """What one request asks for, told apart from any other."""

    key_hash: bytes
    hash: bytes


_Key = Annotated[
    str | None,
    Header(
        alias=HEADER,
        description="Your own name for this wish. Sent again with the same name within 48 hours,"
        " it is answered as before and nothing is done twice.",
        examples=["0b7a1f62-6c1e-4f0a-9d39-0c9b1a6c2f11"],
    ),
]


async def _wish(request: Request, named: _Key = None) -> Wish | None:
    form = await request.form() if "form" in request.headers.get("content-type", "") else None
    key = named or (form and form.get(FIELD))
    if not isinstance(key, str) or not key:
        return None
    if not _KEY.fullmatch(key):
        raise BadField(HEADER, "Send 8 to 200 visible ASCII characters.")
    sent = sha256(f"{request.method} {request.url.path}?{request.url.query}".encode())
    if form is None:
        sent.update(await request.body())
    else:
        for piece in await _pieces(form):
            sent.update(len(piece).to_bytes(8) + piece)
    return Wish(sha256(key.encode()).digest(), sent.digest())


async def _pieces(form: FormData) -> list[bytes]:
    """Names and values in their order, files whole, without what changes by itself."""
    pieces = []
    for name, item in form.multi_items():
        if name in {FIELD, csrf.FIELD}:
            continue
        pieces.append(name.encode(errors="surrogatepass"))
        if isinstance(item, UploadFile):
            pieces += [(item.filename or "").encode(errors="surrogatepass"), await item.read()]
            await item.seek(0)
        else:
            pieces.append(item.encode(errors="surrogatepass"))
    return pieces


TheWish = Annotated[Wish | None, Depends(_wish)]
"""None where the request carries no key. Raises: BadField."""


@dataclass(frozen=True)
class _Turn:
    """The first request with a key, until its answer is kept."""

    session: Session
    person_id: UUID
    wish: Wish

    def keep(self, answer: Response) -> None:
        """Write the answer down beside what it tells; refusals are not kept."""
        if answer.status_code >= 400:
            return
        kept = [
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, value in answer.raw_headers
            if name in _HEADERS or (name == b"set-cookie" and value.startswith(_NOTE))
        ]
        self.session.add(
            KeptAnswer(
                person_id=self.person_id,
                key_hash=self.wish.key_hash,
                wish_hash=self.wish.hash,
                status=answer.status_code,
                headers=kept,
                body=bytes(answer.body),
            )
        )
        self.session.flush()


class _AnsweredBefore(Exception):
    """Not a mistake: the way out past the route, which is not to run again."""

    def __init__(self, kept: KeptAnswer) -> None:
        self.answer = Response(kept.body, status_code=kept.status)
        for name, value in kept.headers:
            self.answer.headers.append(name, value)
        self.answer.headers[AGAIN] = "true"


def take_turn(request: Request, session: Session, person_id: UUID, wish: Wish | None) -> None:
    """Go on if this person's wish is new; else answer as before. Raises: KeyUsedBefore."""
    if not getattr(request.state, "keeps_answers", False):
        raise TypeError("A door that asks for Once needs APIRouter(route_class=OnceRoute).")
    if wish is None:
        return
    lock = sha256(person_id.bytes + wish.key_hash).digest()
    number = int.from_bytes(lock[:8], signed=True)
    session.execute(select(func.pg_advisory_xact_lock(number)))
    # A statement of its own: it sees what a twin committed while this one waited for the lock.
    kept = session.get(KeptAnswer, (person_id, wish.key_hash))
    if kept is None:
        request.state.turn = _Turn(session, person_id, wish)
    elif kept.wish_hash == wish.hash:
        raise _AnsweredBefore(kept)
    else:
        raise KeyUsedBefore


class OnceRoute(APIRoute):
    """Keeps the answer before the transaction is committed, and gives a kept one again."""

    @override
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            request.state.keeps_answers = True
            try:
                answer = await handle(request)
            except _AnsweredBefore as before:
                return before.answer
            finally:
                await request.close()  # files of a form that nobody came to read
            turn: _Turn | None = getattr(request.state, "turn", None)
            if turn is not None:
                await run_in_threadpool(turn.keep, answer)
            return answer

        return answer


def forget_old(session: Session, at: datetime) -> int:
    """Drop the answers that nobody asks for any more; how many they were."""
    old = delete(KeptAnswer).where(KeptAnswer.answered_at < at - KEPT_FOR)
    return cast("CursorResult[Any]", session.execute(old)).rowcount
