"""Cookies, above all the one that knows a browser again.

Over HTTPS their names begin with `__Host-`, so that no other site of the same domain can set
them; on the loopback address, where there is no HTTPS, browsers would refuse that name. Scripts
cannot read them, and no other site's page sends them along with what it asks for.
"""

from fastapi import Request, Response

PLAIN_NAME = "session"
_SECURELY = "__Host-"


def is_secure(request: Request) -> bool:
    """Whether the browser came over HTTPS; a proxy in front says so."""
    return request.url.scheme == "https"


def _name(request: Request, name: str) -> str:
    return f"{_SECURELY}{name}" if is_secure(request) else name


def cookie(request: Request, name: str) -> str | None:
    """What the browser says, whether true or not."""
    return request.cookies.get(_name(request, name))


def keep(
    request: Request, response: Response, name: str, value: str, *, max_age_s: int | None
) -> None:
    """Remember something in this browser; None is until it is closed."""
    response.set_cookie(
        _name(request, name),
        value,
        max_age=max_age_s,
        path="/",
        secure=is_secure(request),
        httponly=True,
        samesite="lax",
    )


def forget(request: Request, response: Response, name: str) -> None:
    """Drop it."""
    response.delete_cookie(
        _name(request, name),
        path="/",
        secure=is_secure(request),
        httponly=True,
        samesite="lax",
    )


def session_token(request: Request) -> str | None:
    """The token of the session, whether true or not."""
    return cookie(request, PLAIN_NAME)


def keep_session(request: Request, response: Response, token: str, *, max_age_s: int) -> None:
    """Know this browser again."""
    keep(request, response, PLAIN_NAME, token, max_age_s=max_age_s)


def forget_session(request: Request, response: Response) -> None:
    """Know it no longer."""
    forget(request, response, PLAIN_NAME)
