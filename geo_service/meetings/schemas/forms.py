"""What people type about meetings."""

from datetime import datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, field_validator
from pydantic_core.core_schema import ValidationInfo
from sqlalchemy.dialects.postgresql import Range

from geo_service.geo.place import Place
from geo_service.meetings.models import Form, Guest, Help, Interpreter, Offer, Venue, Wishes
from geo_service.web.fields import Agreed, FormModel, Line, Telephone, When, Whole, unfit
from geo_service.web.params import Latitude, Longitude

LENGTHS = (60, 90, 120, 180, 240)
"""Minutes that a meeting may last."""

TIMES = ("when_1", "when_2", "when_3")
"""Fields of the times to choose from."""


def _length(minutes: int) -> int:
    if minutes not in LENGTHS:
        raise unfit("Choose one of the lengths.", "보기 가운데에서 골라 주세요.")
    return minutes


Minutes = Annotated[Whole, AfterValidator(_length)]
Seats = Annotated[Whole, Field(ge=2, le=500)]
Children = Annotated[Whole, Field(le=9)]
Why = Annotated[Line, Field(min_length=1, max_length=300)]


def lasting(begins: datetime, minutes: int) -> Range[datetime]:
    """From a moment on, for so long."""
    return Range(begins, begins + timedelta(minutes=minutes))


class MeetingForm(FormModel):
    """A proposal."""

    office_id: UUID | None = None
    """For which office; a neighbour's own if none."""
    form: Form
    title: Annotated[Line, Field(min_length=2, max_length=140)]
    summary: Annotated[str, Field(max_length=1000)] = ""
    venue: Venue
    venue_words: Annotated[Line, Field(max_length=140)] = ""
    address: Annotated[Line, Field(max_length=300)] = ""
    lat: Annotated[Latitude | None, Field(validate_default=True)] = None
    lng: Annotated[Longitude | None, Field(validate_default=True)] = None
    link: Annotated[str, Field(max_length=500, validate_default=True)] = ""
    when_1: When
    when_2: When | None = None
    when_3: When | None = None
    minutes: Minutes
    bring: Annotated[Line, Field(max_length=300)] = ""
    seats: Seats
    named: bool = False

    @field_validator("lat", "lng")
    @classmethod
    def _on_the_map(cls, degrees: float | None, told: ValidationInfo) -> float | None:
        """Complained of once, of the latitude: it is one place that is missing."""
        is_said = told.field_name == "lng" and "lat" not in told.data
        if degrees is None and not is_said:
            raise unfit("Choose a place on the map.", "지도에서 자리를 정해 주세요.")
        return degrees

    @field_validator("link")
    @classmethod
    def _linked(cls, link: str, told: ValidationInfo) -> str:
        if told.data.get("venue") is not Venue.ONLINE:
            return ""
        if not link.startswith("https://") or any(sign.isspace() for sign in link):
            raise unfit(
                "Write the address of the online meeting; it begins with https://.",
                "https://로 시작하는 온라인 모임 주소를 적어 주세요.",
            )
        return link

    @property
    def place(self) -> Place:
        """Where it is, or around where the neighbours live whom it is for."""
        assert self.lat is not None, "validated"  # noqa: S101
        assert self.lng is not None, "validated"  # noqa: S101
        return Place(self.lat, self.lng)

    def offer(self) -> Offer:
        """As the deed takes it."""
        begins = (self.when_1, self.when_2, self.when_3)
        return Offer(
            form=self.form,
            title=self.title,
            venue=self.venue,
            place=self.place,
            times=tuple(lasting(moment, self.minutes) for moment in begins if moment is not None),
            summary=self.summary,
            venue_words=self.venue_words,
            address=self.address,
            link=self.link or None,
            bring=self.bring,
            seats=self.seats,
            named=self.named,
        )


class SupportForm(FormModel):
    """Which times suit."""

    times: Annotated[list[UUID], Field(max_length=10)] = []


class WishesForm(FormModel):
    """What they bring, and what they need."""

    children: Children = 0
    step_free: bool = False
    interpreter: Interpreter | None = None
    named: bool = False

    def wishes(self) -> Wishes:
        """As the deed takes them."""
        return Wishes(self.children, self.step_free, self.interpreter, self.named)


class NamedForm(FormModel):
    """Whether one may be named; the only thing that can be said at any time."""

    named: bool = False


class GuestForm(WishesForm):
    """And who they are, without an account."""

    name: Annotated[Line, Field(min_length=1, max_length=60)]
    phone: Telephone
    agreed: Agreed

    def guest(self, code: str) -> Guest:
        """As the deed takes them."""
        return Guest(self.name, self.phone, code)


class ConveneForm(FormModel):
    """At which of its times, and in which room."""

    time_id: UUID
    room_id: UUID | None = None


class LookForm(FormModel):
    """When rooms are looked for."""

    when: When
    minutes: Minutes


class MoveForm(LookForm):
    """To when, and to which room or place."""

    room_id: UUID | None = None
    venue_words: Annotated[Line, Field(max_length=140)] = ""
    why: Why


class CancelForm(FormModel):
    """Why."""

    why: Why


class HelpForm(FormModel):
    """Whether an officer comes."""

    help: Literal[Help.COMING, Help.NOT_COMING]
    words: Annotated[Line, Field(max_length=300)] = ""


class RuleForm(FormModel):
    """How many must support a proposal."""

    office_id: UUID | None = None
    supporters: Annotated[Whole, Field(ge=3, le=50)]


class CodeForm(FormModel):
    """The code of a seat."""

    code: Annotated[Line, Field(min_length=1, max_length=40)]
