"""Where somebody was when something went wrong, so that they find back."""

from urllib.parse import parse_qsl, unquote, urlsplit

from fastapi import Request
from starlette.routing import Match

from geo_service.web.csrf import is_ours
from geo_service.web.i18n import language_of, question_of, same_page_in
from geo_service.web.reading import way_back

OFFICE = "/office"
"""The first page of those who work in an office; all their pages are below it."""


def office_of(request: Request) -> str:
    """The office's first page, for who works there, or may; empty for anybody else."""
    home = language_of(request).prefix
    inside = request.scope["path"].removeprefix(home)
    is_inside = inside == OFFICE or inside.startswith(f"{OFFICE}/")
    # A door that asked for roles knows them: who has none is a resident.
    works_there = getattr(request.state, "roles", is_inside)
    return f"{home}{OFFICE}" if works_there else ""


def page_of(request: Request) -> str:
    """The page on which somebody is: this one, or the one from which they sent something."""
    if request.method == "GET" and "hx-current-url" not in request.headers:
        return same_page_in(request, language_of(request))
    return _told(request) or "/"


def came_from(request: Request) -> str:
    """The page of ours from which a form was sent; empty if there is none to go back to."""
    address = "" if request.method == "GET" else _told(request)
    return address if address and _is_shown(request, address) else ""


def _told(request: Request) -> str:
    """What the browser says, if it is on this site."""
    named = request.headers.get("hx-current-url") or request.headers.get("referer") or ""
    if not is_ours(request, named):
        return ""
    parts = urlsplit(named)
    return way_back(parts.path or "/") + question_of(parse_qsl(parts.query, keep_blank_values=True))


def _is_shown(request: Request, address: str) -> bool:
    """Whether it can be opened: what a form was answered with often cannot."""
    asked = {"type": "http", "method": "GET", "path": unquote(urlsplit(address).path)}
    return any(door.matches(asked)[0] is Match.FULL for door in request.app.router.routes)
