"""Answers that a client may keep, and ask again about for the price of a header."""

from zlib import crc32

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp


class GeoJSON(JSONResponse):
    """For OpenAPI: what `kept` sends. Source: RFC 7946, section 12."""

    media_type = "application/geo+json"


FRESH_S = 30
"""How long a list of listings may be shown without asking again."""

_KEPT = (
    (b"cache-control", b"private, max-age=%d" % FRESH_S),
    (b"vary", b"Accept-Encoding"),
)


def packed(app: ASGIApp) -> GZipMiddleware:
    """`app`, its answers packed for whoever accepts that; it is not worth it for one packet."""
    return GZipMiddleware(app, minimum_size=1_000, compresslevel=6)


def kept(request: Request, body: bytes, media_type: str = GeoJSON.media_type) -> Response:
    """`body` with its ETag; nothing but 304 when the client has it already.

    `private`: the address of a search holds a place, and shared caches keep addresses.
    The ETag only tells an answer from the one before it, and nobody gains by forging their own:
    its length and a checksum do, for a fifth of what a hash costs on the hottest door.
    """
    digest = b'"%x-%08x"' % (len(body), crc32(body))
    known = dict(request.scope["headers"]).get(b"if-none-match", b"")
    if digest in known or known.strip() == b"*":
        answer = Response(status_code=304)
    else:
        answer = Response(body, media_type=media_type)
    # Weak: it is the same whether compressed or not.
    answer.raw_headers += ((b"etag", b"W/" + digest), *_KEPT)
    return answer
