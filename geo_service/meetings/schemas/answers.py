"""Meetings as programs tell and are told of them."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from geo_service.geo.place import Place
from geo_service.meetings.models import (
    Attendee,
    Form,
    Going,
    Guest,
    Help,
    Interpreter,
    Meeting,
    MeetingState,
    Offer,
    Room,
    Time,
    Venue,
    Wishes,
)
from geo_service.meetings.schemas.forms import lasting
from geo_service.web.fields import Plain, Telephone
from geo_service.web.params import Latitude, Longitude, Moment


class Told(BaseModel):
    """What programs send: nothing unknown, and no blanks around text."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


Minutes = Annotated[int, Field(ge=30, le=480, description="How long it lasts.")]


class ProposalIn(Told):
    """What is proposed."""

    form: Form
    title: Annotated[Plain, Field(min_length=2, max_length=140)]
    summary: Annotated[Plain, Field(max_length=1000)] = ""
    venue: Venue
    venue_words: Annotated[Plain, Field(max_length=140)] = ""
    address: Annotated[Plain, Field(max_length=300)] = ""
    lat: Latitude
    lng: Longitude
    link: Annotated[
        str | None, Field(max_length=500, pattern=r"^https://[^\s\x00]+$", description="Online.")
    ] = None
    times: Annotated[list[Moment], Field(min_length=1, max_length=5)]
    minutes: Minutes = 90
    bring: Annotated[Plain, Field(max_length=300)] = ""
    seats: Annotated[int, Field(ge=2, le=500)] = 20
    named: bool = False

    @model_validator(mode="after")
    def _linked(self) -> Self:
        if (self.venue is Venue.ONLINE) != (self.link is not None):
            message = "An online meeting has a link, and no other has."
            raise ValueError(message)
        return self

    def offer(self) -> Offer:
        """As the deed takes it."""
        told = self.model_dump(
            include={
                "form",
                "title",
                "summary",
                "venue",
                "venue_words",
                "address",
                "link",
                "bring",
                "seats",
                "named",
            }
        )
        times = tuple(lasting(moment, self.minutes) for moment in self.times)
        return Offer(place=Place(self.lat, self.lng), times=times, **told)


class MeetingIn(ProposalIn):
    """A proposal, and for whom."""

    office_id: Annotated[UUID | None, Field(description="For one of your offices.")] = None


class SupportIn(Told):
    """Which times suit."""

    times: Annotated[list[UUID], Field(max_length=10)] = []


class SeatIn(Told):
    """What they bring, and what they need; name and phone of who has no account."""

    name: Annotated[Plain | None, Field(min_length=1, max_length=60)] = None
    phone: Telephone | None = None
    children: Annotated[int, Field(ge=0, le=9)] = 0
    step_free: bool = False
    interpreter: Interpreter | None = None
    named: bool = False

    def wishes(self) -> Wishes:
        """As the deed takes them."""
        return Wishes(self.children, self.step_free, self.interpreter, self.named)

    def guest(self, code: str) -> Guest | None:
        """Who comes without an account; None if that was not said."""
        return Guest(self.name, self.phone, code) if self.name and self.phone else None


class NamedIn(Told):
    """Whether one may be named."""

    named: bool


class ConveningIn(Told):
    """At which of its times, and in which room."""

    time_id: UUID
    room_id: UUID | None = None


class MoveIn(Told):
    """To when, and to which room or place."""

    begins_at: Moment
    minutes: Minutes = 90
    room_id: UUID | None = None
    venue_words: Annotated[Plain, Field(max_length=140)] = ""
    why: Annotated[Plain, Field(min_length=1, max_length=300)]


class CancelIn(Told):
    """Why."""

    why: Annotated[Plain, Field(min_length=1, max_length=300)]


class HelpIn(Told):
    """Whether an officer comes."""

    help: Literal[Help.COMING, Help.NOT_COMING]
    words: Annotated[Plain, Field(max_length=300)] = ""


class TimeOut(BaseModel):
    """A time to choose, and how many it suits."""

    id: UUID
    begins_at: datetime
    ends_at: datetime
    suits: int

    @classmethod
    def of(cls, time: Time, suits: int) -> Self:
        """The same for a program."""
        return cls(id=time.id, begins_at=time.begins_at, ends_at=time.ends_at, suits=suits)


class MeetingOut(BaseModel):
    """A meeting, or the proposal of one."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    form: Form
    state: MeetingState
    title: str
    summary: str
    office: str
    by_office: bool
    venue: Venue
    venue_words: str
    address: str
    lat: float
    lng: float
    begins_at: datetime | None
    ends_at: datetime | None
    seats: int
    seats_left: int
    bring: str
    supporters: int
    supporters_needed: int
    help: Help | None
    moved_at: datetime | None
    why: str
    times: list[TimeOut]
    distance_m: float | None = None

    @classmethod
    def of(
        cls,
        meeting: Meeting,
        supporters: int,
        times: list[TimeOut],
        distance_m: float | None = None,
    ) -> Self:
        """Without who proposed it, and without the link, which is for those who come."""
        plain = {
            name: getattr(meeting, name)
            for name in cls.model_fields
            if name not in {"office", "lat", "lng", "supporters", "times", "distance_m"}
        }
        return cls(
            **plain,
            office=meeting.office.name,
            lat=meeting.place.lat,
            lng=meeting.place.lng,
            supporters=supporters,
            times=times,
            distance_m=distance_m,
        )


class SeatOut(BaseModel):
    """That somebody comes, or waits."""

    meeting_id: UUID
    going: Going
    children: int
    step_free: bool
    interpreter: Interpreter | None
    named: bool
    joined_at: datetime
    link: str | None = None
    """Where one meets online, for who has a seat."""
    code: str | None = None
    """Of who has no account: told when they join."""

    @classmethod
    def of(cls, one: Attendee, meeting: Meeting, code: str | None = None) -> Self:
        """For themselves alone."""
        return cls(
            meeting_id=one.meeting_id,
            going=one.going,
            children=one.children,
            step_free=one.step_free,
            interpreter=one.interpreter,
            named=one.named,
            joined_at=one.joined_at,
            link=meeting.link if one.going is Going.COMING else None,
            code=code,
        )


class RoomOut(BaseModel):
    """A room that is free for all of that time."""

    id: UUID
    title: str
    address: str
    capacity: int | None
    distance_m: float
    price_won: int

    @classmethod
    def of(cls, room: Room, minutes: int) -> Self:
        """What it costs is for the whole time."""
        return cls(
            id=room.space.id,
            title=room.space.title,
            address=room.space.address,
            capacity=room.space.capacity,
            distance_m=room.metres,
            price_won=room.terms.cost_won(minutes),
        )
