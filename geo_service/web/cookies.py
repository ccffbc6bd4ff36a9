"""The cookie that knows a browser again.

Over HTTPS its name begins with `__Host-`, so that no other site of the same domain can set it;
on the loopback address, where there is no HTTPS, browsers would refuse that name.
"""

from fastapi import Request, Response

SECURE_NAME, PLAIN_NAME = "__Host-session", "session"


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"


def session_token(request: Request) -> str | None:
    """What the browser says, whether true or not."""
    return request.cookies.get(SECURE_NAME if _is_secure(request) else PLAIN_NAME)


def keep_session(request: Request, response: Response, token: str, *, max_age_s: int) -> None:
    """Remember the token in this browser; scripts cannot read it."""
    secure = _is_secure(request)
    response.set_cookie(
        SECURE_NAME if secure else PLAIN_NAME,
        token,
        max_age=max_age_s,
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def forget_session(request: Request, response: Response) -> None:
    """Drop it."""
    secure = _is_secure(request)
    response.delete_cookie(
        SECURE_NAME if secure else PLAIN_NAME,
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )
