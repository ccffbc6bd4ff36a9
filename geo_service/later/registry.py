"""Which function a task's name stands for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

Payload = Mapping[str, Any]
"""JSON: ids, moments and numbers as texts and numbers."""

Effect = Callable[[Session, Payload, datetime], None]
"""Changes the database at a moment that it is told, and never commits."""


class NameIsTaken(Exception):
    """Two tasks have the same name."""


@dataclass(frozen=True)
class Known:
    """A task that this version knows."""

    effect: Effect
    every: timedelta | None
    """The pause between one time and the next; none for what happens only when queued."""


KNOWN: dict[str, Known] = {}
"""By name; complete once every package's `tasks` is imported."""


def task(name: str, *, every: timedelta | None = None) -> Callable[[Effect], Effect]:
    """Let the function below be queued under `name`; with `every`, workers do so by themselves."""

    def register(effect: Effect) -> Effect:
        if name in KNOWN:
            raise NameIsTaken(name)
        KNOWN[name] = Known(effect, every)
        return effect

    return register
