"""What somebody wrote and no door took, kept on their own screen to be sent once more.

A form may come when its session has ended, with the proof of an older session, or under a key
that was used for something else. It is answered with a page that carries all of it unseen, and
a button. Nothing is stored here. The button's proof is new, and so is a key that was used, so
that what is sent once more passes every wall again.

The page is given only where the browser itself says that a page of ours sent the form: else a
stranger's page could lay its own words under our button.
"""

from dataclasses import dataclass
from enum import StrEnum, auto

from fastapi import Request, Response
from starlette.datastructures import FormData

from geo_service.web import csrf, idempotency
from geo_service.web.forms import fit
from geo_service.web.i18n import language_of, same_page_in
from geo_service.web.render import page
from geo_service.web.whence import came_from, office_of

SECRETS = frozenset({"password", "present", "new", "code"})
"""Fields that no page says back: passwords, and codes that are good once."""

ENDED = "ended"
"""Stands for the proof of a session that is no more. No word is like it."""


class Why(StrEnum):
    """For what reason a form was not taken."""

    SESSION_ENDED = auto()
    SESSION_CHANGED = auto()
    KEY_USED = auto()


@dataclass(frozen=True)
class Writing:
    """What a form held, but for its proof and its secrets."""

    fields: list[tuple[str, str]]
    key: str
    """Of this showing of the form: what was done under it already is not done again."""
    had_session: bool
    """Whether its page was shown to somebody who was signed in."""
    had_file: bool
    """A file cannot be kept."""


async def writing_in(request: Request) -> Writing | None:
    """What came from a form of ours, perhaps nothing but a press; None if a script sent it."""
    if (
        request.method != "POST"
        or "form" not in request.headers.get("content-type", "")
        or "hx-request" in request.headers
        or not csrf.is_surely_sent_by_us(request)
    ):
        return None
    return _writing(await request.form())


def _writing(form: FormData) -> Writing:
    dropped = SECRETS | {csrf.FIELD, idempotency.FIELD}
    items = [(name, item) for name, item in form.multi_items() if name not in dropped]
    fields = [(fit(name), fit(item)) for name, item in items if isinstance(item, str)]
    had_file = any(not isinstance(item, str) and item.filename for _, item in items)
    key = form.get(idempotency.FIELD)
    return Writing(
        fields,
        key=fit(key) if isinstance(key, str) else "",
        had_session=bool(form.get(csrf.FIELD)),
        had_file=had_file,
    )


def kept_response(
    request: Request, status: int, why: Why, writing: Writing, **said: str
) -> Response:
    """The page. `said`: what a problem says in its own words, `korean` and `english`."""
    answer = page(
        request,
        "kept.html",
        status=status,
        why=why.value,
        writing=writing,
        address=same_page_in(request, language_of(request)),
        back=came_from(request),
        onwards=office_of(request) or f"{language_of(request).prefix}/",
        ended=ENDED,
        **said,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
