"""Everything that can go wrong on purpose.

    Problem
    ├── NotFound      no such thing, or none that you may know of
    ├── NotSignedIn   we do not know who is asking
    ├── NotAllowed    you may not do this
    ├── Conflict      not in its present state
    ├── Invalid       the request contradicts itself, or the map
    ├── TooMany       so often in so short a time; later again
    └── Busy          nothing is wrong with the request; it may be made again

Packages name their own problems by subclassing one of the seven. The class name is the
problem's type (`JobIsClosed` becomes `job-is-closed`) and the first line of its docstring
is the title people read, so every problem is written down exactly once. What residents may meet
on a page also says it in Korean, in `korean`.
"""

import re
from typing import ClassVar

Fact = str | int | float | bool | list[str] | None


class Problem(Exception):
    """Something went wrong."""

    korean: ClassVar[str] = ""
    """The title in Korean, for pages; empty where the page of its family says enough."""

    def __init__(self, detail: str | None = None, **facts: Fact) -> None:
        super().__init__(detail or self.title())
        self.detail = detail
        self.facts = facts

    @classmethod
    def type(cls) -> str:
        """The class name in kebab case: stable, for programs."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    @classmethod
    def title(cls) -> str:
        """The first line of the docstring, for people."""
        return (cls.__doc__ or cls.__name__).strip().splitlines()[0]


class NotFound(Problem):
    """There is nothing here."""


class NotSignedIn(Problem):
    """Please sign in first."""

    korean = "먼저 로그인해 주세요."


class NotAllowed(Problem):
    """You may not do this."""

    korean = "이 일을 할 권한이 없어요."


class Conflict(Problem):
    """This cannot be done in its present state."""


class Invalid(Problem):
    """The request contradicts itself."""


class TooMany(Problem):
    """This was done too often in a short time. Please wait.

    `wait_s` says for how long.
    """

    def __init__(self, detail: str | None = None, *, wait_s: int) -> None:
        super().__init__(detail, wait_s=wait_s)
        self.wait_s = wait_s


class Busy(Problem):
    """The service is busy. Please try again in a few seconds."""


class BadField(Invalid):
    """One field of the request cannot be used.

    `field` names it as the request did; `detail` says what to send instead. It is answered in
    the same shape as FastAPI's own validation, so programs learn one error format.
    """

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(detail)
        self.field = field
