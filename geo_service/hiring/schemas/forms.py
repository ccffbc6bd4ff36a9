"""What is asked of whoever applies, one page after the other, and of who decides."""

from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import Field, create_model

from geo_service.hiring.models import Consent
from geo_service.web.fields import Agreed, FormModel, Line, Telephone

Name = Annotated[Line, Field(min_length=1, max_length=60)]

Answer = Annotated[str, Field(min_length=1, max_length=1000)]


class WhomForm(FormModel):
    """Who is going to work."""

    whom: Literal["me", "family"]


class WorkerForm(FormModel):
    """Somebody else, who agreed."""

    name: Name
    phone: Telephone
    consent: Literal[Consent.BESIDE, Consent.PHONE]
    agreed: Agreed


class ContactForm(FormModel):
    """Where the office reaches who is going to work."""

    phone: Telephone


class CounterForm(FormModel):
    """Somebody at the counter."""

    name: Name
    phone: Telephone
    consent: Consent
    agreed: Agreed


class DeclineForm(FormModel):
    """Why not; they read it."""

    words: Annotated[str, Field(min_length=2, max_length=300)]


class CodeForm(FormModel):
    """What hangs at the place of work."""

    code: Annotated[Line, Field(min_length=4, max_length=20)]


class CheckForm(FormModel):
    """Nothing more to say."""


@lru_cache
def answers_form(how_many: int, *, base: type[FormModel] = FormModel) -> type[Any]:
    """A form with that many questions more: `answer_1` and so on."""
    fields = {f"answer_{number}": (Answer, ...) for number in range(1, how_many + 1)}
    made: type[FormModel] = create_model(f"{base.__name__}Answers", __base__=base, **fields)  # type: ignore[call-overload]
    return made


def answers_of(form: FormModel, how_many: int) -> list[str]:
    """What was answered, in the order of the questions."""
    return [getattr(form, f"answer_{number}") for number in range(1, how_many + 1)]
