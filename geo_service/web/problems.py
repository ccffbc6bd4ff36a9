"""Problems as people and programs meet them.

Programs get RFC 9457 `application/problem+json`; a browser that asks for HTML gets a page with
the same words. Neither ever hears back what was sent: it may be somebody's secret. Only what
somebody wrote on a page of ours may stay on their screen (see `web.kept`).
"""

import re
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

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
from geo_service.web import notes
from geo_service.web.csrf import NotOurForm
from geo_service.web.i18n import language_of
from geo_service.web.idempotency import KeyUsedBefore
from geo_service.web.kept import Why, kept_response, writing_in
from geo_service.web.render import page
from geo_service.web.versions import ChangedMeanwhile, EditsNeedVersion
from geo_service.web.whence import came_from, office_of, page_of

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
        ways = {"office": office_of(request), "back": came_from(request)}
        answer: Response = page(request, "problem.html", status=status, **told, **ways, **members)
    else:
        answer = JSONResponse(
            {"type": f"/problems/{type_}", "title": title, "status": status, **members},
            status_code=status,
            media_type=MEDIA_TYPE,
        )
    answer.headers["Cache-Control"] = "no-store"
    answer.headers.update(headers or {})
    return answer


def _status_of(problem: Problem) -> HTTPStatus:
    return next(code for base, code in STATUS.items() if isinstance(problem, base))


def _ours(request: Request, problem: Problem) -> Response:
    detail = {"detail": problem.detail} if problem.detail else {}
    again = {}
    if isinstance(problem, Busy | TooMany):
        wait_s = problem.wait_s if isinstance(problem, TooMany) else 5
        again = {"headers": {"Retry-After": str(wait_s)}}
    return problem_response(
        request,
        _status_of(problem),
        problem.type(),
        problem.title(),
        korean=problem.korean,
        **detail,
        **again,
        **problem.facts,
    )


async def _not_signed_in(request: Request, problem: NotSignedIn) -> Response:
    """People are led to the door and back again; programs are told which key fits.

    Who was signed in when they began to write keeps what they wrote.
    """
    if not is_for_people(request):
        answer = _ours(request, problem)
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer
    writing = await writing_in(request)
    ended = writing is not None and writing.had_session
    if writing and writing.fields and ended:
        said = {"korean": problem.korean, "english": problem.title()}
        own = said if type(problem) is not NotSignedIn else {}
        return kept_response(request, 401, Why.SESSION_ENDED, writing, **own)
    back = quote(page_of(request), safe="/")
    door = f"{language_of(request).prefix}{SIGN_IN}?next={back}"
    if "hx-request" in request.headers:
        return Response(status_code=401, headers={"HX-Redirect": door, "Cache-Control": "no-store"})
    led = RedirectResponse(door, status_code=303, headers={"Cache-Control": "no-store"})
    if ended:
        notes.leave(led, "web.ended")
    return led


async def _session_changed(request: Request, problem: NotOurForm) -> Response:
    """A page of ours was opened in another session: what was written waits for a new proof."""
    return await _kept_or_told(request, problem, Why.SESSION_CHANGED)


async def _key_used(request: Request, problem: KeyUsedBefore) -> Response:
    """Back, and sent again with other words: perhaps they meant a second one."""
    return await _kept_or_told(request, problem, Why.KEY_USED)


async def _kept_or_told(request: Request, problem: Problem, why: Why) -> Response:
    writing = await writing_in(request) if is_for_people(request) else None
    if writing is None or not writing.fields:
        return _ours(request, problem)
    return kept_response(request, _status_of(problem), why, writing)


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
    app.exception_handler(NotOurForm)(_session_changed)
    app.exception_handler(KeyUsedBefore)(_key_used)
    app.exception_handler(Problem)(_ours)
    app.exception_handler(RequestValidationError)(_malformed)
    app.exception_handler(HTTPException)(_plain)
    for away in AWAY:
        app.exception_handler(away)(_database_away)
