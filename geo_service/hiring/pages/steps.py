"""The pages on which somebody applies, one question each, and the draft that they fill."""

from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData

from geo_service.accounts.models import Person
from geo_service.hiring.schemas.forms import (
    ContactForm,
    WhomForm,
    WorkerForm,
    answers_form,
    answers_of,
)
from geo_service.jobs.models import Job
from geo_service.web.fields import FormModel
from geo_service.web.forms import Filled, blank, filled

WHOM, WORKER, CONTACT, QUESTIONS, CHECK = "whom", "worker", "contact", "questions", "check"


@dataclass(frozen=True)
class Steps:
    """What has been said so far, page by page."""

    job: Job
    person: Person
    said: dict[str, Any]
    """For each page, what was typed by field."""

    @property
    def for_family(self) -> bool:
        """Whether somebody else is going to work."""
        return bool(self.said.get(WHOM, {}).get("whom") == ["family"])

    @property
    def names(self) -> list[str]:
        """The pages that are needed, in their order."""
        about = WORKER if self.for_family else CONTACT
        return [WHOM, about, *([QUESTIONS] if self.job.questions else []), CHECK]

    def model(self, step: str) -> type[FormModel]:
        """What a page asks."""
        if step == QUESTIONS:
            return answers_form(len(self.job.questions))
        models: dict[str, type[FormModel]] = {
            WHOM: WhomForm,
            WORKER: WorkerForm,
            CONTACT: ContactForm,
        }
        return models[step]

    def form(self, step: str) -> Filled[Any]:
        """A page as it was left; what the account knows is filled in."""
        if step in self.said:
            return Filled(self.model(step), self.said[step])
        known: dict[str, dict[str, Any]] = {
            WHOM: {"whom": "me"},
            CONTACT: {"phone": self.person.phone},
        }
        return blank(self.model(step), **known.get(step, {}))

    def value(self, step: str) -> Any:
        """What was said on a page; None while it is not complete."""
        given: dict[str, list[str]] = self.said.get(step, {})
        typed = FormData([(name, text) for name, texts in given.items() for text in texts])
        return filled(self.model(step), typed).value

    @property
    def incomplete(self) -> str | None:
        """The first page on which something is missing."""
        return next((step for step in self.names[:-1] if self.value(step) is None), None)

    @property
    def phone(self) -> str:
        """Where the office reaches who is going to work."""
        phone: str = self.value(WORKER if self.for_family else CONTACT).phone
        return phone

    @property
    def answers(self) -> list[str]:
        """To the questions, if there are any."""
        return (
            answers_of(self.value(QUESTIONS), len(self.job.questions)) if self.job.questions else []
        )

    def may_ask(self, step: str) -> bool:
        """Whether this page is needed, and nothing is missing before it."""
        names = self.names
        return step in names and all(map(self.value, names[: names.index(step)]))

    def before(self, step: str) -> str | None:
        """The page to go back to."""
        place = self.names.index(step)
        return self.names[place - 1] if place else None

    def after(self, step: str) -> str:
        """The page that comes next."""
        return self.names[self.names.index(step) + 1]
