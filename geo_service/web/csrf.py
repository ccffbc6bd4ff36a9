"""Proof that a wish came from one of our own pages.

A browser sends the session cookie along with any form, also one that a stranger's page submits.
Two things a stranger's page cannot do: name our own origin, and know a word derived from the
cookie. Every form carries that word (`csrf_field()` in templates), htmx sends it as a header.
"""

from hashlib import blake2b
from hmac import compare_digest
from urllib.parse import urlsplit

from fastapi import Request

from geo_service.errors import NotAllowed
from geo_service.web.cookies import session_token

FIELD, HEADER = "csrf", "X-CSRF-Token"


class NotOurForm(NotAllowed):
    """This form is too old, or was not ours. Load the page again and send it once more."""

    korean = "화면이 오래되었어요. 화면을 다시 열고 한 번 더 보내 주세요."


def word_for(token: str) -> str:
    """The word that our pages know and a stranger's cannot."""
    return blake2b(token.encode(), digest_size=16, person=b"csrf").hexdigest()


def _is_ours(request: Request) -> bool:
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.url.netloc


async def proven(request: Request) -> None:
    """Refuse what did not come from one of our pages. Raises: NotOurForm.

    Programs that sign in by a token of their own (`Authorization`) send no cookie, and need none.
    """
    if "authorization" in request.headers:
        return
    if not _is_ours(request):
        raise NotOurForm
    token = session_token(request)
    if token is None:
        return
    given = request.headers.get(HEADER)
    if given is None and "form" in request.headers.get("content-type", ""):
        sent = (await request.form()).get(FIELD)
        given = sent if isinstance(sent, str) else None
    if given is None or not compare_digest(given.encode(), word_for(token).encode()):
        raise NotOurForm
