"""Answers that a client may keep, and ask again about for the price of a header."""

from hashlib import blake2b

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp


class GeoJSON(JSONResponse):
    """For OpenAPI: what `kept` sends. Source: RFC 7946, section 12."""

    media_type = "application/geo+json"


FRESH_S = 30
"""How long a list of listings may be shown without asking again."""


def packed(app: ASGIApp) -> GZipMiddleware:
    """`app`, its answers packed for whoever accepts that; it is not worth it for one packet."""
    return GZipMiddleware(app, minimum_size=1_000, compresslevel=6)


def kept(request: Request, body: bytes, media_type: str = GeoJSON.media_type) -> Response:
    """`body` with its ETag; nothing but 304 when the client has it already.

    `private`: the address of a search holds a place, and shared caches keep addresses.
    """
    digest = f'"{blake2b(body, digest_size=12).hexdigest()}"'
    headers = {
        "ETag": f"W/{digest}",  # weak: it is the same whether compressed or not
        "Cache-Control": f"private, max-age={FRESH_S}",
        "Vary": "Accept-Encoding",
    }
    known = request.headers.get("if-none-match", "")
    if digest in known or known.strip() == "*":
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)
