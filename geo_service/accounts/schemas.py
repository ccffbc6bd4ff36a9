"""What people and programs tell about an account, and what is told to them."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from geo_service.accounts.models import ApiToken, Person, Scope, Tongue
from geo_service.geo.walking import Pace
from geo_service.web.fields import Email, FormModel, Line, Telephone
from geo_service.web.params import Latitude, Longitude, Words

LEAST, MOST = 10, 200
"""Characters of a password, as `workflow.passwords` says."""

Name = Annotated[Line, Field(min_length=1, max_length=60)]
Onwards = Annotated[str, Field(max_length=2000)]
"""Where to go afterwards."""


Password = Annotated[SecretStr, Field(max_length=MOST)]
NewPassword = Annotated[SecretStr, Field(min_length=LEAST, max_length=MOST)]
Code = Annotated[str, Field(max_length=30)]


class ComeInForm(FormModel):
    """Address and password."""

    email: Email
    password: Password
    next: Onwards = ""


class AskCodeForm(FormModel):
    """Where to send a code."""

    email: Email
    next: Onwards = ""


class CodeForm(FormModel):
    """The digits."""

    code: Code
    next: Onwards = ""


class SignUpForm(FormModel):
    """Somebody new. Without a password they sign in by codes."""

    name: Name
    email: Email
    password: NewPassword | None = None
    next: Onwards = ""


class ProviderForm(FormModel):
    """What a provider gave the browser to bring here."""

    code: Annotated[str, Field(max_length=2000)]
    state: Annotated[str, Field(max_length=200)]


class ProfileForm(FormModel):
    """How somebody wants to be called, written to and led."""

    name: Name
    phone: Telephone | None = None
    tongue: Tongue
    pace: Pace


class HereForm(FormModel):
    """Where somebody is."""

    lat: Latitude
    lng: Longitude


class PasswordForm(FormModel):
    """Another password."""

    present: Password = SecretStr("")
    new: NewPassword


class EmailForm(FormModel):
    """Another address."""

    email: Email


class TokenForm(FormModel):
    """A token for a program."""

    name: Name
    scopes: Annotated[list[Scope], Field(min_length=1)]
    days: Annotated[int, Field(ge=1, le=365)] = 90


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class HomeIn(_In):
    """Roughly where somebody lives."""

    lat: Latitude
    lng: Longitude


class MeIn(_In):
    """What to change about oneself; what is left out stays."""

    name: Annotated[Words, Field(min_length=1, max_length=60)] | None = None
    phone: Annotated[Telephone | None, Field(description="Null forgets it.")] = None
    language: Tongue | None = None
    pace: Pace | None = None
    home: Annotated[
        HomeIn | None,
        Field(description="Kept to about a hundred metres and never told again. Null forgets it."),
    ] = None


class MeOut(BaseModel):
    """An account, as its owner sees it. Where home is stays untold."""

    id: UUID
    name: str
    email: str | None
    email_confirmed: bool
    phone: str | None
    language: Tongue
    pace: Pace
    has_home: bool
    home_dong: str | None
    neighbour_of: Annotated[str | None, Field(description="The dong where they were seen to be.")]
    neighbour_until: datetime | None
    joined_at: datetime

    @classmethod
    def of(cls, person: Person, *, at: datetime) -> Self:
        """What is told of a row of `queries.in_full`."""
        is_neighbour = person.is_neighbour(at)
        dong = person.neighbour_of if is_neighbour else None
        return cls(
            id=person.id,
            name=person.name,
            email=person.email,
            email_confirmed=person.email_confirmed_at is not None,
            phone=person.phone,
            language=person.tongue,
            pace=person.pace,
            has_home=person.home is not None,
            home_dong=person.home_dong.full_name if person.home_dong else None,
            neighbour_of=dong.full_name if dong else None,
            neighbour_until=person.neighbour_until if dong else None,
            joined_at=person.joined_at,
        )


class TokenIn(_In):
    """A token for a program."""

    name: Annotated[Words, Field(min_length=1, max_length=60, examples=["도서관 게시판"])]
    scopes: Annotated[set[Scope], Field(min_length=1)]
    days: Annotated[int, Field(ge=1, le=365, description="How long it is good for.")] = 90


class TokenOut(BaseModel):
    """A token, without the token."""

    id: UUID
    name: str
    scopes: list[Scope]
    made_at: datetime
    expires_at: datetime
    last_used_at: datetime | None

    @classmethod
    def of(cls, token: ApiToken) -> Self:
        """What is told of it afterwards."""
        return cls(
            id=token.id,
            name=token.name,
            scopes=[Scope(scope) for scope in token.scopes],
            made_at=token.made_at,
            expires_at=token.expires_at,
            last_used_at=token.last_used_at,
        )


class TokenMadeOut(TokenOut):
    """A token as it is told once."""

    token: Annotated[str, Field(description="Keep it; it is not shown again.")]
