"""A word on the next page about what was just done.

A POST answers with a way on (303), so the page that follows must say that it worked. What
travels is the name of a sentence, never a sentence: nobody can make this site say something.
Each package keeps its sentences in `templates/<package>/_notes.html`:

    {% set notes = {"offered": _("글을 올렸어요.")} %}
"""

import re

from fastapi import Request, Response
from jinja2 import TemplateNotFound, pass_context
from jinja2.runtime import Context

COOKIE = "note"
LIFETIME_S = 60
"""The next page follows at once, or not at all."""

_KEY = re.compile(r"([a-z]+)\.([a-z_]+)")


def leave(response: Response, key: str) -> None:
    """Have the next page say the sentence `key`, such as `jobs.offered`, once."""
    response.set_cookie(COOKIE, key, max_age=LIFETIME_S, httponly=True, samesite="lax")


def is_waiting(request: Request) -> bool:
    """Whether a sentence has been left for this page."""
    return COOKIE in request.cookies


def clear(response: Response) -> None:
    """It was said."""
    response.delete_cookie(COOKIE, httponly=True, samesite="lax")


@pass_context
def note(context: Context) -> str:
    """For the layout: the sentence left for this page; nothing if there is none."""
    key = _KEY.fullmatch(context["request"].cookies.get(COOKIE, ""))
    if key is None:
        return ""
    try:
        found = context.environment.get_template(f"{key[1]}/_notes.html")
    except TemplateNotFound:
        return ""
    notes: dict[str, str] = getattr(found.module, "notes", {})
    return notes.get(key[2], "")
