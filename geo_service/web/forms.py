"""What somebody typed into a page: taken as a model, or shown again with what is wrong.

    form = filled(OfferIn, sent)                    form = blank(OfferIn, seats=1)
        ├── form.value: OfferIn                         the first showing; nothing is wrong yet
        └── form.errors: what is wrong, by field        form = blank(OfferIn, of=job)
                                                        the showing of what is there, to be edited

A deed may still refuse what was typed well. It is tried with `form.attempt(session)`, which
undoes the half that was done and keeps the problem for the page to tell.
"""

import re
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import Enum
from http import HTTPStatus
from types import TracebackType
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, Request
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from sqlalchemy.orm import Session
from starlette.datastructures import FormData, UploadFile

from geo_service.clock import KOREA
from geo_service.errors import BadField, Problem
from geo_service.web.asking import Rule, rules_of

M = TypeVar("M", bound=BaseModel)

LONGEST = 10_000
"""Characters that any one field takes, whatever its model forgot to limit."""

MOST = 200
"""Values that any one name takes."""

_UNFIT = re.compile(r"[\x00\ud800-\udfff]")
"""What PostgreSQL cannot keep, and what cannot be sent back to a browser."""


async def _sent(request: Request) -> AsyncIterator[FormData]:
    form = await request.form()
    yield form
    await form.close()


Sent = Annotated[FormData, Depends(_sent)]
"""All that the form held; its files are closed after the answer."""


@dataclass(frozen=True)
class Complaint:
    """What is wrong with one field, or with the whole."""

    kind: str
    """Pydantic's name of it (`missing`, `string_too_long`, …), or the type of a problem."""
    english: str = ""
    korean: str = ""
    """A sentence of its own; without one the page finds words for the `kind`."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Such as `max_length`."""


@dataclass(frozen=True)
class Question:
    """One field as the page shows it."""

    name: str
    label: str
    rule: Rule
    values: list[str]
    complaint: Complaint | None

    @property
    def id(self) -> str:
        """Where links of the summary lead."""
        return f"f-{self.name}"

    @property
    def value(self) -> str:
        """The one that was typed, or nothing."""
        return self.values[-1] if self.values else ""

    def described_by(self, *parts: str) -> str:
        """The ids of those of `hint`, `wrong`, … that stand beside it."""
        return " ".join(f"{self.id}-{part}" for part in parts if part)


@dataclass(frozen=True)
class Change:
    """A field that somebody else changed while this form was open (see `web.versions`)."""

    name: str
    theirs: list[str]
    mine: list[str]
    is_untouched: bool
    """Whether it was left here as it had been shown."""


