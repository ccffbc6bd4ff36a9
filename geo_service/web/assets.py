"""Styles, scripts and icons: one address per build, kept by browsers for a year.

Every file lives below `/static/<build>/`, where `build` is a hash over all of them: a new build
is a new address, and files that name each other (a style its icon, the map its worker) go on
finding their neighbours without being rewritten.
"""

import gzip
import mimetypes
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from fastapi import Request, Response
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope
from typing_extensions import override

STATIC = Path(__file__).parent / "static"

BUNDLES = {
    "site.css": (
        "vendor/krds.css",
        "css/base.css",
        "css/frame.css",
        "css/finder.css",
        "css/results.css",
        "css/map.css",
        "css/detail.css",
        "css/forms.css",
        "css/print.css",
    ),
    "office.css": ("css/office.css",),
    "posting.css": ("css/posting.css",),
    "account.css": ("css/account.css",),
    "pay.css": ("css/pay.css",),
    "booking.css": ("css/booking.css",),
    "front.css": ("css/front.css",),
    "hiring.css": ("css/hiring.css",),
    "cases.css": ("css/cases.css",),
    "meetings.css": ("css/meetings.css",),
    "record.css": ("css/record.css",),
    "watch.css": ("css/watch.css",),
    "reports.css": ("css/reports.css",),
    "near.css": ("css/near.css",),
}
"""Files sent as one, in this order: later rules win."""

TYPES = {
    ".mjs": "text/javascript",
    ".js": "text/javascript",
    ".webmanifest": "application/manifest+json",
}
"""What `mimetypes` says differently from machine to machine."""

COMPRESSED_ALREADY = {".woff2", ".png"}

AT_THE_ROOT = {
    "/robots.txt": "robots.txt",
    "/manifest.webmanifest": "manifest.webmanifest",
    "/icon.svg": "icons/mark.svg",
    "/favicon.ico": "icons/mark.svg",
}
"""Fixed addresses, and what is found there."""

ONE_DAY = "public, max-age=86400"
FOREVER = "public, max-age=31536000, immutable"


class Asset:
    """One file as it is sent; compressed once, when somebody first asks."""

    def __init__(self, name: str, body: bytes) -> None:
        suffix = Path(name).suffix
        guessed = TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        self.media_type = guessed
        self.body = body
        self.worth_compressing = suffix not in COMPRESSED_ALREADY

    @cached_property
    def gzipped(self) -> bytes:
        """The body in the fewest bytes gzip can do."""
        return gzip.compress(self.body, 9, mtime=0)

    def answer(self, request: Request) -> Response:
        """The file, compressed for whoever takes that."""
        headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
        body = self.body
        if self.worth_compressing and "gzip" in request.headers.get("accept-encoding", ""):
            body, headers["Content-Encoding"] = self.gzipped, "gzip"
        return Response(body, media_type=self.media_type, headers=headers)


class _Door(Route):
    """A route that leaves its name in the scope, as FastAPI's own do: visits are counted by it."""

    @override
    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        match, found = super().matches(scope)
        return match, {**found, "route": self}


class Assets:
    """All of them, read once at start."""

    def __init__(self, folder: Path = STATIC) -> None:
        found = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
        for bundle, parts in BUNDLES.items():
            found[bundle] = b"\n".join(found[part] for part in parts if part in found)
        self._assets = {name: Asset(name, body) for name, body in found.items()}
        everything = sha256()
        for name, body in found.items():
            everything.update(name.encode() + b"\0" + body)
        self.build = everything.hexdigest()[:12]

    def address(self, name: str) -> str:
        """Where `name` is found; an unknown name fails here, not in somebody's browser."""
        self._assets[name]
        return f"/static/{self.build}/{name}"

    def routes(self) -> list[BaseRoute]:
        """The door to all of them, and to those that browsers and robots ask for by name.

        An older build's address is answered with the present file.
        """
        every = _Door("/static/{build}/{name:path}", self._answer)
        return [every, *(self._at_the_root(path, name) for path, name in AT_THE_ROOT.items())]

    def _at_the_root(self, path: str, name: str) -> Route:
        async def answer(request: Request) -> Response:
            response = self._assets[name].answer(request)
            response.headers["Cache-Control"] = ONE_DAY
            return response

        return _Door(path, answer)

    async def _answer(self, request: Request) -> Response:
        asset = self._assets.get(request.path_params["name"])
        if asset is None:
            raise HTTPException(404)
        answer = asset.answer(request)
        if request.path_params["build"] != self.build:
            answer.headers["Cache-Control"] = "no-cache"
        return answer
