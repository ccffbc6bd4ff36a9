"""Doors that only a person opens, in a browser: whoever holds a token must not make others.

Locks of an account are changed only soon after signing in, so that a browser left open does not
give the account away.
"""

from datetime import timedelta
from typing import Annotated

from fastapi import Depends

from geo_service.accounts.access.caller import Caller, known, known_acting
from geo_service.accounts.models import SignIn
from geo_service.clock import now
from geo_service.errors import NotAllowed, NotSignedIn

FRESH = timedelta(minutes=30)
"""Within so long after signing in one may open the page of a lock."""

STILL_FRESH = timedelta(minutes=60)
"""And until then send it."""


class OnlyInABrowser(NotAllowed):
    """This is done by yourself in a browser, not by a program with a token."""

    korean = "이 일은 프로그램이 아니라 직접 로그인해서 할 수 있어요."


class SignInAgain(NotSignedIn):
    """Please sign in once more before you change this."""

    korean = "바꾸기 전에 한 번 더 로그인해 주세요."


def _in_a_browser(caller: Caller) -> SignIn:
    if caller.sign_in is None:
        raise OnlyInABrowser
    return caller.sign_in


def _browser(caller: Annotated[Caller, Depends(known)]) -> SignIn:
    return _in_a_browser(caller)


def _changing(caller: Annotated[Caller, Depends(known_acting)]) -> SignIn:
    return _in_a_browser(caller)


def _fresh(sign_in: Annotated[SignIn, Depends(_browser)]) -> SignIn:
    if sign_in.signed_in_at < now() - FRESH:
        raise SignInAgain
    return sign_in


def _fresh_changing(sign_in: Annotated[SignIn, Depends(_changing)]) -> SignIn:
    if sign_in.signed_in_at < now() - STILL_FRESH:
        raise SignInAgain
    return sign_in


Browser = Annotated[SignIn, Depends(_browser)]
"""Where somebody is looking. Raises: NotSignedIn, OnlyInABrowser."""

ChangingBrowser = Annotated[SignIn, Depends(_changing)]
"""Where somebody changes something. Raises: NotSignedIn, NotOurForm, OnlyInABrowser."""

FreshBrowser = Annotated[SignIn, Depends(_fresh)]
"""The same, soon after signing in. Raises: SignInAgain, and as `Browser`."""

FreshChangingBrowser = Annotated[SignIn, Depends(_fresh_changing)]
"""The same, soon after signing in. Raises: SignInAgain, and as `ChangingBrowser`."""
