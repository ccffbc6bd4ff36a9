"""The pages on which somebody enrols, one question each, and the answers so far."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from starlette.datastructures import FormData

from geo_service.accounts.models import Person
from geo_service.watchers.files.training import Lesson, the_training
from geo_service.watchers.schemas.forms import (
    AnswerForm,
    ContactForm,
    DongForm,
    NameForm,
    NothingForm,
    PledgeForm,
)
from geo_service.web.fields import FormModel
from geo_service.web.forms import Complaint, Filled, blank, filled

PLEDGE, DONG, CONTACT, NAME, CHECK = "pledge", "dong", "contact", "name", "check"

_MODELS: dict[str, type[FormModel]] = {
    PLEDGE: PledgeForm,
    DONG: DongForm,
    CONTACT: ContactForm,
    NAME: NameForm,
    CHECK: NothingForm,
}


def names() -> list[str]:
    """The pages in their order; lessons are called by their keys."""
    lessons = [lesson.key for lesson in the_training().lessons]
    return [PLEDGE, *lessons, DONG, CONTACT, NAME, CHECK]


def model_of(step: str) -> type[FormModel]:
    """What a page asks."""
    return _MODELS.get(step, AnswerForm)


@dataclass(frozen=True)
class Steps:
    """What has been said so far, page by page."""

    person: Person
    said: dict[str, Any]
    """For each page, what was typed by field."""

    @property
    def names(self) -> list[str]:
        """The pages in their order."""
        return names()

    def lesson(self, step: str) -> Lesson | None:
        """The lesson of a page, if it is one."""
        return the_training().lesson(step)

    def form(self, step: str) -> Filled[Any]:
        """A page as it was left; what the account knows is filled in."""
        if step in self.said:
            return Filled(model_of(step), self.said[step])
        known: dict[str, dict[str, Any]] = {
            CONTACT: {"phone": self.person.phone},
            NAME: {"name": self.person.name[:30]},
        }
        return blank(model_of(step), **known.get(step, {}))

    def answered(self, step: str) -> Filled[Any]:
        """What was said on a page, judged as when it was sent."""
        given: dict[str, list[str]] = self.said.get(step, {})
        typed = FormData([(name, text) for name, texts in given.items() for text in texts])
        return judged(step, filled(model_of(step), typed))

    @property
    def incomplete(self) -> str | None:
        """The first page on which something is missing or wrong."""
        return next((step for step in self.names[:-1] if not self.answered(step).is_good), None)

    def may_ask(self, step: str) -> bool:
        """Whether nothing is missing before this page."""
        missing = self.incomplete
        return missing is None or self.names.index(step) <= self.names.index(missing)

    def before(self, step: str) -> str | None:
        """The page to go back to."""
        place = self.names.index(step)
        return self.names[place - 1] if place else None

    def after(self, step: str) -> str:
        """The page that comes next."""
        return self.names[self.names.index(step) + 1]

    @property
    def office_id(self) -> UUID:
        """The dong centre that was chosen."""
        told: Any = self.answered(DONG).value
        chosen: UUID = told.office_id
        return chosen

    @property
    def phone(self) -> str:
        """Where it may call."""
        told: Any = self.answered(CONTACT).value
        phone: str = told.phone
        return phone

    @property
    def name(self) -> str:
        """What stands on the card."""
        told: Any = self.answered(NAME).value
        name: str = told.name
        return name


def judged(step: str, form: Filled[Any]) -> Filled[Any]:
    """The same form; a wrong answer to a lesson says why it is wrong."""
    lesson = the_training().lesson(step)
    if lesson is None or form.value is None:
        return form
    place = form.value.choice
    chosen = lesson.choices[place] if place < len(lesson.choices) else None
    if chosen is None:
        form.errors["choice"] = Complaint("literal_error")
    elif chosen.why is not None:
        form.errors["choice"] = Complaint("wrong_answer", chosen.why.en, chosen.why.ko)
    return form
