"""After a POST: onwards by GET, so that nothing is sent twice by loading a page again."""

from fastapi import Request
from fastapi.responses import RedirectResponse

from geo_service.web import notes
from geo_service.web.i18n import language_of


def led(request: Request, path: str, note: str = "") -> RedirectResponse:
    """To a page of ours in the language of the visit, which says the sentence `note` once."""
    answer = RedirectResponse(
        f"{language_of(request).prefix}{path}",
        status_code=303,
        headers={"Cache-Control": "no-store"},
    )
    if note:
        notes.leave(answer, note)
    return answer
