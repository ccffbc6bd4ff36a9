"""The service's secret, and notes that browsers keep for us without being able to read them."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import Depends, Request, Response

from geo_service.accounts.workflow.secret import Secret
from geo_service.web.cookies import cookie, keep


def secret_of(request: Request) -> Secret:
    """As the app was given it."""
    secret: Secret = request.app.state.secret
    return secret


TheSecret = Annotated[Secret, Depends(secret_of)]


def keep_note(  # noqa: PLR0913 (what a cookie needs)
    request: Request,
    response: Response,
    name: str,
    said: dict[str, str],
    *,
    at: datetime,
    good_for: timedelta,
) -> None:
    """Give the browser something to carry to its next visit, sealed."""
    until = (at + good_for).timestamp()
    plain = json.dumps({"said": said, "until": until}).encode()
    sealed = secret_of(request).seal(f"note {name}", plain)
    seconds = int(good_for.total_seconds())
    keep(request, response, name, urlsafe_b64encode(sealed).decode(), max_age_s=seconds)


def note(request: Request, name: str, *, at: datetime) -> dict[str, str] | None:
    """What the browser brings back; None when it has nothing, or nothing of ours, or too late."""
    try:
        sealed = urlsafe_b64decode((cookie(request, name) or "").encode())
    except ValueError:
        return None
    plain = secret_of(request).opened(f"note {name}", sealed)
    if plain is None:
        return None
    told: dict[str, Any] = json.loads(plain)
    said: dict[str, str] = told["said"]
    return said if told["until"] > at.timestamp() else None
