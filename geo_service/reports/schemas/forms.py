"""What each page of telling asks."""

from typing import Annotated, Any

from fastapi import UploadFile
from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from geo_service.reports.files.categories import categories
from geo_service.reports.files.told import Knows, Since, Way, Whom
from geo_service.web.fields import Email, FormModel, Line, Telephone, unfit


def _known(keys: list[str]) -> list[str]:
    if not set(keys) <= categories().keys():
        raise unfit("Choose from the list.", "보기 가운데에서 골라 주세요.")
    return list(dict.fromkeys(keys))


Kinds = Annotated[list[str], Field(min_length=1, max_length=20), AfterValidator(_known)]
"""Keys of categories, each once."""


def _readable(text: str) -> str:
    if "\0" in text:
        raise unfit("Leave out the NUL character.", "쓸 수 없는 글자가 섞여 있어요.")
    return text


_Text = Annotated[str, AfterValidator(_readable)]

Story = Annotated[_Text, Field(min_length=2, max_length=3000)]
Subject = Annotated[_Text, Field(max_length=500)]
WhereWords = Annotated[Line, AfterValidator(_readable), Field(max_length=100)]
Code = Annotated[str, Field(min_length=1, max_length=60)]
Message = Annotated[_Text, Field(min_length=1, max_length=2000)]


class WhomForm(FormModel):
    """About whom, and what is known of them."""

    whom: Whom
    subject: Subject = ""


class WhereForm(FormModel):
    """The place in words; the pin is no field."""

    words: WhereWords = ""


class DongForm(FormModel):
    """Whose dong it is, where the place does not say so."""

    dong: Annotated[int, Field(ge=1, le=2_147_483_647, json_schema_extra={"chosen": True})]


class WhatForm(FormModel):
    """What one worries about."""

    kinds: Kinds


class SignsForm(FormModel):
    """What was seen or heard, and since when."""

    story: Story
    since: Since


class PhotoForm(FormModel):
    """A photo, perhaps."""

    photo: UploadFile | None = None


class KnowsForm(FormModel):
    """Whether the person knows."""

    knows: Knows

    @field_validator("knows")
    @classmethod
    def _is_offered(cls, knows: Knows) -> Knows:
        if knows is Knows.MYSELF:
            raise unfit("Choose from the list.", "보기 가운데에서 골라 주세요.")
        return knows


class ContactForm(FormModel):
    """How to hear of it; a telephone if the centre may ask back."""

    way: Way
    email: Email | None = None
    phone: Telephone | None = None

    @model_validator(mode="before")
    @classmethod
    def _only_what_is_asked(cls, told: Any) -> Any:
        """What stands in a field that is hidden meanwhile keeps nobody from going on."""
        way = told.get("way")
        asked = {"email": way == Way.MAIL, "phone": way in {Way.MAIL, Way.ACCOUNT}}
        return {name: said for name, said in told.items() if not way or asked.get(name, True)}

    @field_validator("email")
    @classmethod
    def _is_there(cls, email: str | None, info: ValidationInfo) -> str | None:
        if email is None and info.data.get("way") is Way.MAIL:
            raise unfit(
                "Write the address that we should write to.", "소식 받을 주소를 적어 주세요."
            )
        return email

    model_config = FormModel.model_config | {"validate_default": True}


class CheckForm(FormModel):
    """Nothing more to say."""


class CodeForm(FormModel):
    """A receipt code, however it was written down."""

    code: Code


class MessageForm(FormModel):
    """A word more."""

    text: Message
