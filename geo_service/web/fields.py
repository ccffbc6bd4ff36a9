"""Types of what people type, for the models of forms: forgiving in looks, strict in meaning.

A validator of your own complains by `unfit("English.", "한국어.")`.
"""

import unicodedata
from datetime import date, datetime, time
from typing import Annotated

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from geo_service.clock import KOREA
from geo_service.web.params import EARLIEST, LATEST

INT_MAX = 2_147_483_647
"""The largest whole number of a column."""


def unfit(english: str, korean: str) -> PydanticCustomError:
    """To be raised: this value cannot be used, and why, in both languages."""
    return PydanticCustomError("unfit", english, {"korean": korean})


def _plain(typed: str) -> str:
    if "\0" in typed:
        raise unfit("Leave out the NUL character.", "쓸 수 없는 글자가 섞여 있어요.")
    return unicodedata.normalize("NFC", typed)


Plain = Annotated[str, AfterValidator(_plain)]
"""Text as a program sends it: PostgreSQL takes no NUL, and 각 is one letter however it was typed.

Narrow it with `Annotated[Plain, Field(max_length=300)]`: what is counted is what is kept.
"""


class FormModel(BaseModel):
    """What a form is read as: no blanks around text, and no complaint about unknown names."""

    model_config = ConfigDict(str_strip_whitespace=True, extra="ignore", frozen=True)


def _digits(typed: object) -> object:
    """`１１,５００ 원` is 11500."""
    if not isinstance(typed, str):
        return typed
    plain = unicodedata.normalize("NFKC", typed)
    return plain.replace(",", "").replace(" ", "").removesuffix("원").removeprefix("₩")


Whole = Annotated[int, BeforeValidator(_digits), Field(ge=0, le=INT_MAX)]
"""A whole number; narrow it with `Annotated[Whole, Field(ge=1, le=20)]`."""

Won = Annotated[int, BeforeValidator(_digits), Field(ge=0, le=100_000_000)]
"""Money, however people write it."""

Budget = Annotated[int, BeforeValidator(_digits), Field(ge=0, le=1_000_000_000_000)]
"""Money of a whole programme."""


def _email(typed: str) -> str:
    try:
        return validate_email(typed, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise unfit(
            "Write an address like name@example.com.",
            "name@example.com처럼 전자우편 주소를 적어 주세요.",
        ) from error


Email = Annotated[str, Field(max_length=254), AfterValidator(_email)]
"""An address that mail can reach, in lower case."""


def _telephone(typed: str) -> str:
    try:
        number = phonenumbers.parse(unicodedata.normalize("NFKC", typed), "KR")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise unfit(
            "Write a phone number like 010-1234-5678.",
            "010-1234-5678처럼 전화번호를 적어 주세요.",
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


Telephone = Annotated[str, Field(max_length=30), AfterValidator(_telephone)]
"""E.164, from whatever way people write it."""


def _one_line(typed: str) -> str:
    return " ".join(typed.split())


Line = Annotated[str, Field(max_length=100), AfterValidator(_one_line)]
"""Words on one line; narrow it with `Annotated[Line, Field(max_length=60)]`."""


def _ticked(ticked: bool) -> bool:  # noqa: FBT001 (a validator takes the value)
    if not ticked:
        raise PydanticCustomError("unticked", "Tick this box to go on.")
    return ticked


Agreed = Annotated[bool, AfterValidator(_ticked)]
"""A box that must be ticked."""


def _korean_moment(typed: datetime) -> datetime:
    moment = typed if typed.tzinfo else typed.replace(tzinfo=KOREA)
    if not EARLIEST <= moment <= LATEST:
        raise unfit("Choose a moment between 2000 and 2100.", "2000년과 2100년 사이로 골라 주세요.")
    return moment


When = Annotated[datetime, AfterValidator(_korean_moment)]
"""A moment, typed in Korean time."""

Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2100, 1, 1))]
"""A day that calendars know."""


def _of_the_day(typed: time) -> time:
    return typed.replace(tzinfo=None)


TimeOfDay = Annotated[time, AfterValidator(_of_the_day)]
"""On the clock on the wall."""
