"""Problems as people and programs meet them.

Programs get RFC 9457 `application/problem+json`; a browser that asks for HTML gets a page with
the same words. Neither ever hears back what was sent: it may be somebody's secret.
"""

import re
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
import sqlalchemy.exc
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.exceptions import HTTPException

from geo_service.errors import (
    BadField,
    Busy,
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    NotSignedIn,
    Problem,
    TooMany,
)
from geo_service.web.csrf import is_ours
from geo_service.web.i18n import language_of, same_page_in
from geo_service.web.render import page
from geo_service.web.versions import ChangedMeanwhile, EditsNeedVersion

STATUS: dict[type[Problem], HTTPStatus] = {
    ChangedMeanwhile: HTTPStatus.PRECONDITION_FAILED,
    EditsNeedVersion: HTTPStatus.PRECONDITION_REQUIRED,
    NotFound: HTTPStatus.NOT_FOUND,
    NotSignedIn: HTTPStatus.UNAUTHORIZED,
    NotAllowed: HTTPStatus.FORBIDDEN,
    Conflict: HTTPStatus.CONFLICT,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    TooMany: HTTPStatus.TOO_MANY_REQUESTS,
    Busy: HTTPStatus.SERVICE_UNAVAILABLE,
}

MEDIA_TYPE = "application/problem+json"
AWAY = (psycopg.OperationalError, sqlalchemy.exc.OperationalError, sqlalchemy.exc.TimeoutError)
"""The database does not answer, or not in time."""

SIGN_IN = "/login"
"""Where people sign in; `?next=` leads them back."""

API = "/api/"
"""Below this path everybody is a program."""

_NAME = re.compile(r"[\w-]{1,60}", re.ASCII)

_log = structlog.get_logger()


def is_for_people(request: Request) -> bool:
    """Whether a browser shows the answer to somebody."""
    wants = request.headers.get("accept", "")
    return not request.url.path.startswith(API) and "text/html" in wants


def problem_response(
    request: Request, status: int, type_: str, title: str, **members: Any
) -> Response:
    """One problem, as a page or as a document. `type_` is relative to `/problems/`.

    `korean`: the title for pages; without it they say what the status says.
    """
    headers, korean = members.pop("headers", None), members.pop("korean", "")
    if is_for_people(request):
        told = {"type": type_, "english": title, "korean": korean}
        answer: Response = page(request, "problem.html", status=status, **told, **members)
    else:
        answer = JSONResponse(
            {"type": f"/problems/{type_}", "title": title, "status": status, **members},
            status_code=status,
            media_type=MEDIA_TYPE,
        )
    answer.headers["Cache-Control"] = "no-store"
    answer.headers.update(headers or {})
    return answer


def _ours(request: Request, problem: Problem) -> Response:
    status = next(code for base, code in STATUS.items() if isinstance(problem, base))
    detail = {"detail": problem.detail} if problem.detail else {}
    again = {}
    if isinstance(problem, Busy | TooMany):
        wait_s = problem.wait_s if isinstance(problem, TooMany) else 5
        again = {"headers": {"Retry-After": str(wait_s)}}
    return problem_response(
        request,
        status,
        problem.type(),
        problem.title(),
        korean=problem.korean,
        **detail,
        **again,
        **problem.facts,
    )


def _not_signed_in(request: Request, problem: NotSignedIn) -> Response:
    """People are led to the door and back again; programs are told which key fits."""
    if not is_for_people(request):
        answer = _ours(request, problem)
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer
    back = quote(_page_of(request), safe="/")
    door = f"{language_of(request).prefix}{SIGN_IN}?next={back}"
    if "hx-request" in request.headers:
        return Response(status_code=401, headers={"HX-Redirect": door, "Cache-Control": "no-store"})
    return RedirectResponse(door, status_code=303, headers={"Cache-Control": "no-store"})


def _page_of(request: Request) -> str:
    """The page on which somebody is: this one, or the one from which they sent something."""
    asked_from = request.headers.get("hx-current-url")
    if asked_from is None and request.method == "GET":
        return same_page_in(request, language_of(request))
    named = asked_from or request.headers.get("referer") or ""
    parts = urlsplit(named) if is_ours(request, named) else None
    return urlunsplit(("", "", parts.path, parts.query, "")) if parts else "/"


def _bad_field(request: Request, problem: BadField) -> Response:
    errors = [{"field": problem.field, "detail": str(problem)}]
    return _malformed_response(request, errors)


def _malformed(request: Request, error: RequestValidationError) -> Response:
    errors = [{"field": _named(e["loc"]), "detail": e["msg"]} for e in error.errors()]
    return _malformed_response(request, errors)


def _named(loc: tuple[str | int, ...]) -> str:
    """`hours.0.from`; a name that somebody made up is told only if it looks like one."""
    inside = (str(part) for part in loc[1:])
    return ".".join(p if _NAME.fullmatch(p) else "?" for p in inside) or str(loc[0])


def _malformed_response(request: Request, errors: list[dict[str, str]]) -> Response:
    return problem_response(
        request, 422, "malformed", "Some fields of the request cannot be used.", errors=errors
    )


def _plain(request: Request, error: HTTPException) -> Response:
    title = HTTPStatus(error.status_code).phrase
    return problem_response(request, error.status_code, "http", title, headers=error.headers)


def _database_away(request: Request, error: Exception) -> Response:
    _log.error("database away", error=type(error).__name__)
    return _ours(request, Busy())


def unforeseen(request: Request, error: Exception) -> Response:
    """An answer to what nobody thought of, which is logged by the names of code alone."""
    _log.error("unforeseen", error=type(error).__name__, exc_info=error)
    return problem_response(request, 500, "unforeseen", "Something broke on our side.")


def add_problem_handlers(app: FastAPI) -> None:
    """Answer every error of `app` with a problem; the doorkeeper answers the unforeseen."""
    app.exception_handler(BadField)(_bad_field)
    app.exception_handler(NotSignedIn)(_not_signed_in)
    app.exception_handler(Problem)(_ours)
    app.exception_handler(RequestValidationError)(_malformed)
    app.exception_handler(HTTPException)(_plain)
    for away in AWAY:
        app.exception_handler(away)(_database_away)
