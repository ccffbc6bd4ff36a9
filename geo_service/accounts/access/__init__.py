"""Who is asking, for doors that must know.

Looking and changing use different transactions, so there are two words for the same person:
`SignedIn` at doors that only look, `Acting` at doors that change something. The second also
asks for the proof that the wish came from one of our own pages (see `web.csrf`). Programs show
a personal token instead of a cookie; it opens what its scopes say.
"""

from geo_service.accounts.access.address import TheAddress
from geo_service.accounts.access.browser import (
    Browser,
    ChangingBrowser,
    FreshBrowser,
    FreshChangingBrowser,
    OnlyInABrowser,
    SignInAgain,
)
from geo_service.accounts.access.caller import (
    Acting,
    AnybodyActing,
    Caller,
    SignedIn,
    TokenIsNoGood,
    TokenMayNot,
    Visitor,
    expect_scope,
)
from geo_service.accounts.access.once import Once
from geo_service.accounts.access.secret import TheSecret

__all__ = [
    "Acting",
    "AnybodyActing",
    "Browser",
    "Caller",
    "ChangingBrowser",
    "FreshBrowser",
    "FreshChangingBrowser",
    "Once",
    "OnlyInABrowser",
    "SignInAgain",
    "SignedIn",
    "TheAddress",
    "TheSecret",
    "TokenIsNoGood",
    "TokenMayNot",
    "Visitor",
    "expect_scope",
]
