"""The promise and the short training of watchers, from `data/watcher_training.json`."""

from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

import geo_service

_FILE = Path(geo_service.__file__).parents[1] / "data" / "watcher_training.json"

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Entry(BaseModel):
    """One entry of the file: every field known, none misspelt."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Said(Entry):
    """The same in both languages; pages say `said[language]`."""

    ko: Words
    en: Words


class Choice(Entry):
    """One answer: the right one, or one of which is told why it is not."""

    words: Said
    right: bool = False
    why: Said | None = None

    @model_validator(mode="after")
    def _explained(self) -> Self:
        if self.right == (self.why is not None):
            raise ValueError("틀린 답에는, 그리고 거기에만 why 를 적습니다")
        return self


class Lesson(Entry):
    """A few sentences, and a question about them."""

    key: Annotated[str, StringConstraints(pattern=r"^[a-z]{3,20}$")]
    title: Said
    words: Annotated[list[Said], Field(min_length=1)]
    question: Said
    choices: Annotated[list[Choice], Field(min_length=2, max_length=5)]

    @model_validator(mode="after")
    def _one_is_right(self) -> Self:
        if sum(choice.right for choice in self.choices) != 1:
            raise ValueError("맞는 답은 하나입니다")
        return self


class Training(Entry):
    """The whole file."""

    about: str
    pledge: Annotated[list[Said], Field(min_length=1)]
    lessons: Annotated[list[Lesson], Field(min_length=1)]

    def lesson(self, key: str) -> Lesson | None:
        """The lesson of a page."""
        return next((lesson for lesson in self.lessons if lesson.key == key), None)


@cache
def the_training(file: Path = _FILE) -> Training:
    """As the file tells it."""
    return Training.model_validate_json(file.read_bytes())
