"""How large somebody likes to read: the one preference a cookie remembers.

It is set by following a link, so that it works without scripts. A GET that sets a cookie is
usually a mistake; here it holds one of three words, names nobody, and a stranger who makes you
follow such a link can do no worse than enlarge your letters.
"""

from enum import StrEnum, auto

from fastapi import Request, Response

COOKIE = "text-size"
ONE_YEAR_S = 365 * 24 * 60 * 60


class TextSize(StrEnum):
    """How large the letters are."""

    USUAL = auto()
    LARGE = auto()
    LARGEST = auto()


def text_size_of(request: Request) -> TextSize:
    """What this visitor chose, or the usual."""
    chosen = request.cookies.get(COOKIE, "")
    return TextSize(chosen) if chosen in set(TextSize) else TextSize.USUAL


def remember(response: Response, size: TextSize, *, secure: bool) -> None:
    """Keep the choice for a year, in this browser only."""
    response.set_cookie(
        COOKIE, size.value, max_age=ONE_YEAR_S, samesite="lax", httponly=True, secure=secure
    )


def way_back(address: str) -> str:
    """`address` if it is a path on this site, or home: never a door to elsewhere."""
    inside = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if inside and address.isprintable() else "/"
