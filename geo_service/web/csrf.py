"""Proof that a wish came from one of our own pages.

A browser sends the session cookie along with any form, also one that a stranger's page submits.
Two things a stranger's page cannot do: name our own origin, and know a word derived from the
cookie. Every form carries that word (`csrf_field()` in templates), htmx sends it as a header.
Who is not signed in yet has no such word; there the origin alone decides, so that nobody is
signed in to a stranger's account from a stranger's page.

Our own origin is the scheme and host of the request. A proxy in front passes the host on as the
browser wrote it, and says the scheme (uvicorn believes those named in FORWARDED_ALLOW_IPS); a
forwarded host is not believed, since anybody may send one.
"""

from hashlib import blake2b
from hmac import compare_digest
from secrets import token_bytes
from urllib.parse import urlsplit

from fastapi import Request

from geo_service.errors import NotAllowed
from geo_service.web.cookies import session_token

FIELD, HEADER = "csrf", "X-CSRF-Token"
_SALT_BYTES, _WORD_BYTES = 8, 16
_PORTS = {"http": 80, "https": 443}


class NotOurForm(NotAllowed):
    """This form is too old, or was not ours. Load the page again and send it once more."""

    korean = "화면이 오래되었어요. 화면을 다시 열고 한 번 더 보내 주세요."


def word_for(token: str) -> str:
    """The word that our pages know and a stranger's cannot.

    Salted: pages are compressed, and a word that is the same on every page could be measured.
    """
    return _salted(token, token_bytes(_SALT_BYTES))


def _salted(token: str, salt: bytes) -> str:
    word = blake2b(token.encode(), digest_size=_WORD_BYTES, salt=salt, person=b"csrf")
    return salt.hex() + word.hexdigest()


def _is_word_for(token: str, given: str) -> bool:
    try:
        salt = bytes.fromhex(given[: 2 * _SALT_BYTES])
    except ValueError:
        return False
    right = _salted(token, salt[:_SALT_BYTES])
    return compare_digest(given.encode(errors="replace"), right.encode())


def bearer_token(request: Request) -> str | None:
    """The token with which a program signs in. No browser sends one by itself."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def _is_sent_by_us(request: Request) -> bool:
    """What the browser says about the page that sent the wish; it lets no page say it.

    `Sec-Fetch-Site: same-site` is a neighbour under the same domain, and not us. `Origin: null`
    is a page that hides where it is from. A program says neither, and has no cookie to abuse.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    named = request.headers.get("origin") or request.headers.get("referer")
    return named is None or is_ours(request, named)


def is_surely_sent_by_us(request: Request) -> bool:
    """Whether the browser itself says that a page of ours sent this: silence is no proof here."""
    if bearer_token(request) is not None:
        return False
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    named = request.headers.get("origin") or request.headers.get("referer")
    return named is not None and is_ours(request, named)


def is_ours(request: Request, address: str) -> bool:
    """Whether an address, as a browser tells it, leads to this very site."""
    ours = _origin(str(request.base_url))
    return ours is not None and _origin(address) == ours


def _origin(address: str) -> tuple[str, str, int] | None:
    try:
        parts = urlsplit(address)
        port = parts.port or _PORTS[parts.scheme]
    except (ValueError, KeyError):
        return None
    return (parts.scheme, parts.hostname, port) if parts.hostname else None


async def proven(request: Request) -> None:
    """Refuse what did not come from one of our pages. Raises: NotOurForm.

    Programs with a token of their own need no proof: their cookie, if any, does not count. Any
    other `Authorization` (a proxy's password, say) is sent by browsers without being asked.
    """
    if bearer_token(request) is not None:
        return
    if not _is_sent_by_us(request):
        raise NotOurForm
    token = session_token(request)
    if token is None:
        return
    given = request.headers.get(HEADER)
    if given is None and "form" in request.headers.get("content-type", ""):
        sent = (await request.form()).get(FIELD)
        given = sent if isinstance(sent, str) else None
    if given is None or not _is_word_for(token, given):
        raise NotOurForm