@dataclass
class Filled(Generic[M]):
    """A form: blank, or as somebody sent it."""

    model: type[M]
    given: Mapping[str, list[str]]
    """What was typed, by field; never files."""
    value: M | None = None
    errors: dict[str, Complaint] = field(default_factory=dict)
    summary: list[Complaint] = field(default_factory=list)
    """What is wrong with the whole."""
    labels: dict[str, str] = field(default_factory=dict)
    """Of the fields that the page has asked so far, in its order."""
    words: dict[str, Mapping[str, str]] = field(default_factory=dict)
    """What the choices of these fields are called."""
    version: str = ""
    """Of what is edited, as it was shown."""
    changes: list[Change] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether there is a value, and nobody has refused it."""
        return self.value is not None and not self.is_refused

    @property
    def is_refused(self) -> bool:
        """Whether there is something to tell."""
        return bool(self.errors or self.summary)

    @property
    def status(self) -> HTTPStatus:
        """Of the page that shows it."""
        return HTTPStatus.UNPROCESSABLE_ENTITY if self.is_refused else HTTPStatus.OK

    def ask(self, name: str, label: str, choices: Iterable[tuple[object, str]] = ()) -> Question:
        """The field `name`, called `label` on this page; the summary will call it so too."""
        self.labels[name] = label
        self.words[name] = {str(value): words for value, words in choices}
        rule = self.rules.get(name, Rule())
        return Question(name, label, rule, self.given.get(name, []), self.errors.get(name))

    @property
    def rules(self) -> Mapping[str, Rule]:
        """What the model asks of each field."""
        return rules_of(self.model)

    def refused(self, problem: Problem) -> "Filled[M]":
        """The same form, which now says why: beside the field that a BadField names, or above."""
        said = Complaint(problem.type(), problem.title(), problem.korean, problem.facts)
        if isinstance(problem, BadField):
            said = Complaint(problem.type(), str(problem), problem.korean, problem.facts)
            self.errors[problem.field] = said
        else:
            self.summary.append(said)
        return self

    def attempt(self, session: Session) -> AbstractContextManager[None, bool]:
        """Try a deed: a problem undoes all that the block changed, and this form tells it."""
        return _Attempt(self, session)


class _Attempt:
    """One try; leaving the block by `return` keeps what it changed."""

    def __init__(self, form: Filled[Any], session: Session) -> None:
        self._form, self._session = form, session

    def __enter__(self) -> None:
        self._savepoint = self._session.begin_nested()

    def __exit__(
        self,
        _type: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> bool:
        if error is None:
            self._savepoint.commit()
            return False
        self._savepoint.rollback()
        if isinstance(error, Problem):
            self._form.refused(error)
            return True
        return False


def filled(model: type[M], sent: FormData) -> Filled[M]:
    """What was sent, as a `model` or with complaints. Empty text counts as nothing said."""
    form: Filled[M] = Filled(model, {})
    typed: dict[str, list[str]] = {}
    taken: dict[str, Any] = {}
    for name, rule in form.rules.items():
        said = [item for item in map(_tidy, sent.getlist(name)) if item]
        texts = [item for item in said if isinstance(item, str)]
        if complaint := _unusable(texts):
            form.errors[name] = complaint
        typed[name] = [fit(text)[:LONGEST] for text in texts[:MOST]]
        if rule.many:
            taken[name] = said
        elif said:
            taken[name] = said[-1]
        elif rule.tick:
            taken[name] = False
    form.given = typed
    try:
        value = model.model_validate(taken)
    except ValidationError as refusal:
        for error in refusal.errors(include_url=False, include_input=False):
            _complain(form, error)
    else:
        form.value = None if form.errors else value
    return form


def fit(text: str) -> str:
    """The same without what cannot be kept."""
    return _UNFIT.sub("", text)


def _unusable(texts: list[str]) -> Complaint | None:
    """What no field takes, whatever its model says."""
    if any(_UNFIT.search(text) for text in texts):
        return Complaint("unfit_signs")
    if any(len(text) > LONGEST for text in texts):
        return Complaint("string_too_long", facts={"max_length": LONGEST})
    if len(texts) > MOST:
        return Complaint("too_long", facts={"max_length": MOST})
    return None


def _tidy(item: UploadFile | str) -> UploadFile | str | None:
    """Text with plain line ends and no blanks around nothing; no file is nothing."""
    if isinstance(item, UploadFile):
        return item if item.filename else None
    text = item.replace("\r\n", "\n")
    return text if text.strip() else ""


def _complain(form: Filled[Any], error: ErrorDetails) -> None:
    name, *_ = map(str, error["loc"] or ("",))
    facts = error.get("ctx", {})
    korean = str(facts.get("korean", ""))
    english = error["msg"] if korean else ""
    said = Complaint(error["type"], english, korean, facts)
    if name in form.rules:
        form.errors.setdefault(name, said)
    else:
        form.summary.append(said)


def blank(model: type[M], *, of: object = None, **values: object) -> Filled[M]:
    """A form to be filled: with the model's fields of a thing that is there, or with `values`."""
    there = {name: getattr(of, name) for name in rules_of(model) if hasattr(of, name)}
    given = {name: _written(value) for name, value in (there | values).items()}
    return Filled(model, given)


def _written(value: object) -> list[str]:
    """As a browser writes it into a field."""
    if isinstance(value, list | tuple | set | frozenset):
        return [text for item in value for text in _written(item)]
    match value:
        case None | False:
            text = ""
        case True:
            text = "true"
        case Enum():
            text = str(value.value)
        case datetime():
            text = value.astimezone(KOREA).strftime("%Y-%m-%dT%H:%M")
        case time():
            text = value.strftime("%H:%M")
        case _:
            text = str(value)
    return [text] if text else []
